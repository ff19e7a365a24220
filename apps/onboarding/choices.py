"""Cells that name something: departments, designations, places, options; and the name nearest to each."""

import difflib
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from apps.access import selectors as access
from apps.channels import selectors as channels
from apps.channels.models import ChannelStatus
from apps.connections.mirror import fold
from apps.directory import places
from apps.directory import selectors as directory
from apps.onboarding.columns import CUSTOM

DROP_DOWN = "drop_down"


@dataclass(frozen=True, slots=True)
class Found:
    """What a cell means: the value to send, or why there is none and which name is nearest."""

    value: str = ""
    problem: str = ""
    near: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """The names one may give for something: folded name to value and spelling.

    `column` is what a file calls it, `field` what Zoho does.
    """

    column: str
    what: str
    field: str
    known: Mapping[str, tuple[str, str]]
    ambiguous: frozenset[str]
    # Reads other ways to write the same; answers the text as it was where it knows none.
    read: Callable[[str], str] = str

    @classmethod
    def of(
        cls,
        column: str,
        what: str,
        field_name: str,
        pairs: Iterable[tuple[str, str]],
        read: Callable[[str], str] = str,
    ) -> "Choice":
        """From pairs of value and name."""
        known: dict[str, tuple[str, str]] = {}
        twice = set()
        for value, name in pairs:
            key = fold(name.strip())
            if key in known:
                twice.add(key)
            known[key] = (value, name)
        return cls(column, what, field_name, known, frozenset(twice), read)

    def find(self, cell: str) -> Found:
        """What this cell means."""
        key = fold(cell)
        if key in self.ambiguous:
            return Found(problem=f"Two {self.what}s are called “{cell}”: which one is meant cannot be told.")
        if key in self.known:
            return Found(self.known[key][0])
        read = self.read(cell)
        if any(read == value for value, _ in self.known.values()):
            return Found(read)
        near = difflib.get_close_matches(key, self.known, n=1, cutoff=0.6)
        name = self.known[near[0]][1] if near else ""
        hint = f" Did you mean “{name}”?" if near else ""
        return Found("", f"There is no {self.what} “{shortened(cell)}”.{hint}", name)


def choices(columns: Collection[str]) -> dict[str, Choice]:
    """Those of the columns that name something, by the field's name."""
    found = [
        Choice.of("department", "department", "department_id", directory.department_choices()),
        Choice.of("designation", "designation", "designation_id", directory.designation_choices()),
        Choice.of("country", "country", "country", places.COUNTRIES.items(), places.country),
        Choice.of("language", "language", "language", places.LANGUAGES.items(), places.language),
        Choice.of(
            "timezone", "time zone", "timezone", ((zone, zone) for zone in places.zones()), places.zone
        ),
    ]
    roles = ((role.cliq_id, role.name) for role in access.roles())
    found.append(Choice.of("role", "role", "role", roles))
    found.append(Choice.of("teams", "team", "team_ids", directory.team_choices()))
    if "channels" in columns:
        # One may be put only into a channel that is open.
        there = channels.channels().filter(status=ChannelStatus.CREATED).values_list("cliq_id", "name")
        found.append(Choice.of("channels", "channel", "channel_ids", there))
    for field in directory.custom_fields():
        if field.type == DROP_DOWN:
            names = [str(option["name"]) for option in field.options]
            pairs = zip(names, names, strict=True)
            what = f"option for {field.name}"
            found.append(Choice.of(f"{CUSTOM}{field.unique_name}", what, field.unique_name, pairs))
    return {choice.column: choice for choice in found}


def shortened(text: str, longest: int = 60) -> str:
    """Text that fits into a sentence."""
    return text if len(text) <= longest else text[: longest - 1] + "…"
