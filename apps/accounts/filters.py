"""Filters of the list of administrators."""

from typing import Any

import django_filters as filters
from django.db.models import QuerySet

from apps.accounts.models import Administrator
from apps.core.permissions import PortalRole


class AdministratorFilter(filters.FilterSet):
    """Those who may come in, unless the removed are asked for."""

    portal_role = filters.ChoiceFilter(label="Role", choices=PortalRole.choices)
    access = filters.ChoiceFilter(
        label="Access", choices=[("removed", "Removed")], method="filter_access", empty_label=None
    )

    class Meta:
        model = Administrator
        fields: list[str] = []

    def filter_access(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Applied in `qs`, where its absence means something too."""
        return rows

    @property
    def qs(self) -> QuerySet[Any]:
        """Active people only by default."""
        removed = self.data.get("access") == "removed"
        return super().qs.filter(is_active=not removed)
