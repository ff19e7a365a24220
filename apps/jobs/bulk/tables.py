"""The rows of a plan, and what narrows them."""

from typing import Any

import django_filters
import django_tables2 as tables
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from apps.connections.mirror import fold
from apps.console.tables import ConsoleTable, NumberColumn
from apps.console.templatetags import console as tags
from apps.jobs.models import JobRow, RowAction, RowStatus

ACTIONS = ((RowAction.UPDATE, "Change"), (RowAction.NOTHING, "Nothing to do"), (RowAction.CANNOT, "Cannot"))


class PlanTable(ConsoleTable):
    """One row a thing; `running` tells whether the plan or the outcome is shown."""

    name = tables.Column(verbose_name="For", empty_values=(), attrs={"td": {"class": "cell-identity"}})
    outcome = tables.Column(verbose_name="Plan", empty_values=(), orderable=False)
    what = tables.Column(verbose_name="What", empty_values=(), orderable=False)
    number = NumberColumn(verbose_name="Row")

    class Meta:
        order_by = ("number",)

    running = False

    def render_name(self, record: JobRow) -> SafeString:
        """Name over address."""
        return format_html(
            '<span class="identity-words"><span class="identity-name"><bdi>{}</bdi></span>'
            '<span class="identity-under">{}</span></span>',
            record.name or record.key,
            record.data.get("under", ""),
        )

    def render_outcome(self, record: JobRow) -> SafeString:
        """What is planned; once running, what became of it."""
        if self.running:
            return tags.status(RowStatus(record.status))
        action = RowAction(record.action)
        return tags.status(tone=action.tone, label=dict(ACTIONS).get(action, action.label))

    def render_what(self, record: JobRow) -> SafeString:
        """Field, before and after; the sentence."""
        told = SafeString(
            "".join(
                render_to_string("console/diff.html", tags.diff(*each))
                for each in record.data.get("diff", [])
            )
        )
        said = format_html("<span>{}</span>", record.sentence) if record.sentence else SafeString("")
        return format_html('<span class="row-what">{}{}</span>', told, said)


class RunTable(PlanTable):
    """The same, with what became of each."""

    outcome = tables.Column(verbose_name="Outcome", empty_values=(), orderable=False)
    running = True


class RowFilter(django_filters.FilterSet):
    """By name or address, by what is planned and what became of it."""

    q = django_filters.CharFilter(method="search", label="Search rows")
    action = django_filters.ChoiceFilter(label="Plan", choices=[(a.value, label) for a, label in ACTIONS])
    status = django_filters.ChoiceFilter(label="Outcome", choices=RowStatus.choices)

    class Meta:
        model = JobRow
        fields: list[str] = []

    def search(self, rows: Any, _: str, value: str) -> Any:
        """Folded, like the column it looks into."""
        return rows.filter(search__contains=fold(value.strip()))


class PlannedFilter(RowFilter):
    """Before anything was sent there is no outcome."""

    status = None
