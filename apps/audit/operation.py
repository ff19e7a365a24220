"""The one place that knows the order of a write: intent, remote call, mirror, outcome.

1. The intent is committed, together with whatever the caller marks as sent.
2. The call leaves with no transaction open.
3. The mirror row and 4. the outcome are committed together.

A process that dies between 2 and 4 leaves an operation without an outcome; it is never sent again
blindly but settled by reading (`settling.py`).
"""

import json
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.audit import chain
from apps.audit.events import Draft, Subject
from apps.audit.models import Event, Operation, Stage
from apps.core.actor import Actor
from apps.core.errors import GrantDead, NotSent, PortalError, QuotaWait, Refused
from apps.core.saving import save_all

# Past the renewal of a token, the wait for a slot and the call's own deadline together: what was still
# on its way has arrived or never will.
OBSERVE_AFTER = timedelta(seconds=120)
# The portal has given the call up; Zoho may still be at work on it.
OBSERVE_UNKNOWN = timedelta(seconds=20)


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one thing, as it will stand in the log."""

    kind: str
    subject: Subject
    endpoint: str
    key: str
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one change. `sentence` is what a person reads, `details` the vendor's answer.

    `subject` is what the answer named: something just made has its id only from there.
    """

    stage: Stage
    sentence: str = ""
    code: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)
    subject: Subject | None = None


DONE = Outcome(Stage.DONE)
Send = Callable[[], Sequence[Outcome]]
OnIntent = Callable[[Sequence[Operation]], None]
OnOutcome = Callable[[Sequence[Operation], Sequence[Outcome]], None]


OnSettled = Callable[[Operation, Outcome], None]
_on_settled: list[OnSettled] = []


def on_settled(listener: OnSettled) -> None:
    """Tell `listener` of each outcome found later, in its transaction; called from AppConfig.ready()."""
    if listener not in _on_settled:
        _on_settled.append(listener)


def nothing(*_: object) -> None:
    """For whoever keeps nothing of their own beside the log."""


def run(
    changes: Sequence[Change],
    *,
    actor: Actor,
    send: Send,
    reason: str = "",
    job_id: int | None = None,
    on_intent: OnIntent = nothing,
    on_outcome: OnOutcome = nothing,
) -> list[Outcome]:
    """Carry out one remote call that makes these changes, and return one outcome for each.

    `send` makes the call and tells the outcomes in the order of `changes`. `on_intent` runs in the
    intent's transaction (raise there and nothing is sent), `on_outcome` in the outcome's: it writes
    the mirror. Expected failures become outcomes and are then raised again.
    """
    operations = _begin(changes, actor=actor, reason=reason, job_id=job_id, on_intent=on_intent)
    failure: PortalError | None = None
    try:
        outcomes = list(send())
    except PortalError as error:
        failure, outcomes = error, [outcome_of(error)] * len(operations)
    if len(outcomes) != len(operations):
        raise ValueError("A call's outcomes must match its changes one to one.")
    _conclude(operations, changes, outcomes, actor=actor, reason=reason, on_outcome=on_outcome)
    if failure is not None:
        raise failure
    return outcomes


def outcome_of(error: PortalError) -> Outcome:
    """What an expected failure says about the change that was asked for."""
    if isinstance(error, Refused):
        details = {"status": error.status, "answer": error.answer}
        return Outcome(Stage.REFUSED, error.sentence, error.code, details)
    if isinstance(error, NotSent | QuotaWait | GrantDead):
        return Outcome(Stage.NOT_DONE, error.sentence)
    # OutcomeUnknown, and whatever says nothing about the change: only reading can tell.
    return Outcome(Stage.UNKNOWN, error.sentence)


def settle(operation: Operation, outcome: Outcome, *, by: str, on_outcome: OnOutcome = nothing) -> bool:
    """Give an open operation its outcome, found by reading Zoho or told by a person (`by`).

    Returns False if somebody else settled it first.
    """
    change, actor, reason = intent_of(operation)
    outcome = replace(outcome, details={**outcome.details, "settled_by": by})
    with transaction.atomic():
        fresh = _still_open([operation.pk])
        if not fresh:
            return False
        on_outcome(fresh, [outcome])
        for listener in _on_settled:
            listener(fresh[0], outcome)
        _record(fresh, [change], [outcome], actor=actor, reason=reason)
    return True


def intent_of(operation: Operation) -> tuple[Change, Actor, str]:
    """The change, the actor and the reason as the operation's intent recorded them."""
    body = json.loads(Event.objects.get(seq=operation.intent_seq).body)
    change = Change(
        kind=body["kind"],
        subject=Subject(body["subject_type"], body["subject_id"], body["subject_name"]),
        endpoint=operation.endpoint,
        key=operation.key,
        before=body["before"],
        after=body["after"],
    )
    actor = Actor(
        body["actor_kind"], body["actor_name"], body["actor_zuid"], body["actor_role"], body["address"]
    )
    return change, actor, body["reason"]


def _begin(
    changes: Sequence[Change], *, actor: Actor, reason: str, job_id: int | None, on_intent: OnIntent
) -> list[Operation]:
    now = timezone.now()
    operations = [
        Operation(
            id=uuid.uuid4(),
            kind=change.kind,
            endpoint=change.endpoint,
            key=change.key,
            job_id=job_id,
            started_at=now,
            observe_at=now + OBSERVE_AFTER,
        )
        for change in changes
    ]
    with transaction.atomic():
        on_intent(operations)
        drafts = [
            _draft(operation, change, Outcome(Stage.INTENT), actor=actor, reason=reason)
            for operation, change in zip(operations, changes, strict=True)
        ]
        for operation, seq in zip(operations, chain.append([d.body() for d in drafts]), strict=True):
            operation.intent_seq = seq
        Operation.objects.bulk_create(operations, batch_size=200)
    return operations


def _conclude(
    operations: Sequence[Operation],
    changes: Sequence[Change],
    outcomes: Sequence[Outcome],
    *,
    actor: Actor,
    reason: str,
    on_outcome: OnOutcome,
) -> None:
    """Mirror and outcomes in one transaction, for what nobody settled while this process was slow."""
    told = {
        operation.pk: (change, outcome)
        for operation, change, outcome in zip(operations, changes, outcomes, strict=True)
    }
    with transaction.atomic():
        fresh = _still_open([operation.pk for operation in operations])
        if not fresh:
            return
        kept_changes, kept_outcomes = zip(*(told[operation.pk] for operation in fresh), strict=True)
        on_outcome(fresh, kept_outcomes)
        _record(fresh, kept_changes, kept_outcomes, actor=actor, reason=reason)


def _still_open(ids: Sequence[uuid.UUID]) -> list[Operation]:
    """Those operations without an outcome, locked, in the order of their intents."""
    return list(
        Operation.objects.select_for_update()
        .filter(pk__in=ids, stage__in=[Stage.INTENT, Stage.UNKNOWN])
        .order_by("intent_seq")
    )


def _record(
    operations: Sequence[Operation],
    changes: Sequence[Change],
    outcomes: Sequence[Outcome],
    *,
    actor: Actor,
    reason: str,
) -> None:
    """Append the outcomes and move the operations on; runs in the caller's transaction, last."""
    triples = list(zip(operations, changes, outcomes, strict=True))
    bodies = [_draft(*triple, actor=actor, reason=reason).body() for triple in triples]
    for (operation, _, outcome), seq in zip(triples, chain.append(bodies), strict=True):
        operation.stage, operation.outcome_seq = outcome.stage, seq
        unknown = outcome.stage == Stage.UNKNOWN
        operation.observe_at = timezone.now() + OBSERVE_UNKNOWN if unknown else None
    save_all(operations, ["stage", "outcome_seq", "observe_at"])


def _draft(operation: Operation, change: Change, outcome: Outcome, *, actor: Actor, reason: str) -> Draft:
    made = outcome.subject
    details: dict[str, Any] = {"endpoint": change.endpoint, "key": made.id if made else change.key}
    if outcome.sentence:
        details["sentence"] = outcome.sentence
    if outcome.code:
        details["vendor_code"] = outcome.code
    return Draft(
        kind=change.kind,
        actor=actor,
        stage=outcome.stage,
        subject=made or change.subject,
        before=change.before,
        after=change.after,
        details={**details, **outcome.details},
        reason=reason,
        operation_id=str(operation.id),
        job_id=operation.job_id,
    )
