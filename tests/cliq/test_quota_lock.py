"""A lock admits nobody for its period, and the database is told."""

import time
from uuid import uuid4

import pytest

from apps.cliq.catalogue import CATALOGUE, window
from apps.cliq.quota import Quota
from tests.cliq.test_quota_slots import HOLD, refused

ADD = CATALOGUE["users.add"]


@pytest.mark.parametrize("interactive", [False, True])
def test_nobody_is_admitted(quota, interactive):
    told = quota.lock(ADD)
    assert (told.seconds, told.locked) == (10.0, True)
    wait = refused(quota, ADD, interactive=interactive)
    assert wait.locked
    assert 9.5 < wait.seconds <= 10
    assert wait.sentence == (
        "Zoho has locked this call because its limit was exceeded. It opens in 10 seconds."
    )


def test_other_operations_go_on(quota):
    quota.lock(ADD)
    quota.admit(CATALOGUE["users.list"], interactive=False, hold=HOLD)


def test_the_estimate_waits_it_out(quota):
    quota.lock(ADD)
    assert 9.5 < quota.estimate(ADD, 5) <= 10
    assert 10.5 < quota.estimate(ADD, 6) <= 11


def test_the_database_is_told(redis_connection):
    told = []
    quota = Quota(redis_connection, account=uuid4().hex, minute=60, on_lock=lambda *lock: told.append(lock))
    quota.lock(ADD)
    assert told == [(window(ADD), 600.0)]


def test_it_ends(redis_connection):
    quota = Quota(redis_connection, account=uuid4().hex, minute=0.01)
    quota.prime()
    quota.lock(ADD)
    wait = refused(quota, ADD).seconds
    assert wait <= 0.1
    time.sleep(wait)
    quota.admit(ADD, interactive=False, hold=HOLD)
