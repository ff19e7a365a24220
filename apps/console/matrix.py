"""A matrix of permissions: cells drawn as switches, and what saving would change, before it is sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from apps.core.errors import ChangedElsewhere, NothingToChange

ENABLED, DISABLED = "enabled", "disabled"
SWITCH = {ENABLED: "On", DISABLED: "Off"}
# What the names of controls begin with; the cell's key follows.
PREFIX = "p:"
NONE = format_html('<span class="none" aria-hidden="true">{}</span>', "·")
SELECTED = format_html("{}", " selected")


class Cell(Protocol):
    """One thing that may be on or off, or hold a value; `value` in canonical text."""

    @property
    def key(self) -> str:
        """Names the cell within its matrix."""
        ...

    @property
    def value(self) -> str:
        """What it holds."""
        ...

    @property
    def title(self) -> str:
        """What it is, in words."""
        ...

    def spoken(self, value: str) -> str:
        """A value as a person reads it."""
        ...

    def canonical(self, text: str) -> str:
        """What was typed, in the form in which it is compared. ValueError where it fits no such cell."""
        ...


AnyCell = TypeVar("AnyCell", bound=Cell)


@dataclass(frozen=True, slots=True)
class Pending(Generic[AnyCell]):
    """One change before it is saved; `elsewhere` is what somebody else has made of the cell meanwhile."""

    cell: AnyCell
    before: str
    after: str
    elsewhere: str | None = None


@dataclass(slots=True)
class Review(Generic[AnyCell]):
    """What a save would do, judged by what Zoho says now."""

    pending: list[Pending[AnyCell]] = field(default_factory=list)
    # Changed in Zoho since the page was made, and not touched here: cell and what it was.
    moved: list[tuple[AnyCell, str]] = field(default_factory=list)
    already: list[AnyCell] = field(default_factory=list)

    @property
    def conflicts(self) -> list[Pending[AnyCell]]:
        """Those that somebody else has changed to something else again."""
        return [each for each in self.pending if each.elsewhere is not None]

    @property
    def before(self) -> dict[str, str]:
        """What the cells concerned hold now, by key."""
        return {each.cell.key: each.before for each in self.pending}

    @property
    def after(self) -> dict[str, str]:
        """What they would hold."""
        return {each.cell.key: each.after for each in self.pending}

    def demand_clear(self, name: str) -> None:
        """ChangedElsewhere (`fields`: present value by cell key), NothingToChange."""
        if self.conflicts:
            raise ChangedElsewhere(
                "Somebody changed some of the same permissions meanwhile, so nothing was saved. Each says "
                "what it is now: save again to put yours in its place.",
                fields={each.cell.key: each.before for each in self.conflicts},
                labels={each.cell.key: each.cell.title for each in self.conflicts},
            )
        if not self.pending:
            raise NothingToChange(f"{name} is so already; nothing was sent to Zoho.")


@dataclass(slots=True)
class Saved:
    """How many cells changed, the event that tells, and what else there is to say."""

    number: int
    event: int | None
    note: str = ""


def judged(
    known: Mapping[str, AnyCell], wanted: Mapping[str, str], shown: Mapping[str, str]
) -> Review[AnyCell]:
    """What saving `wanted` would change of the cells `known`, after a page that had `shown` those values."""
    found: Review[AnyCell] = Review()
    for key, value in wanted.items():
        cell = known.get(key)
        if cell is None or shown.get(key) == value:
            continue
        if cell.value == value:
            found.already.append(cell)
        else:
            elsewhere = cell.value if key in shown and cell.value != shown[key] else None
            found.pending.append(Pending(cell, cell.value, value, elsewhere))
    found.moved = [
        (known[key], was)
        for key, was in shown.items()
        if key in known and known[key].value != was and key not in wanted
    ]
    return found


def fixed(cell: Cell, value: str) -> SafeString:
    """What the cell holds, where nothing can be chosen."""
    said = cell.spoken(value) or "not said"
    return format_html('<span class="switch switch-fixed" data-value="{}">{}</span>', value, said)


def shown_before(cell: Cell, value: str) -> SafeString:
    """Beside a control that stands at something else already: what the page has shown of the cell."""
    if value == cell.value:
        return SafeString("")
    return format_html('<input type="hidden" name="initial-{}{}" value="{}">', PREFIX, cell.key, cell.value)


def switch(cell: Cell, value: str) -> SafeString:
    """A control of On, Off and whatever else the cell holds."""
    words = dict(SWITCH)
    for each in (value, cell.value):
        words.setdefault(each, each or "not said")
    options = format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((key, SELECTED if key == value else "", label) for key, label in words.items()),
    )
    return format_html(
        '<select class="switch" name="{}{}" data-shown="{}" data-value="{}" aria-label="{}">{}</select>{}',
        PREFIX,
        cell.key,
        cell.value,
        value,
        cell.title,
        options,
        shown_before(cell, value),
    )
