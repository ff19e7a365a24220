"""Which columns of a table are shown: the usual ones, those in the address, or those a person chose."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django_tables2 import Table
from django_tables2.columns import BoundColumn

from .tables import SelectColumn

COLUMNS = "columns"


@dataclass(frozen=True, slots=True)
class Offer:
    """One column that may be shown or left out."""

    name: str
    label: str
    shown: bool


def usual(table: Table) -> tuple[str, ...]:
    """What is shown unless somebody chose otherwise; nothing where a table offers no choice."""
    return tuple(getattr(table, "usual", ()))


def in_address(query: QueryDict) -> list[str]:
    """The columns that an address asks for, as in `?columns=status,mobile`."""
    return [name for name in query.get(COLUMNS, "").split(",") if name]


def choosable(table: Table) -> list[BoundColumn]:
    """Every column but the box that selects and the thing itself, which are always there."""
    return [column for column in table.columns.iterall() if not isinstance(column.column, SelectColumn)][1:]


def arrange(table: Table, chosen: Sequence[str]) -> None:
    """Show the chosen columns, or the usual ones where none of the chosen exists."""
    names = [column.name for column in choosable(table)]
    wanted = set(chosen) & set(names) or set(usual(table))
    for name in names:
        if name not in wanted:
            table.columns.hide(name)


def offered(table: Table) -> list[Offer]:
    """The columns to choose from; nothing where a table offers no choice."""
    if not usual(table):
        return []
    return [Offer(column.name, str(column.header), column.visible) for column in choosable(table)]
