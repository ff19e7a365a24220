"""The run phase: people are added a call at a time; whatever happens, nobody twice and nobody lost.

A row is planned, then sent (with the lease it was sent under), then done or refused. Sent rows of a
lease that is gone, and rows whose answer never came, are unknown: they are looked for before anything
is sent again.
"""

from contextlib import suppress

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from apps.audit.events import Draft, Subject, record
from apps.cliq.client import Cliq
from apps.connections.clients import client
from apps.core.errors import PortalError
from apps.directory.services import syncing
from apps.jobs.kinds import Again, Finished, Step, Stop, Wait
from apps.jobs.lease import Lease
from apps.jobs.models import Job, JobRow, RowAction, RowStatus
from apps.onboarding import batches, changing, following, ledger, looking, notices, plans, sending
from apps.onboarding.models import Onboarding

CHANGED = "changed"
WORDS = (
    (RowStatus.DONE, "added"),
    (CHANGED, "changed"),
    (RowStatus.REFUSED, "refused"),
    (RowStatus.NOTHING, "already there"),
    (RowStatus.CANNOT, "could not be added"),
    (RowStatus.UNKNOWN, "unknown"),
)


def step(onboarding: Onboarding, job: Job, lease: Lease) -> Step:
    """The next thing to do: what became of unknown rows first, then the next call."""
    if not job.state.get("plan"):
        return _compare(onboarding, job, lease)
    _orphan(job, lease)
    cliq = client(interactive=False, max_wait=sending.LEAD)
    if looked := looking.step(job, lease, cliq):
        return looked
    waits: list[Wait] = []
    for part in (_add, changing.step):
        step = part(onboarding, job, lease, cliq)
        if step is not None and not isinstance(step, Wait):
            return step
        waits += [step] if step else []
    if waits:
        # Two limits apart from each other: the nearer one decides.
        return min(waits, key=lambda wait: wait.seconds)
    return following.step(onboarding, job, lease, cliq) or _finish(job, lease)


def _compare(onboarding: Onboarding, job: Job, lease: Lease) -> Step:
    """Nothing but the rows that were confirmed is sent."""
    found = plans.digest(job.pk)
    if found != onboarding.plan_hash:
        return Stop(
            "The rows of this plan are not those that were confirmed, so nothing was sent. Cancel this and "
            "upload the file again; the log says who confirmed which plan."
        )
    with transaction.atomic():
        lease.confirm()
        job.state["plan"] = found
        Job.objects.filter(pk=job.pk).update(state=job.state)
    return Again("Adding people.")


def _add(onboarding: Onboarding, job: Job, lease: Lease, cliq: Cliq) -> Step | None:
    """The next call that adds people; None if there is none left."""
    batch = batches.pick(job, onboarding.call_size())
    if batch.rows:
        rows = batches.recheck(job, lease, batch)
        return sending.send(onboarding, job, lease, rows, cliq) if rows else Again()
    if batch.changed:
        return Again()
    if wait := looking.wait(job):
        return wait
    if batch.blocked_by:
        return Wait(ledger.scaled(10), f"Waiting for “{batch.blocked_by}”, which names the same people.")
    return None


def summary(counts: dict[str, int]) -> str:
    """«587 added, 3 refused, 10 already there», from rows by status."""
    said = [f"{counts[status]:,} {word}" for status, word in WORDS if counts.get(status)]
    return ", ".join(said) or "Nothing was to be done"


def by_status(job: Job) -> dict[str, int]:
    """Rows by status; of those done, the changed apart from the added."""
    counts: dict[str, int] = {}
    rows = JobRow.objects.filter(job=job).values_list("status", "action").annotate(n=Count("pk")).order_by()
    for status, action, count in rows:
        key = counted_as(status, action)
        counts[key] = counts.get(key, 0) + count
    return counts


def counted_as(status: str, action: str) -> str:
    """The status, or `changed`."""
    return CHANGED if (status, action) == (RowStatus.DONE, RowAction.UPDATE) else status


def _orphan(job: Job, lease: Lease) -> None:
    """Rows that were sent under another lease: whoever sent them is gone, and took the answer along."""
    JobRow.objects.filter(job=job, status=RowStatus.SENT).exclude(lease_token=lease.token).update(
        status=RowStatus.UNKNOWN,
        observed=0,
        sentence="The portal was interrupted while this was on its way. It looks in Zoho before it goes on.",
    )


def _finish(job: Job, lease: Lease) -> Step:
    counts = by_status(job)
    sentence = ", ".join(part for part in (summary(counts), following.summary(job.pk)) if part) + "."
    first = not job.state.get("told")
    with transaction.atomic():
        lease.confirm()
        if not job.state.get("told"):
            job.state["told"] = timezone.now().isoformat()
            Job.objects.filter(pk=job.pk).update(state=job.state)
            added = JobRow.objects.filter(job=job, action__in=sending.TO_DO).count()
            subject = Subject("job", str(job.pk), job.title)
            details = {"sentence": sentence, "rows": counts, "planned": added}
            record(
                Draft("onboarding.finished", actor=job.actor, subject=subject, job_id=job.pk, details=details)
            )
    if first:
        notices.send(job, sentence)
    # The answers held addresses only: a reading brings the people with their ids.
    with suppress(PortalError):
        syncing.start(job.actor)
    return Finished(sentence)
