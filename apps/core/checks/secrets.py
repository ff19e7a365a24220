"""SECRET_KEY, FIELD_ENCRYPTION_KEYS, AUDIT_KEYS."""

import re
from collections.abc import Iterator

from cryptography.fernet import Fernet
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.exceptions import ImproperlyConfigured

SHORTEST_SECRET = 40
AUDIT_KEY = re.compile(r"[A-Za-z0-9_-]{1,32}:(?:[0-9a-fA-F]{2}){32,}")
NEW_FIELD_KEY = (
    'Make one: python -c "from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())"'
)
NEW_AUDIT_KEY = "Make one: python -c \"import secrets; print('2026:' + secrets.token_hex(32))\""


def check_secrets() -> Iterator[CheckMessage]:
    """SECRET_KEY, FIELD_ENCRYPTION_KEYS, AUDIT_KEYS."""
    if len(secret_key()) < SHORTEST_SECRET:
        yield Error(
            f"SECRET_KEY is missing or shorter than {SHORTEST_SECRET} characters.",
            hint='Make one: python -c "import secrets; print(secrets.token_urlsafe(48))"',
            id="portal.E001",
        )
    if not settings.FIELD_ENCRYPTION_KEYS:
        yield Error("FIELD_ENCRYPTION_KEYS is empty.", hint=NEW_FIELD_KEY, id="portal.E002")
    for number, key in enumerate(settings.FIELD_ENCRYPTION_KEYS, 1):
        if not is_fernet_key(key):
            yield Error(
                f"Key {number} of FIELD_ENCRYPTION_KEYS is no Fernet key.",
                hint=NEW_FIELD_KEY,
                id="portal.E003",
            )
    if not settings.AUDIT_KEYS:
        yield Error("AUDIT_KEYS is empty.", hint=NEW_AUDIT_KEY, id="portal.E004")
    for number, key in enumerate(settings.AUDIT_KEYS, 1):
        if not AUDIT_KEY.fullmatch(key):
            yield Error(
                f"Key {number} of AUDIT_KEYS is not written as id:hex with at least 64 hexadecimal digits.",
                hint=NEW_AUDIT_KEY,
                id="portal.E005",
            )
    names = [key.partition(":")[0] for key in settings.AUDIT_KEYS]
    if len(set(names)) < len(names):
        yield Error(
            "Two of AUDIT_KEYS have the same id.",
            hint="Give each key an id of its own; events keep the id of the key that signed them.",
            id="portal.E006",
        )


def secret_key() -> str:
    """Return SECRET_KEY; Django raises where it is empty."""
    try:
        return str(settings.SECRET_KEY)
    except ImproperlyConfigured:
        return ""


def is_fernet_key(key: str) -> bool:
    """Whether this is 32 bytes in URL-safe base64."""
    try:
        Fernet(key)
    except ValueError:
        return False
    return True
