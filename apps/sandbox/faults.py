"""Faults on demand: the next calls of an operation fail, wait or lose their connection."""

import json
import sqlite3
import time
from dataclasses import asdict, dataclass, fields


@dataclass(frozen=True)
class Fault:
    """What happens to a call; `drop` says whether its effect comes before the lost connection."""

    status: int | None = None
    """Answer this status instead; with drop="after" the call takes effect first, then is told this."""
    body: str | None = None
    content_type: str | None = None
    delay: float = 0.0
    """Seconds between arrival and effect."""
    hold: float = 0.0
    """Seconds between effect and reply."""
    drop: str | None = None
    """"before" or "after" the effect the connection closes without a reply."""
    code: str | None = None
    """Refuse with Zoho's error code; `request_limit_exceeded` also starts the lock."""

    only: str | None = None
    """Meet only calls whose body holds this text."""

    @property
    def answers(self) -> bool:
        """Whether the fault brings a reply of its own."""
        return self.status is not None or self.body is not None or self.code is not None

    def wait(self) -> None:
        """Pass the time between arrival and effect."""
        time.sleep(self.delay)

    def wait_after(self) -> None:
        """Pass the time between effect and reply."""
        time.sleep(self.hold)


NAMES = frozenset(field.name for field in fields(Fault))


def plan(db: sqlite3.Connection, operation: str, fault: Fault, times: int) -> None:
    """Let the next calls of an operation meet this fault, after those planned before."""
    db.execute(
        "INSERT INTO faults (operation, remaining, plan) VALUES (?, ?, ?)",
        (operation, times, json.dumps(asdict(fault))),
    )


def take(db: sqlite3.Connection, operation: str, body: str = "") -> Fault | None:
    """The fault that meets this call, which is then used up by one."""
    rows = db.execute("SELECT * FROM faults WHERE operation = ? AND remaining > 0 ORDER BY id", (operation,))
    for row in rows.fetchall():
        fault = Fault(**json.loads(row["plan"]))
        if fault.only is None or fault.only in body:
            db.execute("UPDATE faults SET remaining = remaining - 1 WHERE id = ?", (row["id"],))
            return fault
    return None


def clear(db: sqlite3.Connection) -> None:
    """Forget every planned fault."""
    db.execute("DELETE FROM faults")
