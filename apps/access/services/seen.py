"""What reading shows to have changed in Zoho's own panel: stored in the mirror and told in the log."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from apps.access import cells, mirror
from apps.access.models import Role
from apps.audit.events import Draft, Subject, record
from apps.audit.models import Operation, Stage
from apps.cliq.replies import Role as WireRole
from apps.cliq.replies_organization import ModulePermission
from apps.connections.models import Organization
from apps.core.actor import SYSTEM

TOLD = ("name", "description")
OPEN = (Stage.INTENT, Stage.UNKNOWN)


def store_roles(
    organization: Organization, wires: Iterable[WireRole], *, asked_at: datetime, job_id: int | None = None
) -> None:
    """Store roles; another name or description than the portal knew is told."""
    wires = list(wires)
    with transaction.atomic():
        known = {
            role.cliq_id: {name: getattr(role, name) for name in TOLD}
            for role in Role.objects.filter(organization=organization, gone_at=None).only("cliq_id", *TOLD)
        }
        for role in mirror.write_roles(organization, wires, asked_at=asked_at):
            before = known.get(role.cliq_id)
            after = {name: getattr(role, name) for name in TOLD}
            if before is not None and before != after:
                differing = [name for name in TOLD if before[name] != after[name]]
                _tell(
                    role,
                    {name: before[name] for name in differing},
                    {name: after[name] for name in differing},
                    job_id,
                )


def store_permissions(
    role: Role,
    modules: Mapping[str, ModulePermission],
    *,
    asked_at: datetime,
    job_id: int | None = None,
) -> None:
    """Store what a role may do; what somebody changed there since the last reading is told."""
    with transaction.atomic():
        row = Role.objects.select_for_update().get(pk=role.pk)
        first = row.permissions_read_at is None
        known = cells.values(row.permissions)
        mirror.write_permissions(role, modules, asked_at=asked_at)
        now = cells.values(role.permissions)
        differing = sorted(key for key in {*known, *now} if known.get(key, "") != now.get(key, ""))
        if differing and not first:
            _tell(
                role,
                {key: known.get(key, "") for key in differing},
                {key: now.get(key, "") for key in differing},
                job_id,
            )


def _tell(role: Role, before: Mapping[str, str], after: Mapping[str, str], job_id: int | None) -> None:
    """Unless the portal is changing this role right now: that is told by its own operation."""
    if Operation.objects.filter(stage__in=OPEN, kind__startswith="role.", key=role.cliq_id).exists():
        return
    subject = Subject("role", role.cliq_id, role.name)
    record(Draft("role.seen", SYSTEM, subject=subject, before=before, after=after, job_id=job_id))
