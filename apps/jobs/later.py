"""«Send it when the quota is free»: one write as a job of one row.

An app registers each of its writes once, with the service behind it; a page that makes it by `carry` offers
to have it sent later. Whatever a service judges it judges again when the job calls it, by a fresh reading:
who would be the last organisation admin, what somebody else has changed meanwhile, what is so already.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Generic, TypeVar

from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.audit import settling
from apps.audit.models import Operation, Stage
from apps.audit.operation import Outcome
from apps.connections.mirror import fold
from apps.core.actor import Actor
from apps.core.errors import ChangedElsewhere, NothingToChange, OutcomeUnknown, Refused
from apps.core.permissions import Permission
from apps.jobs import services
from apps.jobs.kinds import Again, Finished, Step, Stop, Wait, register_kind
from apps.jobs.lease import Lease
from apps.jobs.models import Job, JobRow, Reservation, RowAction, RowStatus
from apps.jobs.packing import packed, unpacked
from apps.jobs.rows import OPEN, STATUSES

# Seconds: long enough that a write still on its way has arrived, short enough that nobody forgets about it.
BREATH = 1.0
# What was confirmed with its consequences is not done when they may have become others.
CONFIRMED = timedelta(hours=1)
Result = TypeVar("Result", covariant=True)


@dataclass(frozen=True, slots=True)
class About:
    """What a write is about: its name, and the key that no two jobs hold at once.

    `title` is the job's, where the write's own does not do.
    """

    key: str
    name: str
    search: str = ""
    title: str = ""


def first(noun: str, thing: Any, *_: object, **__: object) -> About:
    """The thing that the service takes first."""
    return About(f"{noun}:{thing.cliq_id}", str(thing.name), thing.search)


def named(noun: str, *_: object, name: str, **__: object) -> About:
    """Something new, which has only its name yet."""
    return About(f"{noun}:{fold(name.strip())}", name.strip())


def no_note(_: object) -> str:
    """Mostly, that it was done says all."""
    return ""


@dataclass(slots=True)
class Write(Generic[Result]):
    """A write that can wait; it is the kind of its job.

    `send` is the service: what the page gives it is kept, and a job adds `actor`, `job_id`, `on_intent` and
    `on_outcome`. `about` takes the noun and the same. `labels` are the words for the fields that somebody
    else may have changed, `note` what else there is to say of a result. `each` says that the service makes
    a call for each of several: it is asked again until nothing is left. What is `confirmed` with its
    consequences waits for an hour at most. `label` is what the list of jobs calls it; it comes of title and
    noun where none is given.
    """

    name: str
    noun: str
    permission: Permission
    send: Callable[..., Result]
    title: str = "Change {name}"
    done: str = "{name} was changed."
    about: Callable[..., About] = first
    labels: Mapping[str, str] = field(default_factory=dict)
    action: RowAction = RowAction.UPDATE
    each: bool = False
    confirmed: bool = False
    label: str = ""
    note: Callable[[Any], str] = no_note

    def __post_init__(self) -> None:
        self.label = self.label or self.title.format(name=f"a {self.noun}")

    def step(self, job: Job, lease: Lease) -> Step:
        """Send the change, or find out what became of it."""
        row = job.rows.get()
        if row.status == RowStatus.PLANNED:
            return self._send(job, row, lease)
        if row.status in (RowStatus.SENT, RowStatus.UNKNOWN):
            return self._settle(row)
        return Finished(row.sentence)

    def url(self, job: Job) -> str:
        """The common job page shows all there is."""
        return ""

    def queue(self, *args: Any, actor: Actor, **kwargs: Any) -> Job:
        """Have the service called when the quota is free. Refused while another job holds the same key."""
        about = self.about(self.noun, *args, **kwargs)
        data = {"args": packed(args), "kwargs": packed(kwargs)}
        try:
            with transaction.atomic():
                title = about.title or self.title.format(name=about.name)
                job = services.create(self.name, title=title[:200], actor=actor, total=1)
                Reservation.objects.create(key=about.key[:320], job=job)
                JobRow.objects.create(
                    job=job,
                    number=1,
                    key=about.key[:320],
                    name=about.name[:300],
                    search=about.search[:700],
                    data=data,
                    action=self.action,
                )
        except IntegrityError:
            raise Refused(
                f"Another job is about to change {about.name}. Wait until it has finished, then save again."
            ) from None
        return job

    def _send(self, job: Job, row: JobRow, lease: Lease) -> Step:
        if self.confirmed and timezone.now() - job.created_at > CONFIRMED:
            return _close(
                row,
                RowStatus.REFUSED,
                "Nothing was sent: this was confirmed more than an hour ago. Look again and decide anew.",
            )

        def sent(operations: Sequence[Operation]) -> None:
            lease.confirm()
            JobRow.objects.filter(pk=row.pk).update(
                status=RowStatus.SENT,
                operation_id=operations[0].pk,
                lease_token=lease.token,
                sent_at=timezone.now(),
            )

        answers: list[str] = []

        def told(_: Sequence[Operation], outcomes: Sequence[Outcome]) -> None:
            answers.append(outcomes[0].sentence)
            self._record(row, Stage(outcomes[0].stage), outcomes[0].sentence)

        job_gives = {"actor": job.actor, "job_id": job.pk, "on_intent": sent, "on_outcome": told}
        try:
            result = self.send(*unpacked(row.data["args"]), **unpacked(row.data["kwargs"]), **job_gives)
        except NothingToChange as error:
            if self.each and Operation.objects.filter(job_id=job.pk, stage=Stage.DONE).exists():
                return self._done(row)
            return _close(row, RowStatus.NOTHING, error.sentence)
        except ChangedElsewhere as error:
            words = {**self.labels, **error.labels}
            names = ", ".join(words.get(name, name) for name in error.fields)
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
        return self._done(row, *answers, self.note(result))

    def _settle(self, row: JobRow) -> Step:
        """A sent row is never sent again before reading has shown that nothing happened.

        A call for several people is one operation for each of them: all are found out about.
        """
        assert row.operation_id is not None  # noqa: S101
        first_of_call = Operation.objects.get(pk=row.operation_id)
        of_call = Operation.objects.filter(
            job_id=row.job_id, kind=first_of_call.kind, intent_seq__gte=first_of_call.intent_seq
        )
        open_ones = of_call.filter(stage__in=OPEN)
        if open_ones.exists():
            self._record(row, Stage.UNKNOWN, row.sentence)
        if open_ones.filter(observe_at=None).exists():
            return Stop(
                "What became of it could not be found out by reading. Settle it in the log, "
                "then resume the job."
            )
        operation = open_ones.order_by("observe_at").first()
        if operation is not None:
            assert operation.observe_at is not None  # noqa: S101
            wait = (operation.observe_at - timezone.now()).total_seconds()
            if wait > 0:
                return Wait(wait, "The answer was lost: the portal tries to find out what became of it.")
            settling.settle_one(operation)
            return Again("Reading Zoho to find out what became of the change.")
        stages = {Stage(stage) for stage in of_call.values_list("stage", flat=True)}
        stage = next((each for each in (Stage.NOT_DONE, Stage.REFUSED) if each in stages), Stage.DONE)
        self._record(row, stage, "Found out by reading Zoho.")
        return Again("Found out what became of the change.")

    def _record(self, row: JobRow, stage: Stage, sentence: str) -> None:
        """What an operation's stage means for its row: what did not happen is still planned."""
        status = STATUSES.get(stage, RowStatus.UNKNOWN)
        if self.each and status == RowStatus.DONE:
            status = RowStatus.PLANNED
        JobRow.objects.filter(pk=row.pk).update(status=status, sentence=sentence[:500])

    def _done(self, row: JobRow, *answers: str) -> Finished:
        """What was done, and what Zoho's answers said besides."""
        said = [self.done.format(name=row.name), *dict.fromkeys(answers)]
        return _close(row, RowStatus.DONE, " ".join(each for each in said if each))


def register_write(*writes: Write[Any]) -> None:
    """Add writes; called from their app's AppConfig.ready()."""
    for write in writes:
        register_kind(write)


def _close(row: JobRow, status: RowStatus, sentence: str) -> Finished:
    JobRow.objects.filter(pk=row.pk).update(status=status, sentence=sentence[:500])
    Job.objects.filter(pk=row.job_id).update(done=1)
    return Finished(sentence)
