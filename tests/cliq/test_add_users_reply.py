"""The answer to adding users, in all the forms it was seen or is documented in."""

import pytest

from apps.cliq import added
from apps.cliq.added import AddUsersReply
from apps.cliq.envelopes import Unreadable

A, B, C = "amy@zylker.com", "ben@zylker.com", "cleo@zylker.com"


def test_as_documented():
    body = {"data": {"success_users": ["Amy@Zylker.com", B], "failed_users": {}}}
    assert added.read(body) == AddUsersReply([A, B], {}, {})


@pytest.mark.parametrize(
    "failed",
    [
        {"Amy@zylker.com": "email.invitation.blocked"},
        {A: {"code": "email.invitation.blocked", "message": "m"}},
        {A: {"error": {"code": "email.invitation.blocked"}}},
        [{"email_id": A, "code": "email.invitation.blocked"}],
        [{"email_id": A, "error_code": "email.invitation.blocked"}],
        [{A: "email.invitation.blocked"}],
        {"email_id": A, "reason": "email.invitation.blocked"},
    ],
)
def test_every_form_of_the_failed(failed):
    body = {"data": {"success_users": [B], "failed_users": failed}}
    assert added.read(body) == AddUsersReply([B], {A: "email.invitation.blocked"}, {})


@pytest.mark.parametrize("failed", [[A], A, {A: None}, {A: ""}])
def test_a_failure_may_have_no_code(failed):
    assert added.read({"data": {"failed_users": failed}}).failed == {A: ""}


@pytest.mark.parametrize("place", ["data", "root"])
@pytest.mark.parametrize(
    ("already", "code"),
    [
        ({A: "email.activeuser"}, "email.activeuser"),
        ([{"email_id": A, "code": "email.pendinguser"}], "email.pendinguser"),
        ([A], "already_availableusers"),
        ({A: True}, "already_availableusers"),
    ],
)
def test_every_form_and_place_of_the_already_available(place, already, code):
    body = {"data": {"success_users": [], "failed_users": {}}}
    (body if place == "root" else body["data"])["already_availableusers"] = already
    assert added.read(body) == AddUsersReply([], {}, {A: code})


@pytest.mark.parametrize("success", [[A], [{"email_id": A}], {A: "1234"}, A])
def test_every_form_of_success(success):
    assert added.read({"success_users": success}).success == [A]


def test_a_row_no_list_names_is_unnamed():
    found = added.read({"data": {"success_users": [A], "failed_users": {B: "x"}}})
    assert found.unnamed([" Amy@ZYLKER.com", B, "Cleo@zylker.com"]) == [C]


def test_added_and_refused_at_once_is_unnamed():
    found = added.read({"data": {"success_users": [A, B], "failed_users": {A: "x"}}})
    assert (found.success, found.failed, found.unnamed([A, B])) == ([B], {}, [A])


def test_refused_because_available_keeps_the_code():
    body = {"data": {"failed_users": {A: "email.activeuser"}, "already_availableusers": [A]}}
    assert added.read(body) == AddUsersReply([], {A: "email.activeuser"}, {})


def test_what_is_no_address_is_passed_over():
    body = {"data": {"success_users": [A, None, 7, "", {"id": 1}, ["x"]], "failed_users": None}}
    assert added.read(body) == AddUsersReply([A], {}, {})


@pytest.mark.parametrize(
    "body", [None, "Success", {}, {"data": {}}, {"data": []}, {"data": {"users": [A]}}, [A]]
)
def test_no_list_at_all_is_unreadable(body):
    with pytest.raises(Unreadable):
        added.read(body)
