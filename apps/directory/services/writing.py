"""One change, one call: what every write of the directory does before, around and after it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypedDict

from django.db.models import Q

from apps.audit import operation
from apps.audit.models import Operation, Stage
from apps.audit.operation import DONE, Change, OnIntent, OnOutcome, Outcome, nothing
from apps.cliq.catalogue import Endpoint
from apps.cliq.client import Cliq
from apps.cliq.durations import spoken
from apps.connections.clients import PATIENCE
from apps.core.actor import Actor
from apps.core.errors import ChangedElsewhere, QuotaWait, Refused


class InJob(TypedDict, total=False):
    """What a job hands to a service: itself, what keeps its rows beside the log, its client."""

    job_id: int
    on_intent: OnIntent
    on_outcome: OnOutcome
    cliq: Cliq


def for_operation(job: InJob) -> dict[str, Any]:
    """Of these what an operation takes."""
    return {name: each for name, each in job.items() if name != "cliq"}


def simply_done(_: Any) -> Outcome:
    """For answers that say no more than that it was done."""
    return DONE


def judged(
    values: Mapping[str, Any],
    shown: Mapping[str, Any] | None,
    present: Mapping[str, Any],
    *,
    noun: str,
    unread: frozenset[str] = frozenset(),
) -> dict[str, Any]:
    """Of `values` those that differ from `shown`, which is what the person saw; without it, all of them.

    ChangedElsewhere if somebody else changed one of the same fields meanwhile: theirs is shown before it is
    overwritten. What is `unread` cannot be compared.
    """
    if shown is None:
        return dict(values)
    wanted = {name: each for name, each in values.items() if shown.get(name, "") != each}
    others = {
        name: present.get(name, "")
        for name, each in wanted.items()
        if name not in unread and present.get(name, "") not in (shown.get(name, ""), each)
    }
    if others:
        raise ChangedElsewhere(
            f"Somebody changed this {noun} meanwhile, so nothing was saved. The fields concerned say what "
            "they are now: save again to put yours in their place.",
            fields=others,
        )
    return wanted


def under_way(changes: Q) -> list[str]:
    """The keys of those changes that may still be on their way."""
    stages = [Stage.INTENT, Stage.UNKNOWN]
    return list(Operation.objects.filter(changes, stage__in=stages).values_list("key", flat=True))


def demand_settled(name: str, changes: Q) -> None:
    """What may still be on its way is found out before anything is sent on top of it."""
    if under_way(changes):
        raise Refused(
            f"An earlier change of {name} has no answer yet. The portal reads Zoho "
            "within a minute or two to find out what became of it; save again after that."
        )


def demand_slot(cliq: Cliq, endpoint: Endpoint, *, interactive: bool = True) -> None:
    """A full window is found out before an intent is written down."""
    wait = cliq.quota.wait(endpoint, interactive=interactive)
    if wait > (PATIENCE if interactive else 0):
        raise QuotaWait(
            f"Zoho's limit leaves no room for this change now; the next is free in {spoken(wait)}.",
            seconds=wait,
        )


def carry_out(
    changes: Sequence[Change],
    *,
    call: Callable[[], Any],
    store: Callable[[Any], object],
    actor: Actor,
    reason: str = "",
    answered: Callable[[Any], Outcome | Sequence[Outcome]] = simply_done,
    job_id: int | None = None,
    on_intent: OnIntent = nothing,
    on_outcome: OnOutcome = nothing,
) -> int | None:
    """Make one call that carries out all of `changes`; answers the number of the first one's outcome.

    `store` writes the mirror from the reply in the outcome's transaction; `answered` is the outcome that
    a reply means, the same for each change or one for each. Refused, QuotaWait, OutcomeUnknown.
    """
    replies: list[Any] = []
    told: list[Operation] = []

    def send() -> list[Outcome]:
        replies.append(call())
        found = answered(replies[0])
        return [found] * len(changes) if isinstance(found, Outcome) else list(found)

    def keep(operations: Sequence[Operation], outcomes: Sequence[Outcome]) -> None:
        told.extend(operations)
        if replies:
            store(replies[0])
        on_outcome(operations, outcomes)

    operation.run(
        changes, actor=actor, send=send, reason=reason, job_id=job_id, on_intent=on_intent, on_outcome=keep
    )
    return told[0].outcome_seq if told else None
