"""Which user fields the four places that show a profile show: read when somebody looks, kept an hour."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.utils import timezone

from apps.cliq.replies import Layout
from apps.connections import selectors as connections
from apps.connections.clients import client
from apps.core.errors import PortalError

KEPT = 3600
# Zoho allows ten readings a minute.
RECENT = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Known:
    """The layouts as last read; `problem` is why they could not be read now."""

    layouts: Sequence[Layout] = ()
    read_at: datetime | None = None
    problem: str = ""

    @property
    def recent(self) -> bool:
        """Whether another reading would tell nothing new."""
        return self.read_at is not None and self.read_at > timezone.now() - RECENT


def known() -> Known:
    """What was read within the last hour."""
    raws, read_at = cache.get(_key()) or ((), None)
    return Known([Layout.read(raw) for raw in raws], read_at)


def read() -> Known:
    """All of them in one call; a failure leaves what was known."""
    try:
        found, now = client(interactive=True).users.layouts(), timezone.now()
    except PortalError as error:
        before = known()
        return Known(before.layouts, before.read_at, error.sentence)
    cache.set(_key(), ([layout.raw for layout in found], now), KEPT)
    return Known(found, now)


def _key() -> str:
    organization = connections.organization()
    return f"directory.layouts:{organization.pk if organization else 0}"
