"""Channels: list, one, create, change, delete, decide, archive."""

import json
import time
from collections.abc import Mapping
from typing import Any

from apps.sandbox import channel_edits, channel_query, channels, members, seed_channels, texts
from apps.sandbox.call import Call
from apps.sandbox.exceptions import Malformed, NotAllowed

CREATING = (
    "name", "description", "level", "invite_only", "team_ids", "user_ids", "email_ids", "image_data",
    "config", *channel_edits.SETS,
)  # fmt: skip
CHANGING = ("name", "description", "image_data", "config", *channel_edits.SETS)


def which(params: Mapping[str, str], body: bytes) -> str:
    """Which of the three operations on `PUT /channels/{id}` is asked for."""
    try:
        given = json.loads(body)
    except ValueError:
        return "channels.update"
    names = set(given) if isinstance(given, dict) else set()
    if "auto_follow_threads" in names:
        return "threads.auto_follow"
    return "channels.update_permissions" if names and names <= set(channel_edits.SETS) else "channels.update"


def list_channels(call: Call) -> dict[str, Any]:
    """A page of channels, with a token that asks for what changed since."""
    rows, after = channel_query.page(call)
    reply: dict[str, Any] = {
        "channels": [channels.listed(call, row) for row in rows],
        "has_more": bool(after),
    }
    if after:
        reply["next_token"] = call.next_token(after)
    return reply | {"sync_token": str(int(time.time() * 1000))}


def get_channel(call: Call) -> dict[str, Any]:
    """One channel, bare."""
    return channels.single(call, channels.find(call))


def create_channel(call: Call) -> dict[str, Any]:
    """A channel of any level; one of the organisation by a member waits for approval."""
    given = call.attributes(*CREATING)
    name, level = channel_edits.name(given), channel_edits.level(given)
    user_ids = channel_edits.named(call, given, level)
    waits = level == "organization" and not call.by_admin
    number, now = seed_channels.NEW + 2 * members.serial(call.db), time.time()
    row = {
        "channel_id": f"{channels.LEVELS[level]}{seed_channels.CHANNEL_BASE + number}",
        "chat_id": f"CT_{seed_channels.CHAT_BASE + number}_{call.organization_id}",
        "organization_id": call.organization_id,
        "name": name,
        "unique_name": channel_edits.unique_name(call, name),
        "level": level,
        "description": channel_edits.description(given),
        "invite_only": int(texts.flag(given, "invite_only")),
        "status": "pending" if waits else "created",
        "creator_id": call.person["id"],
        "created_at": now,
        "active_at": now,
        "changed_at": now,
        "team_ids": channel_edits.team_ids(call, given),
        "permissions": channel_edits.permissions(call, None, given),
        "config": channel_edits.config(given),
        "has_image": channel_edits.has_image(given),
    }
    cursor = call.db.execute(
        f"INSERT INTO channels ({', '.join(row)}) VALUES ({', '.join('?' for _ in row)})",  # noqa: S608
        list(row.values()),
    )
    seq = int(cursor.lastrowid or 0)
    channel_edits.join(call, seq, [call.person["id"]], "super_admin")
    channel_edits.join(call, seq, user_ids)
    call.written.append(str(row["channel_id"]))
    return channels.single(call, channels.find(call, str(row["channel_id"])))


def update_channel(call: Call) -> dict[str, Any]:
    """Change what is sent."""
    row, given = channels.find(call), call.attributes(*CHANGING)
    channels.demand_status(row, "created", "pending")
    channels.demand(call, row, "edit_channel_info")
    row = channels.touch(
        call,
        row,
        name=channel_edits.name(given) if "name" in given else row["name"],
        description=channel_edits.description(given, row["description"]),
        has_image=channel_edits.has_image(given, row["has_image"]),
        config=channel_edits.config(given, row["config"]),
        permissions=channel_edits.permissions(call, row, given),
    )
    call.written.append(row["channel_id"])
    return channels.single(call, row)


def follow_threads(call: Call) -> dict[str, str]:
    """Whether everybody follows every thread."""
    row = channels.find(call)
    wanted = texts.word(call.attributes("auto_follow_threads"), "auto_follow_threads", ("enable", "disable"))
    channels.demand_status(row, "created")
    channels.demand(call, row, "edit_channel_info")
    channels.touch(call, row, follow_threads=int(wanted == "enable"))
    call.written.append(row["channel_id"])
    return {"status": f"{wanted}d"}


def delete_channel(call: Call) -> None:
    """Delete a channel with its members and messages."""
    row = channels.find(call)
    channels.demand(call, row, "delete_channel")
    _delete(call, row)


def _delete(call: Call, row: channels.Row) -> None:
    call.db.execute("DELETE FROM messages WHERE chat_id = ?", (row["chat_id"],))
    call.db.execute("DELETE FROM channel_members WHERE seq = ?", (row["seq"],))
    call.db.execute("DELETE FROM channels WHERE seq = ?", (row["seq"],))
    call.written.append(row["channel_id"])


def _waiting(call: Call) -> channels.Row:
    """A channel of the organisation that an administrator is to decide about."""
    call.demand_admin()
    row = channels.find(call)
    if row["level"] != "organization" or row["status"] != "pending":
        raise NotAllowed("The channel is not waiting for approval.")
    return row


def approve(call: Call) -> None:
    """Let a requested channel begin."""
    row = channels.touch(call, _waiting(call), status="created")
    call.written.append(row["channel_id"])


def reject(call: Call) -> None:
    """Refuse a requested channel, which is gone then: no status is documented for it."""
    _delete(call, _waiting(call))


def archive(call: Call) -> None:
    """Close a channel for writing."""
    _move(call, "archive_channel", "created", "archived")


def unarchive(call: Call) -> None:
    """Open an archived channel again."""
    _move(call, "unarchive_channel", "archived", "created")


def _move(call: Call, permission: str, before: str, after: str) -> None:
    row = channels.find(call)
    channels.demand(call, row, permission)
    channels.demand_status(row, before)
    channels.touch(call, row, status=after)
    call.written.append(row["channel_id"])


def join(call: Call) -> dict[str, Any]:
    """Become a member of a channel that is open to all."""
    row = channels.find(call)
    channels.demand_status(row, "created")
    if row["level"] not in ("organization", "team") or row["invite_only"]:
        raise NotAllowed("The channel can be joined by invitation only.")
    channel_edits.join(call, row["seq"], [call.person["id"]])
    call.written.append(row["channel_id"])
    return channels.single(call, channels.touch(call, row))


def leave(call: Call) -> None:
    """Be a member no longer."""
    row = channels.find(call)
    if not channel_edits.leave(call, row, [call.person["id"]]):
        raise Malformed("You are not a member of the channel.")
    channels.touch(call, row)
    call.written.append(row["channel_id"])
