"""Faults on demand: what the caller sees, and what was really done."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

USERS = {"users": [{"email_id": "amy@zylker.com"}]}


def test_drop_before_leaves_nothing(admin, control):
    control.fault("users.add", drop="before")
    with pytest.raises(requests.ConnectionError):
        admin.post("/users", json=USERS)
    assert control.journal() == []
    assert [call.status for call in control.arrivals("users.add")] == [None]
    assert admin.post("/users", json=USERS).json()["data"]["success_users"] == ["amy@zylker.com"]


def test_drop_after_leaves_a_journal_entry(admin, control):
    control.fault("users.add", drop="after")
    with pytest.raises(requests.ConnectionError):
        admin.post("/users", json=USERS)
    assert [entry.key for entry in control.journal()] == ["amy@zylker.com"]
    reply = admin.post("/users", json=USERS).json()
    assert reply["data"]["already_availableusers"] == {"amy@zylker.com": "email.pendinguser"}


def test_an_error_page_in_html(admin, control):
    control.fault("users.list", status=502, body="<html>Bad Gateway</html>", times=2)
    replies = [admin.get("/users") for _ in range(3)]
    assert [reply.status_code for reply in replies] == [502, 502, 200]
    assert replies[0].headers["Content-Type"].startswith("text/html")


def test_an_error_after_the_effect(admin, control):
    control.fault("users.add", status=500, body="{", content_type="application/json", drop="after")
    reply = admin.post("/users", json=USERS)
    assert (reply.status_code, reply.text) == (500, "{")
    assert len(control.journal()) == 1


def test_a_code(admin, control):
    control.fault("users.update", code="operation_not_allowed", status=403)
    reply = admin.put("/users/631830902", json={"mobile": "1"})
    assert (reply.status_code, reply.json()["code"]) == (403, "operation_not_allowed")


def test_a_throttle_reply_locks(admin, control):
    control.fault("users.list", code="request_limit_exceeded")
    assert [admin.get("/users").status_code for _ in range(2)] == [400, 400]
    assert [call.locked for call in control.arrivals("users.list")] == [False, True]


def test_a_delay_keeps_nobody_else_waiting(admin, control, caller):
    control.fault("users.list", delay=0.4)
    with ThreadPoolExecutor() as pool:
        started = time.monotonic()
        slow = pool.submit(admin.get, "/users")
        while not control.arrivals("users.list"):
            pass
        assert admin.get("/departments").status_code == 200
        assert not slow.done()
        assert slow.result().status_code == 200
        assert time.monotonic() - started >= 0.4


def test_a_held_reply_comes_after_its_effect(admin, control):
    control.fault("users.add", hold=0.4)
    with ThreadPoolExecutor() as pool:
        slow = pool.submit(admin.post, "/users", json=USERS)
        while not control.journal():
            pass
        assert not slow.done()
        assert slow.result().status_code == 200


def test_faults_can_be_cleared(admin, control):
    control.fault("users.list", status=500, body="", times=9)
    control.clear_faults()
    assert admin.get("/users").status_code == 200
