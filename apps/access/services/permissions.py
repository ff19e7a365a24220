"""Changing what a role may do: one call for one save, with only what changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils import timezone

from apps.access import cells
from apps.access.cells import Cell
from apps.access.models import Role
from apps.access.services import guards, reading
from apps.audit import operation
from apps.audit.events import Subject
from apps.audit.models import Operation, Stage
from apps.audit.operation import DONE, Change, Outcome
from apps.cliq.catalogue import CATALOGUE
from apps.cliq.client import Cliq
from apps.connections.clients import client
from apps.core.actor import Actor
from apps.core.errors import ChangedElsewhere, NothingToChange, Refused
from apps.core.permissions import Permission, role_allows
from apps.directory.services.writing import demand_slot

UPDATE = CATALOGUE["roles.update_permissions"]


@dataclass(frozen=True, slots=True)
class Pending:
    """One change before it is saved; `elsewhere` is what somebody else has made of the cell meanwhile."""

    cell: Cell
    before: str
    after: str
    elsewhere: str | None = None


@dataclass(slots=True)
class Review:
    """What a save would do, judged by what Zoho says now."""

    pending: list[Pending] = field(default_factory=list)
    # Changed in Zoho since the page was made, and not touched here: cell and what it was.
    moved: list[tuple[Cell, str]] = field(default_factory=list)
    already: list[Cell] = field(default_factory=list)

    @property
    def conflicts(self) -> list[Pending]:
        """Those that somebody else has changed to something else again."""
        return [each for each in self.pending if each.elsewhere is not None]


@dataclass(slots=True)
class Saved:
    """How many cells changed, and the event that tells."""

    number: int
    event: int | None


def review(role: Role, wanted: Mapping[str, str], shown: Mapping[str, str]) -> Review:
    """Read the role's permissions now and tell what saving `wanted` would change."""
    reading.permissions(role, client(interactive=True))
    return judged(role, wanted, shown)


def judged(role: Role, wanted: Mapping[str, str], shown: Mapping[str, str]) -> Review:
    """Likewise, by what the mirror holds."""
    known = cells.cells(role.permissions)
    found = Review()
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


def update(
    role: Role,
    wanted: Mapping[str, str],
    *,
    shown: Mapping[str, str],
    actor: Actor,
    reason: str = "",
) -> Saved:
    """Send those of `wanted` (value by cell key) that differ from `shown` and from what Zoho says now.

    ChangedElsewhere (`fields`: present value by cell key), NothingToChange, Refused, QuotaWait,
    OutcomeUnknown (settled later by reading).
    """
    guards.demand_may(actor, role, "change what an admin role may do")
    guards.demand_settled(role)
    cliq = client(interactive=True)
    reading.permissions(role, cliq)
    found = judged(role, wanted, shown)
    _demand_changeable(found, actor)
    if found.conflicts:
        raise ChangedElsewhere(
            "Somebody changed some of the same permissions meanwhile, so nothing was saved. Each says what "
            "it is now: save again to put yours in its place.",
            fields={each.cell.key: each.before for each in found.conflicts},
        )
    if not found.pending:
        raise NothingToChange(f"{role.name} is so already; nothing was sent to Zoho.")
    demand_slot(cliq, UPDATE)
    return _send(role, found.pending, actor, reason, cliq)


def _demand_changeable(found: Review, actor: Actor) -> None:
    for each in found.pending:
        if each.cell.fixed:
            raise Refused(f"Zoho takes no change of “{each.cell.title}”.")
        if each.cell.is_admin and not _is_owner(actor):
            raise Refused(
                f"“{each.cell.title}” belongs to an admin module: only an Owner of the portal may change it."
            )


def _is_owner(actor: Actor) -> bool:
    return actor.kind != "administrator" or role_allows(actor.role, Permission.ROLES_ADMIN)


def _send(role: Role, pending: Sequence[Pending], actor: Actor, reason: str, cliq: Cliq) -> Saved:
    known = {each.cell.key: each.cell for each in pending}
    after = {each.cell.key: each.after for each in pending}
    told: list[Operation] = []

    def send() -> list[Outcome]:
        cliq.roles.update_permissions(role.cliq_id, cells.wire(after, known))
        return [DONE]

    def store(operations: Sequence[Operation], outcomes: Sequence[Outcome]) -> None:
        told.extend(operations)
        if outcomes[0].stage == Stage.DONE:
            write(role.cliq_id, after)

    change = Change(
        kind="role.permissions_changed",
        subject=Subject("role", role.cliq_id, role.name),
        endpoint=UPDATE.name,
        key=role.cliq_id,
        before={each.cell.key: each.before for each in pending},
        after=after,
    )
    operation.run([change], actor=actor, send=send, reason=reason, on_outcome=store)
    role.refresh_from_db()
    return Saved(len(after), told[0].outcome_seq)


def write(cliq_id: str, after: Mapping[str, str]) -> None:
    """Put what was written into the mirror; runs in the outcome's transaction."""
    row = Role.objects.select_for_update().filter(cliq_id=cliq_id).first()
    if row is None:
        return
    row.permissions = cells.changed(row.permissions, after)
    row.permissions_read_at = timezone.now()
    row.save(update_fields=["permissions", "permissions_read_at"])
