"""Appending to the log: numbers without a gap, each event bound to all before it."""

import hashlib
import hmac
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import structlog
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from apps.audit.models import ChainHead, ChainLink, Event

log = structlog.get_logger("audit")

GENESIS = "0" * 64
COLUMNS = (
    "at",
    "kind",
    "stage",
    "actor_kind",
    "actor_zuid",
    "actor_name",
    "subject_type",
    "subject_id",
    "subject_name",
    "operation_id",
    "job_id",
)


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the chain: the last event's number and its authenticator."""

    seq: int
    mac: str


@lru_cache(maxsize=8)
def _parse_keys(raw: tuple[str, ...]) -> dict[str, bytes]:
    keys: dict[str, bytes] = {}
    for item in raw:
        key_id, _, value = item.partition(":")
        keys[key_id] = bytes.fromhex(value)
    return keys


def audit_keys() -> dict[str, bytes]:
    """AUDIT_KEYS by id; the first one signs, all verify."""
    keys = _parse_keys(tuple(settings.AUDIT_KEYS))
    if not keys:
        raise ImproperlyConfigured("AUDIT_KEYS is empty: the log cannot be written.")
    return keys


def canonical(body: dict[str, Any]) -> str:
    """The one text a body is stored and digested as."""
    text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
    return text.encode("utf-8", "replace").decode("utf-8")


def digest(salt: str, body: str) -> str:
    """Salted, so that a short body cannot be guessed from the chain once the body itself is erased."""
    return hashlib.sha256(salt.encode() + b"\0" + body.encode()).hexdigest()


def authenticate(key: bytes, *, seq: int, previous: str, digest: str, key_id: str) -> str:
    """The HMAC of one link: nobody without the key can make another that fits."""
    return hmac.new(key, f"{seq}\n{previous}\n{digest}\n{key_id}".encode(), hashlib.sha256).hexdigest()


def append(bodies: Sequence[dict[str, Any]]) -> list[int]:
    """Write events at the end of the chain and return their numbers.

    Must run inside the caller's transaction, as its last step: the head's lock is held until commit.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("Events are written inside a transaction.")
    key_id, key = next(iter(audit_keys().items()))
    head, _ = ChainHead.objects.select_for_update().get_or_create(pk=1, defaults={"seq": 0, "mac": GENESIS})
    events, links = [], []
    for body in bodies:
        salt, text = secrets.token_hex(16), canonical(body)
        link = ChainLink(seq=head.seq + 1, previous=head.mac, digest=digest(salt, text), key_id=key_id)
        link.mac = authenticate(key, seq=link.seq, previous=link.previous, digest=link.digest, key_id=key_id)
        events.append(Event(seq=link.seq, salt=salt, body=text, **{name: body[name] for name in COLUMNS}))
        links.append(link)
        head.seq, head.mac = link.seq, link.mac
    Event.objects.bulk_create(events, batch_size=200)
    ChainLink.objects.bulk_create(links, batch_size=200)
    head.save(update_fields=["seq", "mac"])
    anchor = Head(head.seq, head.mac)
    # The log stream leaves this machine: with it, a tail cut off the database is noticed.
    transaction.on_commit(lambda: log.info("audit.head", seq=anchor.seq, mac=anchor.mac))
    return [event.seq for event in events]
