"""The XML inside a workbook, read piece by piece: memory grows neither with rows nor with hostile files.

Only what a table needs is understood: strings, numbers, dates, results of formulas.
"""

import re
import tempfile
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import IO
from xml.parsers import expat

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from apps.core.spreadsheets.table import MAX_CELL, UnreadableFile, column_letter

PIECE = 64 * 1024
# One tag or text longer than this stands in no file that a spreadsheet program has saved.
LONGEST_TOKEN = 1024 * 1024
MAX_STRINGS = 4_000_000
WIDEST, LOWEST = 16_384, 1_048_576
# Whole numbers beyond are no longer exact in a spreadsheet program.
EXACT = 10**15

Attributes = dict[str, str]
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})\Z")
_ZEROS = re.compile(r"0{2,20}\Z")


def walk(
    file: IO[bytes],
    *,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> Iterator[None]:
    """Parse a file, handing out tags without their namespace; yields after every piece."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, found: start(name.rpartition(":")[2], found)
    if end:
        finish = end
        parser.EndElementHandler = lambda name: finish(name.rpartition(":")[2])
    if text:
        parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    fed = 0
    while piece := file.read(PIECE):
        fed += len(piece)
        parser.Parse(piece, False)
        if fed - parser.CurrentByteIndex > LONGEST_TOKEN:
            raise UnreadableFile("This workbook holds a cell too long for any spreadsheet.")
        yield
    parser.Parse(b"", True)
    yield


def _refuse_doctype(*_: object) -> None:
    # Declarations can make a small file grow without end; no spreadsheet program writes them.
    raise UnreadableFile("This workbook holds declarations that no spreadsheet program writes.")


def no_string(index: int) -> str:
    """What a cell gets that asks for a text beyond the table."""
    raise UnreadableFile("A cell of this workbook points to a text that is not there.")


class Strings:
    """The table of strings that a workbook's cells point into, kept in a temporary file."""

    def __init__(self, file: IO[bytes], *, most: int = MAX_STRINGS) -> None:
        self._starts = array("Q", [0])
        # Closed with the last reference: whoever holds the table reads from it.
        self._file = tempfile.TemporaryFile()  # noqa: SIM115
        self._parts: list[str] = []
        self._length, self._inside, self._phonetic = 0, False, False
        for _ in walk(file, start=self._start, end=self._end, text=self._text):
            if len(self._starts) > most:
                break
        self._file.flush()
        self.get = lru_cache(4096)(self._get)

    def _start(self, name: str, _: Attributes) -> None:
        if name == "si":
            self._parts, self._length = [], 0
        # How a Japanese name is pronounced stands beside it as text too.
        self._phonetic = self._phonetic or name == "rPh"
        self._inside = name == "t" and not self._phonetic

    def _text(self, text: str) -> None:
        if self._inside and self._length <= MAX_CELL:
            self._parts.append(text[: MAX_CELL + 1])
            self._length += len(text)

    def _end(self, name: str) -> None:
        self._inside = False
        if name == "rPh":
            self._phonetic = False
        elif name == "si":
            if len(self._starts) > MAX_STRINGS:
                raise UnreadableFile("This workbook holds more different texts than can be read.")
            written = self._file.write("".join(self._parts)[: MAX_CELL + 1].encode("utf-8", "replace"))
            self._starts.append(self._starts[-1] + written)

    def _get(self, index: int) -> str:
        if not 0 <= index < len(self._starts) - 1:
            return no_string(index)
        start, end = self._starts[index], self._starts[index + 1]
        self._file.seek(start)
        return self._file.read(end - start).decode("utf-8", "replace")


@dataclass(slots=True)
class Formats:
    """Which cell styles show dates, and which pad numbers with zeros to how many digits."""

    dates: frozenset[int] = frozenset()
    zeros: dict[int, int] = field(default_factory=dict)
    since_1904: bool = False

    @classmethod
    def read(cls, file: IO[bytes]) -> "Formats":
        """From `styles.xml`."""
        codes: dict[int, str] = dict(BUILTIN_FORMATS)
        styles: list[int] = []
        inside = False

        def start(name: str, given: Attributes) -> None:
            nonlocal inside
            if name == "numFmt":
                codes[int(given.get("numFmtId", 0))] = given.get("formatCode", "")
            elif name == "cellXfs":
                inside = True
            elif name == "xf" and inside and len(styles) < 100_000:
                styles.append(int(given.get("numFmtId", 0)))

        def end(name: str) -> None:
            nonlocal inside
            inside = inside and name != "cellXfs"

        for _ in walk(file, start=start, end=end):
            pass
        shown = [codes.get(number, "") for number in styles]
        dates = frozenset(index for index, code in enumerate(shown) if is_date_format(code))
        return cls(dates, {index: len(code) for index, code in enumerate(shown) if _ZEROS.match(code)})

    def said(self, text: str, style: int) -> str:
        """A number as the spreadsheet shows it."""
        value = float(text)
        if style in self.dates:
            epoch = CALENDAR_MAC_1904 if self.since_1904 else CALENDAR_WINDOWS_1900
            moment = from_excel(value, epoch)
            if isinstance(moment, datetime) and not (moment.hour or moment.minute or moment.second):
                moment = moment.date()
            return str(moment or "")
        if value != value or abs(value) >= 1e300:
            return text
        if value == int(value) and abs(value) < EXACT:
            return str(int(value)).zfill(self.zeros.get(style, 0))
        return f"{value:.15g}".replace("e+", "E+")


class Rows:
    """The rows of one sheet: number, cells up to the last that is not empty, problems."""

    def __init__(self, file: IO[bytes], strings: Callable[[int], str], formats: Formats) -> None:
        self._strings, self._formats = strings, formats
        self._ready: list[tuple[int, list[str], tuple[str, ...]]] = []
        self._walk = walk(file, start=self._start, end=self._end, text=self._text)
        # The last row that the sheet claims to have.
        self.lowest = 0
        self._number, self._column = 0, -1
        self._cells: dict[int, str] = {}
        self._problems: list[str] = []
        self._given: Attributes = {}
        self._parts: list[str] = []
        self._inside = self._formula = self._row = False

    def __iter__(self) -> Iterator[tuple[int, list[str], tuple[str, ...]]]:
        for _ in self._walk:
            yield from self._ready
            self._ready.clear()

    def _start(self, name: str, given: Attributes) -> None:
        if name == "row":
            self._number = int(given.get("r", self._number + 1))
            if not 0 < self._number <= LOWEST:
                raise UnreadableFile("This workbook has more rows than any spreadsheet program can hold.")
            self._column, self._cells, self._problems, self._row = -1, {}, [], True
        elif name == "c" and self._row:
            self._place(given.get("r", ""))
            self._given, self._parts, self._formula = given, [], False
        elif name == "f":
            self._formula = True
        elif name == "dimension" and (found := _REFERENCE.match(given.get("ref", "").rpartition(":")[2])):
            self.lowest = int(found[2])
        self._inside = name in ("v", "t")

    def _place(self, reference: str) -> None:
        self._column += 1
        if found := _REFERENCE.match(reference):
            self._column = 0
            for letter in found[1]:
                self._column = self._column * 26 + ord(letter) - 64
            self._column -= 1
        if self._column >= WIDEST:
            raise UnreadableFile("This workbook has more columns than any spreadsheet program can hold.")

    def _text(self, text: str) -> None:
        if self._inside and len(self._parts) < MAX_CELL:
            self._parts.append(text[: MAX_CELL + 1])

    def _end(self, name: str) -> None:
        self._inside = False
        if name == "c" and self._row:
            if text := self._value().strip():
                self._cells[self._column] = text
        elif name == "row":
            self._row = False
            if self._cells or self._problems:
                last = max(self._cells, default=-1)
                cells = [self._cells.get(index, "") for index in range(last + 1)]
                self._ready.append((self._number, cells, tuple(self._problems)))

    def _value(self) -> str:
        text, kind = "".join(self._parts), self._given.get("t", "n")
        where = f"Cell {column_letter(self._column)}{self._number}"
        if len(text) > MAX_CELL:
            raise UnreadableFile(f"{where} has more than {MAX_CELL:,} characters.")
        if kind == "e":
            self._problems.append(f"{where} shows the error {text[:20]}.")
            return ""
        if not text:
            if self._formula and kind != "str":
                self._problems.append(
                    f"{where} holds a formula without its result. Open the file in a spreadsheet program "
                    "and save it, then upload it again."
                )
            return ""
        if kind == "s":
            return self._strings(int(text))
        if kind == "b":
            return "TRUE" if text == "1" else "FALSE"
        return self._formats.said(text, int(self._given.get("s", 0))) if kind == "n" else text
