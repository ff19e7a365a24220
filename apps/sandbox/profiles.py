"""What may be written into a person's profile, and the refusals of what may not."""

import json
import sqlite3
from datetime import date
from typing import Any

from apps.sandbox.exceptions import Malformed, Refusal
from apps.sandbox.tables import COUNTRIES, LANGUAGES, zone

# Longest value taken; Zoho documents none for people.
LENGTHS = {
    "first_name": 100, "last_name": 100, "display_name": 200, "phone": 50, "mobile": 50, "timezone": 100,
    "language": 20, "country": 2, "work_location": 250, "extension": 50, "employee_id": 100,
}  # fmt: skip
CUSTOM_LENGTH = 250
EMAIL_LENGTH = 254
IMAGE_LENGTH = 8_000_000
REFERENCES = {"designation_id": "designations", "department_id": "departments"}
# What a person can be put into when added: table, and the column that is its id.
GROUPS = {"channel_ids": ("channels", "channel_id"), "team_ids": ("teams", "id")}
TRACKED = frozenset(
    {"department_id", "designation_id", "employee_id", "extension", "reporting_to", "work_location"}
)
"""Columns whose change `modified_after` notices."""


def email(value: Any) -> str:
    """A syntactically plausible address."""
    if not isinstance(value, str) or not value.strip():
        raise Malformed("The parameter email_id is missing.")
    local, at, domain = value.rpartition("@")
    odd = any(character.isspace() or character in ",;<>" for character in value)
    if not (local and at and "." in domain.strip(".")) or odd or len(value) > EMAIL_LENGTH:
        raise Malformed("The parameter email_id is not valid.")
    return value


def columns(
    db: sqlite3.Connection, given: dict[str, Any], organization_id: str, *, adding: bool
) -> dict[str, Any]:
    """Database columns for the attributes of one person; a Refusal where one is not taken."""
    found: dict[str, Any] = {}
    custom: dict[str, str] = {}
    fields = _custom_fields(db)
    for name, value in given.items():
        if name in LENGTHS:
            found[name] = _text(name, value)
        elif name in REFERENCES:
            found[name] = _existing(db, REFERENCES[name], value, organization_id)
        elif name == "reporting_to_zuid":
            found["reporting_to"] = _colleague(db, value, organization_id)
        elif name == "image_data":
            found["has_image"] = int(len(_string(name, value, IMAGE_LENGTH)) > 0)
        elif name in fields:
            custom[name] = _custom_value(fields[name], value)
        elif adding and name in GROUPS:
            found[name] = _groups(db, name, value, organization_id)
        elif not (adding and name == "email_id"):
            raise Malformed(f"The parameter {name} is not supported.")
    return found | ({"custom": custom} if custom else {})


def demand_mandatory(db: sqlite3.Connection, custom: dict[str, str]) -> None:
    """Refuse somebody without a mandatory custom field; the code is not documented."""
    for name, field in _custom_fields(db).items():
        if field["mandatory"] and not custom.get(name):
            raise Refusal("FIELD_MANDATORY_VALUE_NEEDED", f"The field {name} is mandatory.")


def demand_editable(db: sqlite3.Connection, custom: dict[str, str]) -> None:
    """Refuse a member who changes a field that only administrators may edit."""
    fields = _custom_fields(db)
    if any(not fields[name]["edit_permission"] for name in custom):
        raise Refusal("FIELD_EDIT_NOT_ALLOWED", "You do not have permission to edit the field.", status=403)


def _custom_fields(db: sqlite3.Connection) -> dict[str, sqlite3.Row]:
    return {row["unique_name"]: row for row in db.execute("SELECT * FROM fields WHERE system_defined = 0")}


def _string(name: str, value: Any, longest: int) -> str:
    if not isinstance(value, str):
        raise Malformed(f"The parameter {name} is not a string.")
    if len(value) > longest or "\x00" in value:
        raise Malformed(f"The parameter {name} is too long or not valid.")
    return value


def _text(name: str, value: Any) -> str:
    text = _string(name, value, LENGTHS[name]).strip()
    known = {
        "timezone": lambda: zone(text) is not None,
        "country": lambda: text.upper() in COUNTRIES,
        "language": lambda: text in LANGUAGES,
    }
    if text and name in known and not known[name]():
        raise Malformed(f"The parameter {name} is not valid.")
    return text.upper() if name == "country" else text


def _existing(db: sqlite3.Connection, table: str, value: Any, organization_id: str) -> str | None:
    if value in ("", None):
        return None
    row = db.execute(
        f"SELECT id FROM {table} WHERE id = ? AND organization_id = ?",  # noqa: S608 - our own table names
        (str(value), organization_id),
    ).fetchone()
    if not row:
        code = f"{table.removesuffix('s')}_not_exist"
        raise Refusal(code, f"The {table.removesuffix('s')} does not exist.")
    return str(row["id"])


def _groups(db: sqlite3.Connection, name: str, value: Any, organization_id: str) -> list[int]:
    """The row numbers of channels or teams."""
    if not isinstance(value, list):
        raise Malformed(f"The parameter {name} is not a list.")
    table, column = GROUPS[name]
    found = [
        db.execute(
            f"SELECT rowid FROM {table} WHERE {column} = ? AND organization_id = ?",  # noqa: S608 - fixed
            (str(one), organization_id),
        ).fetchone()
        for one in value
    ]
    if None in found:
        raise Malformed(f"The parameter {name} names something that does not exist.")
    return [int(row[0]) for row in found]


def _colleague(db: sqlite3.Connection, value: Any, organization_id: str) -> int | None:
    if value in ("", None):
        return None
    row = db.execute(
        "SELECT id FROM people WHERE id = ? AND organization_id = ?", (str(value), organization_id)
    ).fetchone()
    if not row:
        raise Refusal("not_zoho_organization_user", "The user does not belong to your organization.")
    return int(row["id"])


def _custom_value(field: sqlite3.Row, value: Any) -> str:
    text = _string(field["unique_name"], value, CUSTOM_LENGTH)
    if not text or text == "-":
        return ""
    names = {option["name"] for option in json.loads(field["options"])}
    if field["type"] == "drop_down" and text not in names:
        raise Refusal("FIELDS_OPTIONS_NOT_EXIST", "The field option does not exist.")
    if field["type"] == "numeric_field" and not text.isdecimal():
        raise Refusal("FIELD_INVALID_VALUE_FOR_NUMERIC_FIELD", "The value is not a number.")
    if field["type"] == "url_field" and not text.startswith(("http://", "https://")):
        raise Refusal("FIELD_INVALID_VALUE_FOR_URL_FIELD", "The value is not a URL.")
    if field["type"] == "date_picker":
        try:
            date.fromisoformat(text)
        except ValueError:
            raise Malformed(f"The parameter {field['unique_name']} is not a date.") from None
    return text
