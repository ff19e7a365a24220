"""What Zoho answers to this grant, as the last probe found it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from apps.core.choices import StatusChoices


class ModuleState(StatusChoices):
    ANSWERS = "answers", "green", "Answers"
    NO_SCOPE = "no_scope", "red", "Permission missing"
    PEOPLE = "people", "amber", "Managed in Zoho People"
    REFUSED = "refused", "red", "Refused"
    FAILED = "failed", "amber", "No answer"


@dataclass(frozen=True, slots=True)
class Module:
    """One part of the API: `sentence` says what is the matter, empty where it answers."""

    label: str
    state: ModuleState
    sentence: str


@dataclass(frozen=True, slots=True)
class Capabilities:
    """Everything known; before the first probe nothing is, and nothing is held back."""

    probed_at: datetime | None
    modules: tuple[Module, ...]
    zoho_people: bool
    """Zoho People owns departments and designations: neither can be changed from here."""
    edits_others: bool | None
    """Whether the holder's role lets them edit other users, as it says itself; None if it does not."""

    @property
    def lacking(self) -> tuple[Module, ...]:
        """What does not answer."""
        return tuple(module for module in self.modules if module.state != ModuleState.ANSWERS)


def read(findings: Mapping[str, Any], probed_at: datetime | None) -> Capabilities:
    """The findings of a probe as they were stored."""
    modules = tuple(
        Module(found["label"], ModuleState(found["state"]), found["sentence"])
        for found in findings.get("modules", {}).values()
    )
    return Capabilities(
        probed_at=probed_at,
        modules=modules,
        zoho_people=bool(findings.get("zoho_people")),
        edits_others=findings.get("edits_others"),
    )
