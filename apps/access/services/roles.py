"""Creating, renaming and deleting roles."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Unpack

from django.utils import timezone

from apps.access import mirror, selectors
from apps.access.models import Role
from apps.access.services import guards, reading
from apps.audit.events import Subject
from apps.audit.models import Operation, Stage
from apps.audit.operation import Change, Outcome
from apps.cliq.catalogue import CATALOGUE
from apps.cliq.client import Cliq
from apps.cliq.replies import Role as WireRole
from apps.connections import selectors as connections
from apps.connections.clients import client
from apps.connections.mirror import fold
from apps.core.actor import Actor
from apps.core.errors import NothingToChange, Refused
from apps.core.redis import lock
from apps.directory.services.writing import InJob, carry_out, demand_slot, for_operation, judged

CREATE, UPDATE, DELETE = (CATALOGUE[f"roles.{name}"] for name in ("create", "update", "delete"))
NAME_LENGTH = 100


@dataclass(slots=True)
class Result:
    """What a write did: the role as it is now, the event that tells, what changed."""

    role: Role
    event: int | None = None
    changed: list[str] = field(default_factory=list)


def create(
    *,
    name: str,
    profile_type: str,
    description: str = "",
    clone: Role | None = None,
    actor: Actor,
    reason: str = "",
    **job: Unpack[InJob],
) -> Result:
    """Make a role, with the permissions of `clone` where one is given. Refused, QuotaWait, OutcomeUnknown."""
    guards.demand_may_make(actor, profile_type)
    if clone is not None:
        guards.demand_may(actor, clone, f"copy the permissions of {clone.name}, which is an admin role")
    organization = connections.active_grant().organization
    key = fold(name.strip())
    _demand_free(key)
    cliq = job.get("cliq") or client(interactive="job_id" not in job)
    demand_slot(cliq, CREATE, interactive="job_id" not in job)
    made: list[WireRole] = []

    def store(wire: WireRole) -> None:
        made.append(wire)
        mirror.write_roles(organization, made, asked_at=timezone.now())

    after = {"name": name.strip(), "profile_type": profile_type}
    if description.strip():
        after["description"] = description.strip()
    change = Change(
        kind="role.created",
        subject=Subject("role", key, name.strip()),
        endpoint=CREATE.name,
        key=key,
        after={**after, **({"permissions_of": clone.name} if clone else {})},
    )
    event = carry_out(
        [change],
        call=lambda: cliq.roles.create(
            name=name.strip(),
            profile_type=profile_type,
            description=description.strip() or None,
            clone_id=clone.cliq_id if clone else None,
        ),
        store=store,
        answered=lambda wire: Outcome(Stage.DONE, details={"key": wire.id}),
        actor=actor,
        reason=reason,
        **for_operation(job),
    )
    return Result(Role.objects.get(cliq_id=made[0].id), event)


def _demand_free(key: str) -> None:
    """A name once, and an earlier try at it settled before another is sent."""
    if Operation.objects.filter(kind="role.created", key=key, stage__in=guards.OPEN).exists():
        raise Refused(
            "A role of this name was asked for a moment ago and Zoho has not answered. The portal reads Zoho "
            "within a minute or two to find out what became of it.",
            field="name",
        )
    if selectors.roles().filter(name_key=key[:120]).exists():
        raise Refused("A role of this name exists already.", field="name")


def update(
    role: Role,
    *,
    name: str,
    description: str,
    shown: Mapping[str, str],
    actor: Actor,
    reason: str = "",
    **job: Unpack[InJob],
) -> Result:
    """Rename or describe a role; only what differs from `shown` is sent, judged against a fresh reading.

    ChangedElsewhere, NothingToChange, Refused, QuotaWait, OutcomeUnknown.
    """
    guards.demand_own(role)
    guards.demand_may(actor, role, "rename an admin role")
    guards.demand_settled(role)
    given = {"name": name.strip(), "description": description.strip()}
    cliq = job.get("cliq") or client(interactive="job_id" not in job)
    reading.facts(role, cliq)
    present = {"name": role.name, "description": role.description}
    wanted = judged(given, shown, present, noun="role")
    wanted = {each: value for each, value in wanted.items() if present[each] != value}
    if not wanted:
        raise NothingToChange(f"{role.name} is so already; nothing was sent to Zoho.")
    demand_slot(cliq, UPDATE, interactive="job_id" not in job)
    change = Change(
        kind="role.updated",
        subject=Subject("role", role.cliq_id, role.name),
        endpoint=UPDATE.name,
        key=role.cliq_id,
        before={each: present[each] for each in wanted},
        after=wanted,
    )
    event = carry_out(
        [change],
        call=lambda: cliq.roles.update(
            role.cliq_id, name=wanted.get("name"), description=wanted.get("description")
        ),
        store=lambda _: write_facts(role.cliq_id, wanted),
        actor=actor,
        reason=reason,
        **for_operation(job),
    )
    role.refresh_from_db()
    return Result(role, event, sorted(wanted))


def write_facts(cliq_id: str, wanted: dict[str, str]) -> None:
    """Put what was written into the mirror; runs in the outcome's transaction."""
    row = Role.objects.select_for_update().filter(cliq_id=cliq_id).first()
    if row is None:
        return
    for each, value in wanted.items():
        setattr(row, each, value)
    row.raw, row.read_at = {**row.raw, **wanted}, timezone.now()
    row.save()


def delete(role: Role, *, actor: Actor, reason: str, **job: Unpack[InJob]) -> Result:
    """Delete a role; its people become Members. Refused where the last organisation admin is one of them."""
    guards.demand_own(role)
    guards.demand_may(actor, role, "delete an admin role")
    with lock("access.people", seconds=60, wait=2) as held:
        guards.demand_held(held)
        guards.demand_settled(role)
        cliq = job.get("cliq") or client(interactive="job_id" not in job)
        people = reading.people(role, cliq)
        if role.is_admin:
            guards.demand_admins(cliq, actor, leaving=people, into=None, source=role)
        demand_slot(cliq, DELETE, interactive="job_id" not in job)
        return _delete(role, people, actor, reason, cliq, job)


def _delete(role: Role, people: set[str], actor: Actor, reason: str, cliq: Cliq, job: InJob) -> Result:
    heir = selectors.default_members()
    before = {"name": role.name, "profile_type": role.profile_type, "description": role.description}
    change = Change(
        kind="role.deleted",
        subject=Subject("role", role.cliq_id, role.name),
        endpoint=DELETE.name,
        key=role.cliq_id,
        before={**before, "people": len(people), "people_ids": sorted(people)[:1000]},
        after={"people_move_to": heir.name if heir else "Members"},
    )
    event = carry_out(
        [change],
        call=lambda: cliq.roles.delete(role.cliq_id),
        store=lambda _: mirror.forget_role(role, heir=heir, at=timezone.now()),
        actor=actor,
        reason=reason,
        **for_operation(job),
    )
    role.refresh_from_db()
    return Result(role, event)


__all__ = ["NAME_LENGTH", "Result", "create", "delete", "update", "write_facts"]
