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
from apps.core.errors import GrantDead, NotSent, OutcomeUnknown, PortalError, QuotaWait, Refused

# Past every call's own deadline: what was still on its way has arrived or never will.
OBSERVE_AFTER = timedelta(seconds=45)


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
    """What became of one change. `sentence` is what a person reads, `details` the vendor's answer."""

    stage: Stage
    sentence: str = ""
    code: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)


DONE = Outcome(Stage.DONE)
Send = Callable[[], Sequence[Outcome]]
OnIntent = Callable[[Sequence[Operation]], None]
OnOutcome = Callable[[Sequence[Operation], Sequence[Outcome]], None]


def _nothing(*_: object) -> None:
    """The default for callers that keep nothing of their own beside the log."""


def run(
    changes: Sequence[Change],
    *,
    actor: Actor,
    send: Send,
    reason: str = "",
    job_id: int | None = None,
    on_intent: OnIntent = _nothing,
    on_outcome: OnOutcome = _nothing,
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
    with transaction.atomic():
        on_outcome(operations, outcomes)
        _record(operations, changes, outcomes, actor=actor, reason=reason)
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
    if isinstance(error, OutcomeUnknown):
        return Outcome(Stage.UNKNOWN, error.sentence)
    raise error


def settle(operation: Operation, outcome: Outcome, *, by: str, on_outcome: OnOutcome = _nothing) -> bool:
    """Give an open operation its outcome, found by reading Zoho or told by a person (`by`).

    Returns False if somebody else settled it first.
    """
    change, actor, reason = intent_of(operation)
    outcome = replace(outcome, details={**outcome.details, "settled_by": by})
    with transaction.atomic():
        fresh = Operation.objects.select_for_update().get(pk=operation.pk)
        if fresh.stage not in (Stage.INTENT, Stage.UNKNOWN):
            return False
        on_outcome([fresh], [outcome])
        _record([fresh], [change], [outcome], actor=actor, reason=reason)
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
        if outcome.stage != Stage.UNKNOWN:
            operation.observe_at = None
    Operation.objects.bulk_update(operations, ["stage", "outcome_seq", "observe_at"], batch_size=200)


def _draft(operation: Operation, change: Change, outcome: Outcome, *, actor: Actor, reason: str) -> Draft:
    details: dict[str, Any] = {"endpoint": change.endpoint, "key": change.key}
    if outcome.sentence:
        details["sentence"] = outcome.sentence
    if outcome.code:
        details["vendor_code"] = outcome.code
    return Draft(
        kind=change.kind,
        actor=actor,
        stage=outcome.stage,
        subject=change.subject,
        before=change.before,
        after=change.after,
        details={**details, **outcome.details},
        reason=reason,
        operation_id=str(operation.id),
        job_id=operation.job_id,
    )
