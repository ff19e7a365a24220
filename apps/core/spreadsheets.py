"""Reading and writing CSV: strict about the file, forgiving about the program that saved it.

Files are read as a stream, so that memory does not grow with them. Rows are numbered as a spreadsheet
program shows them: records, not lines of text, the first being 1, blank ones counted.
"""

import codecs
import csv
import io
import re
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO, BinaryIO, cast

from charset_normalizer import from_bytes
from defusedcsv import csv as defused

from apps.core.errors import PortalError

MAX_BYTES = 50 * 1024 * 1024
MAX_ROWS = 100_000
MAX_COLUMNS = 200
MAX_CELL = 5_000
HEAD_BYTES = 64 * 1024
SAMPLE_ROWS = 5
DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}

_BOM = codecs.BOM_UTF8
_WORKBOOKS = {
    b"PK\x03\x04": "an Excel workbook (.xlsx) or another packed file",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook (.xls)",
    b"%PDF": "a PDF document",
}
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SAVE_AS = "In Excel choose File, Save As, “CSV UTF-8 (Comma delimited)”, and upload that file."
# A cell that a spreadsheet program would take for a formula, with any quotes put before it.
_QUOTED = re.compile(r"'+(?:[@+\-=|%]|\\\|)")
_ENCODING_NAMES = {
    "cp1252": "Windows-1252 (Western European)",
    "cp1250": "Windows-1250 (Central European)",
    "cp1251": "Windows-1251 (Cyrillic)",
    "latin_1": "ISO 8859-1 (Western European)",
    "utf_16": "UTF-16 (“Unicode text”)",
    "shift_jis": "Shift JIS (Japanese)",
    "cp932": "Windows-932 (Japanese)",
    "gb18030": "GB 18030 (Chinese)",
    "big5": "Big5 (Chinese)",
}


class UnreadableFile(PortalError):
    """The file cannot be read as a table; the sentence says why and what to do."""

    field = "file"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as the spreadsheet shows it, exactly as many cells as the header."""

    number: int
    cells: list[str]
    # What stood to the right of the last column, where it was not empty.
    extra: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file is written and what its first rows say."""

    delimiter: str
    header: list[str]
    header_row: int
    sample: list[list[str]]
    rows_in_head: int
    encoding: str = "UTF-8"


def inspect(head: bytes, *, whole: bool) -> Layout:
    """Recognise a file by its first bytes; raises UnreadableFile. `whole`: there are no more bytes."""
    _refuse_binary(head)
    text = _decode(head.removeprefix(_BOM), final=whole)
    if not whole:
        # The last line is cut somewhere: only whole ones tell anything.
        text = text[: text.rfind("\n") + 1] or text
    delimiter = _delimiter(text)
    records = _numbered(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    header_row, header = next(((n, cells) for n, cells in records if any(cells)), (0, []))
    if not header:
        raise UnreadableFile("This file is empty: it has no row with column names.")
    header = _checked_header(header)
    found = [_shaped(number, cells, len(header)) for number, cells in records if any(cells)]
    return Layout(
        delimiter=delimiter,
        header=header,
        header_row=header_row,
        sample=[row.cells for row in found[:SAMPLE_ROWS]],
        rows_in_head=len(found),
    )


def read(file: IO[bytes], delimiter: str, columns: int) -> Generator[Row, None, None]:
    """Every row below the header, blank ones left out; raises UnreadableFile where the file breaks off."""
    text = io.TextIOWrapper(cast(BinaryIO, file), encoding="utf-8-sig", errors="strict", newline="")
    last, seen, header = 0, 0, True
    try:
        for number, cells in _numbered(csv.reader(_without_nul(text), delimiter=delimiter)):
            last = number
            if not any(cells):
                continue
            if header:
                header = False
                continue
            seen += 1
            if seen > MAX_ROWS:
                raise UnreadableFile(
                    f"This file has more than {MAX_ROWS:,} rows. Split it and upload the parts one by one."
                )
            yield _shaped(number, cells, columns)
    except UnicodeDecodeError:
        raise UnreadableFile(
            f"Somewhere below row {last} the file holds characters that are not UTF-8. {_SAVE_AS}"
        ) from None
    finally:
        text.detach()


def write(rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """CSV as Excel reads it, piece by piece: a byte order mark, and no cell that it takes for a formula."""
    buffer = io.StringIO(newline="")
    writer = defused.writer(buffer)
    yield _BOM
    for row in rows:
        writer.writerow([_guarded(cell) for cell in row])
        if buffer.tell() > HEAD_BYTES:
            yield _drained(buffer)
    yield _drained(buffer)


def column_letter(index: int) -> str:
    """The column's name in a spreadsheet program: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _drained(buffer: io.StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode("utf-8", "replace")


def _guarded(cell: str) -> str:
    # What the reader would take for our own quote gets one more, so that both ways lead back.
    return "'" + cell if _QUOTED.match(cell) else cell


def _unguarded(cell: str) -> str:
    """Take off the quote that keeps a spreadsheet program from running a cell."""
    if not _QUOTED.match(cell):
        return cell
    return cell[1:] if cell[1] == "'" else cell[1:].replace("\\|", "|")


def _refuse_binary(head: bytes) -> None:
    for magic, name in _WORKBOOKS.items():
        if head.startswith(magic):
            raise UnreadableFile(f"This is {name}, not a CSV file, whatever its name says. {_SAVE_AS}")
    if head.startswith(_UTF16):
        raise UnreadableFile(f"This file is saved as UTF-16 (“Unicode text”). {_SAVE_AS}")
    if b"\0" in head:
        raise UnreadableFile(f"This is not a text file. {_SAVE_AS}")


def _decode(head: bytes, *, final: bool) -> str:
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    try:
        return decoder.decode(head, final)
    except UnicodeDecodeError as error:
        line = head[: error.start].count(b"\n") + 1
        guess = _guess(head)
        looks = f" It looks like {guess}." if guess else ""
        raise UnreadableFile(f"Line {line} of this file is not UTF-8.{looks} {_SAVE_AS}") from None


def _guess(head: bytes) -> str:
    """The encoding it might be, in words; only ever a suggestion."""
    best = from_bytes(head[:16384]).best()
    if best is None:
        return ""
    return _ENCODING_NAMES.get(best.encoding, best.encoding.replace("_", "-").upper())


def _delimiter(text: str) -> str:
    """The candidate that cuts the first rows into the most columns, evenly; a comma where none does."""

    def score(delimiter: str) -> tuple[int, int]:
        reader = csv.reader(io.StringIO(text[:16384], newline=""), delimiter=delimiter)
        widths = [len(cells) for _, cells in zip(range(20), _numbered_quietly(reader), strict=False) if cells]
        if not widths or widths[0] < 2:
            return (0, 0)
        return (sum(width == widths[0] for width in widths) * 100 // len(widths), widths[0])

    return max(DELIMITERS, key=score)


def _numbered_quietly(reader: Iterator[list[str]]) -> Iterator[list[str]]:
    try:
        yield from reader
    except csv.Error:
        return


def _numbered(reader: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise UnreadableFile(_too_long(number)) from None
        if any(len(cell) > MAX_CELL for cell in cells):
            raise UnreadableFile(_too_long(number))
        yield number, [_unguarded(cell.strip()) for cell in cells]


def _too_long(number: int) -> str:
    return (
        f"Row {number} has a cell of more than {MAX_CELL:,} characters. "
        "Perhaps a quotation mark is opened there and never closed."
    )


def _without_nul(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        if "\0" in line:
            raise UnreadableFile(f"This file holds bytes that no text has. {_SAVE_AS}")
        yield line


def _checked_header(cells: list[str]) -> list[str]:
    """Column names, blank ones at the end left out; raises where two are the same."""
    while not cells[-1]:
        cells.pop()
    if len(cells) > MAX_COLUMNS:
        raise UnreadableFile(
            f"This file has {len(cells):,} columns; {MAX_COLUMNS} are the most. Delete those not needed."
        )
    first: dict[str, int] = {}
    for index, cell in enumerate(cells):
        earlier = first.setdefault(cell.casefold(), index)
        if cell and earlier != index:
            raise UnreadableFile(
                f"Columns {column_letter(earlier)} and {column_letter(index)} are both called “{cell}”. "
                "Rename one of them and upload the file again."
            )
    return cells


def _shaped(number: int, cells: list[str], columns: int) -> Row:
    """A row as wide as the header; what is missing is empty."""
    extra = tuple(cell for cell in cells[columns:] if cell)
    return Row(number, cells[:columns] + [""] * (columns - len(cells)), extra)
