"""How many calls are left and when they will have been made, jobs in front included."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count
from django.utils import timezone

from apps.cliq.catalogue import CATALOGUE
from apps.cliq.durations import spoken
from apps.connections.clients import client
from apps.core.errors import PortalError
from apps.jobs.models import ACTIVE, JobRow, RowAction, RowStatus
from apps.onboarding import following, ledger
from apps.onboarding.changing import UPDATE
from apps.onboarding.models import Onboarding, Phase
from apps.onboarding.sending import ADD

PAGE = CATALOGUE["users.list"].page_limit
# Sending and answering: what a call takes besides waiting for the limit.
CALL_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Forecast:
    """`calls` of this onboarding, `in_front` of others that share the limit; `seconds` until all are made."""

    calls: int
    in_front: int
    seconds: float | None
    ends_at: datetime | None
    # Why there is no time, where there is none.
    obstacle: str = ""
    # How many of the people left are changed rather than added: two calls each.
    changes: int = 0
    # How many of the calls come once the people are there: managers of the same file, and roles.
    after: int = 0

    @property
    def calls_said(self) -> str:
        """«1 call», «52 calls»."""
        return "1 call" if self.calls == 1 else f"{self.calls:,} calls"

    @property
    def duration_said(self) -> str:
        """«a few seconds», «about 11 minutes»."""
        if self.seconds is None:
            return ""
        return "a few seconds" if self.seconds < 10 else f"about {spoken(self.seconds)}"


def forecast(onboarding: Onboarding) -> Forecast:
    """What is left to send and how long it takes if nothing goes wrong."""
    left = _left([onboarding.job_id]).get(onboarding.job_id, 0)
    size = onboarding.call_size()
    calls, changes = math.ceil(left / size), _changes(onboarding.job_id)
    after = following.calls(onboarding.job, onboarding)
    managers = after.get(UPDATE.name, 0)
    # The people who were added are read first, a page of the invited a call; each manager is read and set.
    reading = math.ceil(onboarding.to_add / PAGE) if after else 0
    later = sum(after.values()) + managers + reading
    in_front = sum(math.ceil(rows / size) for rows in _left(_others(onboarding)).values())
    try:
        quota = client(interactive=False).quota
        seconds = quota.estimate(ADD, calls + in_front)
        changing = quota.estimate(UPDATE, changes) + (CALL_SECONDS * min(changes, UPDATE.quota))
        following_up = quota.estimate(UPDATE, changes + managers) - quota.estimate(UPDATE, changes)
    except PortalError as error:
        return Forecast(calls + 2 * changes + later, in_front, None, None, error.sentence)
    # Below the limit it is the answers that take time; above it they come while the limit is waited for.
    seconds += CALL_SECONDS * min(calls + in_front, ADD.quota) if calls else 0
    # Changing waits for another limit than adding: both go on side by side. Each change is read first.
    seconds = max(seconds, changing if changes else 0)
    seconds += following_up + CALL_SECONDS * min(later, UPDATE.quota)
    return Forecast(
        calls + 2 * changes + later,
        in_front,
        seconds,
        timezone.now() + timedelta(seconds=seconds),
        changes=changes,
        after=later,
    )


def _changes(job_id: int) -> int:
    return JobRow.objects.filter(job_id=job_id, action=RowAction.UPDATE, status=RowStatus.PLANNED).count()


def _left(jobs: list[int]) -> dict[int, int]:
    """Rows still to be sent, by job."""
    rows = JobRow.objects.filter(job_id__in=jobs, action=RowAction.ADD, status=RowStatus.PLANNED)
    return dict(rows.values_list("job_id").annotate(n=Count("pk")).order_by())


def _others(onboarding: Onboarding) -> list[int]:
    running = Onboarding.objects.filter(
        job__kind=ledger.KIND, job__status__in=ACTIVE, phase=Phase.RUN
    ).exclude(pk=onboarding.pk)
    return list(running.values_list("job_id", flat=True))
