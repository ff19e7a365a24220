"""Roles, which the API calls profiles, their people and permissions; administrators only."""

import json
import sqlite3
from typing import Any

from apps.sandbox import members, options, rights, seed, shapes, tables, texts
from apps.sandbox.call import Call
from apps.sandbox.exceptions import Malformed, NotAllowed

NAME_LENGTH = 100
DESCRIPTION_LENGTH = 250
TYPES = ("Members", "Cliq Admin", "Admin")
ATTRIBUTES = ("name", "description", "profile_type", "clone_id", "user_ids")


def _by_id(call: Call, key: object) -> sqlite3.Row:
    row: sqlite3.Row | None = call.db.execute(
        "SELECT * FROM roles WHERE id = ? AND organization_id = ?", (str(key), call.organization_id)
    ).fetchone()
    if row is None:
        raise Malformed("The profile does not exist.")
    return row


def _one(call: Call) -> sqlite3.Row:
    call.demand_admin()
    return _by_id(call, call.path["profile_id"])


def _own(call: Call) -> sqlite3.Row:
    """A role that the organisation made, and may unmake."""
    row = _one(call)
    if row["is_default"]:
        raise NotAllowed("A default profile cannot be changed.")
    return row


def _members_role(call: Call) -> str:
    row = call.db.execute(
        "SELECT id FROM roles WHERE organization_id = ? AND is_default = 1 AND profile_type = 'Members'",
        (call.organization_id,),
    ).fetchone()
    return str(row["id"])


def list_roles(call: Call) -> dict[str, Any]:
    """All roles of the organisation."""
    call.demand_admin()
    rows = call.db.execute(
        "SELECT * FROM roles WHERE organization_id = ? ORDER BY CAST(id AS INTEGER)", (call.organization_id,)
    )
    return {"data": [shapes.role(row) for row in rows]}


def get_role(call: Call) -> dict[str, Any]:
    """One role."""
    return {"data": shapes.role(_one(call))}


def create_role(call: Call) -> dict[str, Any]:
    """A role of its own permissions or of a copy; those named are moved into it."""
    call.demand_admin()
    given = call.attributes(*ATTRIBUTES)
    name, kind = _free_name(call, given, ""), texts.word(given, "profile_type", TYPES)
    pattern = _by_id(call, given["clone_id"]) if given.get("clone_id") else None
    user_ids, now = members.named(call, given, "user_ids"), tables.stamp()
    key = str(seed.ROLE_BASE + seed.NEW + 2 * members.serial(call.db))
    row = {
        "id": key,
        "organization_id": call.organization_id,
        "name": name,
        "profile_type": kind,
        "description": texts.text(given, "description", DESCRIPTION_LENGTH),
        "is_default": 0,
        "creation_time": now,
        "last_modified_time": now,
        "permission_type": pattern["permission_type"] if pattern else kind,
        "permissions": pattern["permissions"] if pattern else "{}",
    }
    call.db.execute(
        f"INSERT INTO roles ({', '.join(row)}) VALUES ({', '.join('?' for _ in row)})",  # noqa: S608
        list(row.values()),
    )
    members.assign(call, "role_id", key, user_ids)
    call.written.append(key)
    return {"data": shapes.role(_by_id(call, key))}


def update_role(call: Call) -> None:
    """Another name or description."""
    row, given = _own(call), call.attributes("name", "description")
    call.db.execute(
        "UPDATE roles SET name = ?, description = ?, last_modified_time = ? WHERE id = ?",
        (
            _free_name(call, given, row["id"]) if "name" in given else row["name"],
            texts.text(given, "description", DESCRIPTION_LENGTH, row["description"]),
            tables.stamp(),
            row["id"],
        ),
    )
    call.written.append(row["id"])


def delete_role(call: Call) -> None:
    """Delete a role; its people become Members."""
    row = _own(call)
    call.db.execute("UPDATE people SET role_id = ? WHERE role_id = ?", (_members_role(call), row["id"]))
    call.db.execute("DELETE FROM roles WHERE id = ?", (row["id"],))
    call.written.append(row["id"])


def role_users(call: Call) -> dict[str, Any]:
    """The ids of everybody in a role: no paging is documented."""
    rows = call.db.execute("SELECT id FROM people WHERE role_id = ? ORDER BY id", (_one(call)["id"],))
    return {"data": [{"user_id": str(row["id"])} for row in rows]}


def add_users(call: Call) -> None:
    """Move people into a role, out of the one they had."""
    row, user_ids = _one(call), members.demanded(call, "user_ids")
    members.assign(call, "role_id", row["id"], user_ids)
    members.record(call, row["id"], user_ids)


def remove_users(call: Call) -> None:
    """Make people of a role Members; whoever is in another stays there."""
    row, user_ids = _one(call), members.demanded(call, "user_ids")
    members.assign(call, "role_id", _members_role(call), user_ids, only=row["id"])
    members.record(call, row["id"], user_ids)


def role_permissions(call: Call) -> Any:
    """What a role may do: real replies are a list of one object, not the object of the reference."""
    found = rights.of(_one(call))
    return found if options.get(call.db, "permissions_shape") == "object" else [found]


def update_permissions(call: Call) -> None:
    """Change what `list` names, all of it or, where one entry is refused, nothing."""
    row = _one(call)
    if row["is_default"] and row["profile_type"] == "Admin":
        raise NotAllowed("The permissions of administrators cannot be changed.")
    changes = rights.changed(row, call.attributes("list")["list"])
    call.db.execute(
        "UPDATE roles SET permissions = ?, last_modified_time = ? WHERE id = ?",
        (json.dumps(changes), tables.stamp(), row["id"]),
    )
    call.written.append(row["id"])


def _free_name(call: Call, given: dict[str, Any], key: str) -> str:
    name = texts.name(given, NAME_LENGTH)
    others = call.db.execute(
        "SELECT name FROM roles WHERE organization_id = ? AND id <> ?", (call.organization_id, key)
    )
    if name.casefold() in {row["name"].casefold() for row in others}:
        raise Malformed("A profile with the given name already exists.")
    return name
