"""A user as facts in groups, for reading."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from apps.audit.models import Event
from apps.connections.mirror import Mirrored
from apps.console.requests import ConsoleRequest
from apps.core.permissions import Permission
from apps.directory import canonical, places, selectors
from apps.directory.models import Department, Designation, User


@dataclass(frozen=True, slots=True)
class Fact:
    """One line: `url` leads to what it names, `copy` says that it is an id to be copied."""

    label: str
    value: str
    url: str = ""
    copy: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Facts under one heading."""

    title: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that changed, in words."""

    field: str
    before: str
    after: str


def groups(user: User) -> list[Group]:
    """Everything the mirror knows of a user."""
    manager = selectors.user_by_id(user.manager_id) if user.manager_id else None
    label = canonical.LABELS
    work = (
        Fact(label["employee_id"], user.employee_id),
        _place(label["department_id"], Department, user.department_id, user.department_name),
        _place(label["designation_id"], Designation, user.designation_id, user.designation_name),
        Fact(
            label["reporting_to_zuid"],
            user.manager_name or user.manager_id,
            manager.get_absolute_url() if manager else "",
        ),
        Fact(label["work_location"], user.work_location),
    )
    contact = (
        Fact("Address", user.email, copy=True),
        Fact(label["mobile"], user.mobile),
        Fact(label["phone"], user.phone, note="" if user.phone else "Zoho takes it and never shows it"),
        Fact(label["extension"], user.extension),
    )
    region = (
        Fact(label["country"], places.country_name(user.country)),
        Fact(label["timezone"], user.timezone.replace("_", " ")),
        Fact(label["language"], places.language_name(user.language)),
    )
    names = tuple(Fact(label[name], getattr(user, name)) for name in canonical.NAMES)
    found = [Group("Name", names), Group("Work", work), Group("Contact", contact), Group("Region", region)]
    own = _own(user)
    return [*found, Group("Organisation's own fields", own)] if own else found


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """What changed, in words, as the log tells it."""
    return [
        Difference(_named(name), _said(name, before.get(name)), _said(name, after[name])) for name in after
    ]


def teams_panel(request: ConsoleRequest, user: User) -> dict[str, Any]:
    """The teams of a user as the mirror has them, and where to read them again."""
    return {
        "person": user,
        "teams": list(selectors.teams_of(user.cliq_id)),
        "teams_url": reverse("directory:user_teams", args=[user.cliq_id]),
        "teams_trigger": "" if user.gone_at else "load",
    }


def event_url(seq: int | None) -> str:
    """The page of an event."""
    return Event(seq=seq).get_absolute_url() if seq is not None else ""


def event_of(administrator: Any, seq: int | None) -> str:
    """The same for those who may read the log; nothing for others."""
    return event_url(seq) if administrator.can(Permission.LOG_VIEW) else ""


def _place(label: str, model: type[Mirrored], cliq_id: str, name: str) -> Fact:
    """A department or designation; its page only where Zoho lists it."""
    row: Any = model._default_manager.filter(cliq_id=cliq_id).first() if cliq_id else None
    return Fact(label, name or cliq_id, row.get_absolute_url() if row else "")


def _own(user: User) -> tuple[Fact, ...]:
    fields = {field.unique_name: field.name for field in selectors.custom_fields()}
    unknown = {name: _named(name) for name in user.custom if name not in fields}
    return tuple(Fact(label, str(user.custom.get(name, ""))) for name, label in (fields | unknown).items())


def _named(name: str) -> str:
    fields = {label: canonical.LABELS[field] for field, label in canonical.LOGGED.items()}
    known = canonical.LABELS | fields | {"email_id": "Address", "status": "Status"}
    return known.get(name) or name.replace("_", " ").capitalize()


def _said(name: str, value: Any) -> str:
    if isinstance(value, Mapping):
        return str(value.get("name") or value.get("id") or "")
    text = str(value or "")
    readers = {"country": places.country_name, "language": places.language_name}
    return readers[name](text) if name in readers else text
