"""Narrowing the rows of a plan."""

from typing import Any

import django_filters

from apps.connections.mirror import fold
from apps.directory import selectors as directory
from apps.directory.models import UserStatus
from apps.jobs.models import JobRow, RowAction, RowStatus
from apps.onboarding import results


class RowFilter(django_filters.FilterSet):
    """By name or address."""

    q = django_filters.CharFilter(method="search")

    def search(self, rows: Any, name: str, value: str) -> Any:
        """Folded, like the column it looks into."""
        return rows.filter(search__contains=fold(value.strip()))


class PlanFilter(RowFilter):
    """By what is planned."""

    action = django_filters.ChoiceFilter(label="Plan", choices=RowAction.choices)

    class Meta:
        model = JobRow
        fields = ["action"]


class RunFilter(RowFilter):
    """By what became of it."""

    status = django_filters.ChoiceFilter(
        label="Outcome", choices=[(status.value, results.word(status)) for status in RowStatus]
    )

    action = django_filters.ChoiceFilter(label="Plan", choices=RowAction.choices)

    invitation = django_filters.ChoiceFilter(
        label="Invitation",
        choices=[("pending", "Not accepted yet"), ("accepted", "Accepted")],
        method="by_invitation",
    )

    def by_invitation(self, rows: Any, name: str, value: str) -> Any:
        """As the organisation was read last."""
        pending = directory.users().filter(status=UserStatus.PENDING)
        users = pending if value == "pending" else directory.users().exclude(status=UserStatus.PENDING)
        added = rows.filter(action=RowAction.ADD, status=RowStatus.DONE)
        return added.filter(key__in=users.values("email_key"))

    class Meta:
        model = JobRow
        fields = ["status", "action"]
