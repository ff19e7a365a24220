"""What jobs have sent that the mirror cannot show yet."""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.db.models import Q, QuerySet

from apps.directory import selectors as directory
from apps.jobs.models import Job, JobRow, RowAction, RowStatus

KIND = "onboarding"
# A reading that began this long after a row was sent shows what became of it.
CERTAIN_AFTER = timedelta(minutes=2)
TOLD = (RowStatus.DONE, RowStatus.UNKNOWN, RowStatus.SENT)


def scaled(seconds: float) -> float:
    """Seconds of the API's minute, which is shorter where both sides agree on it."""
    return seconds * settings.CLIQ_MINUTE_SECONDS / 60


def sent_since_reading(keys: Iterable[str] | None = None, *, but: Job | None = None) -> dict[str, str]:
    """Row status by folded address, for rows sent after the organisation was last read (or just before)."""
    rows = _recent()
    if keys is not None:
        rows = rows.filter(key__in=list(keys))
    if but is not None:
        rows = rows.exclude(job=but)
    found = dict(rows.exclude(status=RowStatus.DONE).values_list("key", "status"))
    return found | dict(rows.filter(status=RowStatus.DONE).values_list("key", "status"))


def _recent() -> QuerySet[JobRow]:
    rows = JobRow.objects.filter(job__kind=KIND, action=RowAction.ADD, status__in=TOLD)
    read_at = directory.last_full_sweep()
    if read_at is None:
        return rows
    # Joined through jobs, so that the ledger of years is not walked for the rows of an hour.
    since = read_at - CERTAIN_AFTER * (settings.CLIQ_MINUTE_SECONDS / 60)
    jobs = Job.objects.filter(Q(finished_at=None) | Q(finished_at__gte=since), kind=KIND)
    return rows.filter(job__in=jobs, sent_at__gte=since)
