"""Users as a table."""

from collections.abc import Mapping
from typing import Any

import django_tables2 as tables
from django.urls import reverse

from apps.console.tables import AgoColumn, ConsoleTable, IdentityColumn, StatusColumn
from apps.directory import places, selectors
from apps.directory.models import UserStatus


class CountryColumn(tables.Column):
    """A country by its English name."""

    def render(self, value: str) -> str:
        """The name behind the code."""
        return places.country_name(value)


class LanguageColumn(tables.Column):
    """A language by its English name."""

    def render(self, value: str) -> str:
        """The name behind the code."""
        return places.language_name(value)


class CustomColumn(tables.Column):
    """A user field that the organisation defined, by its unique name."""

    def __init__(self, unique_name: str, label: str) -> None:
        super().__init__(label, accessor="custom", orderable=False)
        self.unique_name = unique_name

    def render(self, value: Mapping[str, str]) -> str:
        """The person's value."""
        return str(value.get(self.unique_name, "—"))

    def value(self, value: Mapping[str, str]) -> str:
        """In a file what is empty is empty."""
        return str(value.get(self.unique_name, ""))


class UserTable(ConsoleTable):
    """Everything the mirror knows; the first three columns shown are the phone's card."""

    usual = ("status", "department_name", "designation_name", "employee_id", "read_at")

    name = IdentityColumn(
        under="email", under_label="Address", order_by=("name_key", "pk"), url=lambda user: _url(user)
    )
    status = StatusColumn(UserStatus, order_by=("status", "name_key", "pk"))
    department_name = tables.Column("Department", order_by=("department_name", "name_key", "pk"))
    designation_name = tables.Column("Designation", order_by=("designation_name", "name_key", "pk"))
    employee_id = tables.Column("Employee ID", order_by=("employee_id", "pk"))
    manager_name = tables.Column("Reporting to", order_by=("manager_name", "name_key", "pk"))
    first_name = tables.Column("First name", order_by=("first_name", "name_key", "pk"))
    last_name = tables.Column("Last name", order_by=("last_name", "name_key", "pk"))
    work_location = tables.Column("Seating location", order_by=("work_location", "name_key", "pk"))
    mobile = tables.Column("Mobile", orderable=False)
    phone = tables.Column("Phone", orderable=False)
    extension = tables.Column("Extension", orderable=False)
    country = CountryColumn("Country", order_by=("country", "name_key", "pk"))
    timezone = tables.Column("Time zone", orderable=False)
    language = LanguageColumn("Language", orderable=False)
    cliq_id = tables.Column("User ID", orderable=False)
    read_at = AgoColumn(verbose_name="Read", order_by=("read_at", "pk"))


def own_columns() -> list[tuple[str, tables.Column]]:
    """One for each user field that the organisation defined."""
    return [
        (f"own_{field.unique_name}", CustomColumn(field.unique_name, field.name))
        for field in selectors.custom_fields()
    ]


def _url(user: Any) -> str:
    return reverse("directory:user", args=[user.cliq_id])
