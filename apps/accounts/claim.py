"""Claiming a fresh installation: who finds it first must not own it, who runs it may."""

import hashlib
import hmac
import secrets

from django.conf import settings

from apps.accounts.models import Administrator, ClaimCode
from apps.connections import selectors

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def is_claimed() -> bool:
    """Whether an organisation is connected and somebody owns the portal."""
    return selectors.organization() is not None and Administrator.objects.exists()


def needs_code() -> bool:
    """Without ZOHO_ORGANIZATION_ID only the code tells the operator from a passer-by."""
    return not settings.ZOHO_ORGANIZATION_ID and not is_claimed()


def code_to_print() -> str | None:
    """A fresh code for the console of `serve`, replacing any former one; None where none is needed."""
    if not needs_code():
        return None
    code = "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(4))
    ClaimCode.objects.update_or_create(pk=1, defaults={"digest": _digest(code)})
    return code


def matches(code: str) -> bool:
    """Whether this is the code last printed; case, spaces and dashes do not matter."""
    kept = ClaimCode.objects.filter(pk=1).first()
    return kept is not None and hmac.compare_digest(kept.digest, _digest(code))


def spend() -> None:
    """The code has done its work."""
    ClaimCode.objects.all().delete()


def _digest(code: str) -> str:
    plain = "".join(character for character in code.upper() if character in ALPHABET)
    return hashlib.sha256(plain.encode()).hexdigest()
