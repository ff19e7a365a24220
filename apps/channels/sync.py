"""Reading all channels: a hundred a call."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from apps.audit.events import Draft, Subject, record
from apps.channels import selectors
from apps.channels.models import Channel, ChannelMember
from apps.channels.services import seen
from apps.cliq.errors import ScopeMissing
from apps.connections import selectors as connections
from apps.connections.clients import client
from apps.connections.models import Organization
from apps.core.actor import SYSTEM
from apps.core.errors import Refused
from apps.core.permissions import Permission
from apps.directory import vanished
from apps.jobs.kinds import Again, Finished, Step, Stop
from apps.jobs.lease import Lease
from apps.jobs.models import Job

# Changes made in Zoho's own panel that are told one by one; more are told as a number.
MOST_TOLD = 200
# A page's token that Zoho no longer takes: the reading begins again, this often.
MOST_RESTARTS = 3
FEW = 10


class Sync:
    """One remote call a step; the cursor is in `job.state`, so any worker can carry on."""

    name = selectors.SYNC
    label = "Read the channels"
    permission = Permission.SYNC_RUN

    def step(self, job: Job, lease: Lease) -> Step:
        """Read the next page, or close the reading."""
        return _close(job, lease) if job.state.get("read") else _read(job, lease)

    def url(self, job: Job) -> str:
        """The common job page shows all there is."""
        return ""


def _read(job: Job, lease: Lease) -> Step:
    state = dict(job.state)
    organization = connections.active_grant().organization
    asked_at = timezone.now()
    state.setdefault("from", asked_at.isoformat())
    token = state.get("token", "")
    try:
        page = client(interactive=False).channels.page(next_token=token)
    except ScopeMissing:
        raise
    except Refused:
        if not token or state.get("restarts", 0) >= MOST_RESTARTS:
            raise
        _save(job, {**state, "token": "", "restarts": state.get("restarts", 0) + 1})
        return Again("Reading the channels from the beginning again.")
    with transaction.atomic():
        lease.confirm()
        told = min(MOST_TOLD, state.get("changed", 0))
        rows, changed = seen.store(
            organization, page.items, asked_at=asked_at, most=MOST_TOLD - told, job_id=job.pk
        )
        state["changed"] = state.get("changed", 0) + changed
        # An empty answer is no proof that everything is gone.
        state["some"] = state.get("some", False) or bool(page.items)
        job.done = F("done") + len(page.items) if token else len(page.items)
        job.total = job.total or max(len(rows), selectors.channels().count())
        _save(job, {**state, "token": page.next_token, "read": not page.next_token})
    return Again("Reading the channels.")


def _close(job: Job, lease: Lease) -> Step:
    """Everything was read: what was not met is gone, unless that would be too much to believe."""
    state = dict(job.state)
    organization = connections.active_grant().organization
    since = _moment(state["from"])
    missed = vanished.missed(Channel, organization, since).count() if state["some"] else 0
    known = selectors.channels().count()
    if vanished.too_many(missed, known, FEW) and not state.get("asked"):
        _save(job, {**state, "asked": True})
        return Stop(
            f"{missed:,} of {known:,} channels are missing from Zoho's list, more than the portal believes "
            "unasked. Resume this job if they have really been deleted; cancel it and none is marked as gone."
        )
    with transaction.atomic():
        lease.confirm()
        gone = _mark(organization, since, job.pk) if state["some"] else 0
    total = selectors.channels().count()
    counts = [(state.get("changed", 0), "changed"), (gone, "gone")]
    found = [f"{number:,} {word}" for number, word in counts if number]
    said = f": {', '.join(found)}." if found else "; nothing had changed."
    return Finished(f"Read {total:,} {'channel' if total == 1 else 'channels'}{said}")


def _mark(organization: Organization, since: datetime, job_id: int) -> int:
    """Mark channels as gone; the first of them have an event each."""
    rows = Channel.objects.filter(pk__in=vanished.missed(Channel, organization, since).values("pk"))
    told = list(rows.only("cliq_id", "name", "status")[:MOST_TOLD])
    ChannelMember.objects.filter(channel__in=rows).delete()
    marked = rows.update(gone_at=timezone.now())
    if told:
        record(*(_draft(row, job_id) for row in told))
    return marked


def _draft(row: Channel, job_id: int) -> Draft:
    subject = Subject("channel", row.cliq_id, row.name)
    return Draft("channel.gone", SYSTEM, subject=subject, before={"status": row.status}, job_id=job_id)


def _save(job: Job, state: dict[str, Any]) -> None:
    job.state = state
    job.save(update_fields=["state", "done", "total"])
    # What was known before is only an estimate of what will be read.
    Job.objects.filter(pk=job.pk, total__isnull=False, done__gt=F("total")).update(total=F("done"))


def _moment(text: str) -> datetime:
    found = parse_datetime(text)
    assert found is not None  # noqa: S101
    return found
