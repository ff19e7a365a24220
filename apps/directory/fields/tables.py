"""User fields as a table, and what their list can be narrowed down to."""

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet

from apps.connections.mirror import fold
from apps.console.tables import AgoColumn, ConsoleTable, IdentityColumn
from apps.directory.models import FieldType, UserField

OWN, CLIQS = "own", "cliq"


class FieldTable(ConsoleTable):
    """The first three columns are the phone's card."""

    name = IdentityColumn(under="unique_name", order_by=("search", "pk"), verbose_name="User field")
    type = tables.Column("Type", order_by=("type", "search", "pk"))
    mandatory = tables.Column("Has to be filled in", order_by=("-mandatory", "search", "pk"))
    edit_permission = tables.Column("Filled in by", order_by=("edit_permission", "search", "pk"))
    system_defined = tables.Column("Made by", order_by=("system_defined", "search", "pk"))
    read_at = AgoColumn(verbose_name="Read", order_by=("read_at", "pk"))

    def render_type(self, record: UserField) -> str:
        """In words."""
        return record.type_label

    def render_mandatory(self, value: bool) -> str:
        """In words."""
        return "Mandatory" if value else "Optional"

    def render_edit_permission(self, value: bool) -> str:
        """In words."""
        return "Everybody for themselves" if value else "Admins"

    def render_system_defined(self, value: bool) -> str:
        """In words."""
        return "Cliq" if value else "The organisation"


class FieldFilter(django_filters.FilterSet):
    """Search in name and unique name."""

    q = django_filters.CharFilter(method="search", label="Search user fields")
    made = django_filters.ChoiceFilter(
        label="Made by", method="by_maker", choices=[(OWN, "The organisation"), (CLIQS, "Cliq")]
    )
    type = django_filters.ChoiceFilter(label="Type", choices=FieldType.choices)

    def search(self, rows: QuerySet[Any], _: str, text: str) -> QuerySet[Any]:
        """Every word has to occur, in any order."""
        for word in fold(text).split():
            rows = rows.filter(search__contains=word)
        return rows

    def by_maker(self, rows: QuerySet[Any], _: str, value: str) -> QuerySet[Any]:
        """The organisation's own, or Cliq's."""
        return rows.filter(system_defined=value == CLIQS)
