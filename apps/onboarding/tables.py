"""The lists of onboardings and of the rows of one."""

from typing import Any

import django_tables2 as tables
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from apps.console.tables import AgoColumn, ConsoleTable
from apps.console.templatetags import console as tags
from apps.jobs.models import JobRow, RowAction, RowStatus
from apps.onboarding import following, results
from apps.onboarding.models import FollowUp, Onboarding, Phase, Result

IDENTITY = {"td": {"class": "cell-identity"}, "th": {"class": "cell-identity"}}
NUMBER = {"td": {"class": "cell-number"}, "th": {"class": "cell-number"}}


class OnboardingTable(ConsoleTable):
    """Newest first."""

    filename = tables.Column(verbose_name="File", attrs=IDENTITY)
    status = tables.Column(verbose_name="Status", accessor="result", orderable=False)
    what = tables.Column(verbose_name="What happened", empty_values=(), orderable=False)
    rows_expected = tables.Column(verbose_name="Rows", attrs=NUMBER)
    created_at = AgoColumn(verbose_name="Uploaded")

    class Meta:
        order_by = ("-created_at",)

    def render_filename(self, record: Onboarding) -> SafeString:
        """The file over who brought it."""
        return _identity(record.filename, f"by {record.job.actor_name}", record.get_absolute_url())

    def render_status(self, record: Onboarding) -> SafeString:
        """Phase and job in one."""
        return tags.status(record.result)

    def render_what(self, record: Onboarding) -> str:
        """What the plan holds while it waits for a person, else the job's own sentence."""
        if record.result == Result.PLAN:
            words = {
                "add": "to add",
                "update": "to change",
                "nothing": "nothing to do",
                "cannot": "cannot be added",
            }
            said = [f"{record.counts[key]:,} {word}" for key, word in words.items() if record.counts.get(key)]
            return ", ".join(said)
        return record.job.activity

    def render_rows_expected(self, record: Onboarding) -> str:
        """Exact once counted."""
        return f"{'' if record.rows_counted else 'about '}{record.rows_expected:,}"

    def order_created_at(self, rows: Any, is_descending: bool) -> tuple[Any, bool]:
        """By number, which grows with time and is unique."""
        return rows.order_by("-pk" if is_descending else "pk"), True


class RowTable(ConsoleTable):
    """In the order of the file; `onboarding` tells which cell is the department."""

    name = tables.Column(verbose_name="Person", empty_values=(), attrs=IDENTITY)
    outcome = tables.Column(verbose_name="Plan", empty_values=(), orderable=False)
    what = tables.Column(verbose_name="Note", empty_values=(), orderable=False)
    department = tables.Column(empty_values=(), orderable=False)
    designation = tables.Column(empty_values=(), orderable=False)
    number = tables.Column(verbose_name="Row", attrs=NUMBER)

    class Meta:
        order_by = ("number",)

    def __init__(self, *args: Any, onboarding: Onboarding, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.onboarding = onboarding
        self.followed: dict[int, list[FollowUp]] | None = None
        self.running = onboarding.phase == Phase.RUN
        if self.running:
            self.columns["outcome"].column.verbose_name = "Outcome"
            self.columns["what"].column.verbose_name = "What happened"

    def render_name(self, record: JobRow) -> SafeString:
        """Name over address."""
        index = self.onboarding.columns.get("email_id")
        cells = record.data.get("input", [])
        address = cells[index] if index is not None and index < len(cells) else record.key
        return _identity(record.name or address or "No name, no address", address if record.name else "")

    def render_outcome(self, record: JobRow) -> SafeString:
        """What is planned; once running, what became of it."""
        if not self.running:
            return tags.status(RowAction(record.action))
        status = RowStatus(record.status)
        return tags.status(tone=status.tone, label=results.word(status, record.action))

    def render_what(self, record: JobRow) -> SafeString | str:
        """The sentence, and every problem on a line of its own."""
        problems = format_html_join(
            "", '<span class="row-problem">{}</span>', ((p,) for p in record.problems)
        )
        told = record.data.get("diff", []) if record.action == RowAction.UPDATE else []
        diff = SafeString("".join(_diff(*each) for each in told))
        further = format_html_join("", "<span>{}</span>", ((each,) for each in self._further(record)))
        if not record.sentence and not problems and not diff and not further:
            return ""
        said = _sentence(record.sentence)
        return format_html(
            '<span class="row-what">{}{}{}{}</span>',
            format_html("<span>{}</span>", diff) if diff else "",
            said,
            problems,
            further,
        )

    def _further(self, record: JobRow) -> list[str]:
        """What follows once this person is there, and what became of it; asked once for the page."""
        if self.followed is None:
            numbers = [row.record.number for row in self.paginated_rows] if self.onboarding.follow_ups else []
            self.followed = following.of_rows(self.onboarding.job_id, numbers)
        return results.further(record, self.onboarding, self.followed.get(record.number, []))

    def render_department(self, record: JobRow) -> str | SafeString:
        """As the file says it."""
        return self._cell(record, "department")

    def render_designation(self, record: JobRow) -> str | SafeString:
        """As the file says it."""
        return self._cell(record, "designation")

    def _cell(self, record: JobRow, field: str) -> str | SafeString:
        index = self.onboarding.columns.get(field)
        cells = record.data.get("input", [])
        return (cells[index] if index is not None and index < len(cells) else "") or tags.NOTHING


def _diff(field: str, before: str, after: str) -> SafeString:
    return render_to_string("console/diff.html", tags.diff(field, before, after))


def _sentence(text: str) -> SafeString:
    return format_html("<span>{}</span>", text) if text else SafeString("")


def _identity(name: str, under: str = "", url: str = "") -> SafeString:
    linked = format_html('<a class="identity-name" href="{}"><bdi>{}</bdi></a>', url, name)
    plain = format_html('<span class="identity-name"><bdi>{}</bdi></span>', name)
    below = format_html('<span class="identity-under">{}</span>', under) if under else SafeString("")
    return format_html('<span class="identity-words">{}{}</span>', linked if url else plain, below)
