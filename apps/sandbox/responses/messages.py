"""Messages: sending, and those of a chat; version 3 deletes several and searches."""

import sqlite3
import time
from typing import Any

from apps.sandbox import chats, members, people, texts
from apps.sandbox.call import Call
from apps.sandbox.exceptions import Malformed, NotAllowed, Refusal

TEXT_LENGTH = 10_000
SENDING = ("text", "reply_to", "sync_message", "mark_as_read", "bot", "card", "slides", "buttons")
MOST_TO_DELETE = 25
MOST_IDS = 5
QUERY_LENGTH = 1000
PAGE = 50


def _send(call: Call, chat_id: str) -> str:
    given = call.attributes(*SENDING)
    text = texts.name(given, TEXT_LENGTH, "text")
    now = int(time.time() * 1000)
    key = f"{now}_{chats.MESSAGE_BASE + members.serial(call.db):011d}"
    call.db.execute(
        "INSERT INTO messages (id, chat_id, sender_id, time, text) VALUES (?, ?, ?, ?, ?)",
        (key, chat_id, call.person["id"], now, text),
    )
    call.db.execute("UPDATE channels SET active_at = ? WHERE chat_id = ?", (now / 1000, chat_id))
    call.written.append(key)
    return key


def _answer(call: Call, key: str) -> dict[str, str] | None:
    """The new id where `sync_message` asks for it, else nothing."""
    return {"message_id": key} if call.json().get("sync_message") else None


def post_to_user(call: Call) -> dict[str, str] | None:
    """Write to one person, by address or id."""
    key = call.path["email_id"]
    person = people.by_email(call.db, key) if "@" in key else people.by_id(call.db, key)
    if person is None or person["organization_id"] != call.organization_id:
        raise NotAllowed("The user does not belong to your organization.")
    return _answer(call, _send(call, chats.direct(call, person["id"])))


def post_to_chat(call: Call) -> dict[str, str] | None:
    """Write into a chat one takes part in."""
    chat_id = call.path["chat_id"]
    if call.person["id"] not in chats.participants(call, chat_id):
        raise NotAllowed("You do not take part in the chat.")
    return _answer(call, _send(call, chat_id))


def post_to_channel(call: Call) -> dict[str, str] | None:
    """Write into a channel one takes part in, found by its unique name."""
    row = call.db.execute(
        "SELECT chat_id, status FROM channels WHERE unique_name = ? AND organization_id = ?",
        (call.path["channel_unique_name"], call.organization_id),
    ).fetchone()
    if row is None:
        raise Malformed("The channel does not exist.")
    if row["status"] != "created" or call.person["id"] not in chats.participants(call, row["chat_id"]):
        raise NotAllowed("You cannot write into the channel.")
    return _answer(call, _send(call, row["chat_id"]))


def delete_many(call: Call) -> dict[str, Any]:
    """Delete one's own messages of a chat, each with an outcome of its own.

    An administrator may delete other people's for a reason; the parameter's name is not documented, so
    that a call without it is all that can be sent, and is refused for those.
    """
    ids = [key.strip() for key in call.params.get("message_ids", "").split(",") if key.strip()]
    if not ids:
        raise Malformed("The message_ids parameter is invalid or empty.")
    if len(ids) > MOST_TO_DELETE:
        raise Refusal("message_delete_limit_exceeded", "You can only delete up to 25 messages at once.")
    chat_id = call.path["chat_id"]
    if call.person["id"] not in chats.participants(call, chat_id) and not call.by_admin:
        raise Refusal("chat_not_found", "The chat does not exist or you are no participant.", status=404)
    return {
        "type": "message.delete_result",
        "data": [_delete_one(call, chat_id, key) for key in dict.fromkeys(ids)],
    }


def _delete_one(call: Call, chat_id: str, key: str) -> dict[str, Any]:
    row = call.db.execute("SELECT * FROM messages WHERE id = ? AND chat_id = ?", (key, chat_id)).fetchone()
    code = ""
    if row is None:
        code = "message_not_found"
    elif row["sender_id"] != call.person["id"]:
        code = "invalid_delete_reason" if call.by_admin else "access_denied"
    if code:
        return {"id": key, "status": "failed", "error": {"code": code, "message": "The message stays."}}
    call.db.execute("DELETE FROM messages WHERE id = ?", (key,))
    call.written.append(f"{chat_id}/{key}")
    return {"id": key, "status": "success"}


def search(call: Call) -> dict[str, Any]:
    """Messages that hold a text, newest first, in the chats one takes part in.

    The names of most parameters are not documented: `query`, `chat_ids` and `user_ids` are what the
    descriptions of the reference suggest.
    """
    query = call.params.get("query", "")
    if len(query) > QUERY_LENGTH:
        raise Malformed("The parameter query is too long.")
    rows = [
        row for row in _matching(call, query) if call.person["id"] in chats.participants(call, row["chat_id"])
    ]
    more = len(rows) > PAGE
    found: dict[str, Any] = {"data": [_found(call, row) for row in rows[:PAGE]]}
    return found | ({"next_token": str(rows[PAGE - 1]["time"])} if more else {})


def _matching(call: Call, query: str) -> list[sqlite3.Row]:
    wanted, values = ["type = 'text'", "text LIKE ? ESCAPE '\\'"], [texts.pattern(query)]
    for name, column in (("chat_ids", "chat_id"), ("user_ids", "CAST(sender_id AS TEXT)")):
        ids = [one.strip() for one in call.params.get(name, "").split(",") if one.strip()]
        if len(ids) > MOST_IDS:
            raise Malformed(f"The parameter {name} holds more than {MOST_IDS} ids.")
        if ids:
            wanted.append(f"{column} IN ({', '.join('?' for _ in ids)})")
            values += ids
    token = call.params.get("next_token", "")
    if token and not token.isdigit():
        raise Malformed("The parameter next_token is not valid.")
    wanted.append("time < ?")
    values.append(token or str(2**62))
    return call.db.execute(
        f"SELECT messages.*, display_name FROM messages JOIN people ON people.id = sender_id"  # noqa: S608
        f" WHERE {' AND '.join(wanted)} ORDER BY time DESC",
        values,
    ).fetchall()


def _found(call: Call, row: sqlite3.Row) -> dict[str, Any]:
    return chats.message(call, row) | {"chat_id": row["chat_id"]}
