"""How long an uploaded file and its rows are kept, and how they are removed: both are personal data."""

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from apps.audit.events import Draft, Subject, record
from apps.core.actor import SYSTEM, Actor
from apps.core.errors import Refused
from apps.jobs import services as jobs
from apps.jobs.models import JobRow, JobStatus
from apps.onboarding.models import FollowUp, Onboarding

# Rows emptied in one statement.
CHUNK = 500


def erase_expired() -> int:
    """Remove the next upload whose time is over, unless it is being worked on; how many were removed."""
    over = Onboarding.objects.filter(erased_at=None, file_expires_at__lte=timezone.now())
    waiting = (JobStatus.QUEUED, JobStatus.RUNNING, JobStatus.PAUSED)
    onboarding = over.exclude(job__status__in=waiting).select_related("job").order_by("pk").first()
    if onboarding is None:
        return 0
    erase(onboarding, actor=SYSTEM, reason="Its time to be kept is over.")
    return 1


def erase(onboarding: Onboarding, *, actor: Actor, reason: str = "") -> None:
    """Remove the file and what its rows hold; the numbers, and the log, stay."""
    job = onboarding.job
    if job.status == JobStatus.DRAFT:
        jobs.cancel(job, actor=actor)
    elif not job.ended:
        raise Refused("This job still needs the file. Cancel it first, or wait until it has ended.")
    with transaction.atomic():
        changed = Onboarding.objects.filter(pk=onboarding.pk, erased_at=None).update(
            erased_at=timezone.now(), file="", rows_file="", sample=[], unknown=[], replaced={}
        )
        if not changed:
            raise Refused("This file was removed already.")
        _empty_rows(job.pk)
        subject = Subject("job", str(job.pk), onboarding.filename)
        record(Draft("onboarding.erased", actor=actor, subject=subject, job_id=job.pk, reason=reason[:500]))
        # Last: what is gone from the disk does not come back where the rest is undone.
        for name in (onboarding.file.name, onboarding.rows_file):
            if name:
                default_storage.delete(name)


def _empty_rows(job_id: int) -> None:
    FollowUp.objects.filter(job_id=job_id).delete()
    numbers = JobRow.objects.filter(job_id=job_id).order_by("number").values_list("pk", flat=True)
    keys = list(numbers)
    for start in range(0, len(keys), CHUNK):
        JobRow.objects.filter(pk__in=keys[start : start + CHUNK]).update(
            key="", name="", search="", sentence="", data={}, problems=[]
        )
