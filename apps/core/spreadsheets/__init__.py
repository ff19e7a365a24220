"""Spreadsheets: recognising and reading CSV and XLSX as streams, writing both so that no program runs a cell.

What differs between the kinds of files ends here: callers ask `layout_of` once and `rows_of` after it.
"""

from collections.abc import Generator
from dataclasses import replace
from typing import IO

from apps.core.spreadsheets import delimited, workbooks
from apps.core.spreadsheets.delimited import DELIMITERS, ENCODINGS, UTF8, preview, suggestions
from apps.core.spreadsheets.streaming import write_workbook
from apps.core.spreadsheets.table import (
    HEAD_BYTES,
    MAX_BYTES,
    MAX_CELL,
    MAX_COLUMNS,
    MAX_ROWS,
    SAMPLE_ROWS,
    EncodingUnclear,
    Layout,
    Row,
    UnreadableFile,
    column_letter,
)
from apps.core.spreadsheets.writing import Cell, write


def layout_of(file: IO[bytes], size: int, *, codec: str = "") -> Layout:
    """How a file is written and its first rows; raises UnreadableFile, EncodingUnclear."""
    file.seek(0)
    head = file.read(HEAD_BYTES)
    if head.startswith(workbooks.MAGIC):
        return workbooks.inspect(file)
    layout = delimited.inspect(head, whole=size <= len(head), codec=codec)
    if layout.counted:
        return layout
    file.seek(0)
    pieces = iter(lambda: file.read(2**20), b"")
    if layout.codec != UTF8:
        return replace(layout, rows=max(1, sum(piece.count(b"\n") for piece in pieces) - layout.header_row))
    lines, mistake = delimited.judged(pieces)
    if mistake:
        raise EncodingUnclear(f"Line {mistake:,} of this file is not UTF-8.")
    return replace(layout, rows=max(1, lines - layout.header_row))


def rows_of(
    file: IO[bytes], *, sheet: str, delimiter: str, columns: int, codec: str
) -> Generator[Row, None, None]:
    """Every row below the header; a file with a `sheet` is a workbook."""
    if sheet:
        return workbooks.read(file, columns)
    return delimited.read(file, delimiter, columns, codec)


__all__ = [
    "DELIMITERS",
    "ENCODINGS",
    "HEAD_BYTES",
    "MAX_BYTES",
    "MAX_CELL",
    "MAX_COLUMNS",
    "MAX_ROWS",
    "SAMPLE_ROWS",
    "UTF8",
    "Cell",
    "EncodingUnclear",
    "Layout",
    "Row",
    "UnreadableFile",
    "column_letter",
    "layout_of",
    "preview",
    "rows_of",
    "suggestions",
    "write",
    "write_workbook",
]
