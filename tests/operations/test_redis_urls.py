"""One Redis, two databases, three spellings."""

from pathlib import Path

import pytest
import redis

from portal.celery import app
from portal.redis_urls import LONGEST_SOCKET_PATH, broker_url, cache_url, celery_url, socket_path


@pytest.mark.parametrize(
    ("url", "broker", "cache"),
    [
        ("redis://localhost:6379", "redis://localhost:6379/0", "redis://localhost:6379/1"),
        ("redis://localhost:6379/4", "redis://localhost:6379/4", "redis://localhost:6379/5"),
        ("rediss://:pw@host/?timeout=5", "rediss://:pw@host/0?timeout=5", "rediss://:pw@host/1?timeout=5"),
        ("unix:///run/redis.sock", "unix:///run/redis.sock?db=0", "unix:///run/redis.sock?db=1"),
        (
            "unix://:pw@/run/redis.sock?db=2",
            "unix://:pw@/run/redis.sock?db=2",
            "unix://:pw@/run/redis.sock?db=3",
        ),
    ],
)
def test_the_cache_takes_the_next_database(url, broker, cache):
    """`clear()` on the cache empties its whole database: it must not be the broker's."""
    assert (broker_url(url), cache_url(url)) == (broker, cache)


def test_an_empty_address_means_this_checkouts_own_socket():
    """Every command of a checkout finds the same server without being told."""
    assert broker_url("") == f"unix://{socket_path()}?db=0"
    assert cache_url("") == f"unix://{socket_path()}?db=1"


def test_a_long_path_gets_a_short_socket():
    """The kernel takes 107 bytes; each checkout still has a socket of its own."""
    deep = Path("/srv") / ("x" * 120)
    assert len(str(socket_path(deep))) <= LONGEST_SOCKET_PATH
    assert socket_path(deep) == socket_path(deep)
    assert socket_path(deep) != socket_path(deep / "other")


def test_kombu_reads_a_socket_its_own_way():
    """redis-py and kombu spell sockets differently; everything else alike."""
    assert (
        celery_url("unix://:pw@/run/redis.sock?db=2") == "redis+socket://:pw@/run/redis.sock?virtual_host=2"
    )
    assert celery_url("redis://localhost/3") == "redis://localhost/3"


def test_celery_reaches_the_same_database_as_the_quota(redis_connection, redis_url):
    """A message sent by Celery lies in the broker's database."""
    with app.connection_for_write() as connection:
        queue = connection.SimpleQueue("tests-operations")
        queue.put("hello")
        queue.close()
    assert redis_connection.llen("tests-operations") == 1
    assert redis.Redis.from_url(redis_url).exists("tests-operations")


def test_a_killed_workers_tasks_are_looked_for_at_every_sweep():
    """kombu's default looks at each tenth sweep only."""
    assert app.conf.broker_transport_options["unacked_restore_throttle"] == 1
    assert app.conf.broker_transport_options["visibility_timeout"] == 300
