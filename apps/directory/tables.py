"""Users as a table."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse

from apps.console.tables import AgoColumn, ConsoleTable, IdentityColumn, StatusColumn
from apps.directory.models import UserStatus


class UserTable(ConsoleTable):
    """The first three columns are the phone's card."""

    name = IdentityColumn(under="email", order_by=("name_key", "pk"), url=lambda user: _url(user))
    status = StatusColumn(UserStatus, order_by=("status", "name_key", "pk"))
    department_name = tables.Column("Department", order_by=("department_name", "name_key", "pk"))
    designation_name = tables.Column("Designation", order_by=("designation_name", "name_key", "pk"))
    employee_id = tables.Column("Employee ID", order_by=("employee_id", "pk"))
    read_at = AgoColumn(verbose_name="Read", order_by=("read_at", "pk"))


def _url(user: Any) -> str:
    return reverse("directory:user", args=[user.cliq_id])
