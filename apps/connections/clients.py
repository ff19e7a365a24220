"""Clients of the connected organisation, with its grant, its quota and its locks."""

from datetime import timedelta

import structlog
from django.conf import settings
from django.utils import timezone

from apps.cliq.catalogue import Window
from apps.cliq.client import Cliq
from apps.cliq.quota import Quota
from apps.cliq.records import CallRecord
from apps.cliq.tokens import TokenSource
from apps.connections import selectors
from apps.connections.models import EndpointLock
from apps.connections.tokens import GrantTokens
from apps.connections.zoho import cliq_url
from apps.core.redis import redis_client

log = structlog.get_logger(__name__)

# A person at a page waits this long for a slot; beyond it they are offered to send it later.
PATIENCE = 2.0


def client(*, interactive: bool, max_wait: float | None = None) -> Cliq:
    """The API as the connected organisation's grant sees it.

    `interactive` is for a person who waits: it may use the slots that jobs leave free, and waits
    up to two seconds for one; a job waits for none unless `max_wait` says so, in seconds. Raises
    NotConnected or GrantDead.
    """
    grant = selectors.active_grant()
    return build(GrantTokens(grant.pk), account=grant.zuid, interactive=interactive, max_wait=max_wait)


def build(tokens: TokenSource, *, account: str, interactive: bool, max_wait: float | None = None) -> Cliq:
    """A client for one Zoho person's tokens; `account` (their ZUID) is whose quota it spends."""
    patience = PATIENCE if interactive else 0.0
    return Cliq(
        base_url=cliq_url(),
        tokens=tokens,
        quota=quota(account),
        network=settings.CLIQ_NETWORK,
        export_prefix=settings.CLIQ_EXPORT_PREFIX,
        observer=observe,
        max_wait=patience if max_wait is None else max_wait,
        interactive=interactive,
    )


def quota(account: str) -> Quota:
    """The windows of one Zoho person, with the locks kept in the database behind them."""
    return Quota(
        redis_client(),
        account=account,
        minute=settings.CLIQ_MINUTE_SECONDS,
        on_lock=lambda window, seconds: _keep_lock(account, window, seconds),
        load_locks=lambda: _kept_locks(account),
    )


def _keep_lock(account: str, window: Window, seconds: float) -> None:
    method, path = window
    until = timezone.now() + timedelta(seconds=seconds)
    EndpointLock.objects.update_or_create(
        account=account, method=method, path=path, defaults={"until": until}
    )


def _kept_locks(account: str) -> dict[Window, float]:
    """Locks that still hold, as seconds from now by window."""
    now = timezone.now()
    return {
        (kept.method, kept.path): (kept.until - now).total_seconds()
        for kept in EndpointLock.objects.filter(account=account, until__gt=now)
    }


def observe(record: CallRecord) -> None:
    """Every call leaves one line in the log stream: what, how long, how it ended."""
    log.info(
        "zoho.call",
        endpoint=record.endpoint,
        outcome=record.outcome,
        status=record.status,
        seconds=round(record.seconds, 3),
        waited=round(record.waited, 3),
    )
