"""Departments and their members; where Zoho People owns them every write is refused."""

import sqlite3
from typing import Any

from apps.sandbox import members, options, seed, shapes, texts
from apps.sandbox.call import Call
from apps.sandbox.exceptions import Malformed, NotAllowed, Refusal

DEFAULT_LIMIT = 25
LARGEST_LIMIT = 100
NAME_LENGTH = 100
ATTRIBUTES = ("name", "lead_zuid", "parent_department_id", "user_ids")


def _demand_own(call: Call) -> None:
    if options.get(call.db, "zoho_people"):
        raise NotAllowed("Zoho People manages the departments.")
    call.demand_admin()


def _not_exist() -> Refusal:
    return Refusal("department_not_exist", "The department does not exist.")


def _find(call: Call, key: object) -> sqlite3.Row:
    row: sqlite3.Row | None = call.db.execute(
        "SELECT * FROM departments WHERE id = ? AND organization_id = ?", (str(key), call.organization_id)
    ).fetchone()
    if row is None:
        raise _not_exist()
    return row


def list_departments(call: Call) -> dict[str, Any]:
    """A page of departments; with Zoho People only a search is answered."""
    if options.get(call.db, "zoho_people") and not call.params.get("search"):
        raise Malformed("The parameter search is missing.")
    limit = call.limit(DEFAULT_LIMIT, LARGEST_LIMIT)
    rows = call.db.execute(
        "SELECT * FROM departments WHERE organization_id = ? AND CAST(id AS INTEGER) > ?"
        " AND name LIKE ? ESCAPE '\\' ORDER BY CAST(id AS INTEGER) LIMIT ?",
        (call.organization_id, call.after(), texts.pattern(call.params.get("search", "")), limit + 1),
    ).fetchall()
    reply: dict[str, Any] = {"data": [shapes.department(call.db, row, listed=True) for row in rows[:limit]]}
    if len(rows) > limit:
        reply["next_token"] = call.next_token(int(rows[limit - 1]["id"]))
    return reply


def get_department(call: Call) -> dict[str, Any]:
    """One department."""
    return {"data": shapes.department(call.db, _find(call, call.path["department_id"]), listed=False)}


def department_members(call: Call) -> dict[str, Any]:
    """All members of a department: no paging is documented."""
    row = _find(call, call.path["department_id"])
    found = call.db.execute("SELECT * FROM people WHERE department_id = ? ORDER BY id", (row["id"],))
    return {"data": [shapes.brief(member) for member in found]}


def create_department(call: Call) -> dict[str, Any]:
    """A new department with lead, parent and members."""
    _demand_own(call)
    given = call.attributes(*ATTRIBUTES)
    name = _free_name(call, given, "")
    lead, parent = _lead(call, given), _parent(call, given)["id"]
    user_ids = members.named(call, given, "user_ids")
    key = str(seed.DEPARTMENT_BASE + seed.NEW + 2 * members.serial(call.db))
    call.db.execute(
        "INSERT INTO departments (id, organization_id, name, parent_id, lead_id) VALUES (?, ?, ?, ?, ?)",
        (key, call.organization_id, name, parent, lead),
    )
    members.assign(call, "department_id", key, user_ids)
    call.written.append(key)
    return {"data": _shown(call, key)}


def update_department(call: Call) -> dict[str, Any]:
    """Name, lead and parent, whichever are sent; people in `user_ids` are added."""
    _demand_own(call)
    row, given = _find(call, call.path["department_id"]), call.attributes(*ATTRIBUTES)
    name = _free_name(call, given, row["id"]) if "name" in given else row["name"]
    lead = _lead(call, given) if "lead_zuid" in given else row["lead_id"]
    parent = row["parent_id"]
    if "parent_department_id" in given:
        parent = _parent(call, given)["id"]
        if row["id"] in _ancestors(call, parent):
            raise Refusal("department_cyclic_loop", "A child department cannot be the parent department.")
    user_ids = members.named(call, given, "user_ids")
    call.db.execute(
        "UPDATE departments SET name = ?, lead_id = ?, parent_id = ? WHERE id = ?",
        (name, lead, parent, row["id"]),
    )
    members.assign(call, "department_id", row["id"], user_ids)
    call.written.append(row["id"])
    return {"data": _shown(call, row["id"])}


def delete_department(call: Call) -> None:
    """Delete one; its people have no department then. Parents of others and the base one stay."""
    _demand_own(call)
    row = _find(call, call.path["department_id"])
    child = call.db.execute("SELECT 1 FROM departments WHERE parent_id = ?", (row["id"],)).fetchone()
    if row["is_default"] or child:
        raise Refusal("department_base_dept_delete_not_allowed", "Parent department cannot be deleted.")
    call.db.execute("UPDATE people SET department_id = NULL WHERE department_id = ?", (row["id"],))
    call.db.execute("DELETE FROM departments WHERE id = ?", (row["id"],))
    call.written.append(row["id"])


def add_members(call: Call) -> None:
    """Move people here, by id or by address: one has one department."""
    _demand_own(call)
    row = _find(call, call.path["department_id"])
    user_ids = members.demanded(call, "user_ids", "email_ids")
    members.assign(call, "department_id", row["id"], user_ids)
    members.record(call, row["id"], user_ids)


def remove_members(call: Call) -> None:
    """Leave people without a department; whoever is in another stays there."""
    _demand_own(call)
    row = _find(call, call.path["department_id"])
    user_ids = members.demanded(call, "user_ids")
    members.assign(call, "department_id", None, user_ids, only=row["id"])
    members.record(call, row["id"], user_ids)


def _shown(call: Call, key: str) -> dict[str, Any]:
    """As the reply of a write prints it: without the number of members."""
    found = shapes.department(call.db, _find(call, key), listed=False)
    found.pop("members_count", None)
    return found


def _free_name(call: Call, given: dict[str, Any], key: str) -> str:
    name = texts.name(given, NAME_LENGTH)
    others = call.db.execute(
        "SELECT name FROM departments WHERE organization_id = ? AND id <> ?", (call.organization_id, key)
    )
    if name.casefold() in {row["name"].casefold() for row in others}:
        raise Refusal("department_already_exist", "A department with the given name already exists.")
    return name


def _lead(call: Call, given: dict[str, Any]) -> int:
    if given.get("lead_zuid") in (None, ""):
        raise Refusal("department_lead_needed", "The department lead is not provided.")
    row = call.db.execute(
        "SELECT id FROM people WHERE id = ? AND organization_id = ?",
        (str(given["lead_zuid"]), call.organization_id),
    ).fetchone()
    if row is None:
        raise Refusal("department_lead_invalid", "The department lead is not valid.")
    return int(row["id"])


def _parent(call: Call, given: dict[str, Any]) -> sqlite3.Row:
    if given.get("parent_department_id") in (None, ""):
        # The spelling is Zoho's own.
        raise Refusal("departmet_parent_department_needed", "The parent department is not provided.")
    return _find(call, given["parent_department_id"])


def _ancestors(call: Call, key: str | None) -> list[str]:
    """The department and everything above it."""
    found: list[str] = []
    while key and key not in found:
        found.append(key)
        key = _find(call, key)["parent_id"]
    return found
