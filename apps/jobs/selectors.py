"""Reading the ledger."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from apps.console.plans import Segment
from apps.core.permissions import Permission
from apps.jobs.kinds import all_kinds
from apps.jobs.models import Job, JobStatus, RowStatus

# In the order in which a bar shows them.
BAR = (
    RowStatus.DONE,
    RowStatus.NOTHING,
    RowStatus.REFUSED,
    RowStatus.CANNOT,
    RowStatus.UNKNOWN,
    RowStatus.SENT,
)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is: shares of the bar, of how many, and when it may end."""

    segments: list[Segment]
    done: int
    total: int
    finishing_at: datetime | None


def label_of(kind: str) -> str:
    """A kind's label; the bare name where a newer version of the portal wrote it."""
    return kinds().get(kind, kind)


def kinds() -> dict[str, str]:
    """Labels of all kinds by name."""
    return {kind.name: kind.label for kind in all_kinds()}


def permission_of(kind: str) -> Permission | None:
    """What a kind asks for; nothing where a newer version of the portal wrote it."""
    return next((known.permission for known in all_kinds() if known.name == kind), None)


def url_of(job: Job) -> str:
    """Where a person follows a job: its kind's own page, or the common one."""
    own = next((kind.url(job) for kind in all_kinds() if kind.name == job.kind), "")
    return own or reverse("jobs:job", args=[job.pk])


def progress(job: Job) -> Progress:
    """From the rows where the job has some, else from its own count."""
    counts = dict(job.rows.order_by().values_list("status").annotate(Count("pk")))
    if counts:
        segments = [Segment(status.label, counts[status], status.tone) for status in BAR if status in counts]
        done, total = sum(segment.value for segment in segments), sum(counts.values())
    else:
        done, total = job.done, job.total or 0
        segments = [Segment("Done", done, "green" if job.ended else "blue")] if done else []
    return Progress(segments, done, total, _finishing_at(job, done, total))


def _finishing_at(job: Job, done: int, total: int) -> datetime | None:
    """At the pace so far; unknown before anything is done."""
    if job.status != JobStatus.RUNNING or not job.started_at or not 0 < done < total:
        return None
    spent: timedelta = timezone.now() - job.started_at
    return timezone.now() + spent / done * (total - done)
