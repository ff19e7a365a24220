"""Waking jobs: messages to the workers, and the tick that makes up for every lost one."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from apps.audit import settling
from apps.jobs.models import ACTIVE, ENDED, Job, Reservation

# Enough for a whole window of the quota, and far from where a message is delivered a second time (300 s);
# the tick wakes what waits longer.
LONGEST_COUNTDOWN = 120.0
# A wake-up this late was lost.
LOST_AFTER = timedelta(seconds=10)


def wake(job_id: int, *, after: float = 0.0) -> None:
    """Have a worker carry the job on in `after` seconds; the message leaves on commit."""
    from apps.jobs.tasks import carry_on

    if after > LONGEST_COUNTDOWN:
        return
    due = timezone.now() + timedelta(seconds=after)
    Job.objects.filter(pk=job_id).update(enqueued_at=due)
    transaction.on_commit(lambda: carry_on.apply_async(args=[job_id], countdown=after or None))


def overdue() -> list[int]:
    """Jobs that should be running and are not: their message was lost or their worker died."""
    now = timezone.now()
    unheld = Q(lease_until=None) | Q(lease_until__lte=now)
    unannounced = Q(enqueued_at=None) | Q(enqueued_at__lte=now - LOST_AFTER)
    jobs = Job.objects.filter(unheld, unannounced, status__in=ACTIVE, wake_at__lte=now)
    return list(jobs.order_by("wake_at").values_list("pk", flat=True)[:50])


def ended_with_open_ends() -> list[int]:
    """Jobs that ended while a call of theirs had no outcome: nobody carries them on to settle it."""
    open_ends = settling.due().exclude(job_id=None).order_by().values("job_id")
    return list(Job.objects.filter(pk__in=open_ends, status__in=ENDED).values_list("pk", flat=True))


def let_go(job_id: int) -> None:
    """Free whatever the job held for itself."""
    Reservation.objects.filter(job_id=job_id).delete()
