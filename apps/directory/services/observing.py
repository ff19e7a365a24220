"""What reading Zoho shows of a change whose outcome is unknown."""

from collections.abc import Sequence

from django.utils import timezone

from apps.audit.models import Operation, Stage
from apps.audit.operation import Change, Outcome, intent_of
from apps.cliq.client import Cliq
from apps.cliq.replies import User as WireUser
from apps.connections import selectors
from apps.connections.clients import client
from apps.directory import canonical
from apps.directory.models import User
from apps.directory.services import seen


def observe_added(emails: Sequence[str], *, client: Cliq) -> dict[str, WireUser | None]:
    """Who of these addresses Zoho knows, by folded address; None for each that it does not.

    A search finds members, and the invited only when asked for by status: two calls an address.
    """
    found: dict[str, WireUser | None] = {}
    for email in emails:
        matches = client.users.search(email) or client.users.search(email, status="pending")
        found[email.strip().casefold()] = matches[0] if matches else None
    return found


def observe_update(operation: Operation, change: Change) -> Outcome | None:
    """Equal to after: done. Equal to before: not done. Anything else stays unknown."""
    asked_at = timezone.now()
    wire = client(interactive=False).users.get(operation.key)
    organization = selectors.organization()
    if organization is not None:
        seen.store(organization, [wire], asked_at=asked_at)
    present = canonical.of_wire(wire)
    before, after = canonical.unlogged(change.before), canonical.unlogged(change.after)
    fields = [name for name in after if name not in canonical.UNREAD]
    if not fields:
        return None
    if all(present.get(name, "") == after[name] for name in fields):
        return Outcome(Stage.DONE, "Reading Zoho shows the change: it had taken effect.")
    if all(present.get(name, "") == before.get(name, "") for name in fields):
        return Outcome(Stage.NOT_DONE, "Reading Zoho shows everything as it was: the change did not happen.")
    return None


def observe_invitation(operation: Operation, change: Change) -> Outcome | None:
    """Found: done. Not found by two readings apart: not done."""
    wire = observe_added([operation.key], client=client(interactive=False))[operation.key]
    if wire is not None:
        return Outcome(Stage.DONE, "Reading Zoho shows this person: the invitation had taken effect.")
    if operation.observed >= 1:
        return Outcome(Stage.NOT_DONE, "Zoho does not know this address: the invitation did not happen.")
    return None


def keep_unread(operations: Sequence[Operation], outcomes: Sequence[Outcome]) -> None:
    """The reading has brought the mirror up to date, but for what Zoho never gives back."""
    for operation, outcome in zip(operations, outcomes, strict=True):
        after = intent_of(operation)[0].after
        written = {name: after[name] for name in canonical.UNREAD if name in after}
        if outcome.stage == Stage.DONE and written:
            User.objects.filter(cliq_id=operation.key).update(**written)
