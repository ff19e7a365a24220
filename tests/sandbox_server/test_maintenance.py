"""Exports: CSV without a header, blank lines and the next page's token after it."""

import csv
import io

import pytest
import requests

from apps.sandbox import cast

from .conftest import SCOPES

CSV = {"Content-Type": "text/csv"}


@pytest.fixture
def get(control):
    """`get(path, email, headers, **params)`: an export, asked for by somebody."""

    def ask(path, email=cast.ADMIN.email, headers=CSV, **params):
        token = control.grant(email, SCOPES)["access_token"]
        headers = headers | {"Authorization": f"Zoho-oauthtoken {token}"}
        return requests.get(
            f"{control.url}/maintenanceapi/v2{path}", params=params, headers=headers, timeout=30
        )

    return ask


def rows(reply):
    text = reply.text.partition("next_token=")[0]
    return [row for row in csv.reader(io.StringIO(text)) if row]


def test_channels_are_csv_with_the_columns_asked_for(get, control):
    reply = get("/channels", fields="name,channel_id,participant_count")
    assert reply.headers["Content-Type"] == "text/csv;charset=UTF-8"
    assert reply.text.endswith("\n\n\n")
    found = rows(reply)
    channels = control.channels()
    assert len(found) == len(channels)
    assert found[0] == ["#announcements", channels[0]["channel_id"][1:], found[0][2]]


def test_pages_follow_a_token(get, control):
    control.option("export_page", 10)
    found, token = [], ""
    for _ in range(3):
        reply = get("/channels", fields="channel_id", **({"next_token": token} if token else {}))
        found += rows(reply)
        token = reply.text.partition("next_token=")[2].strip()
    assert token == ""
    assert [key for (key,) in found] == [channel["channel_id"][1:] for channel in control.channels()]


def test_chats_quote_what_needs_it(get):
    found = rows(get("/chats", fields="title,chat_id,creator_id,creation_time,total_message_count"))
    assert found[0][0] == "Whats new, feature updates 1"
    assert {len(row) for row in found} == {5}


def test_members_of_chats_and_channels(get, control):
    chat = rows(get("/chats", fields="chat_id,participant_count"))[0]
    assert len(rows(get(f"/chats/{chat[0]}/members", fields="name,email_id"))) == int(chat[1])
    channel = control.channels()[1]
    members = control.channel(channel["channel_id"])["members"]
    for key in (channel["chat_id"], channel["channel_id"], channel["channel_id"][1:]):
        found = rows(get(f"/chats/{key}/members", fields="email_id"))
        assert {email for (email,) in found} == set(members)


def test_messages_are_json(get, control):
    channel = control.channels()[1]
    found = get(f"/chats/{channel['chat_id']}/messages", headers={}).json()["data"]
    ids = [message["id"] for message in control.messages() if message["chat_id"] == channel["chat_id"]]
    assert [message["id"] for message in found] == ids
    assert set(found[0]) == {"sender", "ack_key", "id", "time", "type", "content"}


def test_it_can_be_json_as_openapi_says(get, control):
    control.option("export_form", "json")
    control.option("export_page", 3)
    chats = get("/chats", fields="title,chat_id", headers={}).json()
    assert set(chats) == {"list", "next_token"}
    assert set(chats["list"][0]) == {"name", "id"}
    channels = get("/channels", fields="name,channel_id,participant_count", headers={}).json()
    assert set(channels["data"][0]) == {"name", "channel_id", "participant_count"}
    key = control.channels()[0]["chat_id"]
    members = get(f"/chats/{key}/members", fields="name,email_id", headers={}).json()["data"]
    assert set(members[0]) == {"name", "email"}


@pytest.mark.parametrize(
    ("path", "params"),
    [
        ("/channels", {}),
        ("/channels", {"fields": "salary"}),
        ("/chats", {"fields": "name"}),
        ("/chats", {"fields": "title", "next_token": "made-up"}),
    ],
)
def test_it_refuses_malformed_parameters(get, path, params):
    reply = get(path, **params)
    assert (reply.status_code, reply.json()["code"]) == (400, "invalid_parameters")


def test_the_header_is_asked_for(get):
    assert get("/channels", headers={}, fields="name").json()["code"] == "invalid_parameters"


def test_only_the_organisation_admin_gets_an_answer(get, control):
    control.set_role(cast.MEMBER.email, "Cliq Admin")
    for reply in (
        get("/channels", cast.MEMBER.email, fields="name"),
        get("/chats/7/messages", cast.MEMBER.email),
    ):
        assert (reply.status_code, reply.json()["code"]) == (403, "not_an_organization_admin")


def test_the_company_can_stand_before_it(get, control):
    token = control.grant(cast.ADMIN.email, SCOPES)["access_token"]
    headers = CSV | {"Authorization": f"Zoho-oauthtoken {token}"}
    for company, status in ((cast.ORGANIZATION_ID, 200), ("7", 404)):
        url = f"{control.url}/company/{company}/maintenanceapi/v2/channels?fields=name"
        assert requests.get(url, headers=headers, timeout=30).status_code == status
