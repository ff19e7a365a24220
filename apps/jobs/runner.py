"""Carrying a job on for a few seconds at a time."""

import time
from datetime import timedelta

import structlog
from django.utils import timezone

from apps.core.errors import GrantDead, NotConnected, NotSent, PortalError, QuotaWait, VendorFailure
from apps.jobs import lease as leases
from apps.jobs import queue
from apps.jobs.kinds import Again, Failed, Finished, Ready, Step, Stop, Wait, kind_of
from apps.jobs.lease import Lease, LeaseLost
from apps.jobs.models import Job, JobStatus

log = structlog.get_logger(__name__)

CHUNK_SECONDS = 8.0
# After this many failures in a row, about ten minutes of trying, a person is asked.
PATIENCE = 8
LONGEST_PAUSE = 180.0


def carry_on(job_id: int) -> None:
    """Do one chunk of a job, if it is nobody else's, and see to it that the next one comes."""
    lease = leases.take(job_id)
    if lease is None:
        return
    structlog.contextvars.bind_contextvars(job_id=job_id)
    until = time.monotonic() + CHUNK_SECONDS
    try:
        while True:
            job = Job.objects.get(pk=job_id)
            step = _step(job, lease)
            if not isinstance(step, Again) or time.monotonic() >= until:
                break
            _note(lease, step.sentence)
    except LeaseLost:
        _release(lease)
        return
    _conclude(lease, step)


def _step(job: Job, lease: Lease) -> Step:
    """One step of the job's kind; expected failures become a wait or a stop."""
    lease.confirm()
    try:
        step = kind_of(job).step(job, lease)
    except QuotaWait as error:
        return Wait(error.seconds, error.sentence)
    except (GrantDead, NotConnected) as error:
        return Stop(error.sentence)
    except (NotSent, VendorFailure) as error:
        return _after_failure(job, error.sentence)
    except PortalError as error:
        return Stop(error.sentence)
    except LeaseLost:
        raise
    except Exception:
        log.exception("job.broke")
        return Stop("The portal stumbled over something it did not expect; the server's log has the details.")
    if job.failures:
        Job.objects.filter(pk=job.pk).update(failures=0)
    return step


def _after_failure(job: Job, sentence: str) -> Step:
    failures = job.failures + 1
    Job.objects.filter(pk=job.pk).update(failures=failures)
    if failures >= PATIENCE:
        return Stop(f"{sentence} Tried {failures} times.")
    return Wait(min(LONGEST_PAUSE, 2.0**failures), f"{sentence} Trying again shortly.")


def _note(lease: Lease, sentence: str) -> None:
    if sentence:
        Job.objects.filter(pk=lease.job_id, lease_token=lease.token).update(activity=sentence[:300])


def _conclude(lease: Lease, step: Step) -> None:
    """Let go of the lease and write down what comes next, unless somebody else has meanwhile."""
    now = timezone.now()
    values: dict[str, object] = {"activity": step.sentence[:300]}
    seconds = 0.0
    if isinstance(step, Finished | Failed):
        ended = JobStatus.FINISHED if isinstance(step, Finished) else JobStatus.FAILED
        values |= {"status": ended, "finished_at": now, "wake_at": None}
    elif isinstance(step, Ready):
        values |= {"status": JobStatus.DRAFT, "wake_at": None}
    elif isinstance(step, Stop):
        values |= {"status": JobStatus.PAUSED, "wake_at": None, "failures": 0}
    else:
        seconds = step.seconds if isinstance(step, Wait) else 0.0
        values |= {"wake_at": now + timedelta(seconds=seconds)}
    mine = Job.objects.filter(pk=lease.job_id, lease_token=lease.token, status=JobStatus.RUNNING)
    changed = mine.update(**values)
    _release(lease)
    if isinstance(step, Finished | Failed):
        queue.let_go(lease.job_id)
    if changed and isinstance(step, Again | Wait):
        queue.wake(lease.job_id, after=seconds)


def _release(lease: Lease) -> None:
    Job.objects.filter(pk=lease.job_id, lease_token=lease.token).update(lease_until=None, lease_token="")
