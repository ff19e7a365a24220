"""Which channels a list asks for, and in which order."""

from datetime import UTC, datetime
from typing import Any

from apps.sandbox import channels, texts
from apps.sandbox.call import Call
from apps.sandbox.exceptions import Malformed

DEFAULT_LIMIT = 25
LARGEST_LIMIT = 100
MOST_TO_SYNC = 50
ORDERS = {
    f"{sign}{name}": f"{column} {way}, seq"
    for name, column in (("last_modified_time", "active_at"), ("creation_time", "created_at"))
    for sign, way in (("+", "ASC"), ("-", "DESC"))
}
TIMES = {
    "modified_before": "active_at < ?",
    "modified_after": "active_at > ?",
    "created_before": "created_at < ?",
    "created_after": "created_at > ?",
}
LISTS = {
    "channel_ids": "channel_id IN (SELECT value FROM json_each(?))",
    "chat_ids": "chat_id IN (SELECT value FROM json_each(?))",
    "team_ids": "EXISTS (SELECT 1 FROM json_each(channels.team_ids) AS mine WHERE CAST(mine.value AS TEXT)"
    " IN (SELECT value FROM json_each(?)))",
}


def _moment(text: str) -> float:
    """A timestamp: milliseconds, or ISO 8601."""
    if text.isdigit():
        return int(text) / 1000
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        raise Malformed("A timestamp is not valid.") from None
    return (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp()


def _json_list(text: str) -> str:
    quoted = (item.strip().replace("\\", "").replace('"', "") for item in text.split(","))
    return "[" + ",".join(f'"{item}"' for item in quoted if item) + "]"


def conditions(call: Call) -> tuple[list[str], list[Any]]:
    """SQL conditions for the parameters of a list, with their values."""
    condition, values = channels.visible(call)
    wanted = [condition]
    for name, allowed in (("status", channels.STATUSES), ("level", tuple(channels.LEVELS))):
        if given := call.choice(name, allowed):
            wanted.append(f"{name} = ?")
            values.append(given)
    if name := call.params.get("name", "").lstrip("#"):
        wanted.append("name LIKE ? ESCAPE '\\'")
        values.append(texts.pattern(name))
    for asked, convert in ((TIMES, _moment), (LISTS, _json_list)):
        for parameter, sql in asked.items():
            if text := call.params.get(parameter, ""):
                wanted.append(sql)
                values.append(convert(text))
    _by_people(call, wanted, values)
    return wanted, values


def _by_people(call: Call, wanted: list[str], values: list[Any]) -> None:
    if creator := call.params.get("created_by", ""):
        wanted.append("creator_id = (SELECT id FROM people WHERE CAST(id AS TEXT) = ? OR email_key = ?)")
        values += [creator, creator.casefold()]
    joined = call.flag("joined")
    if joined is not None:
        wanted.append("(seq IN (SELECT seq FROM channel_members WHERE user_id = ?)) = ?")
        values += [call.person["id"], joined]
    if call.flag("pinned"):
        wanted.append("0")
    if token := call.params.get("sync_token", ""):
        if not token.isdigit():
            raise Malformed("The parameter sync_token is not valid.")
        wanted.append("changed_at > ?")
        values.append(int(token) / 1000)


def page(call: Call) -> tuple[list[channels.Row], int]:
    """The channels of one page, and what the next one comes after: 0 where there is none.

    Pages in the order of creation end with a channel, others, which may shift, with a number of them.
    """
    wanted, values = conditions(call)
    limit, after = call.limit(DEFAULT_LIMIT, LARGEST_LIMIT), call.after()
    # A plus sign that was not quoted arrives as a blank.
    order = call.params.get("order_by", "").replace(" ", "+")
    if order and order not in ORDERS:
        raise Malformed("The parameter order_by is not valid.")
    if not order:
        wanted.append("seq > ?")
        values.append(after)
    rows = call.db.execute(
        f"SELECT * FROM channels WHERE {' AND '.join(f'({one})' for one in wanted)}"  # noqa: S608 - fixed texts
        f" ORDER BY {ORDERS.get(order, 'seq')} LIMIT ? OFFSET ?",
        (*values, max(limit, MOST_TO_SYNC) + 1, after if order else 0),
    ).fetchall()
    if call.params.get("sync_token") and len(rows) > MOST_TO_SYNC:
        raise Malformed("Too many channels changed since sync_token.")
    if len(rows) <= limit:
        return rows, 0
    return rows[:limit], after + limit if order else rows[limit - 1]["seq"]
