"""One entry for every successful write, so that a test can say what Zoho's side really did."""

import sqlite3
import time
from collections.abc import Iterable
from typing import Any


def write(db: sqlite3.Connection, operation: str, keys: Iterable[str], request_id: str, user_id: int) -> None:
    """Enter what one call did, in the transaction that did it."""
    now = time.time()
    db.executemany(
        "INSERT INTO journal (operation, key, at, request_id, user_id) VALUES (?, ?, ?, ?, ?)",
        ((operation, key, now, request_id, user_id) for key in keys),
    )


def entries(db: sqlite3.Connection) -> list[dict[str, Any]]:
    """All entries, oldest first."""
    return [dict(row) for row in db.execute("SELECT * FROM journal ORDER BY seq")]


def latest(db: sqlite3.Connection, count: int) -> list[sqlite3.Row]:
    """The last entries, newest first, with the names of who did it and of whom it is about."""
    return list(
        db.execute(
            "SELECT journal.*, author.display_name AS author, subject.display_name AS subject FROM journal"
            " LEFT JOIN people AS author ON author.id = journal.user_id"
            " LEFT JOIN people AS subject"
            "  ON subject.id = CAST(substr(journal.key, instr(journal.key, '/') + 1) AS INTEGER)"
            " ORDER BY seq DESC LIMIT ?",
            (count,),
        )
    )
