"""The lease: one worker at a time carries a job on, and only while its lease lasts."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from apps.jobs.models import ACTIVE, Job, JobStatus

# Longer than any call's total deadline: a call that was allowed to leave ends before the lease does.
DURATION = timedelta(seconds=60)


class LeaseLost(Exception):
    """The job was paused, cancelled, or is carried on by another worker: send nothing more."""


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to carry a job on."""

    job_id: int
    token: str

    def confirm(self) -> None:
        """Renew the lease, or raise LeaseLost.

        Called inside the transaction that marks rows as sent: pausing or cancelling updates the same
        row, so either it is seen here and nothing leaves, or it was too late for this one call.
        """
        now = timezone.now()
        held = Job.objects.filter(
            pk=self.job_id, lease_token=self.token, lease_until__gt=now, status=JobStatus.RUNNING
        ).update(lease_until=now + DURATION)
        if not held:
            raise LeaseLost


def take(job_id: int) -> Lease | None:
    """The lease of a queued or running job that nobody holds; None otherwise."""
    now = timezone.now()
    token = secrets.token_hex(16)
    free = Q(lease_until=None) | Q(lease_until__lte=now)
    taken = Job.objects.filter(free, pk=job_id, status__in=ACTIVE).update(
        lease_token=token, lease_until=now + DURATION, status=JobStatus.RUNNING, wake_at=now
    )
    if not taken:
        return None
    Job.objects.filter(pk=job_id, started_at=None).update(started_at=now)
    return Lease(job_id, token)
