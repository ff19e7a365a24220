"""Writing CSV and XLSX, with no cell that a spreadsheet program would run."""

import codecs
import io
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from defusedcsv import csv as defused
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from apps.core.spreadsheets.table import HEAD_BYTES, MAX_CELL

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


def write_workbook(rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """One sheet whose first row is the heading, put together on disk; every text stays a text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("List")
    sheet.freeze_panes = "A2"
    for number, row in enumerate(rows):
        sheet.append([_text(sheet, cell, bold=not number) for cell in row])
    with tempfile.TemporaryFile() as file:
        book.save(file)
        file.seek(0)
        yield from iter(lambda: file.read(HEAD_BYTES), b"")


def _text(sheet: Any, cell: Cell, *, bold: bool) -> Any:
    """A cell that is never a formula; what the format has no room for is left out."""
    if isinstance(cell, int):
        return cell
    text = ILLEGAL_CHARACTERS_RE.sub("", cell)[:MAX_CELL]
    # The library takes these for a formula or an error.
    if not bold and not text.startswith(("=", "#")):
        return text
    held = WriteOnlyCell(sheet, text)
    held.data_type = "s"
    if bold:
        held.font = Font(bold=True)
    return held


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
