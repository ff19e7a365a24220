"""Reading answers whatever they are wrapped in."""

import pytest
from requests.structures import CaseInsensitiveDict

from apps.cliq import envelopes
from apps.cliq.envelopes import Unreadable, VendorError
from apps.cliq.transport import HttpReply, Lost


def http(body: bytes, kind: str = "application/json") -> HttpReply:
    return HttpReply(200, CaseInsensitiveDict({"Content-Type": kind}), body)


@pytest.mark.parametrize(
    ("body", "kind", "expected"),
    [
        (b"", "application/json", None),
        (b" \r\n", "text/html", None),
        (b'{"a": 1}', "text/plain", {"a": 1}),
        (b'\xef\xbb\xbf{"a": 1}', "application/json", {"a": 1}),
        (b"[1]", "", [1]),
        (b'"text"', "application/json;charset=UTF-8", "text"),
        (b"Success", "text/plain", "Success"),
        (b'{"a": "x\\u0000y"}', "application/json", {"a": "xy"}),
        (b'{"a": ["\\ud800"]}', "application/json", {"a": ["?"]}),
        ('{"a": "Zoë 🦊"}'.encode(), "application/json", {"a": "Zoë 🦊"}),
    ],
)
def test_bodies_are_parsed(body, kind, expected):
    assert envelopes.parsed(http(body, kind)) == expected


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"<html>", "application/json"),
        (b"Hello", "text/html"),
        (b"{", "text/plain"),
        (b"oops", "application/json"),
    ],
)
def test_pages_and_damage_are_lost(body, kind):
    with pytest.raises(Lost):
        envelopes.parsed(http(body, kind))


@pytest.mark.parametrize(
    "body",
    [
        {"data": {"id": "1"}},
        {"url": "/x", "type": "t", "data": {"id": "1"}},
        {"data": [{"id": "1"}]},
        {"id": "1"},
    ],
)
def test_the_object_is_found(body):
    assert envelopes.data_of(body) == {"id": "1"}


@pytest.mark.parametrize("body", [None, "text", 7, {"data": None}, {"data": "x"}, {"data": [{}, {}]}, []])
def test_no_object_is_unreadable(body):
    with pytest.raises(Unreadable):
        envelopes.data_of(body)


@pytest.mark.parametrize(
    "body",
    [
        {"data": [{"id": "1"}]},
        {"url": "/api/v2/userfields", "list": [{"id": "1"}]},
        {"members": [{"id": "1"}]},
        {"teams": [{"id": "1"}]},
        [{"id": "1"}],
    ],
)
def test_the_list_is_found(body):
    assert envelopes.items_of(body) == [{"id": "1"}]


def test_an_empty_list_may_be_null():
    assert envelopes.items_of({"data": None}) == []


@pytest.mark.parametrize("body", ["text", {"other": []}, {"data": {"id": "1"}}, {"data": ["x"]}, {}])
def test_no_list_is_unreadable(body):
    with pytest.raises(Unreadable):
        envelopes.items_of(body)


@pytest.mark.parametrize(
    ("body", "token"),
    [
        ({"data": []}, ""),
        ({"next_token": "t"}, "t"),
        ({"next_token": "t", "has_more": True}, "t"),
        ({"next_token": "t", "has_more": "true"}, "t"),
        ({"next_token": "t", "has_more": False}, ""),
        ({"next_token": "t", "has_more": "false"}, ""),
        ({"next_token": None, "has_more": False}, ""),
        ({"next_token": "null"}, ""),
        ({"next_token": 17}, "17"),
        ([], ""),
    ],
)
def test_the_token_of_the_next_page(body, token):
    assert envelopes.token_of(body) == token


def test_more_without_a_token_is_unreadable():
    with pytest.raises(Unreadable, match="more pages without a token"):
        envelopes.token_of({"has_more": True, "data": []})


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"code": "c", "message": "m"}, VendorError("c", "m")),
        ({"error": {"code": "c", "message": "m"}, "status": {"code": 400}}, VendorError("c", "m")),
        ({"error": "c"}, VendorError("c", "")),
        ({"error": "c", "error_description": "m"}, VendorError("c", "")),
        ({"error_code": "c", "message": "m"}, VendorError("c", "m")),
        ({"data": {"code": "available", "message": "At work"}}, None),
        ({"code": "available", "message": "At work", "id": "1"}, None),
        ({"status": "success"}, None),
        ({}, None),
        (None, None),
    ],
)
def test_errors_under_a_good_status(body, expected):
    assert envelopes.error_of(body) == expected


def test_a_long_answer_is_shortened():
    assert envelopes.shortened({"code": "c"}) == {"code": "c"}
    assert envelopes.shortened(None) == {}
    assert envelopes.shortened("plain") == {"text": "plain"}
    assert len(envelopes.shortened({"a": "x" * 10_000})["text"]) == 2000
