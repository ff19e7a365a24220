"""Narrowing the rows of a plan."""

from typing import Any

import django_filters

from apps.connections.mirror import fold
from apps.jobs.models import JobRow, RowAction, RowStatus


class RowFilter(django_filters.FilterSet):
    """By what is planned, by what became of it, by name or address."""

    q = django_filters.CharFilter(method="search")
    action = django_filters.ChoiceFilter(label="Plan", choices=RowAction.choices)
    status = django_filters.ChoiceFilter(label="Outcome", choices=RowStatus.choices)

    class Meta:
        model = JobRow
        fields = ["action", "status"]

    def search(self, rows: Any, name: str, value: str) -> Any:
        """Folded, like the column it looks into."""
        return rows.filter(search__contains=fold(value.strip()))


class PlanFilter(RowFilter):
    """Before anything was sent there is no outcome to filter by."""

    status = None

    class Meta:
        model = JobRow
        fields = ["action"]
