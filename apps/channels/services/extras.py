"""What Zoho takes of a channel and never shows: its bots, and whether everybody follows its threads."""

from typing import Any, Unpack

from django.db.models import Q

from apps.audit.events import Subject
from apps.audit.operation import Change
from apps.channels.models import Channel, ChannelStatus
from apps.channels.services import moving, reading
from apps.cliq.catalogue import CATALOGUE
from apps.connections.clients import client
from apps.core.actor import Actor
from apps.core.errors import Refused
from apps.directory.services import writing
from apps.directory.services.writing import InJob, for_operation

BOT, FOLLOW = CATALOGUE["channels.add_bot"], CATALOGUE["threads.auto_follow"]


def add_bot(
    channel: Channel, bot: str, *, actor: Actor, reason: str = "", **job: Unpack[InJob]
) -> int | None:
    """Let a bot take part, by its unique name; answers the number of the event.

    Whether it does already cannot be read, nor a lost answer settled. Refused with `field`, QuotaWait,
    OutcomeUnknown.
    """
    bot = bot.strip()
    if not bot:
        raise Refused("Type the bot's unique name.", field="bot")
    change = Change(
        kind="channel.bot_added",
        subject=Subject("channel", channel.cliq_id, channel.name),
        endpoint=BOT.name,
        key=f"{channel.cliq_id}/{bot}",
        after={"bot": bot},
    )
    try:
        return _send(
            channel, change, lambda cliq: cliq.channels.add_bot(bot, channel.unique_name), actor, reason, job
        )
    except Refused as error:
        # Of what is sent only the bot's name was typed.
        if error.status == 400 and not error.field:
            error.field = "bot"
        raise


def follow_threads(
    channel: Channel, on: bool, *, actor: Actor, reason: str = "", **job: Unpack[InJob]
) -> int | None:
    """Let everybody follow every thread by themselves, or no longer; likewise."""
    change = Change(
        kind="channel.threads_followed" if on else "channel.threads_unfollowed",
        subject=Subject("channel", channel.cliq_id, channel.name),
        endpoint=FOLLOW.name,
        key=channel.cliq_id,
        after={"auto_follow_threads": "enable" if on else "disable"},
    )
    return _send(
        channel,
        change,
        lambda cliq: cliq.channels.follow_threads(channel.cliq_id, on),
        actor,
        reason,
        job,
    )


def _send(channel: Channel, change: Change, call: Any, actor: Actor, reason: str, job: InJob) -> int | None:
    cliq = job.get("cliq") or client(interactive="job_id" not in job)
    moving.settled(channel)
    writing.demand_settled(channel.name, Q(kind=change.kind, key=change.key))
    reading.facts(channel, cliq)
    if channel.status != ChannelStatus.CREATED:
        raise Refused(f"{channel.name} is not active, so this cannot be changed.")
    writing.demand_slot(cliq, CATALOGUE[change.endpoint], interactive="job_id" not in job)
    return writing.carry_out(
        [change],
        call=lambda: call(cliq),
        store=lambda _: None,
        actor=actor,
        reason=reason,
        **for_operation(job),
    )
