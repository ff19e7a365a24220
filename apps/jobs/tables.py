"""The ledger's tables."""

from typing import Any

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.safestring import SafeString

from apps.console.tables import AgoColumn, ConsoleTable, StatusColumn
from apps.jobs import selectors
from apps.jobs.models import Job, JobRow, JobStatus, RowStatus


class JobTable(ConsoleTable):
    """Newest first."""

    title = tables.Column(verbose_name="Job", attrs={"td": {"class": "cell-identity"}})
    status = StatusColumn(JobStatus, verbose_name="Status")
    created_at = AgoColumn(verbose_name="Started")
    done = tables.Column(verbose_name="Progress", orderable=False)
    actor_name = tables.Column(verbose_name="By")

    class Meta:
        order_by = ("-created_at",)

    def render_title(self, record: Job) -> SafeString:
        """Title over kind, leading to where it is followed."""
        return format_html(
            '<span class="identity-words"><a class="identity-name" href="{}">{}</a>'
            '<span class="identity-under">{}</span></span>',
            selectors.url_of(record),
            record.title,
            record.activity or selectors.label_of(record.kind),
        )

    def render_done(self, record: Job) -> str:
        """Of how many, where that is known."""
        if not record.total:
            return f"{record.done:,}" if record.done else "—"
        return f"{record.done:,} of {record.total:,}"

    def order_created_at(self, rows: Any, is_descending: bool) -> tuple[Any, bool]:
        """By number, which grows with time and is unique."""
        return rows.order_by("-pk" if is_descending else "pk"), True


class RowTable(ConsoleTable):
    """The rows of one job."""

    name = tables.Column(verbose_name="For", empty_values=(), attrs={"td": {"class": "cell-identity"}})
    status = StatusColumn(RowStatus, verbose_name="Outcome")
    number = tables.Column(verbose_name="Row")
    sentence = tables.Column(verbose_name="What happened", orderable=False)

    class Meta:
        order_by = ("number",)

    def render_name(self, record: JobRow) -> SafeString:
        """Name over address."""
        return format_html(
            '<span class="identity-words"><span class="identity-name"><bdi>{}</bdi></span>'
            '<span class="identity-under">{}</span></span>',
            record.name or record.key,
            record.key if record.name else "",
        )
