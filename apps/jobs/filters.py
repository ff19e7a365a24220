"""Filters of the list of jobs."""

import django_filters as filters

from apps.jobs import selectors
from apps.jobs.models import Job, JobRow, JobStatus, RowStatus


class JobFilter(filters.FilterSet):
    """By status and kind."""

    status = filters.ChoiceFilter(label="Status", choices=JobStatus.choices)
    kind = filters.ChoiceFilter(label="Kind", choices=lambda: list(selectors.kinds().items()))

    class Meta:
        model = Job
        fields: list[str] = []


class RowFilter(filters.FilterSet):
    """By what became of a row."""

    status = filters.ChoiceFilter(label="Outcome", choices=RowStatus.choices)

    class Meta:
        model = JobRow
        fields: list[str] = []
