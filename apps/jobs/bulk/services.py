"""Planning a bulk act, confirming its plan, trying again what failed."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.audit.events import Draft, Subject, record
from apps.connections import selectors as connections
from apps.core.actor import Actor
from apps.core.errors import Refused
from apps.jobs import rows as ledger
from apps.jobs import services as jobs
from apps.jobs.bulk.acts import KIND, Act
from apps.jobs.models import Job, JobRow, JobStatus, RowStatus


def plan(act: Act, *, query: str, values: Mapping[str, Any], actor: Actor) -> Job:
    """Have a worker judge what `query` selects of the act's list; nothing is sent before it is confirmed."""
    connections.active_grant()
    if sentence := act.obstacle():
        raise Refused(sentence)
    params = {"query": query, "values": dict(values)}
    return jobs.create(f"{KIND}{act.name}", title=act.title(values)[:200], actor=actor, params=params)


def plan_again(job: Job, *, actor: Actor) -> None:
    """Judge everything anew, as the mirror is now."""
    with transaction.atomic():
        _demand(job, JobStatus.DRAFT, "plan", "This plan has been confirmed already.")
        JobRow.objects.filter(job=job).delete()
        Job.objects.filter(pk=job.pk).update(state={}, done=0, total=None)
        jobs.enqueue(job)
        _record("job.planned_again", job, actor=actor)


def confirm(job: Job, *, actor: Actor, reason: str = "") -> None:
    """Begin to carry a plan out; whoever confirms is who does it. A second click is refused."""
    connections.active_grant()
    with transaction.atomic():
        fresh = _demand(job, JobStatus.DRAFT, "plan", "This plan has been confirmed already.")
        if not fresh.state["to_do"]:
            raise Refused("This plan holds nothing to do.")
        told = {"confirmed_by": actor.name, "confirmed_at": timezone.now().isoformat()}
        Job.objects.filter(pk=job.pk).update(
            params={**fresh.params, "reason": reason[:500]},
            state={**fresh.state, **told, "phase": "run"},
            **_by(actor),
        )
        jobs.enqueue(job)
        details = {"rows": fresh.state["to_do"], "values": fresh.params["values"]}
        _record("job.confirmed", job, actor=actor, details=details, reason=reason[:500])


def retry(job: Job, *, actor: Actor) -> int:
    """Carry out once more what was refused; answers how many rows that are."""
    connections.active_grant()
    with transaction.atomic():
        fresh = _demand(job, JobStatus.FINISHED, "run", "Only a finished job can be tried again.")
        rows = failed(fresh).update(status=RowStatus.PLANNED, sentence="", operation_id=None)
        if not rows:
            raise Refused("No row has failed: there is nothing to try again.")
        state = {name: each for name, each in fresh.state.items() if name not in ("alone", "halves")}
        Job.objects.filter(pk=job.pk).update(
            state=state, finished_at=None, done=ledger.ended(fresh), **_by(actor)
        )
        jobs.enqueue(job)
        _record("job.retried", job, actor=actor, details={"rows": rows})
    return rows


def failed(job: Job) -> Any:
    """The rows that were refused."""
    return JobRow.objects.filter(job=job, status=RowStatus.REFUSED)


def _demand(job: Job, status: JobStatus, phase: str, otherwise: str) -> Job:
    """The job, locked, if it is still so."""
    fresh = Job.objects.select_for_update().get(pk=job.pk)
    if fresh.status != status or fresh.state.get("phase") != phase:
        raise Refused(otherwise)
    return fresh


def _by(actor: Actor) -> dict[str, str]:
    return {
        "actor_kind": actor.kind,
        "actor_name": actor.name,
        "actor_zuid": actor.zuid,
        "actor_role": actor.role,
        "actor_address": actor.address,
    }


def _record(
    kind: str, job: Job, *, actor: Actor, details: Mapping[str, Any] | None = None, reason: str = ""
) -> None:
    subject = Subject("job", str(job.pk), job.title)
    record(Draft(kind, actor=actor, subject=subject, job_id=job.pk, details=details or {}, reason=reason))
