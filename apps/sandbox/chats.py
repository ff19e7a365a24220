"""Chats of two, of groups and of channels: who takes part, and their messages."""

import sqlite3
import time
from typing import Any

from apps.sandbox import members, seed_channels
from apps.sandbox.call import Call
from apps.sandbox.exceptions import Refusal

MESSAGE_BASE = 60_000_000_000


def find(call: Call, key: str) -> str:
    """The chat's own id: of a chat, or of a channel by its id with or without its letter."""
    row = call.db.execute(
        "SELECT chat_id FROM chats WHERE chat_id = :key AND organization_id = :home UNION ALL"
        " SELECT chat_id FROM channels WHERE :key IN (chat_id, channel_id, substr(channel_id, 2))"
        " AND organization_id = :home",
        {"key": key, "home": call.organization_id},
    ).fetchone()
    if row is None:
        raise Refusal("chat_not_found", "The chat does not exist.", status=404)
    return str(row["chat_id"])


def participants(call: Call, chat_id: str) -> set[int]:
    """The ids of those who take part."""
    rows = call.db.execute(
        "SELECT user_id FROM chat_members WHERE chat_id = ? UNION ALL SELECT user_id FROM channel_members"
        " JOIN channels ON channels.seq = channel_members.seq WHERE chat_id = ?",
        (chat_id, chat_id),
    )
    return {int(row["user_id"]) for row in rows}


def direct(call: Call, user_id: int) -> str:
    """The chat of the caller with one person, begun if there is none."""
    me = call.person["id"]
    row = call.db.execute(
        "SELECT mine.chat_id FROM chat_members AS mine JOIN chat_members AS theirs USING (chat_id)"
        " JOIN chats USING (chat_id) WHERE kind = 'direct' AND mine.user_id = ? AND theirs.user_id = ?",
        (me, user_id),
    ).fetchone()
    if row:
        return str(row["chat_id"])
    key = str(seed_channels.DIRECT_BASE + seed_channels.NEW + 3 * members.serial(call.db))
    call.db.execute(
        "INSERT INTO chats VALUES (?, ?, 'direct', '', ?, ?)", (key, call.organization_id, me, time.time())
    )
    call.db.executemany(
        "INSERT OR IGNORE INTO chat_members VALUES (?, ?)", ((key, one) for one in (me, user_id))
    )
    return key


def message(call: Call, row: sqlite3.Row) -> dict[str, Any]:
    """A message as exports and searches print it; the row brings the sender's `display_name`."""
    return {
        "sender": {"name": row["display_name"], "id": str(row["sender_id"])},
        "ack_key": str(row["time"] - 272) if row["type"] == "text" else "",
        "id": row["id"],
        "time": row["time"],
        "type": row["type"],
        "content": {"text": row["text"]} if row["type"] == "text" else _ring(call, row["text"]),
    }


def _ring(call: Call, user_id: str) -> dict[str, Any]:
    """The content of a message that tells of a call to somebody."""
    row = call.db.execute("SELECT display_name FROM people WHERE id = ?", (user_id,)).fetchone()
    callee = {"name": row["display_name"] if row else "", "id": user_id}
    data = {"status": "completed", "callee": callee, "duration": "00:00:09", "call_type": "audio"}
    return {"type": "call_notification", "data": data}
