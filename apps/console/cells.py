"""What a table's cells say. What is the same in every row is found once per column, not for each cell."""

from collections.abc import Callable, Iterator
from typing import Any

from django.template import Context
from django.template.base import render_value_in_context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django_tables2 import Table
from django_tables2.columns import BoundColumn
from django_tables2.utils import Accessor, signature

Read = Callable[[Any], Any]


def reader(bound: BoundColumn, table: Table, function: Callable[..., Any], otherwise: Any = None) -> Read:
    """What `function`, a column's `render` or `value`, says of a record; `otherwise` of one that is empty.

    It takes what django-tables2 offers by name: value, record, column, bound_column, table.
    """
    taken, _ = signature(function)
    fixed = {"column": bound.column, "bound_column": bound, "table": table}
    fixed = {name: each for name, each in fixed.items() if name in taken}
    with_value, with_record = "value" in taken, "record" in taken
    accessor, empty = Accessor(bound.accessor), bound.column.empty_values
    label = f"get_{bound.accessor}_display"

    def read(record: Any) -> Any:
        # A column of choices is read by its label.
        spoken = getattr(record, label, None)
        value = spoken() if spoken else accessor.resolve(record, quiet=True)
        if value in empty:
            return otherwise
        given = dict(fixed)
        if with_value:
            given["value"] = value
        if with_record:
            given["record"] = record
        return function(**given)

    return read


def rows(table: Table, context: Context) -> Iterator[SafeString]:
    """The `<tr>` of each record of the page, escaped as a template would."""
    columns = [
        (
            format_html("<td {}>", bound.attrs["td"].as_html()),
            reader(bound, table, bound.render, bound.default),
        )
        for bound in table.columns
    ]
    for row in table.paginated_rows:
        cells = (
            f"{opening}{render_value_in_context(draw(row.record), context)}</td>" for opening, draw in columns
        )
        yield mark_safe(f"<tr>{''.join(cells)}</tr>\n")  # noqa: S308 - made of escaped parts above
