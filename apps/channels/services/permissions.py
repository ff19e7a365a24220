"""Changing what each role may do in a channel: one call for one save, with only what changes."""

from collections.abc import Mapping, Sequence
from typing import Unpack

from apps.audit.events import Subject
from apps.audit.models import Operation, Stage
from apps.audit.operation import Change, Outcome, intent_of
from apps.channels import matrix, mirror
from apps.channels.matrix import Cell
from apps.channels.models import Channel, MemberRole
from apps.channels.services import moving, reading
from apps.cliq.catalogue import CATALOGUE
from apps.cliq.client import Cliq
from apps.cliq.replies_channels import Channel as WireChannel
from apps.connections.clients import client
from apps.console.matrix import ENABLED, Review, Saved, judged
from apps.core.actor import Actor
from apps.core.errors import Refused
from apps.directory.services import writing
from apps.directory.services.placed import MADE, NOT_MADE
from apps.directory.services.writing import InJob

UPDATE = CATALOGUE["channels.update_permissions"]
OWN: Mapping[str, str] = {
    MemberRole.ADMIN: "an admin",
    MemberRole.MODERATOR: "a moderator",
    MemberRole.MEMBER: "a member",
}


def update(
    channel: Channel,
    wanted: Mapping[str, str],
    *,
    shown: Mapping[str, str],
    actor: Actor,
    reason: str = "",
    **job: Unpack[InJob],
) -> Saved:
    """Send those of `wanted` (value by cell key) that differ from `shown` and from what Zoho says now.

    ChangedElsewhere (`fields`: present value by cell key), NothingToChange, Refused, QuotaWait,
    OutcomeUnknown (settled later by reading).
    """
    job_id = job.get("job_id")
    cliq = job.get("cliq") or client(interactive=job_id is None)
    moving.settled(channel)
    read(channel, cliq)
    found = judged(matrix.cells(channel.permissions), wanted, shown)
    _demand_settable(channel, found)
    found.demand_clear(channel.name)
    writing.demand_slot(cliq, UPDATE, interactive=job_id is None)
    return _send(channel, found, actor, reason, cliq, job)


def read(channel: Channel, cliq: Cliq) -> None:
    """Bring the mirror up to what Zoho says. Refused where it no longer shows the channel."""
    if not moving.read(channel, cliq):
        raise Refused(reading.NOT_SHOWN)


def _demand_settable(channel: Channel, found: Review[Cell]) -> None:
    if found.pending and channel.is_archived:
        raise Refused(f"{channel.name} is archived: open it again before changing what people may do in it.")
    own = OWN.get(channel.own_role, "")
    for each in found.pending:
        if matrix.is_above(channel, each.cell.role):
            raise Refused(
                f"“{each.cell.title}” cannot be set by the portal: whoever connects it is {own} in "
                f"{channel.name}, and Zoho lets them set only what roles below that may do."
            )
        if matrix.is_withheld(channel, each.cell.name):
            raise Refused(
                f"“{each.cell.title}” cannot be set by the portal: whoever connects it is {own} in "
                f"{channel.name} and may not do this there, and Zoho lets nobody set what they may not do."
            )


def _send(channel: Channel, found: Review[Cell], actor: Actor, reason: str, cliq: Cliq, job: InJob) -> Saved:
    before, after = _allowed(found.before), _allowed(found.after)
    expected = matrix.values(matrix.changed(channel.permissions, after))
    notes: list[str] = []

    def answered(wire: WireChannel) -> Outcome:
        note = _note(expected, wire)
        notes.append(note)
        return Outcome(Stage.DONE, note)

    change = Change(
        kind="channel.permissions_changed",
        subject=Subject("channel", channel.cliq_id, channel.name),
        endpoint=UPDATE.name,
        key=channel.cliq_id,
        before=before,
        after=after,
    )
    event = writing.carry_out(
        [change],
        call=lambda: cliq.channels.update_permissions(channel.cliq_id, **matrix.wire(after)),
        store=lambda wire: write(channel.cliq_id, after, wire),
        answered=answered,
        actor=actor,
        reason=reason,
        **writing.for_operation(job),
    )
    channel.refresh_from_db()
    return Saved(len(after), event, notes[0])


def _allowed(values: Mapping[str, str]) -> dict[str, bool]:
    return {key: value == ENABLED for key, value in values.items()}


def _note(expected: Mapping[str, bool], wire: WireChannel) -> str:
    """What the answer shows otherwise than was asked for, or touched beside it."""
    shown, cells = matrix.values(wire.permissions), matrix.cells(wire.permissions)
    other = [cells[key].title for key, allowed in shown.items() if expected.get(key, allowed) != allowed]
    return f"Zoho's answer shows something else than was asked for: {', '.join(other)}." if other else ""


def write(channel_id: str, after: Mapping[str, bool], wire: WireChannel | None = None) -> None:
    """Put what was written into the mirror, as the answer shows it; runs in the outcome's transaction."""
    row = Channel.objects.select_for_update().filter(cliq_id=channel_id).first()
    if row is not None:
        answered = {role: dict(given) for role, given in wire.permissions.items() if given} if wire else {}
        mirror.change(channel_id, {"permissions": matrix.changed(row.permissions, after) | answered})


def observe(operation: Operation, change: Change) -> Outcome | None:
    """Equal to after: done. Equal to before: not done. Anything else stays unknown."""
    try:
        wire = client(interactive=False).channels.get(operation.key)
    except Refused as error:
        if not reading.hides(error):
            raise
        return None
    present = matrix.values(wire.permissions)
    for kept, outcome in ((change.after, MADE), (change.before, NOT_MADE)):
        if all(present.get(key) == allowed for key, allowed in kept.items()):
            return outcome
    return None


def keep(operations: Sequence[Operation], outcomes: Sequence[Outcome]) -> None:
    """Write what turned out to be done into the mirror; runs in the outcome's transaction."""
    for operation, outcome in zip(operations, outcomes, strict=True):
        if outcome.stage == Stage.DONE:
            write(operation.key, intent_of(operation)[0].after)
