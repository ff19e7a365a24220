"""The job kind that sends one change of one user when the quota is free."""

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone

from apps.audit import settling
from apps.audit.models import Operation, Stage
from apps.audit.operation import Outcome
from apps.core.errors import ChangedElsewhere, NothingToChange, OutcomeUnknown, Refused
from apps.core.permissions import Permission
from apps.directory import canonical
from apps.directory.models import User
from apps.directory.services import users
from apps.jobs.kinds import Again, Finished, Step, Stop, Wait
from apps.jobs.lease import Lease
from apps.jobs.models import Job, JobRow, RowStatus

# Long enough that a write still on its way has arrived, short enough that nobody forgets about it.
BREATH = timedelta(seconds=1)


class UserUpdate:
    """One row: `data` holds the values, what the form had shown, and the reason."""

    name = "directory.user_update"
    label = "Change a user"
    permission = Permission.USERS_EDIT

    def step(self, job: Job, lease: Lease) -> Step:
        """Send the change, or find out what became of it."""
        row = job.rows.get()
        if row.status == RowStatus.PLANNED:
            return _send(job, row, lease)
        if row.status in (RowStatus.SENT, RowStatus.UNKNOWN):
            return _settle(row)
        return Finished(row.sentence)

    def url(self, job: Job) -> str:
        """The common job page shows all there is."""
        return ""


def _send(job: Job, row: JobRow, lease: Lease) -> Step:
    user = User.objects.get(cliq_id=row.data["user"])

    def sent(operations: Sequence[Operation]) -> None:
        lease.confirm()
        JobRow.objects.filter(pk=row.pk).update(
            status=RowStatus.SENT,
            operation_id=operations[0].pk,
            lease_token=lease.token,
            sent_at=timezone.now(),
        )

    def told(_: Sequence[Operation], outcomes: Sequence[Outcome]) -> None:
        _record(row, outcomes[0].stage, outcomes[0].sentence)

    try:
        users.update(
            user,
            values=row.data["values"],
            shown=row.data["shown"],
            reason=row.data["reason"],
            actor=job.actor,
            job_id=job.pk,
            on_intent=sent,
            on_outcome=told,
        )
    except NothingToChange as error:
        return _close(row, RowStatus.NOTHING, error.sentence)
    except ChangedElsewhere as error:
        names = ", ".join(canonical.LABELS.get(name, name) for name in error.fields)
        return _close(
            row,
            RowStatus.REFUSED,
            f"Nothing was sent: somebody else has changed {user.name} meanwhile ({names}). "
            "Open the user and decide again.",
        )
    except Refused as error:
        return _close(row, RowStatus.REFUSED, error.sentence)
    except OutcomeUnknown as error:
        return Wait(BREATH.total_seconds(), error.sentence)
    return _close(row, RowStatus.DONE, f"{user.name} was changed.")


def _settle(row: JobRow) -> Step:
    """A sent row is never sent again before reading has shown that nothing happened."""
    assert row.operation_id is not None  # noqa: S101
    operation = Operation.objects.get(pk=row.operation_id)
    if operation.stage in (Stage.INTENT, Stage.UNKNOWN):
        if operation.observe_at is None:
            return Stop(
                "Whether Zoho made this change could not be found out by reading. Settle it in the log, "
                "then resume the job."
            )
        wait = (operation.observe_at - timezone.now()).total_seconds()
        if wait > 0:
            return Wait(wait, "The answer was lost: reading Zoho will show whether the change was made.")
        settling.settle_one(operation)
        operation.refresh_from_db()
    _record(row, Stage(operation.stage), "Found out by reading Zoho.")
    row.refresh_from_db()
    return Again("Found out what became of the change.")


def _record(row: JobRow, stage: Stage, sentence: str) -> None:
    """What an operation's stage means for its row: what did not happen is still planned."""
    status = {
        Stage.DONE: RowStatus.DONE,
        Stage.REFUSED: RowStatus.REFUSED,
        Stage.NOT_DONE: RowStatus.PLANNED,
    }.get(stage, RowStatus.UNKNOWN)
    JobRow.objects.filter(pk=row.pk).update(status=status, sentence=sentence[:500])


def _close(row: JobRow, status: RowStatus, sentence: str) -> Finished:
    JobRow.objects.filter(pk=row.pk).update(status=status, sentence=sentence[:500])
    Job.objects.filter(pk=row.job_id).update(done=1)
    return Finished(sentence)
