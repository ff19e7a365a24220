"""The grant's access token: one refresher at a time, across every process of the installation."""

import time
from datetime import timedelta

import structlog
from django.conf import settings
from django.utils import timezone

from apps.cliq.durations import spoken
from apps.cliq.oauth import Tokens
from apps.connections.models import Grant, GrantStatus
from apps.connections.zoho import zoho_accounts
from apps.core.errors import GrantDead, NotSent, QuotaWait, VendorFailure
from apps.core.redis import lock

log = structlog.get_logger(__name__)

# A token that dies on the way helps nobody: renew a little before.
MARGIN = timedelta(seconds=60)
REFRESH_SECONDS = 20.0
# Zoho gives one refresh token this many access tokens in ten minutes, the consent's own included.
ACCESSES, ACCESS_MINUTES = 10, 10


class GrantTokens:
    """Hands the client a valid access token of one grant (`apps.cliq.tokens.TokenSource`)."""

    def __init__(self, grant_id: int) -> None:
        self._grant_id = grant_id

    def get(self) -> str:
        """The present token, renewed first if it is about to expire."""
        grant = self._read()
        if grant.access_expires_at > timezone.now() + MARGIN:
            return grant.access_token
        return self._refresh(rejected=grant.access_token)

    def renew(self, rejected: str) -> str:
        """A token other than the one Zoho has just rejected."""
        return self._refresh(rejected=rejected)

    def _read(self) -> Grant:
        grant = Grant.objects.get(pk=self._grant_id)
        if grant.status != GrantStatus.ACTIVE:
            raise GrantDead(grant.dead_reason or "This connection to Zoho was replaced by another.")
        return grant

    def _refresh(self, *, rejected: str) -> str:
        with lock(f"grant:{self._grant_id}", seconds=REFRESH_SECONDS + 5, wait=REFRESH_SECONDS) as held:
            if not held:
                raise NotSent("Zoho's sign-in service is slow to renew the portal's access. Try again.")
            grant = self._read()
            # Whoever held the lock before us may have renewed it already: Zoho allows ten in ten minutes.
            if grant.access_token != rejected and grant.access_expires_at > timezone.now() + MARGIN:
                return grant.access_token
            spend(grant)
            try:
                tokens = zoho_accounts().refresh(grant.refresh_token)
            except GrantDead as error:
                bury(grant, error.sentence)
                raise
            except VendorFailure as error:
                # Without a token the call that needs it never leaves.
                raise NotSent(error.sentence) from error
            store(grant, tokens)
            return tokens.access_token

    def __repr__(self) -> str:
        return f"GrantTokens({self._grant_id})"


def spend(grant: Grant) -> None:
    """Count one more access token before it is asked for; QuotaWait if Zoho would refuse it.

    It counts from its answer at the latest, so that the count never runs ahead of Zoho's.
    """
    now, window = time.time(), ACCESS_MINUTES * settings.CLIQ_MINUTE_SECONDS
    recent = [moment for moment in grant.accesses if moment > now - window]
    if len(recent) >= ACCESSES:
        seconds = recent[-ACCESSES] + window - now
        raise QuotaWait(
            f"Zoho renews one connection's access {ACCESSES} times in ten minutes at most, and that often "
            f"it was renewed lately. The next time is in {spoken(seconds)}.",
            seconds=seconds,
        )
    grant.accesses = [*recent, now + REFRESH_SECONDS]
    grant.save(update_fields=["accesses"])


def store(grant: Grant, tokens: Tokens) -> None:
    """Keep a renewed access token."""
    now = timezone.now()
    grant.accesses = [*grant.accesses[:-1], now.timestamp()]
    grant.access_token = tokens.access_token
    grant.access_expires_at = now + timedelta(seconds=tokens.expires_in)
    grant.refreshed_at = now
    grant.save(update_fields=["access_token", "access_expires_at", "accesses", "refreshed_at"])
    log.info("grant.refreshed", grant_id=grant.pk)


def bury(grant: Grant, reason: str) -> None:
    """Note that Zoho no longer accepts the grant; its jobs pause when they next need it."""
    Grant.objects.filter(pk=grant.pk, status=GrantStatus.ACTIVE).update(
        status=GrantStatus.DEAD, dead_reason=reason[:300]
    )
    log.warning("grant.dead", grant_id=grant.pk, reason=reason)
