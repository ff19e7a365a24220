"""Fixtures over the run's real Redis; `tests/conftest.py` imports them."""

import os
from collections.abc import Iterator

import pytest
import redis
from django.conf import settings


@pytest.fixture(scope="session")
def redis_url() -> str:
    """The broker's database of this test process, as redis-py reads it."""
    return str(settings.BROKER_REDIS_URL)


@pytest.fixture(scope="session")
def redis_connection(redis_url: str) -> Iterator["redis.Redis[str]"]:
    """A client of the broker's database, open for the whole run."""
    with redis.Redis.from_url(redis_url, decode_responses=True) as client:
        yield client


@pytest.fixture(autouse=True)
def empty_redis(redis_connection: "redis.Redis[str]") -> Iterator[None]:
    """Empty both databases after each test: broker and quota, and the cache."""
    yield
    redis_connection.flushdb()
    with redis.Redis.from_url(settings.CACHE_REDIS_URL) as cache:
        cache.flushdb()


@pytest.fixture
def command_environment() -> dict[str, str]:
    """The environment of a real `manage.py` process that shares this test's database and Redis."""
    from django.db import connection

    env = dict(os.environ, DJANGO_SETTINGS_MODULE="portal.settings")
    if connection.vendor == "sqlite":
        env["DATABASE_URL"] = f"sqlite:///{connection.settings_dict['NAME']}"
    else:
        base, _, _ = env["DATABASE_URL"].rpartition("/")
        env["DATABASE_URL"] = f"{base}/{connection.settings_dict['NAME']}"
    return env
