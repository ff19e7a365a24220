"""The message about a decision whose outcome was found later: a job of one row, queued with that outcome."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from apps.audit.models import Operation, Stage
from apps.audit.operation import Outcome, intent_of
from apps.channels import selectors
from apps.channels.services import telling
from apps.channels.services.requests import PAST
from apps.channels.services.telling import Letter
from apps.core.errors import NothingToChange
from apps.core.permissions import Permission
from apps.jobs.later import Write


def _send(data: Mapping[str, Any], **job: Any) -> None:
    if not telling.wished():
        raise NothingToChange("Requesters are no longer told, so nothing was sent.")
    telling.send(Letter(**data), **job)


TELL = Write(
    "channels.tell",
    "requester",
    Permission.CHANNELS_APPROVE,
    _send,
    label="Tell whoever asked for a channel",
    past="told",
)


def settled(operation: Operation, outcome: Outcome) -> None:
    """Queue what the requester is told of a decision found to have been made.

    Runs in the outcome's transaction, of which there is one for each operation: so the message is queued
    once, and sent by a worker when the outcome stands.
    """
    if operation.kind not in PAST or outcome.stage != Stage.DONE or not telling.wished():
        return
    channel = selectors.channel_by_id(operation.key)
    if channel is None or not channel.creator_id:
        return
    _, actor, reason = intent_of(operation)
    letter = telling.letter(channel, PAST[operation.kind], reason, actor)
    TELL.queue(
        key=f"told:{operation.pk}",
        name=letter.user_name,
        data=asdict(letter),
        actor=actor,
        title=f"Tell {letter.user_name} what was decided about {letter.channel_name}",
    )


def follows() -> str:
    """What comes of settling a decision as done, for whoever does it."""
    return (
        "If it happened, whoever asked gets a message with the decision and its reason."
        if telling.wished()
        else ""
    )
