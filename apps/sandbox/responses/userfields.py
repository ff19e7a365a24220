"""User fields: list, one, create, change, delete."""

import json
import sqlite3
from typing import Any

from apps.sandbox import cast, members, seed, shapes, tables, texts
from apps.sandbox.call import Call
from apps.sandbox.exceptions import Malformed, Refusal

NAME_LENGTH = 30
OPTION_LENGTH = 100
MOST_CUSTOM = 10
# Three are seen in replies; that numbers and addresses are checked shows that those types exist.
TYPES = ("text_field", "drop_down", "date_picker", "numeric_field", "url_field")
FLAGS = ("mandatory", "encrypted", "edit_permission")


def _url(call: Call) -> str:
    return "/api/v2/userfields" + (f"/{call.path['field_id']}" if call.path else "")


def _find(call: Call) -> sqlite3.Row:
    row: sqlite3.Row | None = call.db.execute(
        "SELECT * FROM fields WHERE id = ?", (call.path["field_id"],)
    ).fetchone()
    if row is None:
        raise Malformed("The user field does not exist.")
    return row


def list_fields(call: Call) -> dict[str, Any]:
    """All user fields, under `list`."""
    rows = call.db.execute("SELECT * FROM fields ORDER BY CAST(id AS INTEGER)")
    return {"url": _url(call), "list": [shapes.user_field(row) for row in rows]}


def get_field(call: Call) -> dict[str, Any]:
    """One user field."""
    return {"url": _url(call), "data": shapes.user_field(_find(call))}


def _demand_admin(call: Call) -> None:
    if not call.by_admin or call.organization_id != cast.ORGANIZATION_ID:
        raise Refusal("FIELD_EDIT_NOT_ALLOWED", "You do not have permission to edit the field.", status=403)


def create_field(call: Call) -> dict[str, Any]:
    """A custom field; options are mandatory for a drop-down and unknown to the others."""
    _demand_admin(call)
    given = call.attributes("name", "type", "options", *FLAGS)
    name, kind = _free_name(call, given, ""), given.get("type", "text_field")
    if kind not in TYPES:
        raise Refusal("FIELD_TYPE_NOT_SUPPORTED", "The field type is not supported.")
    taken = call.db.execute("SELECT count(*) AS n FROM fields WHERE system_defined = 0").fetchone()["n"]
    if taken >= MOST_CUSTOM:
        raise Refusal("FIELD_MAX_CUSTOM_FIELD_LIMIT_REACHED", "There are as many custom fields as can be.")
    if (kind == "drop_down") != bool(given.get("options")):
        raise Malformed("The parameter options is for drop_down fields, and mandatory there.")
    now = tables.stamp()
    flags = [int(texts.flag(given, flag)) for flag in FLAGS]
    key = str(seed.FIELD_BASE + seed.NEW + 2 * members.serial(call.db))
    call.db.execute(
        "INSERT INTO fields (id, unique_name, name, type, options, creation_time, last_modified_time,"
        " system_defined, is_searchable, mandatory, encrypted, edit_permission)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0, ?, ?, ?)",
        (key, _unique_name(call, name), name, kind, json.dumps(_options(call, given, [])), now, now, *flags),
    )
    call.written.append(key)
    return {"url": _url(call), "data": _shown(call, key, creating=True)}


def update_field(call: Call) -> dict[str, Any]:
    """Change what is sent; an option left out is deleted, and with it the values that chose it."""
    _demand_admin(call)
    row, given = _find(call), call.attributes("name", "options", *FLAGS)
    if row["system_defined"]:
        _refuse_system(row, given)
    name = _free_name(call, given, row["id"]) if "name" in given else row["name"]
    before, after = json.loads(row["options"]), json.loads(row["options"])
    if "options" in given:
        if row["type"] != "drop_down":
            raise Malformed("The parameter options is for drop_down fields.")
        after = _options(call, given, before)
        _carry_values(call.db, row["unique_name"], before, after)
    flags = [int(texts.flag(given, flag, default=bool(row[flag]))) for flag in FLAGS]
    call.db.execute(
        "UPDATE fields SET name = ?, options = ?, mandatory = ?, encrypted = ?, edit_permission = ?,"
        " last_modified_time = ? WHERE id = ?",
        (name, json.dumps(after, ensure_ascii=False), *flags, tables.stamp(), row["id"]),
    )
    call.written.append(row["id"])
    return {"url": _url(call), "data": _shown(call, row["id"])}


def delete_field(call: Call) -> None:
    """Delete a custom field and everybody's value of it."""
    _demand_admin(call)
    row = _find(call)
    if row["system_defined"]:
        raise Refusal("FIELD_SYSTEM_FIELD_EDIT_NOT_ALLOWED", "A default field cannot be edited.")
    call.db.execute("UPDATE people SET custom = json_remove(custom, ?)", (f"$.{row['unique_name']}",))
    call.db.execute("DELETE FROM fields WHERE id = ?", (row["id"],))
    call.written.append(row["id"])


def _shown(call: Call, key: str, *, creating: bool = False) -> dict[str, Any]:
    row = call.db.execute("SELECT * FROM fields WHERE id = ?", (key,)).fetchone()
    found = shapes.user_field(row)
    if creating:
        found.pop("default_value", None)
    return found


def _free_name(call: Call, given: dict[str, Any], key: str) -> str:
    name = texts.name(given, NAME_LENGTH)
    others = call.db.execute("SELECT name FROM fields WHERE id <> ?", (key,))
    if name.casefold() in {row["name"].casefold() for row in others}:
        raise Malformed("A user field with the given name already exists.")
    return name


def _unique_name(call: Call, name: str) -> str:
    """Letters and digits of the name; what it really comes from is not documented."""
    plain = (
        "".join(letter for letter in name.lower() if letter.isascii() and letter.isalnum()) or "customfield"
    )
    taken = {row["unique_name"] for row in call.db.execute("SELECT unique_name FROM fields")}
    found, number = plain, 1
    while found in taken:
        found, number = f"{plain}{number}", number + 1
    return found


def _refuse_system(row: sqlite3.Row, given: dict[str, Any]) -> None:
    """A default field's flags can be set, its name, options and encryption not."""
    if "options" in given:
        code, what = "FIELD_SYSTEM_FIELD_OPTION_EDIT_NOT_ALLOWED", "options"
    elif given.get("name", row["name"]) != row["name"]:
        code, what = "FIELD_SYSTEM_FIELD_NAME_EDIT_NOT_ALLOWED", "name"
    elif given.get("encrypted"):
        code, what = "FIELD_SYSTEM_FIELD_EDIT_NOT_ALLOWED", "encryption"
    else:
        return
    raise Refusal(code, f"You do not have permission to edit the default field {what}.")


def _options(call: Call, given: dict[str, Any], before: list[dict[str, str]]) -> list[dict[str, str]]:
    """The options after the call; those with an id keep it, one id names one option."""
    items = given.get("options") or []
    if not isinstance(items, list):
        raise Malformed("The parameter options is not a list.")
    known = {option["id"] for option in before}
    by_name = {option["name"]: option["id"] for option in before}
    found: dict[str, str] = {}
    for item in items:
        item = {"name": item} if isinstance(item, str) else item
        if not isinstance(item, dict):
            raise Malformed("The parameter options is not valid.")
        name = texts.name(item, OPTION_LENGTH)
        key = str(item.get("id") or by_name.get(name, ""))
        if key and key not in known:
            raise Refusal("FIELDS_OPTIONS_NOT_EXIST", "The field option does not exist.")
        found[key or str(seed.OPTION_BASE + seed.NEW + 2 * members.serial(call.db))] = name
    if len(set(found.values())) < len(found) or (before and not found):
        raise Malformed("The parameter options is empty or holds a name twice.")
    return [{"name": name, "id": key} for key, name in found.items()]


def _carry_values(
    db: sqlite3.Connection, unique_name: str, before: list[dict[str, str]], after: list[dict[str, str]]
) -> None:
    """Rename people's values with their options, and empty those whose option is gone."""
    names, path = {option["id"]: option["name"] for option in after}, f"$.{unique_name}"
    for option in before:
        name = names.get(option["id"], "")
        if name != option["name"]:
            db.execute(
                "UPDATE people SET custom = json_set(custom, ?, ?) WHERE json_extract(custom, ?) = ?",
                (path, name, path, option["name"]),
            )
