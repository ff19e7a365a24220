"""Changing what a role may do: one call for one save, with only what changes."""

from collections.abc import Mapping
from typing import Unpack

from django.utils import timezone

from apps.access import cells
from apps.access.cells import Cell
from apps.access.models import Role
from apps.access.services import guards, reading
from apps.audit.events import Subject
from apps.audit.operation import Change
from apps.cliq.catalogue import CATALOGUE
from apps.cliq.client import Cliq
from apps.connections.clients import client
from apps.console import matrix
from apps.console.matrix import Review, Saved
from apps.core.actor import Actor
from apps.core.errors import Refused
from apps.core.permissions import Permission, role_allows
from apps.directory.services.writing import InJob, carry_out, demand_slot, for_operation

UPDATE = CATALOGUE["roles.update_permissions"]


def update(
    role: Role,
    wanted: Mapping[str, str],
    *,
    shown: Mapping[str, str],
    actor: Actor,
    reason: str = "",
    **job: Unpack[InJob],
) -> Saved:
    """Send those of `wanted` (value by cell key) that differ from `shown` and from what Zoho says now.

    ChangedElsewhere (`fields`: present value by cell key), NothingToChange, Refused, QuotaWait,
    OutcomeUnknown (settled later by reading).
    """
    guards.demand_may(actor, role, "change what an admin role may do")
    guards.demand_settled(role)
    cliq = job.get("cliq") or client(interactive="job_id" not in job)
    reading.permissions(role, cliq)
    found = matrix.judged(cells.cells(role.permissions), wanted, shown)
    _demand_changeable(found, actor)
    found.demand_clear(role.name)
    demand_slot(cliq, UPDATE, interactive="job_id" not in job)
    return _send(role, found, actor, reason, cliq, job)


def _demand_changeable(found: Review[Cell], actor: Actor) -> None:
    for each in found.pending:
        if each.cell.fixed:
            raise Refused(f"Zoho takes no change of “{each.cell.title}”.")
        if each.cell.is_admin and not _is_owner(actor):
            raise Refused(
                f"“{each.cell.title}” belongs to an admin module: only an Owner of the portal may change it."
            )


def _is_owner(actor: Actor) -> bool:
    return actor.kind != "administrator" or role_allows(actor.role, Permission.ROLES_ADMIN)


def _send(role: Role, found: Review[Cell], actor: Actor, reason: str, cliq: Cliq, job: InJob) -> Saved:
    known = {each.cell.key: each.cell for each in found.pending}
    after = found.after
    change = Change(
        kind="role.permissions_changed",
        subject=Subject("role", role.cliq_id, role.name),
        endpoint=UPDATE.name,
        key=role.cliq_id,
        before=found.before,
        after=after,
    )
    event = carry_out(
        [change],
        call=lambda: cliq.roles.update_permissions(role.cliq_id, cells.wire(after, known)),
        store=lambda _: write(role.cliq_id, after),
        actor=actor,
        reason=reason,
        **for_operation(job),
    )
    role.refresh_from_db()
    return Saved(len(after), event)


def write(cliq_id: str, after: Mapping[str, str]) -> None:
    """Put what was written into the mirror; runs in the outcome's transaction."""
    row = Role.objects.select_for_update().filter(cliq_id=cliq_id).first()
    if row is None:
        return
    row.permissions = cells.changed(row.permissions, after)
    row.permissions_read_at = timezone.now()
    row.save(update_fields=["permissions", "permissions_read_at"])
