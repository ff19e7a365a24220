"""What reading Zoho shows of a placing whose answer was lost."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from apps.audit.kinds import register_kinds
from apps.audit.models import Operation, Stage
from apps.audit.operation import Change, Outcome, intent_of, nothing
from apps.audit.settling import Observe, register_observer
from apps.connections.clients import client
from apps.directory.services.placing import Placing

MADE = Outcome(Stage.DONE, "Reading Zoho shows the change: it had taken effect.")
NOT_MADE = Outcome(Stage.NOT_DONE, "Reading Zoho shows everything as it was: the change did not happen.")


def register(placing: Placing) -> None:
    """Name the verbs of the log, and what settles each act."""
    register_kinds(dict(placing.verbs))
    _settle(placing, "created", _observe_created, nothing)
    _settle(placing, "updated", _observe_updated, _settled_update)
    _settle(placing, "deleted", _observe_deleted, _settled_delete)
    for act in ("member_added", "member_removed"):
        _settle(placing, act, _observe_member, _settled_member)


def _settle(
    placing: Placing,
    act: str,
    observe: Callable[[Placing, Operation, Change], Outcome | None],
    settled: Callable[[Placing, Operation, Change], object],
) -> None:
    found: Observe = partial(observe, placing)
    register_observer(f"{placing.noun}.{act}", found, on_outcome=when_done(partial(settled, placing)))


def _observe_created(placing: Placing, operation: Operation, change: Change) -> Outcome | None:
    """Zoho knew no such name before: who finds it now has found what was made."""
    wire = placing.same_name(client(interactive=False), change.subject.name)
    if wire is not None:
        return Outcome(MADE.stage, MADE.sentence, subject=placing.subject(wire))
    return NOT_MADE if operation.observed >= 1 else None


def _observe_updated(placing: Placing, operation: Operation, change: Change) -> Outcome | None:
    """Equal to after: done. Equal to before: not done. Anything else stays unknown."""
    present = placing.read(placing.row(operation.key), client(interactive=False))
    for kept, outcome in ((change.after, MADE), (change.before, NOT_MADE)):
        if all(present.get(name, "") == each for name, each in placing.untold(kept).items()):
            return outcome
    return None


def _observe_deleted(placing: Placing, operation: Operation, change: Change) -> Outcome | None:
    """Gone: done. Still there by two readings apart: not done."""
    if not placing.there(operation.key, client(interactive=False)):
        return MADE
    return NOT_MADE if operation.observed >= 1 else None


def _observe_member(placing: Placing, operation: Operation, change: Change) -> Outcome | None:
    """Where the person is placed now."""
    row_id, _, user_id = operation.key.partition("/")
    present = placing.place_now(placing.row(row_id), user_id, client(interactive=False))
    for kept, outcome in ((change.after, MADE), (change.before, NOT_MADE)):
        if present == _id_of(kept[placing.noun]):
            return outcome
    return None


def _settled_update(placing: Placing, operation: Operation, change: Change) -> None:
    row = placing.row(operation.key)
    placing.store(row, {**placing.of_row(row), **placing.untold(change.after)})


def _settled_member(placing: Placing, operation: Operation, change: Change) -> None:
    row_id, _, user_id = operation.key.partition("/")
    placing.put(placing.row(row_id), [user_id], inside=bool(change.after[placing.noun]))


def _settled_delete(placing: Placing, operation: Operation, change: Change) -> None:
    placing.forget(placing.row(operation.key))


def _id_of(kept: Any) -> str:
    return str(kept["id"]) if isinstance(kept, Mapping) else str(kept)


def when_done(settled: Callable[[Operation, Change], object]) -> Callable[..., None]:
    """What writes the mirror with the outcome, for what turned out to be done."""

    def on_outcome(operations: Sequence[Operation], outcomes: Sequence[Outcome]) -> None:
        for operation, outcome in zip(operations, outcomes, strict=True):
            if outcome.stage == Stage.DONE:
                settled(operation, intent_of(operation)[0])

    return on_outcome
