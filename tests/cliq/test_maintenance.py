"""`cliq.maintenance`, with the shapes of both sources. v2-rest-api.txt:193–246, bulkexport.yml."""

import pytest

from apps.core.errors import VendorFailure
from tests.cliq.exchange import answering
from tests.cliq.servers import in_turn, reply

CSV = {"kind": "text/csv"}
PAIR = ["title", "chat_id"]


def rows(pages):
    return [row for page in pages for row in page.items]


def test_chats(against):
    script, sent = answering("Whats new,1277744317795524707\nZylcal trip,1277744317795524704\n", **CSV)
    assert rows(against(script).maintenance.chats(PAIR)) == [
        {"title": "Whats new", "chat_id": "1277744317795524707"},
        {"title": "Zylcal trip", "chat_id": "1277744317795524704"},
    ]
    assert (sent[0].what, sent[0].query) == ("GET /maintenanceapi/v2/chats", {"fields": "title,chat_id"})
    assert sent[0].headers["content-type"] == "text/csv"


def test_the_token_after_the_rows_is_followed(against):
    pages = in_turn(
        reply("One,1\r\n\r\n\r\nnext_token=abc-_.1%3D\r\n", **CSV), reply("Two,2\n\nnext_token=\n", **CSV)
    )
    found = list(against(pages).maintenance.chats(PAIR))
    assert [(page.items, page.next_token) for page in found[:1]] == [
        ([{"title": "One", "chat_id": "1"}], "abc-_.1%3D")
    ]
    assert rows(found[1:]) == [{"title": "Two", "chat_id": "2"}]


def test_the_token_is_sent_back(against):
    script, sent = answering("Two,2\n", **CSV)
    rows(against(script).maintenance.chats(PAIR, next_token="abc"))
    assert sent[0].query == {"fields": "title,chat_id", "next_token": "abc"}


def test_channels(against):
    script, sent = answering("#announcements,15928000000004007,600\n#marketing,15928000000021001,15", **CSV)
    fields = ["name", "channel_id", "participant_count"]
    assert rows(against(script).maintenance.channels(fields))[1] == {
        "name": "#marketing",
        "channel_id": "15928000000021001",
        "participant_count": "15",
    }
    assert sent[0].what == "GET /maintenanceapi/v2/channels"


def test_members_as_json(against):
    body = {"data": [{"name": "Scott", "email": "scott@zylker.com", "user_id": 7}], "next_token": ""}
    script, sent = answering(body)
    assert rows(against(script).maintenance.members("CT_1")) == [
        {"name": "Scott", "email_id": "scott@zylker.com", "user_id": "7"}
    ]
    assert sent[0].what == "GET /maintenanceapi/v2/chats/CT_1/members"


def test_chats_as_json(against):
    script, _ = answering({"list": [{"name": "Zylcal trip", "id": "127"}]}, **CSV)
    assert rows(against(script).maintenance.chats(PAIR)) == [{"title": "Zylcal trip", "chat_id": "127"}]


def test_messages(against):
    message = {
        "sender": {"name": "Scott Fisher", "id": 1234567},
        "id": "1528182303637_7763880281",
        "time": 1528182303637,
        "type": "text",
        "content": {"text": "Hey"},
    }
    script, sent = answering({"data": [message]})
    found = rows(against(script).maintenance.messages("CT_1"))[0]
    assert (found.id, found.time, found.sender.id, found.content) == (
        "1528182303637_7763880281",
        1528182303637,
        "1234567",
        {"text": "Hey"},
    )
    assert "content-type" not in sent[0].headers


@pytest.mark.parametrize("prefix", ["company/64000001", "/company/64000001/"])
def test_a_prefix_stands_before_exports_only(against, prefix):
    script, sent = answering("One,1", **CSV)
    cliq = against(script, export_prefix=prefix)
    rows(cliq.maintenance.chats(PAIR))
    cliq.teams.delete("5")
    assert [each.what for each in sent] == [
        "GET /company/64000001/maintenanceapi/v2/chats",
        "DELETE /api/v2/teams/5",
    ]


def test_it_rejects_unknown_columns(against):
    script, sent = answering("", **CSV)
    with pytest.raises(ValueError, match="an export has no column colour"):
        against(script).maintenance.chats(["title", "colour"])
    with pytest.raises(ValueError, match="an export has no column at all without a name"):
        against(script).maintenance.chats([])
    assert sent == []


@pytest.mark.parametrize(
    "answer",
    [
        reply("One\nTwo", **CSV),
        reply("<!DOCTYPE html><p>Sign in</p>", **CSV),
        reply("<p>Sign in</p>", kind="text/html"),
        reply('{"list": [', kind="application/json"),
    ],
    ids=["columns", "page", "html", "broken"],
)
def test_what_cannot_be_read_is_a_failure(against, answer):
    with pytest.raises(VendorFailure):
        rows(against(answer).maintenance.chats(PAIR))


def test_an_empty_body_is_an_empty_export(against):
    script, _ = answering("", status=204)
    assert rows(against(script).maintenance.chats(PAIR)) == []
