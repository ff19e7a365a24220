"""Thresholds and locks: calls are counted for each person, method and path as they arrive."""

import sqlite3
import time
from dataclasses import dataclass
from typing import Any

from apps.cliq.catalogue import Endpoint, window

DAY = 86400


@dataclass(frozen=True)
class Arrival:
    """The verdict on one call."""

    id: int
    admitted: bool


def label(endpoint: Endpoint) -> str:
    """The window's name: method and path template."""
    return " ".join(window(endpoint))


def arrive(db: sqlite3.Connection, endpoint: Endpoint, user_id: int, minute: float) -> Arrival:
    """Record a call now; one too many starts the lock, in which every call fails."""
    now, name, scale = time.time(), label(endpoint), minute / 60
    lock = db.execute(
        "SELECT until FROM locks WHERE user_id = ? AND call_window = ?", (user_id, name)
    ).fetchone()
    locked = bool(lock) and lock["until"] > now
    taken = db.execute(
        "SELECT count(*) AS n FROM arrivals"
        " WHERE user_id = ? AND call_window = ? AND at > ? AND throttled = 0",
        (user_id, name, now - endpoint.period * scale),
    ).fetchone()["n"]
    throttled = locked or taken >= endpoint.quota
    if throttled and not locked:
        start_lock(db, endpoint, user_id, minute)
    cursor = db.execute(
        "INSERT INTO arrivals (at, user_id, operation, call_window, locked, throttled)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (now, user_id, endpoint.name, name, int(locked), int(throttled)),
    )
    return Arrival(int(cursor.lastrowid or 0), not throttled)


def start_lock(db: sqlite3.Connection, endpoint: Endpoint, user_id: int, minute: float) -> None:
    """Lock the window from now on for its documented period."""
    until = time.time() + endpoint.lock * minute / 60
    db.execute("INSERT OR REPLACE INTO locks VALUES (?, ?, ?)", (user_id, label(endpoint), until))


def answered(db: sqlite3.Connection, arrival: Arrival, status: int | None) -> None:
    """Note what the call was answered; None where the connection was dropped."""
    throttled = int(not arrival.admitted)
    db.execute("UPDATE arrivals SET status = ?, throttled = ? WHERE id = ?", (status, throttled, arrival.id))


def arrivals(db: sqlite3.Connection, operation: str = "") -> list[dict[str, Any]]:
    """Recorded calls of one operation, or of all, oldest first."""
    rows = db.execute("SELECT * FROM arrivals WHERE ? IN ('', operation) ORDER BY at, id", (operation,))
    return [dict(row) for row in rows]


def forget_old(db: sqlite3.Connection) -> None:
    """Drop what no window can still count."""
    db.execute("DELETE FROM arrivals WHERE at < ?", (time.time() - DAY,))
    db.execute("DELETE FROM locks WHERE until < ?", (time.time(),))
