"""Designations and their members; none of it works where Zoho People owns them."""

import sqlite3
from typing import Any

from apps.sandbox import members, options, seed, shapes, texts
from apps.sandbox.call import Call
from apps.sandbox.exceptions import NotAllowed, Refusal

DEFAULT_LIMIT = 25
LARGEST_LIMIT = 100
NO_LIMIT = 10_000
NAME_LENGTH = 30


def _demand_own(call: Call) -> None:
    if options.get(call.db, "zoho_people"):
        raise NotAllowed("Zoho People manages the designations.")
    if call.endpoint.writes:
        call.demand_admin()


def _find(call: Call) -> sqlite3.Row:
    row: sqlite3.Row | None = call.db.execute(
        "SELECT * FROM designations WHERE id = ? AND organization_id = ?",
        (call.path["designation_id"], call.organization_id),
    ).fetchone()
    if row is None:
        raise Refusal("designation_not_exist", "The designation does not exist.")
    return row


def list_designations(call: Call) -> dict[str, Any]:
    """Designations up to `limit`; the reference gives this list no next page."""
    _demand_own(call)
    search, limit = texts.pattern(call.params.get("search", "")), call.limit(DEFAULT_LIMIT, NO_LIMIT)
    rows = call.db.execute(
        "SELECT name, id FROM designations WHERE organization_id = ? AND name LIKE ? ESCAPE '\\'"
        " ORDER BY CAST(id AS INTEGER) LIMIT ?",
        (call.organization_id, search, limit),
    )
    return {"data": [dict(row) for row in rows]}


def get_designation(call: Call) -> dict[str, Any]:
    """One designation."""
    _demand_own(call)
    row = _find(call)
    return {"data": {"name": row["name"], "id": row["id"]}}


def designation_members(call: Call) -> dict[str, Any]:
    """A page of those who hold a designation."""
    _demand_own(call)
    row = _find(call)
    limit = call.limit(DEFAULT_LIMIT, LARGEST_LIMIT)
    found = call.db.execute(
        "SELECT * FROM people WHERE designation_id = ? AND id > ? ORDER BY id LIMIT ?",
        (row["id"], call.after(), limit + 1),
    ).fetchall()
    reply: dict[str, Any] = {"data": [shapes.brief(member) for member in found[:limit]]}
    if len(found) > limit:
        reply["next_token"] = call.next_token(found[limit - 1]["id"])
    return reply


def create_designation(call: Call) -> dict[str, Any]:
    """A new designation, and who holds it."""
    _demand_own(call)
    given = call.attributes("name", "user_ids")
    name, user_ids = _free_name(call, given, ""), members.named(call, given, "user_ids")
    key = str(seed.DESIGNATION_BASE + seed.NEW + 2 * members.serial(call.db))
    call.db.execute("INSERT INTO designations VALUES (?, ?, ?)", (key, call.organization_id, name))
    members.assign(call, "designation_id", key, user_ids)
    call.written.append(key)
    return {"data": {"name": name, "id": key}}


def update_designation(call: Call) -> dict[str, Any]:
    """Another title."""
    _demand_own(call)
    row = _find(call)
    name = _free_name(call, call.attributes("name"), row["id"])
    call.db.execute("UPDATE designations SET name = ? WHERE id = ?", (name, row["id"]))
    call.written.append(row["id"])
    return {"data": {"name": name, "id": row["id"]}}


def delete_designation(call: Call) -> None:
    """Delete one; whoever held it holds none then."""
    _demand_own(call)
    row = _find(call)
    call.db.execute("UPDATE people SET designation_id = NULL WHERE designation_id = ?", (row["id"],))
    call.db.execute("DELETE FROM designations WHERE id = ?", (row["id"],))
    call.written.append(row["id"])


def add_members(call: Call) -> None:
    """Give people this designation in place of the one they had."""
    _demand_own(call)
    row, user_ids = _find(call), members.demanded(call, "user_ids")
    members.assign(call, "designation_id", row["id"], user_ids)
    members.record(call, row["id"], user_ids)


def remove_members(call: Call) -> None:
    """Take the designation from people; whoever holds another keeps it."""
    _demand_own(call)
    row, user_ids = _find(call), members.demanded(call, "user_ids")
    members.assign(call, "designation_id", None, user_ids, only=row["id"])
    members.record(call, row["id"], user_ids)


def _free_name(call: Call, given: dict[str, Any], key: str) -> str:
    name = texts.name(given, NAME_LENGTH)
    others = call.db.execute(
        "SELECT name FROM designations WHERE organization_id = ? AND id <> ?", (call.organization_id, key)
    )
    if name.casefold() in {row["name"].casefold() for row in others}:
        raise Refusal("designation_already_exist", "A designation with the given name already exists.")
    return name
