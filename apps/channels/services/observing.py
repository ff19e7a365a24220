"""What reading Zoho shows of a change of a channel whose outcome is unknown."""

from collections.abc import Sequence

from apps.audit.models import Operation, Stage
from apps.audit.operation import Change, Outcome, intent_of
from apps.channels import selectors
from apps.channels.services import editing, moving, reading
from apps.channels.services.moving import GONE
from apps.connections.clients import client
from apps.core.errors import Refused
from apps.directory.services.placed import MADE, NOT_MADE


def observe_move(operation: Operation, change: Change) -> Outcome | None:
    """Where the channel stands now. What should be gone and is still there is looked at twice."""
    channel = selectors.channel_by_id(operation.key)
    if channel is None:
        return None
    try:
        status = reading.facts(channel, client(interactive=False)).status
    except Refused as error:
        if not reading.hides(error):
            raise
        status = GONE
    if status == change.after["status"]:
        return MADE
    if status != change.before["status"]:
        return None
    return NOT_MADE if change.after["status"] != GONE or operation.observed >= 1 else None


def observe_created(operation: Operation, change: Change) -> Outcome | None:
    """Zoho knew no such name before: who finds it now has found what was made."""
    level = str(change.after["level"])
    wire = editing.same_name(client(interactive=False), str(change.after["name"]), level)
    if wire is not None:
        return Outcome(MADE.stage, MADE.sentence, subject=editing.subject(wire))
    return NOT_MADE if operation.observed >= 1 else None


def observe_updated(operation: Operation, change: Change) -> Outcome | None:
    """Equal to after: done. Equal to before: not done. A picture or settings alone are never read back."""
    channel = selectors.channel_by_id(operation.key)
    if channel is None or not change.before:
        return None
    reading.facts(channel, client(interactive=False))
    present = {name: getattr(channel, name) for name in change.before}
    if all(present[name] == change.after[name] for name in present):
        return MADE
    return NOT_MADE if present == dict(change.before) else None


def keep_move(operations: Sequence[Operation], outcomes: Sequence[Outcome]) -> None:
    """Write what turned out to be done into the mirror; runs in the outcome's transaction."""
    for operation, outcome in zip(operations, outcomes, strict=True):
        if outcome.stage == Stage.DONE:
            moving.moved(operation.key, str(intent_of(operation)[0].after["status"]))
