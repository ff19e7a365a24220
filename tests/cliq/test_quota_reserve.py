"""Jobs leave slots to persons, but only while a person is interested."""

import time

from apps.cliq.catalogue import CATALOGUE
from apps.cliq.quota import Quota
from tests.cliq.conftest import MINUTE
from tests.cliq.test_quota_slots import HOLD, refused

ADD = CATALOGUE["users.add"]
LIST = CATALOGUE["users.list"]


def admitted(quota: Quota, endpoint, *, interactive: bool) -> int:
    """How many calls are admitted until none is."""
    count = 0
    while quota.wait(endpoint, interactive) == 0:
        quota.admit(endpoint, interactive=interactive, hold=HOLD)
        count += 1
    return count


def test_jobs_use_everything_while_nobody_asks(quota):
    assert admitted(quota, LIST, interactive=False) == 30


def test_jobs_leave_a_tenth_while_a_person_asks(quota):
    quota.admit(LIST, interactive=True, hold=HOLD)
    assert admitted(quota, LIST, interactive=False) == 30 - 1 - 3
    assert admitted(quota, LIST, interactive=True) == 3


def test_a_small_quota_leaves_one(quota):
    quota.admit(ADD, interactive=True, hold=HOLD)
    assert admitted(quota, ADD, interactive=False) == 3
    assert admitted(quota, ADD, interactive=True) == 1


def test_the_interest_is_in_one_operation_only(quota):
    quota.admit(LIST, interactive=True, hold=HOLD)
    assert admitted(quota, ADD, interactive=False) == 5


def test_a_refused_person_is_interested_too(quota):
    assert admitted(quota, ADD, interactive=False) == 5
    refused(quota, ADD, interactive=True)
    slot_free = quota.wait(ADD, interactive=True)
    assert quota.wait(ADD, interactive=False) >= slot_free


def test_the_reserve_ends_with_the_interest(redis_connection):
    quota = Quota(redis_connection, account="short", minute=0.1)
    quota.prime()
    quota.admit(LIST, interactive=True, hold=60)
    for _ in range(26):
        quota.admit(LIST, interactive=False, hold=60)
    wait = refused(quota, LIST).seconds
    assert 0 < wait <= 0.2
    time.sleep(0.21)
    assert admitted(quota, LIST, interactive=False) == 3


def test_a_person_waits_for_a_slot_no_longer_than_a_period(quota):
    quota.admit(ADD, interactive=True, hold=HOLD)
    admitted(quota, ADD, interactive=True)
    assert refused(quota, ADD, interactive=True).seconds == MINUTE
