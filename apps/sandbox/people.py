"""People: finding, listing, adding and changing them."""

import json
import sqlite3
import time
from dataclasses import dataclass
from typing import Any

from apps.sandbox import options, profiles, seed
from apps.sandbox.exceptions import Malformed, Refusal

STATUSES = ("active", "inactive", "pending", "imported_active", "imported_inactive")
WEEK = 7 * 86400
NEXT_ID_STEP = 7
# Zoho People searches every field, not the names and the address only.
SEARCHED_WITH_PEOPLE = (
    "search_key || ' ' || lower(employee_id || ' ' || mobile || ' ' || phone || ' ' || extension || ' ' ||"
    " work_location || ' ' || timezone || ' ' || custom)"
)
MEMBERSHIPS = {
    "channel_ids": "INSERT OR IGNORE INTO channel_members (seq, user_id) VALUES (?, ?)",
    "team_ids": "INSERT OR IGNORE INTO team_members (team_id, user_id) VALUES (?, ?)",
}


@dataclass(frozen=True)
class Query:
    """What a list of people is asked for; `after` is the id the last page ended with."""

    organization_id: str
    status: str = ""
    search: str = ""
    plan_type: str = ""
    modified_after: float | None = None
    after: int = 0
    limit: int = 100


def page(db: sqlite3.Connection, query: Query) -> list[sqlite3.Row]:
    """Up to one more than `limit` people in the order of their ids; without a status, all but the pending."""
    wanted, values = ["organization_id = ?", "id > ?"], [query.organization_id, query.after]
    wanted.append("status = ?" if query.status else "status <> ?")
    values.append(query.status or "pending")
    if query.search:
        searched = SEARCHED_WITH_PEOPLE if options.get(db, "zoho_people") else "search_key"
        wanted.append(f"instr({searched}, ?) > 0")
        values.append(query.search.casefold())
    if query.plan_type:
        wanted.append("plan_type = ?")
        values.append(query.plan_type)
    if query.modified_after is not None:
        wanted.append("modified_at > ?")
        values.append(max(query.modified_after, time.time() - WEEK))
    rows = db.execute(
        f"SELECT * FROM people WHERE {' AND '.join(wanted)} ORDER BY id LIMIT ?",  # noqa: S608 - fixed texts
        (*values, query.limit + 1),
    )
    return list(rows)


def by_id(db: sqlite3.Connection, user_id: object, organization_id: str = "") -> sqlite3.Row | None:
    """The person of that id, in that organisation if one is named."""
    row: sqlite3.Row | None = db.execute(
        "SELECT * FROM people WHERE id = ? AND organization_id LIKE ?",
        (str(user_id) if str(user_id).isdigit() else None, organization_id or "%"),
    ).fetchone()
    return row


def by_email(db: sqlite3.Connection, email: str) -> sqlite3.Row | None:
    """The person of that address, whatever its capitals."""
    row: sqlite3.Row | None = db.execute(
        "SELECT * FROM people WHERE email_key = ?", (email.strip().casefold(),)
    ).fetchone()
    return row


def profile_type(db: sqlite3.Connection, person: sqlite3.Row) -> str:
    """The type of somebody's role."""
    row = db.execute("SELECT profile_type FROM roles WHERE id = ?", (person["role_id"],)).fetchone()
    return str(row["profile_type"]) if row else ""


def is_admin(db: sqlite3.Connection, person: sqlite3.Row) -> bool:
    """Whether somebody's role administers the organisation's people."""
    return profile_type(db, person) in ("Admin", "Cliq Admin")


def add(db: sqlite3.Connection, users: list[Any], organization_id: str) -> tuple[list[str], dict[str, str]]:
    """Invite people; the addresses added, and the code of each refused one.

    A malformed attribute refuses the whole call, and nobody is added.
    """
    if len(users) > options.get(db, "users_per_call"):
        raise Malformed("The parameter users holds too many entries.")
    checked = []
    for given in users:
        if not isinstance(given, dict):
            raise Malformed("The parameter users is not a list of objects.")
        address = profiles.email(given.get("email_id"))
        found = profiles.columns(db, given, organization_id, adding=True)
        profiles.demand_mandatory(db, found.get("custom", {}))
        checked.append((address, found))
    added: list[str] = []
    refused: dict[str, str] = {}
    for address, found in checked:
        code = _refusal(db, address, organization_id)
        if code:
            refused[address] = code
        else:
            _invite(db, address, found, organization_id)
            added.append(address)
    return added, refused


def _refusal(db: sqlite3.Connection, address: str, organization_id: str) -> str:
    """Why this address cannot be invited, empty if it can."""
    if db.execute("SELECT 1 FROM blocked WHERE email_key = ?", (address.casefold(),)).fetchone():
        return "email.invitation.blocked"
    person = by_email(db, address)
    if person is None:
        return ""
    if person["organization_id"] != organization_id:
        return "zohoaccount.conflict"
    return "email.pendinguser" if person["status"] == "pending" else "email.activeuser"


def _invite(db: sqlite3.Connection, address: str, found: dict[str, Any], organization_id: str) -> None:
    highest = db.execute("SELECT max(id) AS n FROM people").fetchone()["n"]
    role = db.execute(
        "SELECT id FROM roles WHERE organization_id = ? AND name = 'Members'", (organization_id,)
    ).fetchone()
    first, last = found.pop("first_name", ""), found.pop("last_name", "")
    display = found.pop("display_name", "") or f"{first} {last}".strip() or address.partition("@")[0]
    custom = json.dumps(found.pop("custom", {}), ensure_ascii=False)
    number = highest + NEXT_ID_STEP
    for name, sql in MEMBERSHIPS.items():
        db.executemany(sql, [(key, number) for key in found.pop(name, ())])
    row = {
        "id": number,
        "organization_id": organization_id,
        "email_id": address,
        "email_key": address.casefold(),
        "search_key": seed.search_key(first, last, display, address),
        "status": "pending",
        "role_id": role["id"],
        "first_name": first,
        "last_name": last,
        "display_name": display,
        "custom": custom,
        "modified_at": time.time(),
        **found,
    }
    db.execute(
        f"INSERT INTO people ({', '.join(row)}) VALUES ({', '.join('?' for _ in row)})",  # noqa: S608
        list(row.values()),
    )


def change(db: sqlite3.Connection, person: sqlite3.Row, columns: dict[str, Any]) -> sqlite3.Row:
    """Write columns of one person; `custom` holds only the fields that change."""
    row = dict(person) | columns
    if "custom" in columns:
        row["custom"] = json.dumps(json.loads(person["custom"]) | columns["custom"], ensure_ascii=False)
    row["email_key"] = row["email_id"].casefold()
    row["search_key"] = seed.search_key(
        row["first_name"], row["last_name"], row["display_name"], row["email_id"]
    )
    if any(row[name] != person[name] for name in profiles.TRACKED):
        row["modified_at"] = time.time()
    assignments = ", ".join(f"{name} = ?" for name in row)
    db.execute(
        f"UPDATE people SET {assignments} WHERE id = ?",  # noqa: S608 - columns of our own table
        (*row.values(), person["id"]),
    )
    changed = by_id(db, person["id"])
    if changed is None:
        raise Refusal("operation_not_allowed", "The user is gone.", status=403)
    return changed
