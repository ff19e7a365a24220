"""Exports of the whole organisation: CSV without a header, followed by the token of the next page."""

import csv
import io
import sqlite3
from typing import Any

from apps.sandbox import channels, chats, options, people
from apps.sandbox.call import Call, Text
from apps.sandbox.exceptions import Malformed, NotAnAdmin

CHAT_FIELDS = (
    "title", "chat_id", "creation_time", "last_modified_time", "participant_count", "total_message_count",
    "creator_id",
)  # fmt: skip
CHANNEL_FIELDS = (
    "name", "channel_id", "creation_time", "last_modified_time", "creator_id", "description",
    "participant_count", "total_message_count", "status", "role",
)  # fmt: skip
MEMBER_FIELDS = ("name", "email_id", "user_id")
# What OpenAPI calls the fields in JSON.
CHAT_WORDS = {"title": "name", "chat_id": "id"}
MEMBER_WORDS = {"email_id": "email"}


def _demand_organization_admin(call: Call) -> None:
    """The organisation's own administrators get an answer, Cliq's do not."""
    if people.profile_type(call.db, call.person) != "Admin":
        raise NotAnAdmin


def _fields(call: Call, allowed: tuple[str, ...]) -> list[str]:
    _demand_organization_admin(call)
    found = [name.strip() for name in call.params.get("fields", "").split(",") if name.strip()]
    if not found or set(found) - set(allowed):
        raise Malformed("The parameter fields is missing or not valid.")
    if options.get(call.db, "export_form") == "csv" and call.content_type != "text/csv":
        raise Malformed("The header Content-Type: text/csv is missing.")
    return found


def _page(call: Call, sql: str, *values: Any) -> tuple[list[sqlite3.Row], int]:
    """A page of rows with a column `place`, and the place that the next one comes after."""
    limit = options.get(call.db, "export_page")
    rows = call.db.execute(f"{sql} LIMIT ?", (*values, call.after(), limit + 1)).fetchall()
    return rows[:limit], rows[limit - 1]["place"] if len(rows) > limit else 0


def _answer(
    call: Call, rows: list[dict[str, Any]], fields: list[str], after: int, key: str, words: dict[str, str]
) -> Any:
    """The rows as CSV, or as JSON under `key`."""
    token = call.next_token(after) if after else ""
    if options.get(call.db, "export_form") == "json":
        listed = [{words.get(name, name): row[name] for name in fields} for row in rows]
        return {key: listed} | ({"next_token": token} if token else {})
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([row[name] for name in fields] for row in rows)
    return Text(
        text.getvalue() + "\n\n" + (f"next_token={token}\n" if token else ""), "text/csv;charset=UTF-8"
    )


def export_chats(call: Call) -> Any:
    """All direct and group chats."""
    fields = _fields(call, CHAT_FIELDS)
    rows, after = _page(
        call,
        "SELECT rowid AS place, chats.*,"
        " (SELECT count(*) FROM chat_members WHERE chat_id = chats.chat_id) AS inside,"
        " (SELECT count(*) FROM messages WHERE chat_id = chats.chat_id) AS written,"
        " (SELECT max(time) FROM messages WHERE chat_id = chats.chat_id) AS last"
        " FROM chats WHERE organization_id = ? AND rowid > ? ORDER BY rowid",
        call.organization_id,
    )
    listed = [
        {
            "title": row["title"],
            "chat_id": row["chat_id"],
            "creation_time": channels.iso(row["created_at"]),
            "last_modified_time": channels.iso((row["last"] or row["created_at"] * 1000) / 1000),
            "participant_count": row["inside"],
            "total_message_count": row["written"],
            "creator_id": str(row["creator_id"]),
        }
        for row in rows
    ]
    return _answer(call, listed, fields, after, "list", CHAT_WORDS)


def export_channels(call: Call) -> Any:
    """All channels, the private ones too; their ids come without the letter."""
    fields = _fields(call, CHANNEL_FIELDS)
    rows, after = _page(
        call,
        "SELECT seq AS place, * FROM channels WHERE organization_id = ? AND seq > ? ORDER BY seq",
        call.organization_id,
    )
    return _answer(call, [_channel(call, row) for row in rows], fields, after, "data", {})


def _channel(call: Call, row: sqlite3.Row) -> dict[str, Any]:
    shown = channels.shown(call, row)
    names = ("name", "creation_time", "last_modified_time", "creator_id", "participant_count", "status")
    return {name: shown[name] for name in names} | {
        "channel_id": row["channel_id"][1:],
        "description": row["description"],
        "total_message_count": shown["total_message_count"],
        "role": shown["current_user_role"],
    }


def export_members(call: Call) -> Any:
    """Everybody in one chat, or in one channel."""
    fields = _fields(call, MEMBER_FIELDS)
    inside = sorted(chats.participants(call, chats.find(call, call.path["chat_id"])))
    rows, after = _page(
        call,
        f"SELECT id AS place, * FROM people WHERE id IN ({', '.join(map(str, inside)) or 'NULL'})"  # noqa: S608
        " AND id > ? ORDER BY id",
    )
    listed = [
        {"name": row["display_name"], "email_id": row["email_id"], "user_id": str(row["id"])} for row in rows
    ]
    return _answer(call, listed, fields, after, "data", MEMBER_WORDS)


def export_messages(call: Call) -> Any:
    """All messages of one chat, or of one channel, as JSON, oldest first."""
    _demand_organization_admin(call)
    rows, after = _page(
        call,
        "SELECT messages.seq AS place, messages.*, display_name FROM messages"
        " JOIN people ON people.id = sender_id WHERE chat_id = ? AND messages.seq > ? ORDER BY messages.seq",
        chats.find(call, call.path["chat_id"]),
    )
    found: dict[str, Any] = {"data": [chats.message(call, row) for row in rows]}
    return found | ({"next_token": call.next_token(after)} if after else {})
