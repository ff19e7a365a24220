"""Redis' addresses: one server, one database for the broker and the quota, the next one for the cache."""

import os
import tempfile
from hashlib import sha256
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from portal.environment import VAR

REDIS_HOME = VAR / "redis"
# sun_path holds 108 bytes on Linux, the closing NUL included.
LONGEST_SOCKET_PATH = 107


def socket_path(home: Path = REDIS_HOME) -> Path:
    """Return this checkout's own Redis socket: in `var/`, or in the temporary folder if that is too long."""
    path = home / "redis.sock"
    if len(os.fsencode(path)) <= LONGEST_SOCKET_PATH:
        return path
    digest = sha256(os.fsencode(home)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"cliq-portal-{os.getuid()}-{digest}" / "redis.sock"


def broker_url(url: str) -> str:
    """Return the address of the broker's and the quota's database, as redis-py reads it."""
    return with_database(url, database_of(url))


def cache_url(url: str) -> str:
    """Return the address of the cache's database: the one after the broker's."""
    return with_database(url, database_of(url) + 1)


def celery_url(url: str) -> str:
    """Spell an address as kombu reads it; only sockets differ (`redis+socket://`, `virtual_host`)."""
    parts = urlsplit(url)
    if parts.scheme != "unix":
        return url
    query = dict(parse_qsl(parts.query))
    query["virtual_host"] = query.pop("db", "0")
    account = f"{parts.netloc.rpartition('@')[0]}@" if "@" in parts.netloc else ""
    return f"redis+socket://{account}{parts.path}?{urlencode(query)}"


def database_of(url: str) -> int:
    """Return the database number that an address names; 0 if it names none. Raises ValueError on nonsense."""
    parts = urlsplit(url)
    named = dict(parse_qsl(parts.query)).get("db")
    if named is None and parts.scheme != "unix":
        named = parts.path.strip("/")
    return int(named or 0)


def with_database(url: str, number: int) -> str:
    """Return the address with another database number; an empty address means this checkout's own socket."""
    if not url:
        return f"unix://{quote(str(socket_path()))}?db={number}"
    parts = urlsplit(url)
    query = {name: value for name, value in parse_qsl(parts.query) if name != "db"}
    path = parts.path
    if parts.scheme == "unix":
        query["db"] = str(number)
    else:
        path = f"/{number}"
    # Not urlunsplit: it drops the empty host of `unix:///path`, which redis-py insists on.
    return f"{parts.scheme}://{parts.netloc}{path}" + (f"?{urlencode(query)}" if query else "")
