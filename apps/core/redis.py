"""Redis as the portal uses it beside the cache: quota windows, locks, the broker."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

import redis
from django.conf import settings
from redis.backoff import ExponentialBackoff
from redis.retry import Retry


@lru_cache(maxsize=4)
def _client(url: str) -> redis.Redis:
    # The library's own patience is several seconds: a page must say sooner that Redis is gone.
    return redis.Redis.from_url(
        url,
        decode_responses=True,
        health_check_interval=30,
        socket_connect_timeout=2,
        socket_timeout=5,
        retry=Retry(ExponentialBackoff(cap=0.2, base=0.05), 2),
    )


def redis_client() -> redis.Redis:
    """A client of the broker's database; connections are pooled and safe across threads."""
    return _client(settings.BROKER_REDIS_URL)


@contextmanager
def lock(name: str, *, seconds: float, wait: float) -> Iterator[bool]:
    """Hold a lock across processes for at most `seconds`; yields False if `wait` seconds did not get it."""
    held = redis_client().lock(f"lock:{name}", timeout=seconds, blocking_timeout=wait, sleep=0.05)
    if not held.acquire():
        yield False
        return
    try:
        yield True
    finally:
        # A lock that ran out meanwhile belongs to somebody else: not ours to release.
        if held.owned():
            held.release()
