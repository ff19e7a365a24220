"""Replies as the reference prints them, made of rows."""

import json
import sqlite3
from typing import Any

from apps.sandbox import cast, options
from apps.sandbox.tables import COUNTRIES, LANGUAGES, timeoffset

Row = sqlite3.Row


def zoid(organization_id: str) -> str:
    """The accounts-side id of an organisation."""
    return cast.ZOID if organization_id == cast.ORGANIZATION_ID else cast.OTHER_ZOID


def full_name(person: Row) -> str:
    """First and last name; one who has no last name keeps the blank, as in the reference's examples."""
    return f"{person['first_name']} {person['last_name']}"


def brief(person: Row) -> dict[str, Any]:
    """The seven fields of an item in a list of people."""
    return {
        "email_id": person["email_id"],
        "zuid": str(person["id"]),
        "zoid": zoid(person["organization_id"]),
        "display_name": person["display_name"],
        "name": full_name(person),
        "organization_id": person["organization_id"],
        "id": str(person["id"]),
    }


def reference(db: sqlite3.Connection, table: str, key: str | None) -> dict[str, Any] | None:
    """`{name, id}` of a department or designation."""
    row = db.execute(f"SELECT name, id FROM {table} WHERE id = ?", (key,)).fetchone()  # noqa: S608 - our own names
    return dict(row) if row else None


def manager(db: sqlite3.Connection, person: Row, *, rich: bool) -> dict[str, Any] | None:
    """Whom somebody reports to: two fields when read, a dozen in the reply of an update."""
    found = db.execute("SELECT * FROM people WHERE id = ?", (person["reporting_to"],)).fetchone()
    if not found:
        return None
    name = full_name(found)
    return contact(found) | {"organization_id": "null"} if rich else {"name": name, "id": str(found["id"])}


def contact(person: Row) -> dict[str, Any]:
    """Somebody inside another object: the country is the lower-case code there."""
    return {
        "name": full_name(person),
        "id": str(person["id"]),
        "country": person["country"].lower(),
        "email_id": person["email_id"],
        "zoid": zoid(person["organization_id"]),
        "timezone": person["timezone"],
        "first_name": person["first_name"],
        "full_name": full_name(person),
        "display_name": person["display_name"],
        "last_name": person["last_name"],
    }


def country(db: sqlite3.Connection, person: Row) -> str:
    """The country as profiles give it back: by its English name."""
    code = str(person["country"])
    return COUNTRIES.get(code, code) if options.get(db, "country_form") == "name" else code


def profile(db: sqlite3.Connection, person: Row, *, rich_manager: bool = False) -> dict[str, Any]:
    """All fields of one person; what is empty is left out, `phone` is never given back."""
    found: dict[str, Any] = {
        "employee_id": person["employee_id"],
        "first_name": person["first_name"],
        "reportingto": manager(db, person, rich=rich_manager),
        "mobile": person["mobile"],
        "zoid": zoid(person["organization_id"]),
        "organization_id": person["organization_id"],
        "email_id": person["email_id"],
        "extension": person["extension"],
        "work_location": person["work_location"],
        "id": str(person["id"]),
        "timezone": person["timezone"],
        "language": LANGUAGES.get(person["language"], person["language"]),
        "status": person["status"],
        "country": country(db, person),
        "department": reference(db, "departments", person["department_id"]),
        "last_name": person["last_name"],
        "full_name": full_name(person),
        "designation": reference(db, "designations", person["designation_id"]),
        "display_name": person["display_name"],
        "name": full_name(person),
    }
    given = {name: value for name, value in found.items() if value not in ("", None)}
    if person["timezone"]:
        given["timeoffset"] = timeoffset(person["timezone"])
    return given


def custom_attributes(db: sqlite3.Connection, person: Row) -> dict[str, str]:
    """Every custom field of one person; an empty one is a dash."""
    values = json.loads(person["custom"])
    fields = db.execute("SELECT unique_name FROM fields WHERE system_defined = 0 ORDER BY id")
    return {field["unique_name"]: values.get(field["unique_name"]) or "-" for field in fields}


def department(db: sqlite3.Connection, row: Row, *, listed: bool) -> dict[str, Any]:
    """A department; the default one has neither lead, parent nor count, and leads are richer in a list."""
    found: dict[str, Any] = {"name": row["name"], "is_default": bool(row["is_default"]), "id": row["id"]}
    if row["is_default"]:
        return found
    members = db.execute("SELECT count(*) AS n FROM people WHERE department_id = ?", (row["id"],)).fetchone()
    found |= {"members_count": str(members["n"]), "parent_department_id": row["parent_id"]}
    lead = db.execute("SELECT * FROM people WHERE id = ?", (row["lead_id"],)).fetchone()
    if lead:
        found["lead"] = contact(lead) | {"zuid": str(lead["id"])} if listed else brief(lead)
        found["lead_zuid"] = str(lead["id"])
    return found


def role(row: Row) -> dict[str, Any]:
    """A role, which the API calls a profile."""
    found = {
        "is_custom_admin": row["profile_type"] == "Cliq Admin",
        "name": row["name"],
        "creation_time": row["creation_time"],
        "last_modified_time": row["last_modified_time"],
        "organization_id": row["organization_id"],
        "is_default": bool(row["is_default"]),
        "profile_type": row["profile_type"],
        "id": row["id"],
    }
    return found | ({"description": row["description"]} if row["description"] else {})


def user_field(row: Row) -> dict[str, Any]:
    """A user field; `encrypted` and `default_value` are given for custom ones only."""
    found: dict[str, Any] = {
        "system_defined": bool(row["system_defined"]),
        "is_searchable": bool(row["is_searchable"]),
        "unique_name": row["unique_name"],
        "name": row["name"],
        "id": row["id"],
        "creation_time": row["creation_time"],
        "last_modified_time": row["last_modified_time"],
        "mandatory": bool(row["mandatory"]),
        "edit_permission": bool(row["edit_permission"]),
        "organization_id": cast.ORGANIZATION_ID,
        "enabled": True,
        "type": row["type"],
        "label": row["name"],
    }
    if not row["system_defined"]:
        found |= {"encrypted": bool(row["encrypted"]), "default_value": "-"}
    options = json.loads(row["options"])
    return found | ({"options": options} if options else {})
