"""Reading one channel again, because somebody looks at it or is about to change it."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from apps.channels import mirror
from apps.channels.models import Channel
from apps.channels.services import seen
from apps.cliq.client import Cliq
from apps.cliq.errors import ScopeMissing, TokenRejected
from apps.cliq.replies_channels import Channel as WireChannel
from apps.connections.clients import client
from apps.core.errors import PortalError, Refused

# Read so recently, a channel is not read again for the sake of looking.
RECENT = timedelta(seconds=10)
NOT_SHOWN = "Zoho no longer shows this channel to the portal: it may have been deleted."
# Zoho documents no code for a channel that is not there, nor for one it does not show.
HIDDEN = (400, 403, 404)


def is_recent(channel: Channel) -> bool:
    """Whether another reading would tell nothing new."""
    return channel.read_at > timezone.now() - RECENT


def hides(error: Refused) -> bool:
    """Whether a refused reading says that there is no such channel, rather than something of the grant."""
    return error.status in HIDDEN and not isinstance(error, ScopeMissing | TokenRejected)


def facts(channel: Channel, cliq: Cliq) -> WireChannel:
    """Read everything but who is in it. Refused where Zoho does not show it."""
    asked_at = timezone.now()
    wire = cliq.channels.get(channel.cliq_id)
    seen.store(channel.organization, [wire], asked_at=asked_at)
    channel.refresh_from_db()
    return wire


def members(channel: Channel, cliq: Cliq) -> None:
    """Read who is in it."""
    asked_at = timezone.now()
    mirror.write_members(channel, cliq.channels.members(channel.cliq_id), asked_at=asked_at)


def refresh(channel: Channel) -> str:
    """Read facts and members; a failure leaves the mirror as it is, and the answer says why."""
    return _tried(channel, facts, members)


def refresh_facts(channel: Channel) -> str:
    """Read everything but who is in it; likewise."""
    return _tried(channel, facts)


def refresh_members(channel: Channel) -> str:
    """Read who is in it; likewise."""
    return _tried(channel, members)


def _tried(channel: Channel, *readers: Callable[[Channel, Cliq], object]) -> str:
    try:
        cliq = client(interactive=True)
        for reader in readers:
            reader(channel, cliq)
    except Refused as error:
        return NOT_SHOWN if hides(error) else error.sentence
    except PortalError as error:
        return error.sentence
    return ""
