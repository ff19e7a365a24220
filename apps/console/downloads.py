"""A whole list as a file: exactly what is filtered, sorted as on the page, with the columns shown there."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django_tables2 import Column, Table
from django_tables2.columns import BoundColumn

from apps.core import spreadsheets
from apps.core.spreadsheets import Cell

from . import times
from .cells import Read, reader
from .requests import ConsoleRequest

DOWNLOAD = "download"
CHUNK = 500


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file, written while it is sent; some hold no more than a number of rows."""

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
            most=1_000_000,
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
    columns = [pair for column in table.columns for pair in cells_of(column, table)]
    yield [heading for heading, _ in columns]
    for record in records.iterator(chunk_size=CHUNK) if isinstance(records, QuerySet) else records:
        yield [plain(read(record)) for _, read in columns]


def cells_of(bound: BoundColumn, table: Table) -> Iterator[tuple[str, Read]]:
    """Heading and reader of a column: one, or two where something stands under the thing."""
    yield str(bound.header), value_reader(bound, table)
    below = getattr(bound.column, "below", None)
    if below:
        heading, accessor = below
        yield heading, lambda record: accessor.resolve(record, quiet=True)


def value_reader(bound: BoundColumn, table: Table) -> Read:
    """What a column says of a record in a file; as on the page unless it has words of its own for it."""
    function = bound.value
    if getattr(function, "__func__", None) is Column.value:
        function = bound.column.render
    return reader(bound, table, function)


def plain(value: Any) -> Cell:
    """A value as a file holds it: numbers stay numbers, moments are UTC, nothing is empty."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return times.machine(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else str(value)
