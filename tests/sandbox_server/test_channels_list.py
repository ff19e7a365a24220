"""`GET /channels`: filters, order, pages and what changed."""

import pytest

from apps.sandbox import cast


def every(caller, **params):
    """All channels of a list, page by page."""
    found, token = [], ""
    while True:
        asked = params | ({"next_token": token} if token else {})
        reply = caller.get("/channels", params=asked).json()
        found += reply["channels"]
        token = reply.get("next_token", "")
        assert bool(token) == reply["has_more"]
        if not token:
            return found


def test_pages_hold_each_channel_once(admin, control):
    found = every(admin, limit=7)
    ids = [channel["channel_id"] for channel in found]
    assert ids == [channel["channel_id"] for channel in control.channels()]
    assert len(ids) == len(set(ids)) == 29


def test_a_fresh_organisation_of_300_has_40(admin, control):
    control.reset(users=300)
    channels = control.channels()
    assert len(channels) == 40
    assert {channel["level"] for channel in channels} == {"organization", "team", "private", "external"}
    assert {channel["status"] for channel in channels} == {"created", "pending", "archived"}
    pending = [channel for channel in channels if channel["status"] == "pending"]
    assert len(pending) == 8
    assert {channel["level"] for channel in pending} == {"organization"}
    assert len([channel for channel in pending if channel["description"]]) == 7


def test_names_have_a_sign_before_them(admin, control):
    assert every(admin)[1]["name"] == "#Marketing"
    control.option("channel_hash", False)
    assert every(admin)[1]["name"] == "Marketing"


@pytest.mark.parametrize(
    ("params", "matches"),
    [
        ({"status": "pending"}, lambda channel: channel["status"] == "pending"),
        ({"level": "private"}, lambda channel: channel["level"] == "private"),
        ({"name": "MARKET"}, lambda channel: "market" in channel["name"].lower()),
        ({"joined": "true"}, lambda channel: channel["joined"]),
        ({"joined": "false"}, lambda channel: not channel["joined"]),
        ({"team_ids": "655249763"}, lambda channel: "655249763" in channel["teams"]),
        ({"created_after": "2025-01-01T00:00:00Z"}, lambda channel: channel["creation_time"] > "2025"),
        (
            {"modified_before": "2025-06-01T00:00:00Z"},
            lambda channel: channel["last_modified_time"] < "2025-06",
        ),
    ],
)
def test_filters(admin, params, matches):
    everything = every(admin)
    found = every(admin, **params)
    assert found == [channel for channel in everything if matches(channel)]
    assert 0 < len(found) < len(everything)


def test_some_can_be_named(admin):
    wanted = every(admin)[3:5]
    assert every(admin, channel_ids=",".join(channel["channel_id"] for channel in wanted)) == wanted
    assert every(admin, chat_ids=wanted[0]["chat_id"]) == wanted[:1]
    creator = wanted[0]["creator_id"]
    assert wanted[0] in every(admin, created_by=creator)


@pytest.mark.parametrize(
    ("order", "key"), [("last_modified_time", "last_modified_time"), ("creation_time", "creation_time")]
)
def test_it_can_be_ordered(admin, order, key):
    rising = [channel[key] for channel in every(admin, order_by=f"+{order}", limit=10)]
    falling = [channel[key] for channel in every(admin, order_by=f"-{order}", limit=10)]
    assert rising == sorted(rising) == falling[::-1]


@pytest.mark.parametrize(
    "params",
    [
        {"limit": "101"},
        {"status": "gone"},
        {"level": "personal"},
        {"order_by": "name"},
        {"created_after": "soon"},
        {"joined": "perhaps"},
        {"next_token": "made-up"},
        {"sync_token": "made-up"},
    ],
)
def test_it_refuses_malformed_parameters(admin, params):
    reply = admin.get("/channels", params=params)
    assert (reply.status_code, reply.json()["code"]) == (400, "invalid_parameters")


def test_a_sync_token_brings_what_changed_since(admin, control):
    token = admin.get("/channels").json()["sync_token"]
    assert every(admin, sync_token=token) == []
    changed = every(admin)[2]["channel_id"]
    admin.put(f"/channels/{changed}", json={"description": "New"})
    assert [channel["channel_id"] for channel in every(admin, sync_token=token)] == [changed]


def test_a_sync_token_fails_where_too_much_changed(admin, control):
    control.reset(users=1500)
    token = control.grant(cast.ADMIN.email, ["ZohoCliq.Channels.READ"])["access_token"]
    admin.headers["Authorization"] = f"Bearer {token}"
    assert admin.get("/channels", params={"sync_token": "1"}).json()["code"] == "invalid_parameters"


def test_a_member_sees_what_is_open_or_theirs(member, control):
    everything = {channel["channel_id"]: channel for channel in control.channels()}
    seen = every(member)
    assert 0 < len(seen) < len(everything)
    for channel in seen:
        assert channel["joined"] or (
            channel["level"] in ("organization", "team") and not channel["invite_only"]
        )


def test_administrators_may_be_shown_no_more_than_others(admin, control):
    control.option("admins_see_every_channel", False)
    private = every(admin, level="private")
    assert all(channel["joined"] for channel in private)


def test_a_stranger_sees_only_the_external_one(caller):
    assert [channel["name"] for channel in every(caller(cast.STRANGER.email))] == ["#Zylker & Zillum"]


def test_private_can_be_called_personal(admin, control):
    control.option("channel_level_words", "openapi")
    assert {channel["level"] for channel in every(admin, level="private")} == {"personal"}
