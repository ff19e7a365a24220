"""«Send it when the quota is free»: one write of one thing as a job of one row.

An app registers each of its writes once, with the service call behind it; a form that can wait queues it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.audit import settling
from apps.audit.models import Operation, Stage
from apps.audit.operation import Outcome
from apps.core.actor import Actor
from apps.core.errors import ChangedElsewhere, NothingToChange, OutcomeUnknown, Refused
from apps.core.permissions import Permission
from apps.jobs import services
from apps.jobs.kinds import Again, Finished, Step, Stop, Wait, register_kind
from apps.jobs.lease import Lease
from apps.jobs.models import Job, JobRow, Reservation, RowAction, RowStatus
from apps.jobs.rows import STATUSES

# Seconds: long enough that a write still on its way has arrived, short enough that nobody forgets about it.
BREATH = 1.0


@dataclass(slots=True)
class Write:
    """A write that can wait; it is the kind of its job.

    `send` takes what was queued as `data`, and by keyword what a job hands to a service: `actor`, `job_id`,
    `on_intent`, `on_outcome`. `labels` are the words for the fields that somebody else may have changed.
    `label` is what the list of jobs calls it, `past` what is said of its row in the end; both come of noun
    and action where they are not given.
    """

    name: str
    noun: str
    permission: Permission
    send: Callable[..., object]
    labels: Mapping[str, str] = field(default_factory=dict)
    action: RowAction = RowAction.UPDATE
    label: str = ""
    past: str = ""

    def __post_init__(self) -> None:
        adds = self.action == RowAction.ADD
        self.label = self.label or f"{'Create' if adds else 'Change'} a {self.noun}"
        self.past = self.past or ("created" if adds else "changed")

    def step(self, job: Job, lease: Lease) -> Step:
        """Send the change, or find out what became of it."""
        row = job.rows.get()
        if row.status == RowStatus.PLANNED:
            return self._send(job, row, lease)
        if row.status in (RowStatus.SENT, RowStatus.UNKNOWN):
            return _settle(row)
        return Finished(row.sentence)

    def url(self, job: Job) -> str:
        """The common job page shows all there is."""
        return ""

    def queue(
        self, *, key: str, name: str, data: Mapping[str, Any], actor: Actor, search: str = "", title: str = ""
    ) -> Job:
        """Have it sent when the quota is free. Refused while another job holds `key`."""
        said = title or f"Change {name}"
        try:
            with transaction.atomic():
                job = services.create(self.name, title=said[:200], actor=actor, total=1)
                Reservation.objects.create(key=key, job=job)
                JobRow.objects.create(
                    job=job,
                    number=1,
                    key=key,
                    name=name,
                    search=search[:700],
                    data=dict(data),
                    action=self.action,
                )
        except IntegrityError:
            raise Refused(
                f"Another job is about to change {name}. Wait until it has finished, then save again."
            ) from None
        return job

    def _send(self, job: Job, row: JobRow, lease: Lease) -> Step:
        def sent(operations: Sequence[Operation]) -> None:
            lease.confirm()
            JobRow.objects.filter(pk=row.pk).update(
                status=RowStatus.SENT,
                operation_id=operations[0].pk,
                lease_token=lease.token,
                sent_at=timezone.now(),
            )

        def told(_: Sequence[Operation], outcomes: Sequence[Outcome]) -> None:
            _record(row, Stage(outcomes[0].stage), outcomes[0].sentence)

        try:
            self.send(row.data, actor=job.actor, job_id=job.pk, on_intent=sent, on_outcome=told)
        except NothingToChange as error:
            return _close(row, RowStatus.NOTHING, error.sentence)
        except ChangedElsewhere as error:
            names = ", ".join(self.labels.get(name, name) for name in error.fields)
            return _close(
                row,
                RowStatus.REFUSED,
                f"Nothing was sent: somebody else has changed {row.name} meanwhile ({names}). "
                f"Open the {self.noun} and decide again.",
            )
        except Refused as error:
            return _close(row, RowStatus.REFUSED, error.sentence)
        except OutcomeUnknown as error:
            return Wait(BREATH, error.sentence)
        return _close(row, RowStatus.DONE, f"{row.name} was {self.past}.")


def register_write(write: Write) -> Write:
    """Add a write; called from its app's AppConfig.ready()."""
    register_kind(write)
    return write


def _settle(row: JobRow) -> Step:
    """A sent row is never sent again before reading has shown that nothing happened."""
    assert row.operation_id is not None  # noqa: S101
    operation = Operation.objects.get(pk=row.operation_id)
    if operation.stage in (Stage.INTENT, Stage.UNKNOWN):
        if operation.observe_at is None:
            return Stop(
                "What became of it could not be found out by reading. Settle it in the log, "
                "then resume the job."
            )
        wait = (operation.observe_at - timezone.now()).total_seconds()
        if wait > 0:
            return Wait(wait, "The answer was lost: the portal tries to find out what became of it.")
        settling.settle_one(operation)
        operation.refresh_from_db()
    _record(row, Stage(operation.stage), "Found out by reading Zoho.")
    return Again("Found out what became of the change.")


def _record(row: JobRow, stage: Stage, sentence: str) -> None:
    """What an operation's stage means for its row: what did not happen is still planned."""
    status = STATUSES.get(stage, RowStatus.UNKNOWN)
    JobRow.objects.filter(pk=row.pk).update(status=status, sentence=sentence[:500])


def _close(row: JobRow, status: RowStatus, sentence: str) -> Finished:
    JobRow.objects.filter(pk=row.pk).update(status=status, sentence=sentence[:500])
    Job.objects.filter(pk=row.job_id).update(done=1)
    return Finished(sentence)
