"""Deciding about requested channels, each by one call, and telling whoever asked."""

from dataclasses import dataclass
from typing import Any, Unpack

from apps.audit.models import Event, Stage
from apps.channels.models import Channel, ChannelStatus, Level
from apps.channels.services import moving, telling
from apps.channels.services.moving import GONE, Move
from apps.connections.clients import client
from apps.core.actor import Actor
from apps.core.errors import NothingToChange, Refused
from apps.directory.services.writing import InJob

APPROVE = Move(
    "channel.approved",
    "channels.approve",
    lambda cliq, key: cliq.channels.approve(key),
    ChannelStatus.CREATED,
    (ChannelStatus.PENDING,),
    "",
    "",
)
# No status is documented for what was rejected: a reading finds out whether it is still there.
REJECT = Move(
    "channel.rejected",
    "channels.reject",
    lambda cliq, key: cliq.channels.reject(key),
    GONE,
    (ChannelStatus.PENDING,),
    "",
    "",
)
PAST = {APPROVE.kind: "approved", REJECT.kind: "rejected"}


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided, the event that tells, and what became of the message to whoever asked."""

    channel: Channel
    event: int | None
    message: telling.Message | None = None


def approve(channel: Channel, *, actor: Actor, reason: str = "", **job: Unpack[InJob]) -> Decision:
    """Let a requested channel begin. NothingToChange if it was approved already, Refused, QuotaWait,
    OutcomeUnknown."""
    return _decide(channel, APPROVE, actor, reason, job)


def reject(channel: Channel, *, actor: Actor, reason: str, **job: Unpack[InJob]) -> Decision:
    """Refuse a requested channel; likewise. The reason is what the requester gets to know."""
    return _decide(channel, REJECT, actor, reason, job)


def _decide(channel: Channel, move: Move, actor: Actor, reason: str, job: InJob) -> Decision:
    job_id = job.get("job_id")
    cliq = job.get("cliq") or client(interactive=job_id is None)
    moving.settled(channel)
    there = moving.read(channel, cliq)
    if not (there and channel.waits):
        raise _decided(channel, move)
    rest: dict[str, Any] = {name: each for name, each in job.items() if name not in ("cliq", "job_id")}
    event = moving.send(channel, move, cliq=cliq, job_id=job_id, actor=actor, reason=reason, **rest)
    if event is None:
        # Somebody settled it while its answer was on its way: the message was queued with that outcome.
        return Decision(channel, event)
    message = telling.tell(channel, PAST[move.kind], reason, actor=actor, cliq=cliq, job_id=job_id)
    return Decision(channel, event, message)


def _decided(channel: Channel, move: Move) -> NothingToChange | Refused:
    """What became of it before this decision could be sent, and who did it if the log knows."""
    gone, name = channel.gone_at is not None, channel.name
    if not gone and channel.level != Level.ORGANIZATION:
        return Refused(f"{name} is no channel of the organisation, so there is nothing to decide about.")
    who = _who(channel)
    if gone:
        if move is REJECT:
            return NothingToChange(f"{name} was rejected or deleted by {who} meanwhile; nothing was sent.")
        return Refused(f"{name} was rejected or deleted by {who} meanwhile, so it cannot be approved.")
    if move is APPROVE:
        return NothingToChange(f"{name} was approved by {who} meanwhile; nothing was sent to Zoho.")
    return Refused(
        f"{name} was approved by {who} meanwhile, so it can no longer be rejected. "
        "It can be archived or deleted on its own page."
    )


def _who(channel: Channel) -> str:
    done = Event.objects.filter(
        kind__in=[*PAST, moving.DELETE.kind], subject_id=channel.cliq_id, stage=Stage.DONE
    )
    return done.order_by("-seq").values_list("actor_name", flat=True).first() or "somebody in Zoho"
