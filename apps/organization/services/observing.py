"""What reading Zoho shows of a change of domain or mail whose answer was lost."""

from apps.audit.models import Operation, Stage
from apps.audit.operation import Change, Outcome, nothing
from apps.audit.settling import register_observer
from apps.connections.clients import client
from apps.organization.services.parts import DOMAIN, MAIL

HAPPENED = "Reading Zoho shows the change: it had taken effect."
DID_NOT = "Reading Zoho shows everything as it was: the change did not happen."
NOT_VERIFIED = "Reading Zoho shows that it is still not verified. It can be asked for again."


def register() -> None:
    """Name what settles each act; the reading itself brings the mirror up to date."""
    for kind in ("domain.added", "domain.verified", "domain.deactivated", "domain.deleted"):
        register_observer(kind, observe_domain, on_outcome=nothing)
    for kind in ("mail.updated", "mail.verified"):
        register_observer(kind, observe_mail, on_outcome=nothing)


def observe_domain(operation: Operation, change: Change) -> Outcome | None:
    """As asked for: done. Not so by two readings apart: not done."""
    row = DOMAIN.read(client(interactive=False))
    here = row.name.casefold() == operation.key.casefold()
    done = {
        "domain.added": here,
        "domain.deleted": not here,
        "domain.verified": here and row.active,
        "domain.deactivated": here and not row.active,
    }[change.kind]
    return _told(operation, done)


def observe_mail(operation: Operation, change: Change) -> Outcome | None:
    """Likewise."""
    row = MAIL.read(client(interactive=False))
    if change.kind == "mail.verified":
        return _told(operation, row.verified)
    return _told(operation, all(str(getattr(row, name)) == each for name, each in change.after.items()))


def _told(operation: Operation, done: bool) -> Outcome | None:
    if done:
        return Outcome(Stage.DONE, HAPPENED)
    sentence = NOT_VERIFIED if operation.kind.endswith(".verified") else DID_NOT
    return Outcome(Stage.NOT_DONE, sentence) if operation.observed >= 1 else None
