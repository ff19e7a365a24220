"""The one SQLite file that holds everything the stand-in knows; it survives a kill at any moment."""

import sqlite3
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SCHEMA = Path(__file__).with_name("schema.sql").read_text(encoding="utf-8")
VERSION = zlib.crc32(SCHEMA.encode()) & 0x7FFFFFFF


class Store:
    """One connection shared by the server's threads, one transaction at a time."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self._lock = threading.Lock()
        self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._db.row_factory = sqlite3.Row
        self._forget_another_schema()
        # What a killed process wrote is in the operating system's hands; only a power cut would lose it.
        self._db.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;" + SCHEMA)
        self._db.execute(f"PRAGMA user_version={VERSION}")

    def _forget_another_schema(self) -> None:
        """Drop the tables of a file that another version wrote; it is seeded afresh."""
        if self._db.execute("PRAGMA user_version").fetchone()[0] in (0, VERSION):
            return
        tables = self._db.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
        )
        for table in tables.fetchall():
            self._db.execute(f"DROP TABLE {table['name']}")

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """The connection inside a transaction that is undone by any exception."""
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def close(self) -> None:
        """Close the file once the running transaction has ended."""
        with self._lock:
            self._db.close()
