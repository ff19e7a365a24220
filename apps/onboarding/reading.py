"""The uploaded file, read once by the worker into plain lines that the check can begin again anywhere in.

A workbook cannot be entered in the middle, and a check takes several steps: so its rows are kept as lines
of JSON until they are judged. Addresses that come twice are noticed here, in memory of a fixed size.
"""

import json
import secrets
import tempfile
from array import array
from collections.abc import Callable, Generator
from contextlib import closing
from hashlib import blake2b
from typing import IO, Any, NamedTuple, cast

from django.core.files import File
from django.core.files.storage import default_storage

from apps.core import spreadsheets
from apps.core.spreadsheets import MAX_ROWS, Row
from apps.onboarding.models import Onboarding

PULSE_ROWS = 5_000
_SLOTS = 1 << (MAX_ROWS * 2).bit_length()


class FirstSeen:
    """The first row of every key so far: eight bytes a key, in a table as large for ten rows as for all."""

    def __init__(self) -> None:
        self._keys = array("Q", bytes(8 * _SLOTS))
        self._rows = array("L", bytes(array("L").itemsize * _SLOTS))

    def first(self, key: str, number: int) -> int:
        """The row in which this key came first: `number` if it is new."""
        # A number of 0 looks without leaving a trace.
        mark = int.from_bytes(blake2b(key.encode("utf-8", "replace"), digest_size=8).digest(), "big") or 1
        slot = mark % _SLOTS
        while self._keys[slot] and self._keys[slot] != mark:
            slot = (slot + 1) % _SLOTS
        if not self._keys[slot] and number:
            self._keys[slot], self._rows[slot] = mark, number
        return self._rows[slot] if self._keys[slot] else 0

    def find(self, key: str) -> int:
        """The row in which this key came first; 0 if it did not."""
        return self.first(key, 0)


class Line(NamedTuple):
    """A row, the first row of its address, and that of its manager's address: 0 if it is in none."""

    row: Row
    first: int
    manager: int = 0


def prepare(onboarding: Onboarding, key_of: Callable[[str], str], pulse: Callable[[int], None]) -> str:
    """Read the whole file; where its lines are kept. `pulse` hears how far it is and stops it by raising."""
    email, seen = onboarding.columns.get("email_id"), FirstSeen()
    manager = onboarding.columns.get("reporting_to")
    with tempfile.TemporaryFile() as lines:
        with onboarding.file.open("rb") as file, closing(_rows(onboarding, file)) as rows:
            for count, row in enumerate(rows, start=1):
                key = key_of(row.cells[email]) if email is not None else ""
                first = seen.first(key, row.number) if key else row.number
                _write(lines, [row.number, first, 0, row.cells, row.extra, row.problems])
                if count % PULSE_ROWS == 0:
                    pulse(row.number)
        lines.seek(0)
        if manager is None:
            return _save(lines)
        # A manager may stand below: only now it is known who comes at all.
        with tempfile.TemporaryFile() as whole:
            for count, line in enumerate(lines, start=1):
                kept = json.loads(line)
                key = key_of(kept[3][manager])
                kept[2] = seen.find(key) if key else 0
                _write(whole, kept)
                if count % PULSE_ROWS == 0:
                    pulse(kept[0])
            whole.seek(0)
            return _save(whole)


def again(name: str, offset: int) -> Generator[tuple[Line, int], None, None]:
    """Lines from this place on, each with the place after it."""
    with default_storage.open(name) as kept:
        kept.seek(offset)
        while line := kept.readline():
            number, first, manager, cells, extra, problems = json.loads(line)
            yield Line(Row(number, cells, tuple(extra), tuple(problems)), first, manager), kept.tell()


def _write(lines: IO[bytes], kept: list[Any]) -> None:
    lines.write(json.dumps(kept, ensure_ascii=False).encode("utf-8", "replace") + b"\n")


def _save(lines: IO[bytes]) -> str:
    return default_storage.save(f"onboarding/{secrets.token_hex(16)}.rows", File(lines))


def forget(onboarding: Onboarding) -> None:
    """Remove the lines, which hold what the file holds."""
    if onboarding.rows_file:
        default_storage.delete(onboarding.rows_file)
        Onboarding.objects.filter(pk=onboarding.pk).update(rows_file="")
        onboarding.rows_file = ""


def _rows(onboarding: Onboarding, file: Any) -> Generator[Row, None, None]:
    return spreadsheets.rows_of(
        cast(IO[bytes], file),
        sheet=onboarding.sheet,
        delimiter=onboarding.delimiter,
        columns=len(onboarding.header),
        codec=onboarding.codec,
    )
