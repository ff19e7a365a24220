"""Changing people who are there already: one at a time, each judged once more against a fresh reading."""

from collections.abc import Sequence

from django.db.models import Q
from django.utils import timezone

from apps.audit import settling
from apps.audit.models import Operation, Stage
from apps.audit.operation import Outcome
from apps.cliq.catalogue import CATALOGUE
from apps.cliq.client import Cliq
from apps.cliq.errors import NotAllowed, ScopeMissing
from apps.core.errors import ChangedElsewhere, NothingToChange, OutcomeUnknown, Refused
from apps.directory import canonical
from apps.directory import selectors as directory
from apps.directory.services import users
from apps.jobs.kinds import Again, Step, Stop, Wait
from apps.jobs.lease import Lease
from apps.jobs.models import Job, JobRow, RowAction, RowStatus
from apps.onboarding import batches, ledger, sending
from apps.onboarding.models import Onboarding

UPDATE, READ = CATALOGUE["users.update"], CATALOGUE["users.get"]
LOOKING = "Reading Zoho to find out whether a change was made: its answer never arrived."
STAGES = {Stage.DONE: RowStatus.DONE, Stage.REFUSED: RowStatus.REFUSED, Stage.NOT_DONE: RowStatus.PLANNED}
# A change that never arrived so often is left to a person.
SENDINGS = 3


def step(onboarding: Onboarding, job: Job, lease: Lease, cliq: Cliq) -> Step | None:
    """Find out about a change without an answer, or send the next one; None if there is nothing left."""
    looked = _look(job)
    if looked and not isinstance(looked, Wait):
        return looked
    row = _next(job)
    if row is None:
        return looked
    if seconds := max(cliq.quota.wait(UPDATE), cliq.quota.wait(READ)):
        return Wait(seconds, f"Waiting for Zoho's limit of {UPDATE.quota} changes a minute.")
    batch = batches.reserved(job, [row])
    if not batch.rows:
        if batch.changed:
            return Again()
        return Wait(ledger.scaled(10), f"Waiting for “{batch.blocked_by}”, which names the same people.")
    return _send(onboarding, job, lease, row, cliq)


def _rows(job: Job) -> Q:
    return Q(job=job, action=RowAction.UPDATE)


def _next(job: Job) -> JobRow | None:
    return JobRow.objects.filter(_rows(job), status=RowStatus.PLANNED).order_by("number").first()


def _send(onboarding: Onboarding, job: Job, lease: Lease, row: JobRow, cliq: Cliq) -> Step:
    user = directory.user_by_id(row.data["user"])
    if user is None or user.gone_at is not None:
        return _close(job, row, RowStatus.CANNOT, "This person is no longer in the organisation.")
    if not row.data["wanted"]:
        return _close(job, row, RowStatus.DONE, "")

    def sent(operations: Sequence[Operation]) -> None:
        lease.confirm()
        JobRow.objects.filter(pk=row.pk).update(
            status=RowStatus.SENT,
            operation_id=operations[0].pk,
            lease_token=lease.token,
            sent_at=timezone.now(),
            sentence="",
        )

    def told(_: Sequence[Operation], outcomes: Sequence[Outcome]) -> None:
        _record(row, Stage(outcomes[0].stage), outcomes[0].sentence)

    try:
        users.update(
            user,
            values=row.data["wanted"],
            shown=row.data["before"],
            actor=job.actor,
            reason=onboarding.reason,
            job_id=job.pk,
            on_intent=sent,
            on_outcome=told,
            cliq=cliq,
        )
    except NothingToChange:
        return _close(job, row, RowStatus.NOTHING, "In the organisation already, and just so by now.")
    except ChangedElsewhere as error:
        return _close(job, row, RowStatus.CANNOT, _stale(error))
    except OutcomeUnknown:
        return Again(LOOKING)
    except (NotAllowed, ScopeMissing) as refusal:
        _close(job, row, RowStatus.REFUSED, refusal.sentence)
        return Stop(refusal.sentence)
    except Refused as refusal:
        return _close(job, row, RowStatus.REFUSED, refusal.sentence)
    return _close(job, row, RowStatus.DONE, "Changed.")


def _stale(error: ChangedElsewhere) -> str:
    labels = {field.unique_name: field.name for field in directory.custom_fields()} | canonical.LABELS
    names = ", ".join(labels.get(name, name) for name in error.fields)
    return (
        f"Stale: somebody changed this person in Zoho since the check ({names}), so nothing was sent. "
        "Try the failed rows again to decide anew."
    )


def _look(job: Job) -> Step | None:
    """What became of a change whose answer was lost is read, never guessed."""
    rows = JobRow.objects.filter(_rows(job), status=RowStatus.UNKNOWN).exclude(data__has_key="given_up")
    waits = []
    for row in rows.order_by("number"):
        operation = Operation.objects.get(pk=str(row.operation_id))
        if operation.stage in (Stage.INTENT, Stage.UNKNOWN):
            if operation.observe_at is None:
                _give_up(job, row)
                return Again(LOOKING)
            wait = (operation.observe_at - timezone.now()).total_seconds()
            if wait > 0:
                waits.append(wait)
                continue
            settling.settle_one(operation)
            operation.refresh_from_db()
        if operation.stage not in (Stage.INTENT, Stage.UNKNOWN):
            _follow(job, row, Stage(operation.stage))
        return Again(LOOKING)
    return Wait(max(0.05, min(waits)), LOOKING) if waits else None


def _follow(job: Job, row: JobRow, stage: Stage) -> None:
    if stage == Stage.NOT_DONE:
        row.data["sent"] = int(row.data.get("sent", 0)) + 1
        JobRow.objects.filter(pk=row.pk).update(data=row.data)
        if row.data["sent"] >= SENDINGS:
            _close(job, row, RowStatus.REFUSED, f"Sent {SENDINGS} times, and Zoho never made the change.")
            return
    _record(row, stage, "Found out by reading Zoho.")
    if stage != Stage.NOT_DONE:
        _let_go(job, row)


def _give_up(job: Job, row: JobRow) -> None:
    row.data["given_up"] = True
    sentence = "Reading Zoho does not tell whether this change was made. Settle it in the log."
    JobRow.objects.filter(pk=row.pk).update(data=row.data, sentence=sentence)
    _let_go(job, row)


def _record(row: JobRow, stage: Stage, sentence: str) -> None:
    """What an operation's stage means for its row: what did not happen is still planned."""
    status = STAGES.get(stage, RowStatus.UNKNOWN)
    JobRow.objects.filter(pk=row.pk).update(status=status, sentence=sentence[:500])


def _close(job: Job, row: JobRow, status: RowStatus, sentence: str) -> Step:
    JobRow.objects.filter(pk=row.pk).update(status=status, sentence=sentence[:500])
    _let_go(job, row)
    return Again("Changing people.")


def _let_go(job: Job, row: JobRow) -> None:
    batches.release([row])
    Job.objects.filter(pk=job.pk).update(done=sending.ended(job))
