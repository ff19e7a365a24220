"""What reading Zoho shows to have changed there: stored in the mirror and told in the log."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from apps.audit.events import Draft, Subject, record
from apps.audit.models import Operation, Stage
from apps.cliq.replies import User as WireUser
from apps.connections.mirror import Mirrored
from apps.connections.models import Organization
from apps.core.actor import SYSTEM
from apps.directory import canonical, mirror
from apps.directory.mirror import Noticed, Written
from apps.directory.models import Department, Designation, User


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
        written.noticed = _not_ours(written.noticed)
        told = written.noticed if most is None else written.noticed[:most]
        if told:
            record(*(_draft(noticed, job_id) for noticed in told))
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


def _not_ours(noticed: Sequence[Noticed]) -> list[Noticed]:
    """Leave out users whom the portal is changing right now: that is told by their own operation."""
    if not noticed:
        return []
    ids = [each.user.cliq_id for each in noticed]
    # What places somebody is keyed by the place and the person.
    ours = Q(kind="user.updated", key__in=ids) | Q(kind__contains=".member_")
    open_ones = Operation.objects.filter(ours, stage__in=[Stage.INTENT, Stage.UNKNOWN])
    under_way = {key.rpartition("/")[2] for key in open_ones.values_list("key", flat=True)}
    return [each for each in noticed if each.user.cliq_id not in under_way]


def _draft(noticed: Noticed, job_id: int | None) -> Draft:
    return Draft(
        kind="user.seen",
        actor=SYSTEM,
        subject=Subject("user", noticed.user.cliq_id, noticed.user.name),
        before=noticed.before,
        after=noticed.after,
        job_id=job_id,
    )
