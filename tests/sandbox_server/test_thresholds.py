"""Thresholds are counted at arrival, for each person, method and path; going over locks."""

import time_machine

from apps.cliq.catalogue import CATALOGUE
from apps.sandbox import cast

from .clock import later

QUOTA = CATALOGUE["users.add"].quota


def add(caller):
    return caller.post("/users", json={"users": [{"email_id": "amy@zylker.com"}]})


def test_the_quota_is_exact(admin, control):
    assert [add(admin).status_code for _ in range(QUOTA)] == [200] * QUOTA
    over = add(admin)
    assert over.status_code == 400
    assert over.json() == {"code": "request_limit_exceeded", "message": "URL throttle limits exceeded"}
    assert [(call.locked, call.throttled) for call in control.arrivals("users.add")][-1] == (False, True)
    assert control.arrivals("users.add")[0].window == "POST /api/v2/users"


def test_going_over_locks_for_the_documented_period(admin, control):
    for _ in range(QUOTA + 1):
        add(admin)
    with time_machine.travel(later(590)):
        assert add(admin).status_code == 400
    with time_machine.travel(later(601)):
        assert add(admin).status_code == 200
    assert [call.locked for call in control.arrivals("users.add")][-2:] == [True, False]


def test_the_window_slides(admin):
    for _ in range(QUOTA - 1):
        add(admin)
    with time_machine.travel(later(50)):
        assert add(admin).status_code == 200
    with time_machine.travel(later(61)):
        assert [add(admin).status_code for _ in range(QUOTA - 1)] == [200] * (QUOTA - 1)
        assert add(admin).status_code == 400


def test_windows_are_apart(admin, caller):
    for _ in range(QUOTA + 1):
        add(admin)
    assert admin.get("/users").status_code == 200
    assert add(caller(cast.SECOND_ADMIN.email)).status_code == 200


def test_one_persons_tokens_share_a_window(admin, caller):
    again = caller(cast.ADMIN.email)
    for number in range(QUOTA):
        add((admin, again)[number % 2])
    assert add(again).status_code == 400


def test_one_path_is_one_window_whatever_the_id(admin, control):
    quota = CATALOGUE["users.get"].quota
    people = [person["id"] for person in control.people()][:quota]
    assert {admin.get(f"/users/{user_id}").status_code for user_id in people} == {200}
    assert admin.get(f"/users/{people[0]}").status_code == 400


def test_refused_calls_count_too(admin):
    for _ in range(QUOTA):
        admin.post("/users", data=b"nonsense")
    assert add(admin).json()["code"] == "request_limit_exceeded"


def test_the_reply_can_be_429(admin, control):
    control.option("throttle_status", 429)
    for _ in range(QUOTA):
        add(admin)
    assert add(admin).status_code == 429
