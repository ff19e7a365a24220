"""Moving people into a role and out of it: a user has one role, so each assignment is a move."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Unpack

from apps.access import mirror, selectors
from apps.access.models import Role
from apps.access.services import guards, reading
from apps.audit.events import Subject
from apps.audit.operation import Change
from apps.cliq.catalogue import CATALOGUE
from apps.connections.clients import client
from apps.core.actor import Actor
from apps.core.errors import NothingToChange, Refused
from apps.core.redis import lock
from apps.directory.services.writing import InJob, carry_out, demand_slot, for_operation

ADD, REMOVE = CATALOGUE["roles.add_users"], CATALOGUE["roles.remove_users"]
# Zoho documents no largest number for roles; channels take a hundred.
MOST = 100


@dataclass(slots=True)
class Moved:
    """How many people a call moved, and the event of the first."""

    number: int
    event: int | None = None


def add(
    role: Role, user_ids: Sequence[str], *, actor: Actor, reason: str = "", **job: Unpack[InJob]
) -> Moved:
    """Move people into a role in one call, out of the one they have; who is in it already is left out.

    Refused (the last organisation admin, an admin role without being an Owner), NothingToChange,
    QuotaWait, OutcomeUnknown.
    """
    guards.demand_may(actor, role, f"put people into {role.name}, which is an admin role")
    wanted = _few(user_ids)
    with lock("access.people", seconds=60, wait=2) as held:
        guards.demand_held(held)
        guards.demand_settled(role)
        cliq = job.get("cliq") or client(interactive="job_id" not in job)
        present = reading.people(role, cliq)
        moving = [one for one in wanted if one not in present]
        if not moving:
            raise NothingToChange(f"They are in {role.name} already; nothing was sent to Zoho.")
        guards.demand_admins(cliq, actor, leaving=moving, into=role)
        demand_slot(cliq, ADD, interactive="job_id" not in job)
        left = selectors.roles_of(moving)

        changes = _changes(
            "role.user_added", ADD.name, role, moving, {one: each.name for one, each in left.items()}, role
        )
        return _run(
            changes, role, moving, lambda: cliq.roles.add_users(role.cliq_id, moving), actor, reason, job
        )


def remove(
    role: Role, user_ids: Sequence[str], *, actor: Actor, reason: str = "", **job: Unpack[InJob]
) -> Moved:
    """Take people out of a role in one call; they become Members. Likewise."""
    guards.demand_may(actor, role, f"take people out of {role.name}, which is an admin role")
    heir = selectors.default_members()
    if heir is None or heir.pk == role.pk:
        raise Refused(f"Nobody can be taken out of {role.name}: move them into another role instead.")
    wanted = _few(user_ids)
    with lock("access.people", seconds=60, wait=2) as held:
        guards.demand_held(held)
        guards.demand_settled(role)
        cliq = job.get("cliq") or client(interactive="job_id" not in job)
        present = reading.people(role, cliq)
        moving = [one for one in wanted if one in present]
        if not moving:
            raise NothingToChange(f"They are not in {role.name} any more; nothing was sent to Zoho.")
        if role.is_admin:
            guards.demand_admins(cliq, actor, leaving=moving, into=heir)
        demand_slot(cliq, REMOVE, interactive="job_id" not in job)
        names = dict.fromkeys(moving, role.name)
        changes = _changes("role.user_removed", REMOVE.name, role, moving, names, heir)
        return _run(
            changes, heir, moving, lambda: cliq.roles.remove_users(role.cliq_id, moving), actor, reason, job
        )


def _few(user_ids: Sequence[str]) -> list[str]:
    wanted = list(dict.fromkeys(user_ids))
    if not wanted:
        raise Refused("Nobody was chosen.")
    if len(wanted) > MOST:
        raise Refused(f"At most {MOST} people can be moved at once; {len(wanted)} were chosen.")
    return wanted


def _changes(
    kind: str, endpoint: str, role: Role, moving: Sequence[str], before: dict[str, str], after: Role
) -> list[Change]:
    """One change a person, so that each stands in their own history."""
    users = selectors.users_by_id(moving)
    return [
        Change(
            kind=kind,
            subject=Subject("user", one, users[one].name if one in users else one),
            endpoint=endpoint,
            key=f"{role.cliq_id}/{one}",
            before={"role": before.get(one, "")},
            after={"role": after.name, "role_id": after.cliq_id},
        )
        for one in moving
    ]


def _run(
    changes: Sequence[Change],
    target: Role,
    moving: Sequence[str],
    call: Callable[[], object],
    actor: Actor,
    reason: str,
    job: InJob,
) -> Moved:
    event = carry_out(
        changes,
        call=call,
        store=lambda _: mirror.move(target, moving),
        actor=actor,
        reason=reason,
        **for_operation(job),
    )
    return Moved(len(moving), event)
