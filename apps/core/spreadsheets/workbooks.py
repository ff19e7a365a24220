"""Reading XLSX: the packing is judged before anything is unpacked, the sheet is read as a stream."""

import posixpath
import struct
import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from apps.core.spreadsheets import table
from apps.core.spreadsheets.sheets import Attributes, Formats, Rows, Strings, no_string, walk
from apps.core.spreadsheets.table import (
    MAX_CELL,
    SAMPLE_ROWS,
    Layout,
    Row,
    UnreadableFile,
    checked_header,
    column_letter,
    empty_file,
    shaped,
    too_many_rows,
)

MAGIC = b"PK\x03\x04"
MAX_UNPACKED = 400 * 1024 * 1024
MAX_PARTS = 1024 * 1024
# Styles and the list of sheets are small in every honest file.
MAX_SMALL = 8 * 1024 * 1024
HEAD_STRINGS = 50_000
HEAD_ROWS = 30
_DAMAGED = (
    "This workbook is damaged or was not saved by a spreadsheet program. Open it in one, save it as "
    "“Excel Workbook (.xlsx)”, and upload that file."
)
_NOT_ONE = (
    "This is a packed file, but no Excel workbook (.xlsx). Open it in a spreadsheet program, save it as "
    "“Excel Workbook (.xlsx)”, and upload that file."
)

_OPEN_DOCUMENT = (
    "This is an OpenDocument spreadsheet (.ods), which the portal does not read. In LibreOffice choose File, "
    "Save As, “Excel 2007–365 (.xlsx)”, and upload that file."
)


@dataclass(frozen=True, slots=True)
class _Book:
    """A workbook's first visible sheet and what its cells refer to."""

    archive: ZipFile
    title: str
    path: str
    since_1904: bool

    def formats(self) -> Formats:
        """How its numbers are shown."""
        if "xl/styles.xml" not in self.archive.namelist():
            return Formats(since_1904=self.since_1904)
        found = Formats.read(_part(self.archive, "xl/styles.xml", MAX_SMALL))
        found.since_1904 = self.since_1904
        return found

    def strings(self, most: int) -> Strings | None:
        """Its table of texts, the first `most` of them."""
        if "xl/sharedStrings.xml" not in self.archive.namelist():
            return None
        with self.archive.open("xl/sharedStrings.xml") as file:
            return Strings(file, most=most)

    def rows(self, *, most_strings: int) -> Rows:
        """Every row of the sheet that holds something."""
        strings = self.strings(most_strings)
        file = self.archive.open(self.path)
        return Rows(file, strings.get if strings else no_string, self.formats())


def inspect(file: IO[bytes]) -> Layout:
    """Recognise a workbook by its first rows; raises UnreadableFile."""
    with _opened(file) as book:
        header: list[str] = []
        header_row, found, counted = 0, [], True
        rows = book.rows(most_strings=HEAD_STRINGS)
        for number, cells, problems in rows:
            if not header:
                if problems:
                    raise UnreadableFile(problems[0])
                header, header_row = checked_header(cells), number
                continue
            found.append(shaped(number, cells, len(header)))
            if len(found) >= HEAD_ROWS:
                counted = False
                break
        said = min(rows.lowest, table.MAX_ROWS + 1)
        if not header:
            raise UnreadableFile(
                f"The sheet “{book.title}” is empty: it has no row with column names. "
                "Only the first sheet is read."
            )
        return Layout(
            delimiter="",
            header=header,
            header_row=header_row,
            sample=[row.cells for row in found[:SAMPLE_ROWS]],
            rows=len(found) if counted else max(len(found), said - header_row),
            counted=counted,
            encoding="Excel workbook",
            codec="",
            sheet=book.title,
        )


def read(file: IO[bytes], columns: int) -> Generator[Row, None, None]:
    """Every row below the header that holds something."""
    with _opened(file) as book:
        header, seen = True, 0
        for number, cells, problems in book.rows(most_strings=10**9):
            if header:
                header = False
                continue
            seen += 1
            if seen > table.MAX_ROWS:
                raise too_many_rows()
            for index, cell in enumerate(cells):
                if len(cell) > MAX_CELL:
                    raise UnreadableFile(
                        f"Cell {column_letter(index)}{number} has more than {MAX_CELL:,} characters."
                    )
            yield shaped(number, cells, columns, problems)


@contextmanager
def _opened(file: IO[bytes]) -> Iterator[_Book]:
    _judge_directory(file)
    file.seek(0)
    try:
        with ZipFile(file) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
            if unpacked > MAX_UNPACKED:
                raise UnreadableFile(
                    f"Unpacked, this workbook has {unpacked / 2**20:,.0f} MB; {MAX_UNPACKED // 2**20} MB are "
                    "the most. Copy the rows into a new workbook and upload that."
                )
            yield _book(archive)
    except (BadZipFile, EOFError, KeyError, NotImplementedError, OverflowError, RuntimeError, ValueError):
        raise UnreadableFile(_DAMAGED) from None
    except (zlib.error, expat.ExpatError, struct.error):
        raise UnreadableFile(_DAMAGED) from None


def _judge_directory(file: IO[bytes]) -> None:
    """The list of parts is read into memory at once: it must be short."""
    size = file.seek(0, 2)
    file.seek(max(0, size - 66_000))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        raise UnreadableFile(_DAMAGED)
    (length,) = struct.unpack("<L", tail[at + 12 : at + 16])
    if length > MAX_PARTS or b"PK\x06\x07" in tail[max(0, at - 20) : at]:
        raise UnreadableFile("This workbook is packed in far more parts than any spreadsheet has.")


def _book(archive: ZipFile) -> _Book:
    names = set(archive.namelist())
    if "xl/workbook.xml" not in names:
        raise UnreadableFile(_OPEN_DOCUMENT if "content.xml" in names and "mimetype" in names else _NOT_ONE)
    sheets: list[Attributes] = []
    since_1904 = False

    def start(name: str, given: Attributes) -> None:
        nonlocal since_1904
        if name == "sheet":
            sheets.append(given)
        elif name == "workbookPr":
            since_1904 = given.get("date1904", "0") in ("1", "true")

    for _ in walk(_part(archive, "xl/workbook.xml", MAX_SMALL), start=start):
        pass
    paths = _paths(archive)
    for sheet in sheets:
        path = paths.get(next((value for key, value in sheet.items() if key.endswith(":id")), ""), "")
        if sheet.get("state", "visible") == "visible" and path in names:
            return _Book(archive, sheet.get("name", "")[:60] or "Sheet 1", path, since_1904)
    raise empty_file()


def _paths(archive: ZipFile) -> dict[str, str]:
    """Where each sheet lies, by the id the workbook gives it."""
    found: dict[str, str] = {}

    def start(name: str, given: Attributes) -> None:
        if name == "Relationship" and given.get("Type", "").endswith("/worksheet"):
            target = given.get("Target", "")
            found[given.get("Id", "")] = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")

    for _ in walk(_part(archive, "xl/_rels/workbook.xml.rels", MAX_SMALL), start=start):
        pass
    return found


def _part(archive: ZipFile, name: str, most: int) -> IO[bytes]:
    if archive.getinfo(name).file_size > most:
        raise UnreadableFile(_DAMAGED)
    return archive.open(name)
