"""What is a secret, by name and by look, and how it is taken out of what is about to be written down."""

import re
from collections.abc import Mapping
from typing import Any

REDACTED = "[redacted]"
SECRET_NAMES = frozenset(
    {
        "access_token",
        "audit_keys",
        "authorization",
        "client_secret",
        "code",
        "cookie",
        "cookies",
        "csrfmiddlewaretoken",
        "csrftoken",
        "field_encryption_keys",
        "id_token",
        "passwd",
        "password",
        "proxy_authorization",
        "refresh_token",
        "secret",
        "secret_key",
        "sessionid",
        "set_cookie",
        "state",
        "token",
        "x_csrftoken",
        "zoho_client_secret",
    }
)
SECRET_ENDINGS = ("_token", "_secret", "_password", "_cookie")
# Secret only as a query parameter: prose and vendor bodies use these words for harmless things.
QUERY_ONLY = frozenset({"code", "state"})
DEEPEST = 12

_NAMES = "|".join(
    sorted((name.replace("_", "[_-]") for name in SECRET_NAMES - QUERY_ONLY), key=len, reverse=True)
)
# What a text must hold (in lower case) for a pattern to be worth trying: most hold none of it.
_PATTERNS: tuple[tuple[tuple[str, ...], re.Pattern[str], str], ...] = (
    # Authorization: Zoho-oauthtoken 1000.…
    (
        ("oauthtoken", "bearer", "basic"),
        re.compile(r"(?i)\b(zoho-oauthtoken|bearer|basic)(\s+)(?!\[redacted])[^\s\"',;]+"),
        r"\1\2" + REDACTED,
    ),
    # A token or grant code by its look.
    (("1000.",), re.compile(r"\b1000\.[0-9a-fA-F]{16,}\.[0-9a-fA-F]{16,}\b"), REDACTED),
    # ?code=…&state=…, also when the address is itself quoted inside another one.
    (
        ("code=", "state=", "code%3d", "state%3d"),
        re.compile(r"(?i)((?:[?&]|%3F|%26)(?:code|state)(?:=|%3D))[^&\s\"'<>)%]+"),
        r"\1" + REDACTED,
    ),
    # Cookie: everything to the end of the line.
    (
        ("cookie",),
        re.compile(r"(?i)((?:set-)?cookies?[\"']?\s*[:=]\s*[\"']?)(?!\[redacted])[^\n\"'{}]+"),
        r"\1" + REDACTED,
    ),
    # name=value, name: value, "name": "value", 'name': 'value'.
    (
        ("token", "secret", "authorization", "passw", "keys", "session", "cookie"),
        re.compile(rf"(?i)((?:{_NAMES})[\"']?\s*(?:=|:|%3D)\s*[\"']?)(?!\[redacted])[^\s\"'&,;<>)}}\[{{]+"),
        r"\1" + REDACTED,
    ),
    # scheme://user:password@host
    (
        ("://",),
        re.compile(r"([a-z][a-z0-9+.-]*://[^/\s:@]*:)[^/\s@]+@", re.IGNORECASE),
        r"\1" + REDACTED + "@",
    ),
)


def is_secret(name: str) -> bool:
    """Tell whether a value under this name must not be written down."""
    plain = name.lower().replace("-", "_").removeprefix("http_")
    return plain in SECRET_NAMES or plain.endswith(SECRET_ENDINGS)


def redact(value: Any, name: str = "", depth: int = 0) -> Any:
    """Return the value with every secret replaced; containers are copied, never changed."""
    # A number is no secret: the `code` of a reply is its status.
    if name and value and not isinstance(value, (bool, int, float)) and is_secret(name):
        return REDACTED
    if isinstance(value, str):
        return redact_text(value)
    if isinstance(value, bytes):
        return redact_text(value.decode(errors="replace"))
    if depth >= DEEPEST:
        return REDACTED
    if isinstance(value, Mapping):
        return {redact(key): redact(item, str(key), depth + 1) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [redact(item, "", depth + 1) for item in value]
    if value is None or isinstance(value, (bool, int, float)):
        return value
    return redact_text(str(value))


def redact_text(text: str) -> str:
    """Return the text with tokens, credentials in addresses and named secrets replaced."""
    lowered = text.lower()
    for signs, pattern, replacement in _PATTERNS:
        if any(sign in lowered for sign in signs):
            text = pattern.sub(replacement, text)
    return text
