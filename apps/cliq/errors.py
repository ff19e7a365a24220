"""Zoho's refusals as classes that say what to do next."""

from typing import Any

from apps.cliq import envelopes
from apps.cliq.catalogue import Endpoint
from apps.cliq.envelopes import VendorError
from apps.cliq.sentences import meaning, sentence
from apps.core.errors import OutcomeUnknown, PortalError, Refused, VendorFailure

THROTTLE_CODE = "request_limit_exceeded"
TOKEN_CODE = "INVALID_OAUTHTOKEN"  # noqa: S105
SCOPE_CODES = frozenset({"oauthtoken_scope_invalid", "oauth_scope_invalid"})
NOT_ALLOWED_CODES = frozenset(
    {"operation_not_allowed", "not_an_organization_admin", "inactive_appaccount_user"}
)
ALREADY_THERE_CODES = frozenset({"email.activeuser", "email.pendinguser"})
"""At users.add: the address is in the organisation; after an unknown outcome that means it was added."""


class TokenRejected(Refused):
    """The access token is not valid (any more): renew it and ask once again."""


class ScopeMissing(Refused):
    """The grant lacks `scopes`: an Owner has to connect again and consent to them."""

    scopes: tuple[str, ...] = ()


class NotAllowed(Refused):
    """Whoever holds the grant may not do this, or nobody may: sending it again changes nothing."""


class NotFound(Refused):
    """What the request names does not exist (any more): read again."""


class Redirected(Refused):
    """The answer points to another address; the token is never sent there."""


def is_throttle(status: int, error: VendorError | None) -> bool:
    """Whether Zoho says that the limit was exceeded, in either of its two forms."""
    return status == 429 or (error is not None and error.code == THROTTLE_CODE)


def refusal(endpoint: Endpoint, status: int, body: Any, error: VendorError | None) -> Refused:
    """The refusal an answer means, ready to be raised."""
    error = error or VendorError("redirect" if 300 <= status < 400 else "", "")
    kind = _kind(status, error.code)
    found = meaning(endpoint, error.code, error.message)
    text = found.sentence
    if kind is ScopeMissing:
        text = (
            f"Zoho refused: the portal was not given the permission {' or '.join(endpoint.scopes)}"
            f"{_people(endpoint)}. An Owner has to connect the organisation again."
        )
    elif not error.code and not error.message:
        text = f"Zoho refused with the status {status} and no reason."
    refused = kind(
        text,
        code=error.code,
        status=status,
        field=found.field,
        answer=envelopes.shortened(body),
    )
    if isinstance(refused, ScopeMissing):
        refused.scopes = endpoint.scopes + endpoint.people_scopes
    return refused


def _people(endpoint: Endpoint) -> str:
    """What an organisation with Zoho People has to grant besides."""
    found = endpoint.people_scopes
    return f", or, where Zoho People is in use, {' or '.join(found)}" if found else ""


def _kind(status: int, code: str) -> type[Refused]:
    if code == TOKEN_CODE or (status == 401 and not code):
        return TokenRejected
    if code in SCOPE_CODES:
        return ScopeMissing
    if 300 <= status < 400:
        return Redirected
    if status == 404 or code == "request_url_invalid" or code.endswith("_not_exist"):
        return NotFound
    if code in NOT_ALLOWED_CODES or status == 403:
        return NotAllowed
    return Refused


def without_answer(endpoint: Endpoint, reason: str) -> PortalError:
    """What a lost or useless answer means: a read failed, a write's outcome is unknown."""
    if endpoint.writes:
        return OutcomeUnknown(f"Zoho {reason}: the change may or may not have been made.")
    return VendorFailure(f"Zoho {reason}. Nothing was changed; try again in a moment.")


__all__ = [
    "ALREADY_THERE_CODES",
    "NotAllowed",
    "NotFound",
    "Redirected",
    "ScopeMissing",
    "TokenRejected",
    "is_throttle",
    "refusal",
    "sentence",
    "without_answer",
]
