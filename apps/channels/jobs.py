"""What of the channels can be sent when the quota is free: registered with `jobs.later`.

So is the message about a decision whose outcome was found later, which is queued with that outcome.

Who would be the last super admin of a channel, and what still waits for a decision, the services judge from
a reading right before they send.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import partial
from typing import Any

from apps.audit.models import Operation, Stage
from apps.audit.operation import Outcome, intent_of
from apps.channels import selectors
from apps.channels.models import Channel
from apps.channels.services import editing, extras, members, moving, permissions, requests, telling
from apps.channels.services.requests import PAST
from apps.channels.services.telling import Letter
from apps.connections.mirror import fold
from apps.core.errors import NothingToChange, Refused
from apps.core.permissions import Permission
from apps.jobs.later import About, Write, register_write
from apps.jobs.models import RowAction

EDIT, APPROVE_THEM = Permission.CHANNELS_EDIT, Permission.CHANNELS_APPROVE


def _of(noun: str, channel: Channel, *_: object, **__: object) -> About:
    return About(f"{noun}:{channel.cliq_id}", f"#{channel.name}", channel.search)


def _of_new(noun: str, wanted: Mapping[str, Any], **_: object) -> About:
    """A name once at each level."""
    name = str(wanted["name"]).strip().lstrip("#").strip()
    return About(f"{noun}:{wanted['level']}/{fold(name)}", f"#{name}")


def _create(wanted: Mapping[str, Any], **given: Any) -> editing.Saved:
    return editing.create(editing.Wanted(**wanted), **given)


def _move(move: moving.Move, channel: Channel, **given: Any) -> int | None:
    return moving.carry(channel, move, **given)


def _take_out(channel: Channel, user_ids: Sequence[str], **given: Any) -> members.Moved:
    leaving = list(channel.members.filter(user_id__in=user_ids))
    if user_ids and not leaving:
        raise NothingToChange(f"They are not in {channel.name} any more; nothing was sent to Zoho.")
    return members.remove(channel, leaving, **given)


def _set_role(channel: Channel, user_id: str, role: str, **given: Any) -> members.Moved:
    member = channel.members.filter(user_id=user_id).first()
    if member is None:
        raise Refused(f"They are not in {channel.name} any more.")
    return members.set_role(channel, member, role, **given)


def _undelivered(decision: requests.Decision) -> str:
    message = decision.message
    if message is None or not message.problem:
        return ""
    return f"The message to {message.name} was not delivered for certain: {message.problem}"


CREATE = Write(
    "channels.create",
    "channel",
    EDIT,
    _create,
    title="Create {name}",
    done="{name} was created.",
    about=_of_new,
    action=RowAction.ADD,
)
UPDATE = Write("channels.update", "channel", EDIT, editing.update, about=_of)
ARCHIVE = Write(
    "channels.archive",
    "channel",
    EDIT,
    partial(_move, moving.ARCHIVE),
    title="Archive {name}",
    done="{name} was archived.",
    about=_of,
)
UNARCHIVE = Write(
    "channels.unarchive",
    "channel",
    EDIT,
    partial(_move, moving.UNARCHIVE),
    title="Open {name} again",
    done="{name} was opened again.",
    about=_of,
)
DELETE = Write(
    "channels.delete",
    "channel",
    EDIT,
    partial(_move, moving.DELETE),
    title="Delete {name}",
    done="{name} was deleted.",
    about=_of,
    confirmed=True,
)
APPROVE = Write(
    "channels.approve",
    "channel",
    APPROVE_THEM,
    requests.approve,
    title="Approve {name}",
    done="{name} was approved.",
    about=_of,
    note=_undelivered,
)
REJECT = Write(
    "channels.reject",
    "channel",
    APPROVE_THEM,
    requests.reject,
    title="Reject {name}",
    done="{name} was rejected.",
    about=_of,
    note=_undelivered,
)
PERMISSIONS = Write(
    "channels.permissions",
    "channel",
    EDIT,
    permissions.update,
    title="Change the permissions in {name}",
    done="The permissions in {name} were changed.",
    about=_of,
)
ADD = Write(
    "channels.add_members",
    "channel",
    EDIT,
    members.add,
    title="Add members to {name}",
    done="They were added to {name}.",
    about=_of,
)
INVITE = Write(
    "channels.invite",
    "channel",
    EDIT,
    members.invite,
    title="Add people to {name} by address",
    done="They were added to {name}.",
    about=_of,
)
TAKE_OUT = Write(
    "channels.remove_members",
    "channel",
    EDIT,
    _take_out,
    title="Remove members from {name}",
    done="They were removed from {name}.",
    about=_of,
)
ROLE = Write(
    "channels.member_role",
    "channel",
    EDIT,
    _set_role,
    title="Change a role in {name}",
    done="Their role in {name} was changed.",
    about=_of,
)
BOT = Write(
    "channels.add_bot",
    "channel",
    EDIT,
    extras.add_bot,
    title="Add a bot to {name}",
    done="The bot was added to {name}.",
    about=_of,
)
FOLLOW = Write(
    "channels.follow_threads",
    "channel",
    EDIT,
    extras.follow_threads,
    title="Change the threads of {name}",
    done="How the threads of {name} are followed was changed.",
    about=_of,
)


def _about(_: str, letter: Mapping[str, str], *, decision: str) -> About:
    """Once for each decision."""
    title = f"Tell {letter['user_name']} what was decided about {letter['channel_name']}"
    return About(f"told:{decision}", letter["user_name"], title=title)


def _tell(letter: Mapping[str, str], *, decision: str, **job: Any) -> None:
    if not telling.wished():
        raise NothingToChange("Requesters are no longer told, so nothing was sent.")
    telling.send(Letter(**letter), **job)


TELL = Write(
    "channels.tell",
    "requester",
    APPROVE_THEM,
    _tell,
    done="{name} was told.",
    about=_about,
    label="Tell whoever asked for a channel",
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
    TELL.queue(asdict(letter), decision=str(operation.pk), actor=actor)


def follows() -> str:
    """What comes of settling a decision as done, for whoever does it."""
    return (
        "If it happened, whoever asked gets a message with the decision and its reason."
        if telling.wished()
        else ""
    )


def register() -> None:
    """From the app's ready()."""
    register_write(CREATE, UPDATE, ARCHIVE, UNARCHIVE, DELETE, APPROVE, REJECT, PERMISSIONS)
    register_write(ADD, INVITE, TAKE_OUT, ROLE, BOT, FOLLOW, TELL)
