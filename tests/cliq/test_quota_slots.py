"""Slots: how many, for how long, and how long the wait for one is."""

import time
from pathlib import Path

import pytest
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from apps.cliq.catalogue import CATALOGUE
from apps.cliq.quota import Quota, Slot
from apps.core.errors import NotSent, QuotaWait
from tests.cliq.conftest import MINUTE

ADD = CATALOGUE["users.add"]
LIST = CATALOGUE["users.list"]
HOLD = 0.2


def fill(quota: Quota, endpoint=ADD) -> list[Slot]:
    return [quota.admit(endpoint, interactive=False, hold=HOLD) for _ in range(endpoint.quota)]


def patient(quota: Quota, endpoint=ADD, *, limit: float, interactive: bool = False) -> float:
    """Ask as the answers say until admitted; the seconds it took."""
    began = time.monotonic()
    while True:
        try:
            quota.admit(endpoint, interactive=interactive, hold=HOLD)
        except QuotaWait as wait:
            assert time.monotonic() - began + wait.seconds <= limit
            time.sleep(wait.seconds)
        else:
            return time.monotonic() - began


def refused(quota: Quota, endpoint=ADD, *, interactive: bool = False) -> QuotaWait:
    with pytest.raises(QuotaWait) as wait:
        quota.admit(endpoint, interactive=interactive, hold=HOLD)
    return wait.value


def test_it_admits_as_many_as_zoho_does(quota):
    fill(quota)
    wait = refused(quota)
    assert (wait.seconds, wait.locked) == (MINUTE, False)
    assert wait.sentence == "Zoho allows 5 of these calls a minute. The next is free in 1 second."


def test_a_released_slot_is_free_one_period_later(quota):
    slots = fill(quota)
    slots[2].release()
    assert MINUTE - 0.1 < refused(quota).seconds <= MINUTE + 0.01
    assert MINUTE - 0.1 < patient(quota, limit=MINUTE + 0.1) < MINUTE + 0.1


def test_a_slot_that_is_never_released_is_free_after_its_deadline_and_a_period(quota):
    fill(quota)
    assert patient(quota, limit=HOLD + MINUTE + 0.1) > HOLD + MINUTE - 0.1


def test_a_cancelled_slot_is_free_at_once(quota):
    fill(quota)[0].cancel()
    quota.admit(ADD, interactive=False, hold=HOLD)
    refused(quota)


def test_releasing_twice_or_late_never_admits_more(quota, redis_connection):
    slots = fill(quota)
    for slot in slots:
        slot.release()
        slot.release()
    assert redis_connection.zcard(f"quota:{{{quota.account}}}:slots:POST:/api/v2/users") == ADD.quota


def test_operations_accounts_and_methods_do_not_share(quota, redis_connection):
    fill(quota)
    quota.admit(LIST, interactive=False, hold=HOLD)
    other = Quota(redis_connection, account=quota.account + "2", minute=MINUTE)
    other.prime()
    other.admit(ADD, interactive=False, hold=HOLD)


def test_looking_takes_nothing(quota):
    assert [quota.wait(ADD) for _ in range(10)] == [0.0] * 10
    fill(quota)
    assert quota.wait(ADD) == MINUTE


def test_an_estimate_counts_rounds(quota):
    assert [quota.estimate(ADD, calls) for calls in (0, 1, 5, 6, 10, 11)] == [0, 0, 0, 1, 1, 2]
    for slot in fill(quota)[:2]:
        slot.release()
    first, third, eighth = (quota.estimate(ADD, calls) for calls in (1, 3, 8))
    assert MINUTE - 0.1 < first <= MINUTE + 0.01
    assert third == MINUTE
    assert eighth == 2 * MINUTE


def test_the_keys_of_an_account_stay_together(quota, redis_connection):
    fill(quota)
    quota.lock(ADD)
    quota.wait(ADD, interactive=True)
    keys = redis_connection.keys("*")
    assert keys
    assert all(key.startswith(f"quota:{{{quota.account}}}:") for key in keys)


def test_every_key_but_the_epoch_ends_by_itself(quota, redis_connection):
    for slot in fill(quota):
        slot.release()
    quota.lock(ADD)
    refused(quota, interactive=True)
    lasting = [key for key in redis_connection.keys("*") if redis_connection.ttl(key) == -1]
    assert lasting == [f"quota:{{{quota.account}}}:epoch"]


def test_one_admission_is_one_round_trip(quota, redis_connection):
    quota.wait(ADD)
    before = redis_connection.info("commandstats")["cmdstat_evalsha"]["calls"]
    quota.admit(ADD, interactive=True, hold=HOLD)
    after = redis_connection.info("commandstats")["cmdstat_evalsha"]["calls"]
    assert after - before == 1


def unreachable(folder: Path) -> redis.Redis:
    return redis.Redis(unix_socket_path=str(folder / "none.sock"), retry=Retry(NoBackoff(), 0))


def test_without_redis_nothing_is_sent(tmp_path):
    quota = Quota(unreachable(tmp_path), account="1")
    for attempt in (
        lambda: quota.admit(ADD, interactive=False, hold=1),
        lambda: quota.wait(ADD),
        quota.prime,
    ):
        with pytest.raises(NotSent) as error:
            attempt()
        assert error.value.sentence == "The portal's Redis cannot be reached, so nothing was sent to Zoho."


def test_a_redis_that_fails_at_the_reply_does_not_hide_it(quota, tmp_path):
    slot = quota.admit(ADD, interactive=False, hold=HOLD)
    nowhere = Quota(unreachable(tmp_path), account="1")
    Slot(nowhere, ADD, HOLD, slot.id).release()
    Slot(nowhere, ADD, HOLD, slot.id).cancel()
    assert nowhere.lock(ADD).locked


def test_bytes_from_redis_are_read_as_well(redis_url):
    with redis.Redis.from_url(redis_url) as raw:
        quota = Quota(raw, account="bytes", minute=MINUTE)
        quota.prime()
        fill(quota)
        assert refused(quota).seconds == MINUTE
