"""Roles as a table, and the people of one."""

from typing import Any

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.safestring import SafeString

from apps.console.tables import AgoColumn, ConsoleTable, IdentityColumn, NumberColumn, StatusColumn
from apps.console.templatetags.console import icon
from apps.directory.models import UserStatus


class TypeColumn(tables.Column):
    """The type in Zoho's word; an admin's has a shield."""

    def render(self, value: Any, record: Any) -> SafeString:
        """Draw the type."""
        return (
            format_html("{} {}", icon("shield-lock-fill"), value)
            if record.is_admin
            else format_html("{}", value)
        )

    def value(self, value: Any) -> str:
        """The word alone."""
        return str(value)


class RoleTable(ConsoleTable):
    """The first three columns are the phone's card."""

    name = IdentityColumn(under="description", order_by=("name_key", "pk"), verbose_name="Role")
    profile_type = TypeColumn("Type", order_by=("profile_type", "name_key"))
    members_count = NumberColumn(verbose_name="People", order_by=("members_count", "name_key"))
    is_default = tables.Column("Made by", order_by=("is_default", "name_key"))
    permissions_read_at = AgoColumn(verbose_name="Permissions read", order_by=("permissions_read_at", "pk"))

    def render_is_default(self, value: bool) -> str:
        """Whether it came with Cliq."""
        return "Cliq" if value else "The organisation"


class ChooseColumn(tables.Column):
    """A box that belongs to the form below the list."""

    def __init__(self) -> None:
        super().__init__(
            "Chosen",
            accessor="cliq_id",
            orderable=False,
            attrs={"td": {"class": "cell-choose"}, "th": {"class": "cell-choose"}},
        )

    def render(self, value: Any, record: Any) -> SafeString:
        """Draw the box."""
        return format_html(
            '<input type="checkbox" class="form-check-input" form="chosen" name="user" '
            'value="{}" aria-label="{}">',
            value,
            f"Choose {record.name}",
        )


class PersonTable(ConsoleTable):
    """Who is in a role."""

    name = IdentityColumn(under="email", order_by=("name_key", "pk"))
    status = StatusColumn(UserStatus, order_by=("status", "name_key", "pk"))
    choose = ChooseColumn()
    department_name = tables.Column("Department", order_by=("department_name", "name_key", "pk"))
    designation_name = tables.Column("Designation", order_by=("designation_name", "name_key", "pk"))
