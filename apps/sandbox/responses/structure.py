"""Departments, designations and user fields: lists, one, members."""

from typing import Any

from apps.sandbox import options, shapes
from apps.sandbox.call import Call
from apps.sandbox.exceptions import Malformed, NotAllowed, Refusal

DEFAULT_LIMIT = 25
LARGEST_LIMIT = 100
NO_LIMIT = 10_000


def _search(call: Call) -> str:
    """The text names are searched for, as a LIKE pattern."""
    text = call.params.get("search", "")
    return "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"


def list_departments(call: Call) -> dict[str, Any]:
    """A page of departments; with Zoho People only a search is answered."""
    if options.get(call.db, "zoho_people") and not call.params.get("search"):
        raise Malformed("The parameter search is missing.")
    limit = call.limit(DEFAULT_LIMIT, LARGEST_LIMIT)
    rows = call.db.execute(
        "SELECT * FROM departments WHERE organization_id = ? AND CAST(id AS INTEGER) > ?"
        " AND name LIKE ? ESCAPE '\\' ORDER BY CAST(id AS INTEGER) LIMIT ?",
        (call.organization_id, call.after(), _search(call), limit + 1),
    ).fetchall()
    reply: dict[str, Any] = {"data": [shapes.department(call.db, row, listed=True) for row in rows[:limit]]}
    if len(rows) > limit:
        reply["next_token"] = call.next_token(int(rows[limit - 1]["id"]))
    return reply


def _one(call: Call, table: str, key: str) -> Any:
    row = call.db.execute(
        f"SELECT * FROM {table} WHERE id = ? AND organization_id = ?",  # noqa: S608 - our own table names
        (call.path[key], call.organization_id),
    ).fetchone()
    if row is None:
        noun = table.removesuffix("s")
        raise Refusal(f"{noun}_not_exist", f"The {noun} does not exist.")
    return row


def get_department(call: Call) -> dict[str, Any]:
    """One department."""
    return {"data": shapes.department(call.db, _one(call, "departments", "department_id"), listed=False)}


def department_members(call: Call) -> dict[str, Any]:
    """All members of a department: no paging is documented."""
    row = _one(call, "departments", "department_id")
    members = call.db.execute("SELECT * FROM people WHERE department_id = ? ORDER BY id", (row["id"],))
    return {"data": [shapes.brief(member) for member in members]}


def _demand_own_designations(call: Call) -> None:
    if options.get(call.db, "zoho_people"):
        raise NotAllowed("Zoho People manages the designations.")


def list_designations(call: Call) -> dict[str, Any]:
    """Designations up to `limit`; the reference gives this list no next page."""
    _demand_own_designations(call)
    rows = call.db.execute(
        "SELECT name, id FROM designations WHERE organization_id = ? AND name LIKE ? ESCAPE '\\'"
        " ORDER BY CAST(id AS INTEGER) LIMIT ?",
        (call.organization_id, _search(call), call.limit(DEFAULT_LIMIT, NO_LIMIT)),
    )
    return {"data": [dict(row) for row in rows]}


def get_designation(call: Call) -> dict[str, Any]:
    """One designation."""
    _demand_own_designations(call)
    row = _one(call, "designations", "designation_id")
    return {"data": {"name": row["name"], "id": row["id"]}}


def designation_members(call: Call) -> dict[str, Any]:
    """A page of those who hold a designation."""
    _demand_own_designations(call)
    row = _one(call, "designations", "designation_id")
    limit = call.limit(DEFAULT_LIMIT, LARGEST_LIMIT)
    members = call.db.execute(
        "SELECT * FROM people WHERE designation_id = ? AND id > ? ORDER BY id LIMIT ?",
        (row["id"], call.after(), limit + 1),
    ).fetchall()
    reply: dict[str, Any] = {"data": [shapes.brief(member) for member in members[:limit]]}
    if len(members) > limit:
        reply["next_token"] = call.next_token(members[limit - 1]["id"])
    return reply


def list_fields(call: Call) -> dict[str, Any]:
    """All user fields, under `list`."""
    rows = call.db.execute("SELECT * FROM fields ORDER BY CAST(id AS INTEGER)")
    return {"url": "/api/v2/userfields", "list": [shapes.user_field(row) for row in rows]}


def get_field(call: Call) -> dict[str, Any]:
    """One user field."""
    key = call.path["field_id"]
    row = call.db.execute("SELECT * FROM fields WHERE id = ?", (key,)).fetchone()
    if row is None:
        raise Malformed("The user field does not exist.")
    return {"url": f"/api/v2/userfields/{key}", "data": shapes.user_field(row)}
