"""Teams and their members. The reference prints ids and flags now so, now so, and so does this."""

import sqlite3
from typing import Any

from apps.sandbox import members, seed_teams, tables, texts
from apps.sandbox.call import Call
from apps.sandbox.exceptions import Malformed, NotAllowed

NAME_LENGTH = 100
DESCRIPTION_LENGTH = 500
MOST_AT_ONCE = 100


def _find(call: Call) -> sqlite3.Row:
    key = call.path["team_id"]
    row: sqlite3.Row | None = call.db.execute(
        "SELECT * FROM teams WHERE id = ? AND organization_id = ?",
        (key if key.isdigit() else None, call.organization_id),
    ).fetchone()
    if row is None:
        raise Malformed("The team does not exist.")
    return row


def _own(call: Call) -> sqlite3.Row:
    """A team that the caller may change: administrators and its moderators."""
    row = _find(call)
    membership = _membership(call, row)
    if not call.by_admin and not (membership and membership["is_moderator"]):
        raise NotAllowed("Only an administrator or a moderator can change the team.")
    return row


def _membership(call: Call, row: sqlite3.Row) -> sqlite3.Row | None:
    found: sqlite3.Row | None = call.db.execute(
        "SELECT * FROM team_members WHERE team_id = ? AND user_id = ?", (row["id"], call.person["id"])
    ).fetchone()
    return found


def listed(call: Call, row: sqlite3.Row) -> dict[str, Any]:
    """A team inside a list: the id is a number, the flag a boolean."""
    membership = _membership(call, row)
    count = call.db.execute("SELECT count(*) AS n FROM team_members WHERE team_id = ?", (row["id"],))
    found = {
        "name": row["name"],
        "creation_time": row["creation_time"],
        "organization_id": row["organization_id"],
        "is_active": True,
        "is_moderator": bool(membership and membership["is_moderator"]),
        "team_id": row["id"],
        "joined": membership is not None,
        "participant_count": count.fetchone()["n"],
    }
    return found | ({"description": row["description"]} if row["description"] else {})


def list_teams(call: Call) -> dict[str, Any]:
    """All teams, or those one has joined, or has not: no paging is documented."""
    joined = call.flag("joined")
    rows = call.db.execute(
        "SELECT * FROM teams WHERE organization_id = ? ORDER BY id", (call.organization_id,)
    )
    found = [listed(call, row) for row in rows]
    return {"teams": [team for team in found if joined is None or team["joined"] is joined]}


def user_teams(call: Call, user_id: int) -> list[dict[str, Any]]:
    """The teams that one person is in."""
    rows = call.db.execute(
        "SELECT * FROM teams WHERE id IN (SELECT team_id FROM team_members WHERE user_id = ?) ORDER BY id",
        (user_id,),
    )
    return [listed(call, row) for row in rows]


def get_team(call: Call) -> dict[str, Any]:
    """One team: the id and the flag are strings, and whether one moderates is not said."""
    row = _find(call)
    found = listed(call, row) | {"team_id": str(row["id"]), "is_active": "true"}
    del found["is_moderator"]
    return found


def create_team(call: Call) -> dict[str, Any]:
    """A team with its people; who creates it moderates it."""
    call.demand_admin()
    given = call.attributes("name", "description", "user_ids")
    name, description = texts.name(given, NAME_LENGTH), texts.text(given, "description", DESCRIPTION_LENGTH)
    user_ids = members.named(call, given, "user_ids", largest=MOST_AT_ONCE)
    key = seed_teams.TEAM_BASE + seed_teams.NEW + members.serial(call.db)
    call.db.execute(
        "INSERT INTO teams VALUES (?, ?, ?, ?, ?)",
        (key, call.organization_id, name, description, tables.stamp()),
    )
    _join(call, key, [call.person["id"]], moderator=1)
    _join(call, key, user_ids)
    call.written.append(str(key))
    row = call.db.execute("SELECT * FROM teams WHERE id = ?", (key,)).fetchone()
    return listed(call, row)


def update_team(call: Call) -> dict[str, Any]:
    """Another name or description; the reply's id is a string."""
    row, given = _own(call), call.attributes("name", "description")
    name = texts.name(given, NAME_LENGTH) if "name" in given else row["name"]
    description = texts.text(given, "description", DESCRIPTION_LENGTH, row["description"])
    call.db.execute("UPDATE teams SET name = ?, description = ? WHERE id = ?", (name, description, row["id"]))
    call.written.append(str(row["id"]))
    return listed(call, _find(call)) | {"team_id": str(row["id"])}


def delete_team(call: Call) -> None:
    """Delete a team; its people stay."""
    row = _own(call)
    call.db.execute("DELETE FROM team_members WHERE team_id = ?", (row["id"],))
    call.db.execute("DELETE FROM teams WHERE id = ?", (row["id"],))
    call.written.append(str(row["id"]))


def _shown(row: sqlite3.Row) -> dict[str, Any]:
    return {
        "user_id": str(row["id"]),
        "display_name": row["display_name"],
        "is_moderator": bool(row["is_moderator"]),
    }


def team_members(call: Call) -> dict[str, Any]:
    """Everybody in a team, without an address: no paging is documented."""
    rows = call.db.execute(
        "SELECT people.*, is_moderator FROM team_members JOIN people ON people.id = user_id"
        " WHERE team_id = ? ORDER BY people.id",
        (_find(call)["id"],),
    )
    return {"members": [_shown(row) for row in rows]}


def add_members(call: Call) -> dict[str, Any]:
    """Let people join, up to a hundred; the reply names them."""
    row = _own(call)
    user_ids = members.demanded(call, "user_ids", largest=MOST_AT_ONCE)
    _join(call, row["id"], user_ids)
    members.record(call, str(row["id"]), user_ids)
    added = set(user_ids)
    return {"members": [one for one in team_members(call)["members"] if int(one["user_id"]) in added]}


def remove_member(call: Call) -> None:
    """Let one person leave."""
    row = _own(call)
    removed = call.db.execute(
        "DELETE FROM team_members WHERE team_id = ? AND user_id = ?", (row["id"], call.path["user_id"])
    )
    if not removed.rowcount:
        raise Malformed("The user is not a member of the team.")
    call.written.append(f"{row['id']}/{call.path['user_id']}")


def _join(call: Call, team_id: int, user_ids: list[int], *, moderator: int = 0) -> None:
    call.db.executemany(
        "INSERT OR IGNORE INTO team_members VALUES (?, ?, ?)",
        ((team_id, user_id, moderator) for user_id in user_ids),
    )
