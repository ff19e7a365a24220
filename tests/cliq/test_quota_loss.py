"""Redis lost its data: one period is held, the locks come back, calls in flight are counted again."""

import time
from dataclasses import replace
from uuid import uuid4

import pytest
import redis

from apps.cliq.catalogue import CATALOGUE, window
from apps.cliq.quota import Quota
from tests.cliq.test_quota_slots import fill, patient, refused

ADD = CATALOGUE["users.add"]
LIST = CATALOGUE["users.list"]
MINUTE = 0.5


@pytest.fixture
def quota(redis_connection: redis.Redis) -> Quota:
    return Quota(
        redis_connection, account=uuid4().hex, minute=MINUTE, load_locks=lambda: {window(LIST): 30.0}
    )


def test_a_new_account_holds_one_period_unless_it_is_primed(quota):
    wait = refused(quota)
    assert MINUTE - 0.1 < wait.seconds <= MINUTE
    assert not wait.locked
    assert wait.sentence == (
        "The record of recent calls was lost; the portal waits 1 second to stay within Zoho's limit."
    )
    assert patient(quota, limit=MINUTE + 0.1) > MINUTE - 0.1


def test_priming_admits_at_once_and_only_once(quota, redis_connection):
    quota.prime()
    fill(quota)
    redis_connection.flushdb()
    refused(quota)
    quota.prime()
    refused(quota)


def test_planning_does_not_begin_the_period_and_asking_does(quota):
    assert [quota.estimate(ADD, 6), quota.estimate(ADD, 6)] == [2 * MINUTE, 2 * MINUTE]
    first = quota.wait(ADD)
    assert MINUTE - 0.1 < first <= MINUTE
    assert patient(quota, limit=MINUTE + 0.1) <= first + 0.1


def test_locks_come_back(quota, redis_connection):
    quota.prime()
    redis_connection.flushdb()
    wait = refused(quota, LIST)
    assert wait.locked
    assert 29 < wait.seconds <= 30


def test_the_whole_hold_is_kept_however_often_one_asks(quota):
    refused(quota)
    time.sleep(MINUTE / 2)
    assert refused(quota).seconds <= MINUTE / 2
    assert patient(quota, limit=MINUTE) > MINUTE / 2 - 0.1


def test_a_call_in_flight_is_counted_again_at_its_reply(quota, redis_connection):
    quota.prime()
    slots = fill(quota)
    redis_connection.flushdb()
    refused(quota)
    time.sleep(MINUTE * 0.8)
    for slot in slots:
        slot.release()
    assert patient(quota, limit=MINUTE + 0.2) > MINUTE - 0.1


def test_each_operation_holds_its_own_period(quota, redis_connection):
    refused(quota)
    long = replace(ADD, name="bots.call", path="/api/v2/bots", period=300)
    assert quota.wait(long) > 4 * MINUTE
    assert quota.wait(ADD) <= MINUTE
