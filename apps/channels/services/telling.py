"""Telling whoever asked for a channel what was decided, where the organisation wishes it."""

from dataclasses import dataclass
from typing import Unpack

from apps.audit.events import Draft, Subject, record
from apps.audit.models import Stage
from apps.audit.operation import Change, Outcome
from apps.channels.models import Channel, RequestSettings
from apps.cliq.catalogue import CATALOGUE
from apps.cliq.client import Cliq
from apps.cliq.replies import PostedMessage
from apps.connections import selectors as connections
from apps.connections.clients import client
from apps.connections.models import Organization
from apps.core.actor import Actor
from apps.core.errors import NothingToChange, OutcomeUnknown, PortalError
from apps.directory import selectors as directory
from apps.directory.services import writing
from apps.directory.services.writing import InJob, for_operation

POST = CATALOGUE["messages.post_to_user"]


@dataclass(frozen=True, slots=True)
class Message:
    """What became of a message: to whom, and why not if it did not arrive for certain."""

    name: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """What is to be written to whom, about which channel."""

    channel_id: str
    channel_name: str
    user_id: str
    user_name: str
    text: str


def wished() -> bool:
    """Whether requesters are to be told."""
    return RequestSettings.objects.filter(tells_requesters=True).exists()


def wish(on: bool, *, actor: Actor) -> int:
    """Set whether requesters are told; answers the number of the event. NothingToChange, NotConnected."""
    organization: Organization = connections.active_grant().organization
    settings, _ = RequestSettings.objects.get_or_create(organization=organization)
    if settings.tells_requesters == on:
        raise NothingToChange("This is so already.")
    before, settings.tells_requesters = settings.tells_requesters, on
    settings.save()
    subject = Subject("organization", organization.zoho_id, organization.name)
    told = Draft(
        "channel.settings_changed",
        actor,
        subject=subject,
        before={"tells_requesters": before},
        after={"tells_requesters": on},
    )
    return record(told)[0]


def text(channel_name: str, past: str, actor: str, reason: str) -> str:
    """What the requester reads."""
    said = f"Your request for the channel “{channel_name}” was {past} by {actor}."
    return f"{said}\n{reason.strip()}" if reason.strip() else said


def letter(channel: Channel, past: str, reason: str, actor: Actor) -> Letter:
    """What whoever asked for this channel is told of a decision of `actor`."""
    user = directory.user_by_id(channel.creator_id)
    name = user.name if user else channel.creator_name or channel.creator_id
    said = text(channel.name, past, actor.name, reason)
    return Letter(channel.cliq_id, channel.name, channel.creator_id, name, said)


def tell(
    channel: Channel, past: str, reason: str, *, actor: Actor, cliq: Cliq, job_id: int | None
) -> Message | None:
    """Write to whoever asked; a message that fails changes nothing of the decision. None if not wished."""
    if not channel.creator_id or not wished():
        return None
    about = letter(channel, past, reason, actor)
    job: InJob = {"cliq": cliq} if job_id is None else {"cliq": cliq, "job_id": job_id}
    try:
        send(about, actor=actor, **job)
    except OutcomeUnknown:
        return Message(about.user_name, "Zoho did not say whether it arrived, and no reading can show it.")
    except PortalError as error:
        return Message(about.user_name, error.sentence)
    return Message(about.user_name)


def send(about: Letter, *, actor: Actor, **job: Unpack[InJob]) -> None:
    """Write it. Refused, QuotaWait (nothing was sent), OutcomeUnknown: no reading shows a message."""
    cliq = job.get("cliq") or client(interactive="job_id" not in job)
    change = Change(
        kind="channel.requester_told",
        subject=Subject("user", about.user_id, about.user_name),
        endpoint=POST.name,
        key=f"{about.channel_id}/{about.user_id}",
        after={"channel": {"id": about.channel_id, "name": about.channel_name}, "text": about.text},
    )
    writing.demand_slot(cliq, POST, interactive="job_id" not in job)
    writing.carry_out(
        [change],
        call=lambda: cliq.messages.post_to_user(about.user_id, about.text),
        store=lambda _: None,
        answered=_sent,
        actor=actor,
        **for_operation(job),
    )


def _sent(reply: PostedMessage) -> Outcome:
    return Outcome(Stage.DONE, details={"key": reply.message_id} if reply.message_id else {})
