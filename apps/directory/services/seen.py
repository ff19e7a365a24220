"""What reading Zoho shows to have changed there: stored in the mirror and told in the log."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from apps.audit.events import Draft, Subject, record
from apps.audit.models import Operation, Stage
from apps.cliq import replies
from apps.cliq.replies import User as WireUser
from apps.connections.mirror import Mirrored
from apps.connections.models import Organization
from apps.core.actor import SYSTEM
from apps.directory import canonical, mirror
from apps.directory.mirror import Noticed, Written
from apps.directory.models import Department, Designation, User

SEEN = {
    "user": "user.seen",
    "department": "department.seen",
    "designation": "designation.seen",
    "team": "team.seen",
    "userfield": "userfield.seen",
}


def store(
    organization: Organization,
    wires: Iterable[WireUser],
    *,
    asked_at: datetime,
    status: str = "",
    most: int | None = None,
    job_id: int | None = None,
) -> Written:
    """Store full readings of users and record what somebody changed in Zoho's own panel.

    Records at most `most` of them; `noticed` of the answer holds all that were not the portal's own doing.
    """
    with transaction.atomic():
        written = mirror.write_users(organization, wires, asked_at=asked_at, status=status)
        # What places somebody is keyed by the place and the person.
        ours = Q(kind="user.updated") | Q(kind__contains=".member_")
        _tell(written, "user", ours, most, job_id)
    return written


def store_departments(
    organization: Organization,
    wires: Iterable[replies.Department],
    *,
    asked_at: datetime,
    most: int | None = None,
    job_id: int | None = None,
) -> Written:
    """Likewise departments: another name, lead or parent."""
    with transaction.atomic():
        written = mirror.write_departments(organization, wires, asked_at=asked_at)
        written.noticed = [
            replace(each, before=_with_parent(each.before), after=_with_parent(each.after))
            for each in written.noticed
        ]
        _tell(written, "department", Q(kind__startswith="department."), most, job_id)
    return written


def store_designations(
    organization: Organization,
    wires: Iterable[replies.Designation],
    *,
    asked_at: datetime,
    most: int | None = None,
    job_id: int | None = None,
) -> Written:
    """Likewise designations: another name."""
    with transaction.atomic():
        written = mirror.write_designations(organization, wires, asked_at=asked_at)
        _tell(written, "designation", Q(kind__startswith="designation."), most, job_id)
    return written


def store_teams(
    organization: Organization,
    wires: Iterable[replies.Team],
    *,
    asked_at: datetime,
    most: int | None = None,
    job_id: int | None = None,
) -> Written:
    """Likewise teams: another name or description."""
    with transaction.atomic():
        written = mirror.write_teams(organization, wires, asked_at=asked_at)
        _tell(written, "team", Q(kind__startswith="team."), most, job_id)
    return written


def store_userfields(
    organization: Organization,
    wires: Iterable[replies.UserField],
    *,
    asked_at: datetime,
    most: int | None = None,
    job_id: int | None = None,
) -> Written:
    """Likewise user fields: another name, flag or choice of options."""
    with transaction.atomic():
        written = mirror.write_userfields(organization, wires, asked_at=asked_at)
        _tell(written, "userfield", Q(kind__startswith="userfield."), most, job_id)
    return written


def readable(values: Mapping[str, str], user: User | None = None) -> dict[str, Any]:
    """Values as the log keeps them: an id with the name that `user` or the mirror knows for it."""
    known = mirror.names_of(user) if user else {}
    had = canonical.of_mirror(user) if user else {}
    names = {
        name: known[name] if had.get(name) == values[name] else _name_of(name, values[name])
        for name in canonical.LOGGED
        if values.get(name)
    }
    return canonical.logged(values, names)


def _name_of(field: str, cliq_id: str) -> str:
    models: dict[str, type[Mirrored]] = {"department_id": Department, "designation_id": Designation}
    model = models.get(field, User)
    found = model._default_manager.filter(cliq_id=cliq_id).values_list("name", flat=True).first()
    return str(found or "")


def _with_parent(side: Mapping[str, Any]) -> Mapping[str, Any]:
    """A department carries its parent's id alone: the log keeps the name too."""
    parent = side.get("parent")
    return {**side, "parent": {**parent, "name": _name_of("department_id", parent["id"])}} if parent else side


def _tell(written: Written, noun: str, ours: Q, most: int | None, job_id: int | None) -> None:
    """Record what was noticed, but for what the portal is changing now: its own operation tells that."""
    if not written.noticed:
        return
    open_ones = Operation.objects.filter(ours, stage__in=[Stage.INTENT, Stage.UNKNOWN])
    under_way = {key.rpartition("/")[2] for key in open_ones.values_list("key", flat=True)}
    written.noticed = [each for each in written.noticed if each.row.cliq_id not in under_way]
    told = written.noticed if most is None else written.noticed[:most]
    if told:
        record(*(_draft(noun, noticed, job_id) for noticed in told))


def _draft(noun: str, noticed: Noticed, job_id: int | None) -> Draft:
    return Draft(
        kind=SEEN[noun],
        actor=SYSTEM,
        subject=Subject(noun, noticed.row.cliq_id, noticed.row.name),
        before=noticed.before,
        after=noticed.after,
        job_id=job_id,
    )
