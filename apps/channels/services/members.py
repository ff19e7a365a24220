"""Who is in a channel: adding, removing, their roles. A hundred people a call."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Unpack

from django.db.models import Q

from apps.audit.events import Subject
from apps.audit.models import Operation, Stage
from apps.audit.operation import Change, Outcome
from apps.channels import mirror
from apps.channels.models import Channel, ChannelMember, ChannelStatus, MemberRole
from apps.channels.services import moving, reading
from apps.cliq.api.channels import MEMBERS_PER_CALL
from apps.cliq.catalogue import CATALOGUE, Endpoint
from apps.cliq.client import Cliq
from apps.connections.clients import client
from apps.core.actor import Actor
from apps.core.errors import NothingToChange, PortalError, Refused
from apps.directory.models import User
from apps.directory.services import writing
from apps.directory.services.placed import MADE, NOT_MADE
from apps.directory.services.writing import InJob, for_operation

ADD = CATALOGUE["channels.add_members"]
REMOVE = CATALOGUE["channels.remove_members"]
ROLE = CATALOGUE["channels.update_member_role"]


@dataclass(frozen=True, slots=True)
class Moved:
    """How many people a call concerned, and the event of the first."""

    number: int
    event: int | None = None


def add(
    channel: Channel, users: Sequence[User], *, actor: Actor, reason: str = "", **job: Unpack[InJob]
) -> Moved:
    """Add users in one call; whoever is in already is left out. NothingToChange, Refused, QuotaWait,
    OutcomeUnknown."""
    cliq = _ready(channel, len(users), job)
    inside = set(channel.members.values_list("user_id", flat=True))
    coming = [user for user in users if user.cliq_id not in inside]
    if not coming:
        raise NothingToChange(f"They are in {channel.name} already; nothing was sent to Zoho.")
    people = [(user.cliq_id, user.name) for user in coming]
    rows = [_new(channel, user.cliq_id, user.name, user.email) for user in coming]
    return _carry(
        channel,
        _changes(channel, "channel.member_added", ADD, people, {}, {"role": MemberRole.MEMBER}),
        ADD,
        lambda: cliq.channels.add_members(channel.cliq_id, user_ids=[user.cliq_id for user in coming]),
        lambda _: _put(channel, rows),
        cliq,
        actor,
        reason,
        job,
    )


def invite(
    channel: Channel, emails: Sequence[str], *, actor: Actor, reason: str = "", **job: Unpack[InJob]
) -> Moved:
    """Add people by address, in one call; only an external channel takes those outside the organisation.

    Their ids are read back, so that the log names them as Zoho does. Likewise.
    """
    cliq = _ready(channel, len(emails), job)
    inside = {email.casefold() for email in channel.members.values_list("email", flat=True)}
    coming = list(dict.fromkeys(each.strip() for each in emails))
    coming = [email for email in coming if email and email.casefold() not in inside]
    if not coming:
        raise NothingToChange(f"They are in {channel.name} already; nothing was sent to Zoho.")
    people = [(email.casefold(), email) for email in coming]
    changes = _changes(channel, "channel.member_added", ADD, people, {}, {"role": MemberRole.MEMBER})
    writing.demand_slot(cliq, ADD, interactive="job_id" not in job)
    event = writing.carry_out(
        changes,
        call=lambda: _invited(channel, coming, cliq),
        store=lambda known: _put(
            channel, [_new(channel, known.get(key, key), "", email) for key, email in people]
        ),
        answered=lambda known: [_named(channel, email, known.get(key, "")) for key, email in people],
        actor=actor,
        reason=reason,
        **for_operation(job),
    )
    return Moved(len(changes), event)


def _invited(channel: Channel, emails: Sequence[str], cliq: Cliq) -> dict[str, str]:
    """Add them; answers the ids that Zoho has for their addresses, as far as reading tells."""
    cliq.channels.add_members(channel.cliq_id, email_ids=emails)
    try:
        found = cliq.channels.members(channel.cliq_id)
    except PortalError:
        # They are in all the same; the next reading of the channel brings their ids.
        return {}
    return {wire.email_id.casefold(): wire.user_id for wire in found}


def _found(channel: Channel, member: ChannelMember) -> Outcome:
    """Done, with the id that Zoho has for whoever was added by address."""
    key = {"key": f"{channel.cliq_id}/{member.user_id}"}
    return replace(MADE, details=key, subject=Subject("user", member.user_id, str(member)))


def _named(channel: Channel, email: str, user_id: str) -> Outcome:
    key = {"key": f"{channel.cliq_id}/{user_id}"} if user_id else {}
    return Outcome(Stage.DONE, details=key, subject=Subject("user", user_id, email) if user_id else None)


def remove(
    channel: Channel,
    members: Sequence[ChannelMember],
    *,
    silent: bool = False,
    actor: Actor,
    reason: str = "",
    **job: Unpack[InJob],
) -> Moved:
    """Take people out in one call, `silent` without a message in the channel; likewise."""
    cliq = _ready(channel, len(members), job)
    wanted = {member.user_id for member in members}
    leaving = list(channel.members.filter(user_id__in=wanted))
    if not leaving:
        raise NothingToChange(f"They are not in {channel.name} any more; nothing was sent to Zoho.")
    _demand_super_admin(channel, {member.user_id for member in leaving if member.role == "super_admin"})
    ids = [member.user_id for member in leaving]
    people = [(member.user_id, str(member)) for member in leaving]
    changes = _changes(channel, "channel.member_removed", REMOVE, people, _roles(leaving), {"role": ""})
    return _carry(
        channel,
        changes,
        REMOVE,
        lambda: cliq.channels.remove_members(channel.cliq_id, user_ids=ids, silent=silent),
        lambda _: _leave(channel, ids),
        cliq,
        actor,
        reason,
        job,
    )


def set_role(
    channel: Channel,
    member: ChannelMember,
    role: str,
    *,
    actor: Actor,
    reason: str = "",
    **job: Unpack[InJob],
) -> Moved:
    """Give one member another role; the last super admin keeps theirs. Likewise."""
    cliq = _ready(channel, 1, job)
    present = channel.members.filter(user_id=member.user_id).first()
    if present is None:
        raise Refused(f"{member} is not in {channel.name} any more.")
    if present.role == role:
        raise NothingToChange(f"{present} has this role already; nothing was sent to Zoho.")
    if present.role == MemberRole.SUPER_ADMIN:
        _demand_super_admin(channel, {present.user_id})
    people = [(present.user_id, str(present))]
    return _carry(
        channel,
        _changes(channel, "channel.member_role_changed", ROLE, people, _roles([present]), {"role": role}),
        ROLE,
        lambda: cliq.channels.update_member_role(channel.cliq_id, present.user_id, role),
        lambda _: has_role(channel, present.user_id, role),
        cliq,
        actor,
        reason,
        job,
    )


def _ready(channel: Channel, number: int, job: InJob) -> Cliq:
    """The client, after who is in the channel was read anew."""
    if not number:
        raise Refused("Nobody was chosen.")
    if number > MEMBERS_PER_CALL:
        raise Refused(f"Choose at most {MEMBERS_PER_CALL} people at once.")
    if channel.status != ChannelStatus.CREATED:
        word = "archived" if channel.status == ChannelStatus.ARCHIVED else "waiting for approval"
        raise Refused(f"{channel.name} is {word}: its members can be changed while it is active.")
    cliq = job.get("cliq") or client(interactive="job_id" not in job)
    moving.settled(channel)
    mine = Q(kind__startswith="channel.member_", key__startswith=f"{channel.cliq_id}/")
    writing.demand_settled(channel.name, mine)
    reading.members(channel, cliq)
    return cliq


def _demand_super_admin(channel: Channel, leaving: set[str]) -> None:
    there = set(channel.members.filter(role=MemberRole.SUPER_ADMIN).values_list("user_id", flat=True))
    if there and there <= leaving:
        raise Refused(
            f"{channel.name} would be left without a super admin. Make somebody else a super admin first."
        )


def _roles(members: Sequence[ChannelMember]) -> dict[str, str]:
    return {member.user_id: member.role for member in members}


def _changes(
    channel: Channel,
    kind: str,
    endpoint: Endpoint,
    people: Sequence[tuple[str, str]],
    before: dict[str, str],
    after: dict[str, str],
) -> list[Change]:
    """One change a person, so that each stands in their own history."""
    here = {"channel": {"id": channel.cliq_id, "name": channel.name}}
    return [
        Change(
            kind=kind,
            subject=Subject("user", user_id, name),
            endpoint=endpoint.name,
            key=f"{channel.cliq_id}/{user_id}",
            before={**here, "role": before.get(user_id, "")},
            after={**here, **after},
        )
        for user_id, name in people
    ]


def _carry(
    channel: Channel,
    changes: Sequence[Change],
    endpoint: Endpoint,
    call: Callable[[], Any],
    store: Callable[[Any], object],
    cliq: Cliq,
    actor: Actor,
    reason: str,
    job: InJob,
) -> Moved:
    writing.demand_slot(cliq, endpoint, interactive="job_id" not in job)
    event = writing.carry_out(
        changes, call=call, store=store, actor=actor, reason=reason, **for_operation(job)
    )
    return Moved(len(changes), event)


def _new(channel: Channel, user_id: str, name: str, email: str) -> ChannelMember:
    return ChannelMember(
        channel=channel, user_id=user_id[:60], name=name, email=email, role=MemberRole.MEMBER
    )


def _put(channel: Channel, rows: Sequence[ChannelMember]) -> None:
    mirror.put(channel, rows)
    mirror.count(channel)


def _leave(channel: Channel, user_ids: Sequence[str]) -> None:
    ChannelMember.objects.filter(channel=channel, user_id__in=user_ids).delete()
    mirror.count(channel)


def has_role(channel: Channel, user_id: str, role: str) -> None:
    """A member's role in the mirror; runs in the outcome's transaction."""
    row = ChannelMember.objects.filter(channel=channel, user_id=user_id).first()
    if row is not None:
        row.role = role
        mirror.put(channel, [row])


def observe(operation: Operation, change: Change) -> Outcome | None:
    """Whether the person is in the channel, and as what; by id or, invited, by address."""
    channel_id, _, person = operation.key.partition("/")
    channel = Channel.objects.filter(cliq_id=channel_id).first()
    if channel is None:
        return None
    reading.members(channel, client(interactive=False))
    there = channel.members.filter(Q(user_id=person) | Q(email__iexact=person)).first()
    role = there.role if there else ""
    if change.kind == "channel.member_added":
        return _found(channel, there) if there else NOT_MADE
    if role == change.after["role"]:
        return MADE
    return NOT_MADE if role == change.before["role"] else None
