"""Starting, pausing, resuming and cancelling jobs."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.audit.events import Draft, Subject, record
from apps.core.actor import Actor
from apps.core.errors import Refused
from apps.jobs import queue
from apps.jobs.models import ACTIVE, ENDED, Job, JobStatus


def create(
    kind: str,
    *,
    title: str,
    actor: Actor,
    params: Mapping[str, Any] | None = None,
    total: int | None = None,
    start: bool = True,
) -> Job:
    """A new job, queued at once unless it still waits for its plan to be confirmed."""
    with transaction.atomic():
        job = Job.objects.create(
            kind=kind,
            title=title,
            params=dict(params or {}),
            total=total,
            actor_kind=actor.kind,
            actor_name=actor.name,
            actor_zuid=actor.zuid,
            actor_role=actor.role,
            actor_address=actor.address,
        )
        if start:
            enqueue(job)
        _record("job.created", job, actor=actor)
    return job


def enqueue(job: Job) -> None:
    """Hand a job to the workers."""
    Job.objects.filter(pk=job.pk).update(status=JobStatus.QUEUED, wake_at=timezone.now(), activity="")
    job.status = JobStatus.QUEUED
    queue.wake(job.pk)


def pause(job: Job, *, actor: Actor) -> None:
    """Send nothing more until resumed; the call that is on its way is still recorded."""
    with transaction.atomic():
        _change(job, ACTIVE, status=JobStatus.PAUSED, wake_at=None, activity=f"Paused by {actor.name}.")
        _record("job.paused", job, actor=actor)


def resume(job: Job, *, actor: Actor) -> None:
    """Go on where it stopped."""
    with transaction.atomic():
        _change(
            job,
            (JobStatus.PAUSED,),
            status=JobStatus.QUEUED,
            wake_at=timezone.now(),
            failures=0,
            activity="",
        )
        queue.wake(job.pk)
        _record("job.resumed", job, actor=actor)


def cancel(job: Job, *, actor: Actor) -> None:
    """End it for good: at most the one call already on its way still reaches Zoho."""
    with transaction.atomic():
        unended = tuple(status for status in JobStatus if status not in ENDED)
        _change(
            job,
            unended,
            status=JobStatus.CANCELLED,
            wake_at=None,
            finished_at=timezone.now(),
            activity=f"Cancelled by {actor.name}.",
        )
        queue.let_go(job.pk)
        _record("job.cancelled", job, actor=actor)


def _change(job: Job, allowed: tuple[JobStatus, ...], **values: Any) -> None:
    changed = Job.objects.filter(pk=job.pk, status__in=allowed).update(**values)
    job.refresh_from_db()
    if not changed:
        raise Refused(f"This job is {job.get_status_display().lower()} already.")


def _record(kind: str, job: Job, *, actor: Actor) -> None:
    subject = Subject("job", str(job.pk), job.title)
    record(Draft(kind=kind, actor=actor, subject=subject, job_id=job.pk, details={"job_kind": job.kind}))
