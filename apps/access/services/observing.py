"""What reading Zoho shows of a change of a role whose outcome is unknown."""

from collections.abc import Sequence

from django.utils import timezone

from apps.access import cells, mirror, selectors
from apps.access.models import Role
from apps.access.services import permissions, reading, roles, seen
from apps.audit.models import Operation, Stage
from apps.audit.operation import Change, Outcome, intent_of
from apps.cliq.client import Cliq
from apps.cliq.replies import Role as WireRole
from apps.connections import selectors as connections
from apps.connections.clients import client
from apps.connections.mirror import fold

HAPPENED = "Reading Zoho shows the change: it had taken effect."
DID_NOT = "Reading Zoho shows everything as it was: the change did not happen."


def _list(cliq: Cliq) -> list[WireRole]:
    organization = connections.organization()
    asked_at = timezone.now()
    wires = cliq.roles.list()
    if organization is not None:
        seen.store_roles(organization, wires, asked_at=asked_at)
    return wires


def observe_created(operation: Operation, change: Change) -> Outcome | None:
    """A role of that name is there: done. Not by two readings apart: not done."""
    found = [wire for wire in _list(client(interactive=False)) if fold(wire.name) == operation.key]
    if found:
        return Outcome(Stage.DONE, HAPPENED, details={"key": found[0].id})
    if operation.observed >= 1:
        return Outcome(Stage.NOT_DONE, "Zoho knows no role of this name: it was not created.")
    return None


def observe_updated(operation: Operation, change: Change) -> Outcome | None:
    """Equal to after: done. Equal to before: not done. Anything else stays unknown."""
    wire = client(interactive=False).roles.get(operation.key)
    present = {"name": wire.name, "description": wire.description}
    return _compared(present, dict(change.before), dict(change.after))


def observe_deleted(operation: Operation, change: Change) -> Outcome | None:
    """Still listed: not done. Listed no more: done."""
    wires = _list(client(interactive=False))
    if not wires:
        return None
    if any(wire.id == operation.key for wire in wires):
        return Outcome(Stage.NOT_DONE, "Zoho still has this role: it was not deleted.")
    return Outcome(Stage.DONE, "Zoho no longer has this role: it was deleted.")


def observe_permissions(operation: Operation, change: Change) -> Outcome | None:
    """Likewise, cell by cell."""
    modules = client(interactive=False).roles.permissions(operation.key)
    present = cells.values(mirror.stored(modules))
    return _compared(present, dict(change.before), dict(change.after))


def observe_added(operation: Operation, change: Change) -> Outcome | None:
    """In the role: done. Not in it: not done."""
    return _in_role(operation, done=True)


def observe_removed(operation: Operation, change: Change) -> Outcome | None:
    """Still in the role: not done. No more in it: done."""
    return _in_role(operation, done=False)


def _in_role(operation: Operation, *, done: bool) -> Outcome | None:
    cliq_id, _, user_id = operation.key.partition("/")
    role = selectors.role_by_id(cliq_id)
    if role is None:
        return None
    inside = user_id in reading.people(role, client(interactive=False))
    return Outcome(Stage.DONE, HAPPENED) if inside == done else Outcome(Stage.NOT_DONE, DID_NOT)


def _compared(present: dict[str, str], before: dict[str, str], after: dict[str, str]) -> Outcome | None:
    if all(present.get(name, "") == value for name, value in after.items()):
        return Outcome(Stage.DONE, HAPPENED)
    if all(present.get(name, "") == before.get(name, "") for name in after):
        return Outcome(Stage.NOT_DONE, DID_NOT)
    return None


def keep(operations: Sequence[Operation], outcomes: Sequence[Outcome]) -> None:
    """Write what turned out to be done into the mirror; runs in the outcome's transaction."""
    for operation, outcome in zip(operations, outcomes, strict=True):
        if outcome.stage == Stage.DONE:
            _keep(operation, intent_of(operation)[0])


def _keep(operation: Operation, change: Change) -> None:
    if change.kind == "role.updated":
        roles.write_facts(operation.key, dict(change.after))
    elif change.kind == "role.permissions_changed":
        permissions.write(operation.key, dict(change.after))
    elif change.kind == "role.deleted":
        role = Role.objects.filter(cliq_id=operation.key, gone_at=None).first()
        if role is not None:
            mirror.forget_role(role, heir=selectors.default_members(), at=timezone.now())
    elif change.kind in ("role.user_added", "role.user_removed"):
        role = selectors.role_by_id(str(change.after.get("role_id", "")))
        if role is not None:
            mirror.move(role, [operation.key.partition("/")[2]])
