"""Lists of people as calls name them: who is meant, and moving them."""

import sqlite3
import time
from typing import Any

from apps.sandbox import profiles
from apps.sandbox.call import Call
from apps.sandbox.exceptions import Malformed, Outsider

NAMED = {"user_ids": "id", "email_ids": "email_key"}


def named(
    call: Call, given: dict[str, Any], *names: str, largest: int = 0, anywhere: bool = False
) -> list[int]:
    """The ids of those whom a body names, each once; Outsider where one is not of the organisation.

    `names` are the attributes that may name them; `anywhere` also takes people of other organisations.
    """
    found: dict[int, None] = {}
    for name in names:
        for value in _listed(given, name):
            found[_one(call, name, value, anywhere=anywhere)] = None
    if largest and len(found) > largest:
        raise Malformed(f"No more than {largest} users can be given at once.")
    return list(found)


def demanded(call: Call, *names: str, also: tuple[str, ...] = (), largest: int = 0) -> list[int]:
    """Those whom the body names, who must be somebody."""
    found = named(call, call.attributes(*names, *also), *names, largest=largest)
    if not found:
        raise Malformed(f"The parameter {names[0]} is missing or empty.")
    return found


def assign(call: Call, column: str, value: str | None, user_ids: list[int], *, only: str = "") -> None:
    """Set one column of people, of those only who hold the value `only` if one is given."""
    now = time.time() if column in profiles.TRACKED else None
    call.db.executemany(
        f"UPDATE people SET {column} = ?, modified_at = coalesce(?, modified_at)"  # noqa: S608 - our own columns
        f" WHERE id = ? AND (? = '' OR {column} = ?)",
        ((value, now, user_id, only, only) for user_id in user_ids),
    )


def record(call: Call, key: str, user_ids: list[int]) -> None:
    """One entry of the journal for everybody named, whether it changed them or not."""
    call.written += [f"{key}/{user_id}" for user_id in user_ids]


def serial(db: sqlite3.Connection) -> int:
    """A number that was never given out before."""
    return int(db.execute("INSERT INTO serials DEFAULT VALUES").lastrowid or 0)


def _listed(given: dict[str, Any], name: str) -> list[Any]:
    values = given.get(name, [])
    if not isinstance(values, list) or any(not isinstance(value, str | int) for value in values):
        raise Malformed(f"The parameter {name} is not a list of ids.")
    return values


def _one(call: Call, name: str, value: Any, *, anywhere: bool) -> int:
    row = call.db.execute(
        f"SELECT id FROM people WHERE {NAMED[name]} = ? AND (? OR organization_id = ?)",  # noqa: S608 - fixed
        (str(value).casefold(), anywhere, call.organization_id),
    ).fetchone()
    if row is None:
        raise Outsider
    return int(row["id"])
