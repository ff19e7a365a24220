"""A whole list as a file: exactly what is filtered, sorted as on the page, with the columns shown there."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django_tables2 import Table
from django_tables2.rows import BoundRow

from apps.core import spreadsheets
from apps.core.spreadsheets import Cell

from . import times
from .requests import ConsoleRequest

DOWNLOAD = "download"
CHUNK = 500
# A column may stand for two cells: the thing, and what is written under it (its heading, its accessor).
Below = tuple[str, Any]


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file; one that is put together before it is sent has a largest number of rows."""

    suffix: str
    label: str
    content_type: str
    write: Callable[[Iterable[Sequence[Cell]]], Iterator[bytes]]
    most: int | None = None


FORMATS = {
    each.suffix: each
    for each in (
        Format("csv", "CSV", "text/csv; charset=utf-8", spreadsheets.write),
        Format(
            "xlsx",
            "Excel (XLSX)",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            spreadsheets.write_workbook,
            most=100_000,
        ),
    )
}


@dataclass(frozen=True, slots=True)
class Downloaded:
    """What somebody took out of the portal, for the log."""

    view: str
    title: str
    rows: int
    format: str
    filters: list[str] = field(default_factory=list)
    sort: str = ""
    columns: list[str] = field(default_factory=list)


Recorder = Callable[[ConsoleRequest, Downloaded], None]
_recorders: list[Recorder] = []


def on_download(recorder: Recorder) -> None:
    """Tell `recorder` of each download before its first byte; called from an AppConfig.ready()."""
    if recorder not in _recorders:
        _recorders.append(recorder)


def tell(request: ConsoleRequest, downloaded: Downloaded) -> None:
    """Tell whoever wants to know."""
    for recorder in _recorders:
        recorder(request, downloaded)


def rows_of(table: Table, records: Any) -> Iterator[list[Cell]]:
    """The headings, then every record; never more than a few hundred are held at once."""
    columns: list[tuple[str, str, Below | None]] = [
        (column.name, str(column.header), getattr(column.column, "below", None)) for column in table.columns
    ]
    yield [cell for _, header, below in columns for cell in ((header, below[0]) if below else (header,))]
    for record in records.iterator(chunk_size=CHUNK) if isinstance(records, QuerySet) else records:
        row = BoundRow(record, table)
        cells: list[Cell] = []
        for name, _, below in columns:
            cells.append(plain(row.get_cell_value(name)))
            if below:
                cells.append(plain(below[1].resolve(record, quiet=True)))
        yield cells


def plain(value: Any) -> Cell:
    """A value as a file holds it: numbers stay numbers, moments are UTC, nothing is empty."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return times.machine(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else str(value)
