"""Departments, designations, teams and their members as tables."""

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet

from apps.connections.mirror import fold
from apps.console.tables import AgoColumn, ConsoleTable, IdentityColumn, NumberColumn, StatusColumn
from apps.directory.models import UserStatus


class PlacingTable(ConsoleTable):
    """Name, how many are in it, when it was read."""

    name = IdentityColumn(order_by=("search", "pk"))
    number = NumberColumn(verbose_name="Members", order_by=("number", "search", "pk"))
    read_at = AgoColumn(verbose_name="Read", order_by=("read_at", "pk"))


class DepartmentTable(PlacingTable):
    """With the lead."""

    lead_name = tables.Column("Lead", order_by=("lead_name", "search", "pk"))

    class Meta:
        sequence = ("name", "lead_name", "number", "read_at")


class TeamTable(PlacingTable):
    """With what it is for."""

    name = IdentityColumn(under="description", order_by=("search", "pk"))


class MemberTable(ConsoleTable):
    """People, briefly."""

    name = IdentityColumn(under="email", order_by=("name_key", "pk"))
    status = StatusColumn(UserStatus, order_by=("status", "name_key", "pk"))
    designation_name = tables.Column("Designation", order_by=("designation_name", "name_key", "pk"))
    department_name = tables.Column("Department", order_by=("department_name", "name_key", "pk"))


class TeamMemberTable(MemberTable):
    """With who moderates it."""

    is_moderator = tables.Column("In the team", order_by=("-is_moderator", "name_key", "pk"))

    class Meta:
        sequence = ("name", "status", "is_moderator", "...")

    def render_is_moderator(self, value: bool) -> str:
        """In a word."""
        return "Moderator" if value else "Member"


class PlacingFilter(django_filters.FilterSet):
    """Search in the name."""

    q = django_filters.CharFilter(method="search", label="Search")

    def search(self, rows: QuerySet[Any], _: str, text: str) -> QuerySet[Any]:
        """Every word has to occur, in any order."""
        for word in fold(text).split():
            rows = rows.filter(search__contains=word)
        return rows
