"""An event as a person reads it."""

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from apps.audit import kinds
from apps.audit.models import Event, Stage

SUBJECTS = {"organization": "Organisation", "userfield": "User field"}
BRIEF_CHANGES, BRIEF_LENGTH = 4, 40
# Told in places of their own on the page.
TOLD = frozenset({"endpoint", "key", "sentence", "vendor_code", "status", "settled_by"})


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class FieldValue:
    """A field that stayed as it was."""

    field: str
    value: str


class Told:
    """An event with its text unpacked."""

    def __init__(self, event: Event) -> None:
        self.event = event

    @cached_property
    def body(self) -> dict[str, Any]:
        """What the chain covers."""
        return dict(json.loads(self.event.body))

    @property
    def actor(self) -> str:
        """Who did it."""
        return str(self.event.actor_name)

    @property
    def subject(self) -> str:
        """To whom, unless they did it to themselves."""
        event = self.event
        if event.subject_type == "administrator" and event.subject_id == event.actor_zuid:
            return "" if event.kind.startswith("sign_in.") else "themselves"
        return str(event.subject_name or event.subject_id)

    @property
    def subject_label(self) -> str:
        """What kind of thing it is about."""
        return SUBJECTS.get(self.event.subject_type, spoken(self.event.subject_type))

    @property
    def sentence(self) -> str:
        """Who did what to whom."""
        return " ".join(part for part in (self.actor, kinds.verb(self.event.kind), self.subject) if part)

    @property
    def title(self) -> str:
        """The sentence, and how it ended unless it is simply so."""
        simply_so = self.outcome in (Stage.DONE, Stage.FACT)
        return self.sentence if simply_so else f"{self.sentence}: {self.outcome.label.lower()}"

    @property
    def outcome(self) -> Stage:
        """How it ended."""
        return Stage(self.event.stage)

    @property
    def moment(self) -> Any:
        """When."""
        return self.event.at

    @property
    def url(self) -> str:
        """The event's own page."""
        return self.event.get_absolute_url()

    @cached_property
    def changes(self) -> list[FieldChange]:
        """What became different, in the order of the fields' names."""
        before, after = self.body["before"], self.body["after"]
        return [
            FieldChange(spoken(name), said(before.get(name)), said(after.get(name)))
            for name in sorted({*before, *after})
            if before.get(name) != after.get(name)
        ]

    @property
    def brief(self) -> list[FieldChange]:
        """The first few changes, shortened to fit a line."""
        return [
            FieldChange(change.field, shortened(change.before), shortened(change.after))
            for change in self.changes[:BRIEF_CHANGES]
        ]

    @cached_property
    def unchanged(self) -> list[FieldValue]:
        """What was shown with it and stayed."""
        before, after = self.body["before"], self.body["after"]
        return [
            FieldValue(spoken(name), said(after[name]))
            for name in sorted({*before} & {*after})
            if before[name] == after[name]
        ]

    @property
    def details(self) -> dict[str, Any]:
        """What was recorded beside before and after."""
        return dict(self.body["details"])

    @property
    def answer(self) -> str:
        """The rest of the details, the vendor's answer above all, as indented JSON."""
        rest = {
            name: value for name, value in self.details.items() if name not in TOLD and value not in ({}, "")
        }
        return json.dumps(rest, indent=2, ensure_ascii=False, sort_keys=True) if rest else ""


def shortened(text: str) -> str:
    """A value that fits beside others."""
    return text if len(text) <= BRIEF_LENGTH else text[: BRIEF_LENGTH - 1].rstrip() + "…"


def spoken(name: str) -> str:
    """A field's name as words: `first_name` is «First name»."""
    words = name.removesuffix("_id").replace("_", " ").strip() or name
    return words[0].upper() + words[1:]


def said(value: Any) -> str:
    """A value as text; nothing is nothing."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list) and all(isinstance(item, str | int) for item in value):
        return ", ".join(str(item) for item in value)
    if isinstance(value, dict) and "name" in value:
        return str(value["name"])
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
