"""Operations left without an outcome, settled by reading what Zoho shows now."""

from collections.abc import Callable, Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from apps.audit import operation as operations
from apps.audit.events import Draft, record
from apps.audit.models import Operation, Stage
from apps.audit.operation import Change, OnOutcome, Outcome
from apps.core.actor import Actor
from apps.core.errors import PortalError

# Reading once may meet a replica that has not seen the write yet; after this many a person is asked.
ATTEMPTS = 4
PAUSE = timedelta(seconds=60)

# What reading shows: an outcome, or None where it cannot tell yet. Keyed by the kind of event.
Observe = Callable[[Operation, Change], Outcome | None]
_observers: dict[str, tuple[Observe, OnOutcome]] = {}
# Sentences: what the portal does by itself once an operation of a kind turned out to be done.
_following: dict[str, Callable[[], str]] = {}


def register_observer(
    kind: str, observe: Observe, *, on_outcome: OnOutcome, follows: Callable[[], str] | None = None
) -> None:
    """Name what settles operations of a kind; `on_outcome` writes the mirror with the outcome.

    `follows` says in a sentence what a listener of `on_settled` does once it was done, empty if nothing.
    """
    _observers[kind] = (observe, on_outcome)
    if follows is not None:
        _following[kind] = follows


def follows(kind: str) -> str:
    """What else happens once an operation of this kind is settled as done; empty for nothing."""
    return _following[kind]() if kind in _following else ""


def cannot_tell(operation: Operation, change: Change) -> Outcome | None:
    """The observer of what Zoho never shows: a person is asked at once."""
    return None


def due() -> QuerySet[Operation]:
    """Open operations that it is time to read about."""
    return Operation.objects.filter(
        stage__in=[Stage.INTENT, Stage.UNKNOWN], observe_at__lte=timezone.now()
    ).order_by("observe_at")


def settle_due(limit: int = 5, *, jobs: Iterable[int] = ()) -> int:
    """Try to settle the oldest open operations, those of a job only where it is one of `jobs`.

    A job that goes on settles its own. Returns how many found an outcome.
    """
    oldest = due().filter(Q(job_id=None) | Q(job_id__in=list(jobs)))[:limit]
    return sum(settle_one(operation) for operation in oldest)


def settle_one(operation: Operation) -> bool:
    """Read what one open operation is about; True if that gave it an outcome."""
    if not _claim(operation):
        return False
    observe, on_outcome = _observers[operation.kind]
    change, _, _ = operations.intent_of(operation)
    try:
        outcome = observe(operation, change)
    except PortalError:
        # Reading failed as well, which says nothing and counts for nothing: the claim has put it off.
        return False
    if outcome is None:
        _count(operation)
        return False
    return operations.settle(operation, outcome, by="reading Zoho", on_outcome=on_outcome)


def settle_by_person(operation: Operation, outcome: Outcome, *, actor: Actor, reason: str) -> bool:
    """Give an open operation the outcome a person has seen in Zoho; False if it had one already."""
    _, on_outcome = _observers.get(operation.kind, (None, operations.nothing))
    with transaction.atomic():
        if not operations.settle(operation, outcome, by=actor.name, on_outcome=on_outcome):
            return False
        change, _, _ = operations.intent_of(operation)
        record(
            Draft(
                kind="log.settled",
                actor=actor,
                subject=change.subject,
                after={"outcome": outcome.stage.label},
                reason=reason,
                operation_id=str(operation.pk),
                job_id=operation.job_id,
            )
        )
    return True


def _claim(operation: Operation) -> bool:
    """Put the next attempt off before reading, so that two processes do not read for the same one."""
    claimed = Operation.objects.filter(pk=operation.pk, observe_at=operation.observe_at).update(
        observe_at=timezone.now() + PAUSE * (operation.observed + 1)
    )
    return bool(claimed) and operation.kind in _observers


def _count(operation: Operation) -> None:
    """An answer that did not tell; after the last of them nobody reads again by themselves."""
    last = operation.observed + 1 >= ATTEMPTS or _observers[operation.kind][0] is cannot_tell
    values = {"observed": F("observed") + 1} | ({"observe_at": None} if last else {})
    Operation.objects.filter(pk=operation.pk).update(**values)
