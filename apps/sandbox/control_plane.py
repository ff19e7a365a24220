"""`/_sandbox/…`: what a test or a person at this computer may do to the stand-in; never Zoho's."""

import json
import sqlite3
import time
from collections.abc import Callable
from typing import Any

from werkzeug.wrappers import Request, Response

from apps.sandbox import cast, faults, grants, journal, options, people, profiles, seed, windows
from apps.sandbox.faults import Fault
from apps.sandbox.store import Store

LOOPBACK = ("127.0.0.1", "::1", "::ffff:127.0.0.1")
EDITABLE = frozenset(seed.COLUMNS) - {"id", "email_key", "search_key", "custom"}


# Tables that can be changed from outside, and their ids.
KINDS = {
    "departments": "id", "designations": "id", "roles": "id", "fields": "id", "teams": "id",
    "channels": "channel_id",
}  # fmt: skip
REFERENCES = {
    "departments": (("people", "department_id"), ("departments", "parent_id")),
    "designations": (("people", "designation_id"),),
}


class Unfit(Exception):
    """A control call that names nothing known."""


class ControlPlane:
    """Answers one verb a path, JSON in and out, to this computer only."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.verbs: dict[str, Callable[[sqlite3.Connection, dict[str, Any]], Any]] = {
            "health": lambda db, given: {"status": "ok", "people": _count(db)},
            "reset": lambda db, given: seed.reset(db, int(given["users"])),
            "journal": lambda db, given: journal.entries(db),
            "arrivals": lambda db, given: windows.arrivals(db, given.get("operation", "")),
            "fault": _fault,
            "clear_faults": lambda db, given: faults.clear(db),
            "expire_access_tokens": _expire,
            "revoke_grants": _revoke,
            "grant": _grant,
            "tokens": lambda db, given: grants.secrets_minted(db),
            "channels": lambda db, given: _rows(db, "channels"),
            "teams": lambda db, given: _rows(db, "teams"),
            "messages": lambda db, given: _rows(db, "messages"),
            "channel": _channel,
            "alter": _alter,
            "erase": _erase,
            "people": lambda db, given: [_shown(row) for row in _everybody(db)],
            "person": lambda db, given: _shown(_person(db, given)),
            "change": _change,
            "remove": _remove,
            "accept": lambda db, given: _set(db, given, status="active"),
            "set_role": _set_role,
            "block": lambda db, given: _run(
                db, "INSERT OR IGNORE INTO blocked VALUES (?)", given["email"].casefold()
            ),
            "field": _field,
            "option": lambda db, given: options.set_value(db, given["name"], given["value"]),
        }

    def __call__(self, request: Request) -> Response:
        """Answer; refused to other machines and to pages of other sites."""
        if request.remote_addr not in LOOPBACK or request.headers.get("Origin"):
            return _json({"error": "Only programs on this computer may do that."}, 403)
        verb = self.verbs.get(request.path.removeprefix("/_sandbox/"))
        if verb is None:
            return _json({"error": "There is no such control."}, 404)
        try:
            given = json.loads(request.get_data() or b"{}")
            with self.store.transaction() as db:
                found = verb(db, given)
        except (Unfit, KeyError, TypeError, ValueError) as problem:
            return _json({"error": f"{type(problem).__name__}: {problem}"}, 400)
        return _json(found)


def _json(found: Any, status: int = 200) -> Response:
    return Response(json.dumps(found, ensure_ascii=False), status=status, content_type="application/json")


def _count(db: sqlite3.Connection) -> int:
    return int(db.execute("SELECT count(*) FROM people").fetchone()[0])


def _run(db: sqlite3.Connection, sql: str, *values: Any) -> None:
    db.execute(sql, values)


def _rows(db: sqlite3.Connection, table: str) -> list[dict[str, Any]]:
    return [dict(row) for row in db.execute(f"SELECT * FROM {table} ORDER BY rowid")]  # noqa: S608 - our own


def _kept(db: sqlite3.Connection, given: dict[str, Any]) -> tuple[str, str]:
    """The table and the id column of an object that is there."""
    table = given["kind"]
    column = KINDS[table]
    found = db.execute(
        f"SELECT 1 FROM {table} WHERE {column} = ?",  # noqa: S608 - our own names
        (given["key"],),
    ).fetchone()
    if found is None:
        raise Unfit(f"{table} has no {given['key']}")
    return table, column


def _alter(db: sqlite3.Connection, given: dict[str, Any]) -> None:
    """Change columns of one object as Zoho's own panel would."""
    table, column = _kept(db, given)
    known = {row["name"] for row in db.execute(f"PRAGMA table_info({table})")}
    if not given["columns"] or set(given["columns"]) - known:
        raise Unfit(f"{table} has no such columns")
    changes = given["columns"] | ({"changed_at": time.time()} if table == "channels" else {})
    assignments = ", ".join(f"{name} = ?" for name in changes)
    sql = f"UPDATE {table} SET {assignments} WHERE {column} = ?"  # noqa: S608 - checked above
    _run(db, sql, *changes.values(), given["key"])


def _erase(db: sqlite3.Connection, given: dict[str, Any]) -> None:
    """Delete one object as Zoho's own panel would; whoever was in it is in none then."""
    table, column = _kept(db, given)
    for other, reference in REFERENCES.get(table, ()):
        sql = f"UPDATE {other} SET {reference} = NULL WHERE {reference} = ?"  # noqa: S608 - fixed names
        _run(db, sql, given["key"])
    _run(db, f"DELETE FROM {table} WHERE {column} = ?", given["key"])  # noqa: S608 - our own names


def _channel(db: sqlite3.Connection, given: dict[str, Any]) -> dict[str, Any]:
    """One channel with its members' roles by address."""
    row = db.execute("SELECT * FROM channels WHERE channel_id = ?", (given["channel_id"],)).fetchone()
    if row is None:
        raise Unfit(f"there is no channel {given['channel_id']}")
    found = db.execute(
        "SELECT email_id, role FROM channel_members JOIN people ON people.id = user_id WHERE seq = ?",
        (row["seq"],),
    )
    return dict(row) | {"members": {member["email_id"]: member["role"] for member in found}}


def _remove(db: sqlite3.Connection, given: dict[str, Any]) -> None:
    number = _person(db, given)["id"]
    for table in ("team_members", "channel_members", "chat_members"):
        _run(db, f"DELETE FROM {table} WHERE user_id = ?", number)  # noqa: S608 - the names stand above
    _run(db, "DELETE FROM people WHERE id = ?", number)


def _everybody(db: sqlite3.Connection) -> list[sqlite3.Row]:
    return db.execute(
        "SELECT * FROM people WHERE organization_id = ? ORDER BY id", (cast.ORGANIZATION_ID,)
    ).fetchall()


def _shown(row: sqlite3.Row) -> dict[str, Any]:
    """The row itself, with the custom values as an object and ids as the API's strings."""
    found = dict(row) | {"custom": json.loads(row["custom"]), "id": str(row["id"])}
    found["reporting_to"] = str(row["reporting_to"]) if row["reporting_to"] else None
    return found


def _person(db: sqlite3.Connection, given: dict[str, Any]) -> sqlite3.Row:
    row = people.by_email(db, str(given.get("email", "")))
    if row is None:
        raise Unfit(f"nobody has the address {given.get('email')}")
    return row


def _set(db: sqlite3.Connection, given: dict[str, Any], **columns: Any) -> dict[str, Any]:
    return _shown(people.change(db, _person(db, given), columns))


def _change(db: sqlite3.Connection, given: dict[str, Any]) -> dict[str, Any]:
    """Columns, or custom fields by their unique names, as Zoho's own panel would change them."""
    columns = {name: value for name, value in given["fields"].items() if name in EDITABLE}
    others = {name: value for name, value in given["fields"].items() if name not in EDITABLE}
    row = _person(db, given)
    return _set(db, given, **columns, **profiles.columns(db, others, row["organization_id"], adding=False))


def _set_role(db: sqlite3.Connection, given: dict[str, Any]) -> dict[str, Any]:
    person = _person(db, given)
    role = db.execute(
        "SELECT id FROM roles WHERE name = ? AND organization_id = ?",
        (given["role"], person["organization_id"]),
    ).fetchone()
    if role is None:
        raise Unfit(f"there is no role {given['role']}")
    return _set(db, given, role_id=role["id"])


def _field(db: sqlite3.Connection, given: dict[str, Any]) -> None:
    changed = db.execute(
        "UPDATE fields SET mandatory = ? WHERE unique_name = ?",
        (int(given["mandatory"]), given["unique_name"]),
    ).rowcount
    if not changed:
        raise Unfit(f"there is no user field {given['unique_name']}")


def _fault(db: sqlite3.Connection, given: dict[str, Any]) -> None:
    plan = {name: value for name, value in given.items() if name in faults.NAMES}
    faults.plan(db, given["operation"], Fault(**plan), int(given.get("times", 1)))


def _expire(db: sqlite3.Connection, given: dict[str, Any]) -> None:
    db.execute("UPDATE access_tokens SET expires_at = 0")


def _revoke(db: sqlite3.Connection, given: dict[str, Any]) -> None:
    db.execute("UPDATE refresh_tokens SET revoked = 1")
    _expire(db, given)


def _grant(db: sqlite3.Connection, given: dict[str, Any]) -> dict[str, Any]:
    """Tokens without the consent page."""
    person, scopes = _person(db, given), " ".join(given["scopes"])
    token = grants.mint_refresh(db, person["id"], cast.CLIENT_ID, scopes)
    return grants.mint_access(db, person["id"], scopes, token) | {"refresh_token": token}
