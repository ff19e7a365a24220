"""Filters of the log."""

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet

from apps.audit import actors, kinds
from apps.audit.models import Event, Stage

DATE = forms.DateInput(attrs={"type": "date"})


class EventFilter(filters.FilterSet):
    """Kind, outcome, person, days, job; the search looks at whom or what an event is about."""

    q = filters.CharFilter(label="Search", method="filter_subject")
    kind = filters.ChoiceFilter(label="Kind", choices=kinds.choices)
    stage = filters.ChoiceFilter(label="Outcome", choices=Stage.choices)
    actor = filters.ChoiceFilter(label="By", choices=actors.choices, method="filter_actor")
    since = filters.DateFilter(label="From", field_name="at", lookup_expr="date__gte", widget=DATE)
    until = filters.DateFilter(label="To", field_name="at", lookup_expr="date__lte", widget=DATE)
    job = filters.NumberFilter(label="Job", field_name="job_id")

    class Meta:
        model = Event
        fields: list[str] = []

    def filter_actor(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """A person by ZUID, or whatever the portal did by itself."""
        return rows.filter(actor_kind="system") if value == "portal" else rows.filter(actor_zuid=value)

    def filter_subject(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """By part of the name as it was then, or by the exact id."""
        wanted = value.strip()
        # SQLite folds the case of ASCII only: try how names are usually written.
        spellings = {wanted, wanted.lower(), wanted.title(), wanted.upper()}
        matching = Q(subject_id=wanted)
        for spelling in spellings:
            matching |= Q(subject_name__icontains=spelling)
        return rows.filter(matching)
