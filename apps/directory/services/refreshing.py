"""Reading one user again, because somebody looks at them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils import timezone

from apps.cliq.errors import NotAllowed, NotFound
from apps.connections.clients import client
from apps.core.errors import PortalError
from apps.directory.models import User
from apps.directory.services import seen

# Read so recently, a user is not read again for the sake of looking.
RECENT = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Refreshed:
    """The user as known now; what had changed in Zoho; why they could not be read, if so."""

    user: User
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)
    problem: str = ""


def is_recent(user: User) -> bool:
    """Whether another reading would tell nothing new."""
    return user.read_at > timezone.now() - RECENT


def refresh(user: User) -> Refreshed:
    """Read one user; a failure leaves the mirror as it is and says why."""
    asked_at = timezone.now()
    try:
        wire = client(interactive=True).users.get(user.cliq_id)
    except (NotAllowed, NotFound):
        problem = "Zoho no longer shows this user to the portal: they may have left the organisation."
        return Refreshed(user, problem=problem)
    except PortalError as error:
        return Refreshed(user, problem=error.sentence)
    written = seen.store(user.organization, [wire], asked_at=asked_at)
    user.refresh_from_db()
    if not written.noticed:
        return Refreshed(user)
    return Refreshed(user, written.noticed[0].before, written.noticed[0].after)
