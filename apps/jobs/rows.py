"""The rows of one call: sent with its intent, told with its outcome, and found out about where none came.

A row is planned, then sent (with the lease it was sent under), then done or refused. Sent rows of a lease
that is gone are unknown: what became of them is read before anything is sent again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from apps.audit import settling
from apps.audit.models import Operation, Stage
from apps.audit.operation import Outcome
from apps.core.saving import save_all
from apps.jobs.kinds import Again, Step, Wait
from apps.jobs.lease import Lease, LeaseLost
from apps.jobs.models import Job, JobRow, RowAction, RowStatus, Sent

OPEN = (Stage.INTENT, Stage.UNKNOWN)
UNENDED = (RowStatus.PLANNED, RowStatus.SENT, RowStatus.UNKNOWN)
STATUSES = {Stage.DONE: RowStatus.DONE, Stage.REFUSED: RowStatus.REFUSED, Stage.NOT_DONE: RowStatus.PLANNED}
LOOKING = "Reading Zoho to find out whether a change was made: its answer never arrived."
GIVEN_UP = "Reading Zoho does not tell whether this was done. Settle it in the log."
# What never arrived so often is left to a person.
SENDINGS = 3


@dataclass(frozen=True, slots=True)
class Sending:
    """The rows of one call by key; `intended` and `concluded` run in the transactions of the operation.

    An operation's key ends in its row's key, after the last slash where it names a place as well.
    """

    lease: Lease
    rows: Mapping[str, Sent]

    def intended(self, operations: Sequence[Operation]) -> None:
        """Still our lease, still planned: from now on they count as sent. LeaseLost."""
        self.lease.confirm()
        sent = [self.row_of(operation) for operation in operations]
        kept = type(sent[0])._default_manager
        still = kept.select_for_update().filter(pk__in=[row.pk for row in sent], status=RowStatus.PLANNED)
        if len(list(still.values_list("pk", flat=True))) != len(sent):
            raise LeaseLost
        now = timezone.now()
        for row, operation in zip(sent, operations, strict=True):
            row.status, row.lease_token, row.sent_at = RowStatus.SENT, self.lease.token, now
            row.operation_id, row.sentence = operation.pk, ""
        fields = ["status", "lease_token", "sent_at", "operation_id", "sentence"]
        save_all(sent, fields)

    def concluded(self, operations: Sequence[Operation], outcomes: Sequence[Outcome]) -> None:
        """What the outcomes mean for the rows; what did not happen is still planned."""
        told = [self.row_of(operation) for operation in operations]
        for row, outcome in zip(told, outcomes, strict=True):
            row.status = STATUSES.get(Stage(outcome.stage), RowStatus.UNKNOWN)
            row.sentence = outcome.sentence[:500]
        save_all(told, ["status", "sentence"])

    def row_of(self, operation: Operation) -> Sent:
        """The row that an operation is about."""
        return self.rows[operation.key.rpartition("/")[2]]


def orphan(rows: QuerySet[Any], lease: Lease) -> None:
    """Rows that were sent under another lease: whoever sent them is gone, and took the answer along."""
    rows.filter(status=RowStatus.SENT).exclude(lease_token=lease.token).update(
        status=RowStatus.UNKNOWN,
        sentence="The portal was interrupted while this was on its way. It looks in Zoho before it goes on.",
    )


def look(unknown: QuerySet[Any]) -> Step | None:
    """Find out about the first row that reading can tell of; None where there is nothing to find out."""
    waits = []
    rows = unknown.filter(status=RowStatus.UNKNOWN).exclude(data__has_key="given_up").order_by("number")
    found = Operation.objects.in_bulk([row.operation_id for row in rows if row.operation_id])
    for row in rows:
        operation = found[row.operation_id]
        if operation.stage in OPEN and operation.observe_at is not None:
            wait = (operation.observe_at - timezone.now()).total_seconds()
            if wait > 0:
                waits.append(wait)
                continue
            settling.settle_one(operation)
            operation.refresh_from_db()
        follow(row, operation)
        return Again(LOOKING)
    return Wait(max(0.05, min(waits)), LOOKING) if waits else None


def follow(row: Sent, operation: Operation) -> None:
    """Bring a row up to what its operation has come to."""
    if operation.stage in OPEN:
        if operation.observe_at is None:
            row.data["given_up"], row.sentence = True, GIVEN_UP
    else:
        row.status = STATUSES.get(Stage(operation.stage), RowStatus.UNKNOWN)
        row.sentence = "Found out by reading Zoho."
    if operation.stage == Stage.NOT_DONE:
        row.data["sent"] = int(row.data.get("sent", 0)) + 1
        if row.data["sent"] >= SENDINGS:
            row.status = RowStatus.REFUSED
            row.sentence = f"Sent {SENDINGS} times, and Zoho never made the change."
    row.save(update_fields=["status", "sentence", "data"])


def settled(operation: Operation, outcome: Outcome) -> None:
    """The rows of an operation whose outcome was found when its job follows it no more.

    A job that has not ended follows its rows itself as it goes on, all but those it has given up.
    """
    job = Job.objects.filter(pk=operation.job_id or 0).first()
    if job is None:
        return
    if outcome.stage == Stage.DONE:
        values = {"status": RowStatus.DONE, "sentence": "It had taken effect."}
    else:
        sentence = "It did not reach Zoho, and nothing more was sent: do it again."
        values = {"status": RowStatus.REFUSED, "sentence": sentence}
    for model in Sent.__subclasses__():
        kept: Any = model._default_manager
        rows = kept.filter(job=job, operation_id=operation.pk)
        rows = rows.filter(status__in=[RowStatus.SENT, RowStatus.UNKNOWN])
        (rows if job.ended else rows.filter(data__has_key="given_up")).update(**values)


def close(rows: Sequence[Sent], status: RowStatus, sentence: str) -> None:
    """Rows that nothing more is sent for, unless somebody else has taken them meanwhile."""
    if rows:
        planned = type(rows[0])._default_manager.filter(
            pk__in=[row.pk for row in rows], status=RowStatus.PLANNED
        )
        planned.update(status=status, sentence=sentence[:500])


def ended(job: Job) -> int:
    """How many of the rows with something to do have come to an end."""
    to_do = (RowAction.ADD, RowAction.UPDATE)
    return JobRow.objects.filter(job=job, action__in=to_do).exclude(status__in=UNENDED).count()
