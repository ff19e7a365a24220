"""Writing CSV as Excel reads it, with no cell that it would run."""

import codecs
import io
import re
from collections.abc import Iterable, Iterator, Sequence

from defusedcsv import csv as defused

from apps.core.spreadsheets.table import HEAD_BYTES

Cell = str | int

# A cell that a spreadsheet program would take for a formula, with any quotes put before it.
_QUOTED = re.compile(r"'+(?:[@+\-=|%]|\\\|)")


def write(rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """CSV as Excel reads it, piece by piece: a byte order mark, and no cell that it takes for a formula."""
    buffer = io.StringIO(newline="")
    writer = defused.writer(buffer)
    yield codecs.BOM_UTF8
    for row in rows:
        writer.writerow([_guarded(cell) if isinstance(cell, str) else cell for cell in row])
        if buffer.tell() > HEAD_BYTES:
            yield _drained(buffer)
    yield _drained(buffer)


def unguarded(cell: str) -> str:
    """Take off the quote that keeps a spreadsheet program from running a cell."""
    if not _QUOTED.match(cell):
        return cell
    return cell[1:] if cell[1] == "'" else cell[1:].replace("\\|", "|")


def _drained(buffer: io.StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode("utf-8", "replace")


def _guarded(cell: str) -> str:
    # What the reader would take for our own quote gets one more, so that both ways lead back.
    return "'" + cell if _QUOTED.match(cell) else cell
