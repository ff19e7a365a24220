"""What every kind of spreadsheet file has in common: its limits, its header, its rows."""

from collections.abc import Sequence
from dataclasses import dataclass

from apps.core.errors import PortalError

MAX_BYTES = 50 * 1024 * 1024
MAX_ROWS = 100_000
MAX_COLUMNS = 200
MAX_CELL = 5_000
HEAD_BYTES = 64 * 1024
SAMPLE_ROWS = 5


class UnreadableFile(PortalError):
    """The file cannot be read as a table; the sentence says why and what to do."""

    field = "file"


class EncodingUnclear(UnreadableFile):
    """A text file that is not UTF-8: only a person can tell by looking how it was saved."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as the spreadsheet shows it, exactly as many cells as the header."""

    number: int
    cells: list[str]
    # What stood to the right of the last column, where it was not empty.
    extra: tuple[str, ...] = ()
    # Cells that hold no value, as sentences.
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file is written and what its first rows say; a workbook has a `sheet`, text a `delimiter`."""

    delimiter: str
    header: list[str]
    header_row: int
    sample: list[list[str]]
    rows: int
    # Whether `rows` was counted or only guessed.
    counted: bool
    encoding: str = "UTF-8"
    codec: str = "utf-8-sig"
    sheet: str = ""


def column_letter(index: int) -> str:
    """The column's name in a spreadsheet program: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def checked_header(cells: Sequence[str]) -> list[str]:
    """Column names, blank ones at the end left out; raises where two are the same."""
    cells = list(cells)
    while not cells[-1]:
        cells.pop()
    if len(cells) > MAX_COLUMNS:
        raise UnreadableFile(
            f"This file has more than {MAX_COLUMNS} columns, which are the most. Delete those not needed."
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


def shaped(number: int, cells: Sequence[str], columns: int, problems: tuple[str, ...] = ()) -> Row:
    """A row as wide as the header; what is missing is empty."""
    extra = tuple(cell for cell in cells[columns:] if cell)
    return Row(number, [*cells[:columns], *[""] * (columns - len(cells))], extra, problems)


def too_many_rows() -> UnreadableFile:
    """The refusal of a file that is too long."""
    return UnreadableFile(
        f"This file has more than {MAX_ROWS:,} rows. Split it and upload the parts one by one."
    )


def empty_file() -> UnreadableFile:
    """The refusal of a file without so much as a header."""
    return UnreadableFile("This file is empty: it has no row with column names.")
