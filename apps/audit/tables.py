"""The log's tables."""

from typing import Any

import django_tables2 as tables
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from apps.audit.models import Event, Operation, Stage
from apps.audit.presentation import Told
from apps.console.tables import AgoColumn, ConsoleTable, StatusColumn


class BodyColumn(tables.Column):
    """Something that only the event's text tells."""

    def __init__(self, name: str, label: str) -> None:
        super().__init__(label, accessor="body", orderable=False)
        self.of = name

    def render(self, record: Event) -> str:
        """As it was recorded."""
        return str(Told(record).body.get(self.of) or "—")

    def value(self, record: Event) -> str:
        """In a file what is empty is empty."""
        return str(Told(record).body.get(self.of) or "")


class EventTable(ConsoleTable):
    """One line an event."""

    usual = ("stage", "at", "changed")

    what = tables.Column(empty_values=(), verbose_name="What", attrs={"td": {"class": "cell-identity"}})
    stage = StatusColumn(Stage, verbose_name="Outcome")
    at = AgoColumn(verbose_name="When")
    changed = tables.Column(empty_values=(), verbose_name="Changed")
    seq = tables.Column("Number")
    actor_name = tables.Column("By")
    role = BodyColumn("actor_role", "In the portal role")
    address = BodyColumn("address", "From the address")
    kind = tables.Column("Kind")
    subject_name = tables.Column("About")
    subject_id = tables.Column("ID of what it is about")
    reason = BodyColumn("reason", "Reason")
    job_id = tables.Column("Job")

    def value_what(self, record: Event) -> str:
        """Who did what to whom."""
        return Told(record).sentence

    def value_changed(self, record: Event) -> str:
        """Every field before and after."""
        return "; ".join(
            f"{change.field}: {change.before or 'empty'} → {change.after or 'empty'}"
            for change in Told(record).changes
        )

    def render_what(self, record: Event) -> SafeString:
        """Who did what to whom."""
        return render_to_string("audit/line.html", {"told": Told(record)})

    def render_changed(self, record: Event) -> SafeString | str:
        """The names of the changed fields; the values stand on the event's page."""
        fields = [change.field for change in Told(record).changes]
        return (
            ", ".join(fields[:4]) + (f" and {len(fields) - 4} more" if len(fields) > 4 else "")
            if fields
            else "—"
        )


class OpenOperationTable(ConsoleTable):
    """Changes whose outcome is not known."""

    what = tables.Column(empty_values=(), verbose_name="What", attrs={"td": {"class": "cell-identity"}})
    next = tables.Column(empty_values=(), verbose_name="What happens next")
    started_at = AgoColumn(verbose_name="Sent")
    stage = StatusColumn(Stage, verbose_name="Outcome")

    class Meta:
        orderable = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._intents: dict[int, Event] | None = None

    def intent(self, record: Operation) -> Event | None:
        """The operation's intent; those of the whole page are fetched at once."""
        if self._intents is None:
            shown = [row.record.intent_seq for row in self.paginated_rows]
            self._intents = Event.objects.in_bulk(shown)
        return self._intents.get(record.intent_seq)

    def render_what(self, record: Operation) -> SafeString:
        """Who asked for what; leads to where it is settled."""
        event = self.intent(record)
        url = reverse("audit:settle", args=[record.pk])
        return render_to_string("audit/line.html", {"told": Told(event) if event else None, "url": url})

    def render_next(self, record: Operation) -> SafeString | str:
        """Whether the portal still reads Zoho by itself, or a person is asked."""
        if record.observe_at is None:
            return format_html("<strong>{}</strong>", "Somebody has to look in Zoho and say")
        if record.job_id is not None:
            return "Its job finds out by reading Zoho"
        return "The portal reads Zoho again by itself"
