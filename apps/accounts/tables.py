"""The list of administrators."""

import django_tables2 as tables
from django.urls import reverse

from apps.console.tables import AgoColumn, ConsoleTable, IdentityColumn, NumberColumn


class AdministratorTable(ConsoleTable):
    """Who may use the portal."""

    name = IdentityColumn(
        under="email",
        url=lambda person: reverse("accounts:administrator", args=[person.pk]),
        verbose_name="Name",
    )
    portal_role = tables.Column(verbose_name="Role in the portal")
    last_login = AgoColumn(verbose_name="Last sign-in", empty_values=())
    sessions = NumberColumn(verbose_name="Sessions")
    admitted_at = AgoColumn(verbose_name="Admitted")

    class Meta:
        order_by = ("name",)
