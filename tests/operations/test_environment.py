"""The test run's own Redis and database are real ones."""

from django.conf import settings
from django.core.cache import cache


def test_redis_is_real_and_the_cache_has_its_own_database(redis_connection):
    """Emptying the cache leaves the broker's database alone."""
    redis_connection.set("kept", "1")
    cache.set("gone", 1)
    cache.clear()
    assert redis_connection.get("kept") == "1"
    assert cache.get("gone") is None
    assert redis_connection.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}


def test_the_database_is_a_file_or_postgresql():
    """An in-memory database would test neither the write-ahead log nor a second process."""
    assert settings.DATABASES["default"]["TEST"]["NAME"]
