"""Rows whose outcome is unknown: Zoho is read until it is known, and only then anything is sent again.

Once no call can still be on its way, a few people are searched for one by one; many are looked for in
the lists of users. Found means added. Twice not found, some time apart, means that they may be sent again.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from apps.audit import operation as operations
from apps.audit.models import Operation, Stage
from apps.audit.operation import Outcome
from apps.cliq.added import fold
from apps.cliq.client import Cliq
from apps.directory.services.observing import observe_added
from apps.jobs.kinds import Again, Step, Wait
from apps.jobs.lease import Lease
from apps.jobs.models import Job, JobRow, RowAction, RowStatus
from apps.onboarding import batches, ledger, sending

# A call ends within 15 seconds, or never left: after this nothing can still be on its way.
WAIT_OUT = 20.0
# Between two readings: the first may have met a copy of the data that had not heard of it yet.
APART = 10.0
READINGS = 2
FEW = 10
# Somebody never answered for so often is left to a person; fewer happen in one bad hour of a network.
SENDINGS = 5
BY = "reading Zoho"
LISTS = ("pending", "")


def step(job: Job, lease: Lease, cliq: Cliq) -> Step | None:
    """Look for the rows that are due; None if there are none."""
    _follow(job)
    sweep = job.state.get("sweep")
    if sweep:
        return _sweep(job, lease, cliq, sweep)
    due = _due(job)
    if not due:
        return None
    if len(due) > FEW:
        sweep = {"rows": [row.pk for row in due], "list": 0, "token": ""}
        return _sweep(job, lease, cliq, sweep)
    row = due[0]
    found = observe_added([row.key], client=cliq)[row.key]
    with transaction.atomic():
        lease.confirm()
        _found(job, row) if found is not None else _not_found(job, [row])
        _keep(job)
    return Again(_sentence(len(due)))


def wait(job: Job) -> Wait | None:
    """How long until the next look, if rows are still unknown."""
    rows = _open(job)
    if not rows:
        return None
    moments = [_moment(job, row) for row in rows]
    seconds = max(0.05, (min(moments) - timezone.now()).total_seconds())
    return Wait(seconds, _sentence(len(rows)))


def _sentence(count: int) -> str:
    people = "1 person was" if count == 1 else f"{count} people were"
    return f"Looking in Zoho whether {people} added: the answer never arrived."


def _open(job: Job) -> list[JobRow]:
    """Unknown rows that have not been given up."""
    rows = JobRow.objects.filter(job=job, action=RowAction.ADD, status=RowStatus.UNKNOWN).exclude(
        data__has_key="given_up"
    )
    return list(rows.order_by("observed", "number"))


def _moment(job: Job, row: JobRow) -> datetime:
    again_at = parse_datetime(str(job.state.get("again_at", "")))
    if row.observed and again_at:
        return again_at
    return (row.sent_at or timezone.now()) + timedelta(seconds=ledger.scaled(WAIT_OUT))


def _due(job: Job) -> list[JobRow]:
    now = timezone.now()
    return [row for row in _open(job) if _moment(job, row) <= now]


def _follow(job: Job) -> None:
    """Rows whose operation somebody has settled in the log meanwhile."""
    rows = {row.operation_id: row for row in _open(job)}
    told = Operation.objects.filter(pk__in=[key for key in rows if key]).exclude(
        stage__in=[Stage.INTENT, Stage.UNKNOWN]
    )
    for operation in told:
        row = rows[operation.pk]
        if operation.stage == Stage.DONE:
            _mark([row], RowStatus.DONE, "It had taken effect.")
        else:
            _again([row])


def _sweep(job: Job, lease: Lease, cliq: Cliq, sweep: dict[str, object]) -> Step:
    """Read one page of a list of users and settle whoever stands in it."""
    rows = list(JobRow.objects.filter(pk__in=sweep["rows"], status=RowStatus.UNKNOWN))  # type: ignore[misc]
    place = int(str(sweep["list"]))
    if not rows or place >= len(LISTS):
        with transaction.atomic():
            lease.confirm()
            _not_found(job, rows)
            job.state.pop("sweep", None)
            _keep(job)
        return Again(_sentence(len(rows)) if rows else "")
    page = cliq.users.page(status=LISTS[place] or None, next_token=str(sweep["token"]))
    there = {fold(user.email_id) for user in page.items}
    with transaction.atomic():
        lease.confirm()
        for row in rows:
            if row.key in there:
                _found(job, row)
        sweep |= {"token": page.next_token} if page.next_token else {"list": place + 1, "token": ""}
        job.state["sweep"] = sweep
        _keep(job)
    return Again(_sentence(len(rows)))


def _found(job: Job, row: JobRow) -> None:
    operation = _operation(row)
    sentence = "Invited: Zoho shows this person, although its answer never arrived."
    if operations.settle(operation, Outcome(Stage.DONE, sentence), by=BY):
        _mark([row], RowStatus.DONE, sentence)
        job.state["unanswered"] = 0


def _operation(row: JobRow) -> Operation:
    return Operation.objects.get(pk=str(row.operation_id))


def _not_found(job: Job, rows: Iterable[JobRow]) -> None:
    """One more reading that does not show them."""
    again = []
    for row in rows:
        row.observed += 1
        JobRow.objects.filter(pk=row.pk).update(observed=row.observed)
        if row.observed >= READINGS:
            again.append(row)
        else:
            soon = timezone.now() + timedelta(seconds=ledger.scaled(APART))
            job.state["again_at"] = soon.isoformat()
    for row in again:
        if sendings(row) + 1 >= SENDINGS and together(row) == 1:
            _give_up(row)
            continue
        operation = _operation(row)
        outcome = Outcome(Stage.NOT_DONE, "Zoho does not show this person: the call did not arrive.")
        # Settled by somebody else at the same moment: their word counts, see `_follow`.
        if operations.settle(operation, outcome, by=BY):
            _again([row])
            batches.suspect(job, row)


def _again(rows: Iterable[JobRow]) -> None:
    """Plan them again; «already there» will then mean that the first attempt did take effect."""
    for row in rows:
        row.data |= {"after_unknown": True, "sent": sendings(row) + 1}
        row.status, row.observed, row.sentence, row.operation_id = RowStatus.PLANNED, 0, "", None
        row.save(update_fields=["data", "status", "observed", "sentence", "operation_id"])


def _give_up(row: JobRow) -> None:
    row.data |= {"given_up": True}
    row.sentence = (
        f"Sent {sendings(row) + 1} times, never answered as it should be, and Zoho does not show this "
        "person. Look in Zoho's own admin panel, then upload the result file again."
    )
    row.save(update_fields=["data", "sentence"])


def sendings(row: JobRow) -> int:
    """How often this row was sent and never arrived."""
    return int(row.data.get("sent", 0))


def together(row: JobRow) -> int:
    """How many people the last call held that this row was sent in."""
    return int(row.data.get("together", 1))


def _mark(rows: Iterable[JobRow], status: str, sentence: str) -> None:
    rows = list(rows)
    JobRow.objects.filter(pk__in=[row.pk for row in rows], status=RowStatus.UNKNOWN).update(
        status=status, sentence=sentence
    )
    batches.release(rows)


def _keep(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(state=job.state, done=sending.ended(job))
