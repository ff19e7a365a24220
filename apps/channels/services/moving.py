"""Acts that change where a channel stands, without a field of their own: archive, delete, decide."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from apps.audit.events import Subject
from apps.audit.operation import Change, OnIntent, OnOutcome, nothing
from apps.channels import mirror
from apps.channels.models import Channel, ChannelStatus
from apps.channels.services import reading
from apps.cliq.catalogue import CATALOGUE
from apps.cliq.client import Cliq
from apps.connections.clients import client
from apps.core.actor import Actor
from apps.core.errors import NothingToChange, Refused
from apps.directory.services import writing

GONE = "gone"


@dataclass(frozen=True, slots=True)
class Move:
    """One such act: the status it leads to, and from which."""

    kind: str
    endpoint: str
    call: Callable[[Cliq, str], None]
    after: str
    before: tuple[str, ...]
    # «so already» and «cannot» in words, of a channel by name.
    already: str
    cannot: str


ARCHIVE = Move(
    "channel.archived",
    "channels.archive",
    lambda cliq, key: cliq.channels.archive(key),
    ChannelStatus.ARCHIVED,
    (ChannelStatus.CREATED,),
    "is archived already",
    "cannot be archived: it still waits for approval",
)
UNARCHIVE = Move(
    "channel.unarchived",
    "channels.unarchive",
    lambda cliq, key: cliq.channels.unarchive(key),
    ChannelStatus.CREATED,
    (ChannelStatus.ARCHIVED,),
    "is open already",
    "cannot be opened again: it still waits for approval",
)
DELETE = Move(
    "channel.deleted",
    "channels.delete",
    lambda cliq, key: cliq.channels.delete(key),
    GONE,
    (),
    "is gone already",
    "",
)


def settled(channel: Channel) -> None:
    """No other change of the channel itself may still be on its way."""
    writing.demand_settled(channel.name, Q(kind__startswith="channel.", key=channel.cliq_id))


def read(channel: Channel, cliq: Cliq) -> bool:
    """Bring the mirror up to what Zoho says; False, and marked as gone, where it shows no such channel."""
    try:
        reading.facts(channel, cliq)
    except Refused as error:
        if not reading.hides(error):
            raise
        mirror.forget(channel.cliq_id)
        channel.refresh_from_db()
        return False
    return True


def carry(
    channel: Channel,
    move: Move,
    *,
    actor: Actor,
    reason: str = "",
    job_id: int | None = None,
    on_intent: OnIntent = nothing,
    on_outcome: OnOutcome = nothing,
    cliq: Cliq | None = None,
) -> int | None:
    """Make the move, judged against a fresh reading; answers the number of its event.

    NothingToChange if it stands there already, Refused, QuotaWait (nothing was sent), OutcomeUnknown.
    """
    cliq = cliq or client(interactive=job_id is None)
    settled(channel)
    there = read(channel, cliq)
    if not there or channel.status == move.after:
        said = "is gone already" if not there else move.already
        raise NothingToChange(f"{channel.name} {said}; nothing was sent to Zoho.")
    if move.before and channel.status not in move.before:
        raise Refused(f"{channel.name} {move.cannot}.")
    return send(
        channel,
        move,
        actor=actor,
        reason=reason,
        job_id=job_id,
        on_intent=on_intent,
        on_outcome=on_outcome,
        cliq=cliq,
    )


def send(channel: Channel, move: Move, *, cliq: Cliq, job_id: int | None, **given: Any) -> int | None:
    """The call itself, with its place in the log."""
    writing.demand_slot(cliq, CATALOGUE[move.endpoint], interactive=job_id is None)
    before: Mapping[str, Any] = {"status": channel.status}
    if move.after == GONE:
        before = {**before, "level": channel.level, "members": channel.participants}
    change = Change(
        kind=move.kind,
        subject=Subject("channel", channel.cliq_id, channel.name),
        endpoint=move.endpoint,
        key=channel.cliq_id,
        before=before,
        after={"status": move.after},
    )
    event = writing.carry_out(
        [change],
        call=lambda: move.call(cliq, channel.cliq_id),
        store=lambda _: moved(channel.cliq_id, move.after),
        job_id=job_id,
        **given,
    )
    channel.refresh_from_db()
    return event


def moved(channel_id: str, status: str) -> None:
    """Where the channel stands now, in the mirror; runs in the outcome's transaction."""
    if status == GONE:
        mirror.forget(channel_id)
    else:
        mirror.change(channel_id, {"status": status})
