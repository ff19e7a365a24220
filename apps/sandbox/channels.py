"""Channels: who sees them, who may do what in them, how replies print them."""

import json
import sqlite3
from datetime import UTC, datetime
from typing import Any

from apps.sandbox import options
from apps.sandbox.call import Call
from apps.sandbox.exceptions import Malformed, NotAllowed

Row = sqlite3.Row
LEVELS = {"organization": "O", "team": "T", "private": "P", "external": "E"}
"""Level and the letter its ids begin with."""
STATUSES = ("created", "pending", "archived")
RANKS = {"member": 1, "moderator": 2, "admin": 3, "super_admin": 4}
SETS = ("admin", "moderator", "member")
NEVER = "292278994-08-16T23:12:55-08:00"

_EVERYBODY = (
    "add_participant", "audio_conference", "delete_my_msg", "edit_my_msg", "leave_channel", "mention_users",
    "post_reply", "send_message", "video_conference",
)  # fmt: skip
_MODERATORS = ("close_thread", "edit_channel_info", "prime_time", "remove_participant", "sticky_message")
_ADMINS = (
    "archive_channel", "clear_all_messages", "delete_channel", "delete_others_message", "special_mentions",
    "unarchive_channel",
)  # fmt: skip
PERMISSIONS = (*_EVERYBODY, *_MODERATORS, *_ADMINS)
_DEFAULTS = {
    "admin": dict.fromkeys(PERMISSIONS, True),
    "moderator": {name: name not in _ADMINS for name in PERMISSIONS},
    "member": {name: name in _EVERYBODY for name in PERMISSIONS},
}


def permission_sets(row: Row) -> dict[str, dict[str, bool]]:
    """What the channel's admins, moderators and members may do in it."""
    changes = json.loads(row["permissions"])
    return {role: _DEFAULTS[role] | changes.get(role, {}) for role in SETS}


def visible(call: Call) -> tuple[str, list[Any]]:
    """An SQL condition on `channels`, with its values: what the caller may see."""
    everything = call.by_admin and options.get(call.db, "admins_see_every_channel")
    joined = "seq IN (SELECT seq FROM channel_members WHERE user_id = ?)"
    shared = (
        "level = 'team' AND EXISTS (SELECT 1 FROM json_each(channels.team_ids) AS one JOIN team_members"
        " ON team_members.team_id = one.value AND team_members.user_id = ?)"
    )
    condition = (
        f"(organization_id = ? OR {joined}) AND (? OR {joined} OR status <> 'pending' AND NOT invite_only"
        f" AND (level = 'organization' OR {shared}))"
    )
    me = call.person["id"]
    return condition, [call.organization_id, me, everything, me, me]


def find(call: Call, key: str = "") -> Row:
    """The channel of the path, if the caller may see it."""
    condition, values = visible(call)
    row: Row | None = call.db.execute(
        f"SELECT * FROM channels WHERE channel_id = ? AND {condition}",  # noqa: S608 - a fixed text
        (key or call.path["channel_id"], *values),
    ).fetchone()
    if row is None:
        raise Malformed("The channel does not exist.")
    return row


def role_in(call: Call, row: Row, user_id: object = None) -> str:
    """Somebody's role, the caller's if nobody is named; empty for one who is no member."""
    found = call.db.execute(
        "SELECT role FROM channel_members WHERE seq = ? AND user_id = ?",
        (row["seq"], user_id or call.person["id"]),
    ).fetchone()
    return str(found["role"]) if found else ""


def demand(call: Call, row: Row, permission: str) -> None:
    """Refuse whoever neither administers the organisation nor has that permission in the channel."""
    role = role_in(call, row)
    if call.by_admin or role == "super_admin" or (role and permission_sets(row)[role][permission]):
        return
    raise NotAllowed(f"You do not have the permission {permission} in the channel.")


def demand_status(row: Row, *allowed: str) -> None:
    """Refuse what the channel's status does not let happen."""
    if row["status"] not in allowed:
        raise NotAllowed(f"The channel is {row['status']}.")


def touch(call: Call, row: Row, **columns: Any) -> Row:
    """Write columns of a channel, of which `sync_token` then tells."""
    columns["changed_at"] = datetime.now(UTC).timestamp()
    call.db.execute(
        f"UPDATE channels SET {', '.join(f'{name} = ?' for name in columns)} WHERE seq = ?",  # noqa: S608
        (*columns.values(), row["seq"]),
    )
    found: Row = call.db.execute("SELECT * FROM channels WHERE seq = ?", (row["seq"],)).fetchone()
    return found


def iso(moment: float) -> str:
    """A time as replies print it."""
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="seconds")


def shown(call: Call, row: Row) -> dict[str, Any]:
    """What a list and a single channel have in common; empty things are left out."""
    creator = call.db.execute("SELECT display_name FROM people WHERE id = ?", (row["creator_id"],)).fetchone()
    role = role_in(call, row)
    words = options.get(call.db, "channel_level_words")
    level = "personal" if row["level"] == "private" and words == "openapi" else row["level"]
    found: dict[str, Any] = {
        "name": ("#" if options.get(call.db, "channel_hash") else "") + row["name"],
        "chat_id": row["chat_id"],
        "level": level,
        "invite_only": bool(row["invite_only"]),
        "status": row["status"],
        "channel_id": row["channel_id"],
        "organization_id": row["organization_id"],
        "creator_id": str(row["creator_id"]),
        "creator_name": creator["display_name"] if creator else "",
        "creation_time": iso(row["created_at"]),
        "last_modified_time": iso(row["active_at"]),
        "current_user_role": role or "allowed_users",
        "participant_count": _count(call, "channel_members WHERE seq = ?", row["seq"]),
        "unique_name": row["unique_name"],
        "teams": _teams(call, row),
        "joined": bool(role),
        "pinned": False,
        "total_message_count": str(_count(call, "messages WHERE chat_id = ?", row["chat_id"])),
        "unread_message_count": 0,
        "unread_time": iso(row["active_at"]),
    }
    found |= {f"{name}_permission": given for name, given in permission_sets(row).items()}
    return found | ({"description": row["description"]} if row["description"] else {})


def listed(call: Call, row: Row) -> dict[str, Any]:
    """A channel in a list: with its last message, without its picture."""
    last = _last_message(call, row)
    return shown(call, row) | {"muted_interval": NEVER} | ({"last_message_info": last} if last else {})


def single(call: Call, row: Row) -> dict[str, Any]:
    """One channel by itself: with its picture, without its last message."""
    picture = f"http://cliq.zoho.com/channel/{row['channel_id']}_{row['organization_id']}/photo.do"
    return shown(call, row) | ({"image_url": picture} if row["has_image"] else {})


def _count(call: Call, what: str, value: Any) -> int:
    return int(call.db.execute(f"SELECT count(*) AS n FROM {what}", (value,)).fetchone()["n"])  # noqa: S608


def _teams(call: Call, row: Row) -> dict[str, str]:
    found = call.db.execute(
        "SELECT id, name FROM teams WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id",
        (row["team_ids"],),
    )
    return {str(team["id"]): team["name"] for team in found}


def _last_message(call: Call, row: Row) -> dict[str, Any] | None:
    found = call.db.execute(
        "SELECT messages.*, display_name FROM messages JOIN people ON people.id = sender_id"
        " WHERE chat_id = ? ORDER BY time DESC LIMIT 1",
        (row["chat_id"],),
    ).fetchone()
    return found and {
        "sender_id": str(found["sender_id"]),
        "message_type": found["type"],
        "time": iso(found["time"] / 1000),
        "text": found["text"],
        "sender_name": found["display_name"],
    }
