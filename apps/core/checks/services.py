"""Redis and the log, and what is fine on a desk but wrong for an organisation."""

import logging
import os
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.checks import Warning as Caution

from apps.core.checks.addresses import is_loopback
from portal.environment import env
from portal.redis_urls import LONGEST_SOCKET_PATH, database_of, socket_path


def check_services() -> Iterator[CheckMessage]:
    """REDIS_URL and LOG_LEVEL."""
    if settings.REDIS_URL and not is_redis_url(settings.REDIS_URL):
        yield Error(
            "REDIS_URL is no address of a Redis database.",
            hint="Write redis://host:6379/0, rediss://host:6379/0 or unix:///path/redis.sock?db=0.",
            id="portal.E050",
        )
    if not settings.REDIS_URL and len(os.fsencode(socket_path())) > LONGEST_SOCKET_PATH:
        yield Error(
            "The path of this checkout's Redis socket is too long.",
            hint="Set TMPDIR to a shorter folder, or REDIS_URL.",
            id="portal.E051",
        )
    if env("LOG_LEVEL").upper() not in logging.getLevelNamesMapping():
        yield Error(
            f"LOG_LEVEL is {env('LOG_LEVEL')!r}.",
            hint="Write DEBUG, INFO, WARNING or ERROR.",
            id="portal.E052",
        )
    if env("LOG_FORMAT") not in {"", "json", "text"}:
        yield Error(
            f"LOG_FORMAT is {env('LOG_FORMAT')!r}.",
            hint="Write json or text, or leave it empty: text with DEBUG, else json.",
            id="portal.E053",
        )


def is_redis_url(url: str) -> bool:
    """Whether this names a server and a database number, if any."""
    try:
        parts = urlsplit(url)
        number = database_of(url)
    except ValueError:
        return False
    place = parts.path.strip("/") if parts.scheme == "unix" else parts.hostname
    return parts.scheme in {"redis", "rediss", "unix"} and bool(place) and number >= 0


def check_production() -> Iterator[CheckMessage]:
    """What is fine on a desk and wrong for an organisation."""
    if settings.ZOHO_ACCOUNTS_URL or settings.CLIQ_BASE_URL:
        yield Caution(
            "The portal talks to the sandbox, not to Zoho.",
            hint="Remove ZOHO_ACCOUNTS_URL and CLIQ_BASE_URL.",
            id="portal.W060",
        )
    if "sqlite3" in str(settings.DATABASES["default"]["ENGINE"]):
        yield Caution(
            "The database is a SQLite file.",
            hint="Name a PostgreSQL in DATABASE_URL: several processes on several machines can share it.",
            id="portal.W061",
        )
    if is_loopback(settings.PUBLIC_URL):
        yield Caution(
            "PUBLIC_URL is an address of this machine only.",
            hint="Write the https address under which people reach the portal.",
            id="portal.W062",
        )
