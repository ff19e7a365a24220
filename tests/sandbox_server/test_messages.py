"""Sending messages; version 3 deletes several at once and searches."""

import pytest
import requests

from apps.sandbox import cast

from .conftest import SCOPES


@pytest.fixture
def v3(control):
    """`v3(method, path, email, **params)`: a call of version 3."""

    def ask(method, path, email=cast.ADMIN.email, **params):
        token = control.grant(email, SCOPES)["access_token"]
        headers = {"Authorization": f"Bearer {token}"}
        return requests.request(
            method, f"{control.url}/api/v3{path}", params=params, headers=headers, timeout=30
        )

    return ask


def sent(control):
    return control.messages()[-1]


def test_a_message_to_one_person(admin, control):
    path = f"/buddies/{cast.MEMBER.email}/message"
    assert admin.post(path, json={"text": "Approved"}).status_code == 204
    assert (sent(control)["text"], sent(control)["sender_id"]) == ("Approved", int(cast.ADMIN.zuid))
    reply = admin.post(path, json={"text": "Again", "sync_message": True})
    assert reply.json() == {"message_id": sent(control)["id"]}
    assert len({message["chat_id"] for message in control.messages()[-2:]}) == 1
    assert [(entry.operation, entry.key) for entry in control.journal()][-1] == (
        "messages.post_to_user",
        sent(control)["id"],
    )


def test_a_message_to_a_channel(admin, member, control):
    body = {"name": "Poets", "level": "organization"}
    chat_id = admin.post("/channels", json=body).json()["chat_id"]
    assert admin.post("/channelsbyname/poets/message", json={"text": "Hello"}).status_code == 204
    assert admin.post(f"/chats/{chat_id}/message", json={"text": "Anybody?"}).status_code == 204
    assert [message["chat_id"] for message in control.messages()[-2:]] == [chat_id, chat_id]
    for path in ("/channelsbyname/poets/message", f"/chats/{chat_id}/message"):
        reply = member.post(path, json={"text": "Hello"})
        assert (reply.status_code, reply.json()["code"]) == (403, "operation_not_allowed")


def test_sending_refuses(admin):
    path = f"/buddies/{cast.MEMBER.email}/message"
    assert admin.post(path, json={"text": ""}).json()["code"] == "invalid_parameters"
    reply = admin.post(f"/buddies/{cast.STRANGER.email}/message", json={"text": "Hi"})
    assert reply.json()["code"] == "operation_not_allowed"


def test_several_are_deleted_each_with_an_outcome(admin, control, v3):
    for text in ("One", "Two"):
        admin.post(f"/buddies/{cast.MEMBER.email}/message", json={"text": text})
    one, two = control.messages()[-2:]
    path = f"/chats/{one['chat_id']}/messages"
    reply = v3("DELETE", path, message_ids=f"{one['id']},7")
    assert reply.json() == {
        "type": "message.delete_result",
        "data": [
            {"id": one["id"], "status": "success"},
            {
                "id": "7",
                "status": "failed",
                "error": {"code": "message_not_found", "message": "The message stays."},
            },
        ],
    }
    assert control.journal()[-1].key == f"{one['chat_id']}/{one['id']}"
    assert sent(control)["id"] == two["id"]


def test_other_peoples_messages_stay(admin, control, v3):
    admin.post(f"/buddies/{cast.MEMBER.email}/message", json={"text": "Mine"})
    message = sent(control)
    path = f"/chats/{message['chat_id']}/messages"
    (found,) = v3("DELETE", path, cast.MEMBER.email, message_ids=message["id"]).json()["data"]
    assert found["error"]["code"] == "access_denied"
    (found,) = v3("DELETE", path, cast.SECOND_ADMIN.email, message_ids=message["id"]).json()["data"]
    assert found["error"]["code"] == "invalid_delete_reason"


@pytest.mark.parametrize(
    ("ids", "code"),
    [("", "invalid_parameters"), (",".join(map(str, range(26))), "message_delete_limit_exceeded")],
)
def test_deleting_refuses(v3, ids, code):
    reply = v3("DELETE", "/chats/7/messages", message_ids=ids)
    assert (reply.status_code, reply.json()["code"]) == (400, code)


def test_a_chat_of_others_is_not_found(v3):
    reply = v3("DELETE", "/chats/7/messages", cast.MEMBER.email, message_ids="1")
    assert (reply.status_code, reply.json()["code"]) == (404, "chat_not_found")


def test_search_finds_in_ones_own_chats(admin, control, v3):
    admin.post(f"/buddies/{cast.MEMBER.email}/message", json={"text": "The purple elephant"})
    (found,) = v3("GET", "/messages/search", query="PURPLE").json()["data"]
    assert (found["id"], found["chat_id"]) == (sent(control)["id"], sent(control)["chat_id"])
    assert len(v3("GET", "/messages/search", cast.MEMBER.email, query="purple").json()["data"]) == 1
    assert v3("GET", "/messages/search", cast.SECOND_ADMIN.email, query="purple").json()["data"] == []
    elsewhere = v3("GET", "/messages/search", query="purple", chat_ids="7").json()
    assert elsewhere == {"data": []}


@pytest.mark.parametrize(
    "params", [{"query": "x" * 1001}, {"chat_ids": "1,2,3,4,5,6"}, {"next_token": "soon"}]
)
def test_search_refuses(v3, params):
    assert v3("GET", "/messages/search", **params).json()["code"] == "invalid_parameters"
