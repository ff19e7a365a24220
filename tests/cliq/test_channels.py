"""`cliq.channels`, with the shapes of the reference. v2-rest-api.txt:1346–1651."""

import pytest
from pydantic import ValidationError

from apps.core.errors import VendorFailure
from tests.cliq.exchange import answering
from tests.cliq.servers import in_turn, reply

CHANNEL = {
    "name": "#Zylker-Support",
    "chat_id": "CT_1184653329648523663_62439860",
    "level": "team",
    "invite_only": False,
    "status": "created",
    "channel_id": "T4000000040005",
    "organization_id": "4435792",
    "current_user_role": "super_admin",
    "participant_count": 1,
    "total_message_count": "1349",
    "teams": {"4435961": "SALES"},
    "admin_permission": {"add_participant": True, "archive_channel": "false"},
}


def test_get(against):
    script, sent = answering(CHANNEL)
    channel = against(script).channels.get("T4000000040005")
    assert (channel.channel_id, channel.name, channel.raw["name"]) == (
        "T4000000040005",
        "Zylker-Support",
        "#Zylker-Support",
    )
    assert (channel.total_message_count, channel.teams) == (1349, {"4435961": "SALES"})
    assert channel.permissions["admin"] == {"add_participant": True, "archive_channel": False}
    assert sent[0].what == "GET /api/v2/channels/T4000000040005"


@pytest.mark.parametrize(
    ("theirs", "ours"), [("personal", "private"), ("organisation", "organization"), ("external", "external")]
)
def test_levels_go_by_one_name(against, theirs, ours):
    script, _ = answering(CHANNEL | {"level": theirs})
    assert against(script).channels.get("T4000000040005").level == ours


def test_list_follows_the_token(against):
    other = CHANNEL | {"channel_id": "O1", "teams": None}
    pages = in_turn(
        reply({"channels": [CHANNEL], "has_more": True, "next_token": "two"}),
        reply({"channels": [other], "has_more": False}),
    )
    channels = against(pages).channels.list(status="pending", joined=False)
    assert [channel.channel_id for channel in channels] == ["T4000000040005", "O1"]


def test_list_asks_as_the_reference_says(against):
    script, sent = answering({"channels": []})
    against(script).channels.list(status="pending", joined=False)
    assert (sent[0].what, sent[0].query) == (
        "GET /api/v2/channels",
        {"limit": "100", "status": "pending", "joined": "false"},
    )


def test_a_repeated_page_ends_the_list(against):
    script, _ = answering({"channels": [CHANNEL], "next_token": "one"})
    with pytest.raises(VendorFailure, match="repeats a page"):
        against(script).channels.list()


def test_create(against):
    script, sent = answering(CHANNEL)
    new = {"name": "Zylker-Support", "level": "team", "team_ids": ["2323334"], "user_ids": ["100100"]}
    assert against(script).channels.create(new).status == "created"
    assert (sent[0].what, sent[0].body) == ("POST /api/v2/channels", new)


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "A", "level": "team"},
        {"name": "A", "level": "private", "team_ids": ["1"]},
        {"name": "A", "level": "private", "invite_only": True},
        {"name": "A", "level": "secret"},
        {"name": "A" * 51, "level": "private"},
        {"name": "A", "level": "private", "colour": "red"},
        {"name": "A", "level": "private", "config": {"reply_mode": "shout"}},
        {"name": "A", "level": "private", "config": {"volume": "loud"}},
    ],
)
def test_create_rejects_what_does_not_fit(against, wrong):
    script, sent = answering(CHANNEL)
    with pytest.raises(ValidationError):
        against(script).channels.create(wrong)
    assert sent == []


def test_update(against):
    script, sent = answering(CHANNEL)
    against(script).channels.update("T4", name="Zylker-Customer-Support", config={"reply_mode": "threads"})
    assert sent[0].what == "PUT /api/v2/channels/T4"
    assert sent[0].body == {"name": "Zylker-Customer-Support", "config": {"reply_mode": "threads"}}


@pytest.mark.parametrize("config", [{"reply_mode": "shout"}, {"volume": "loud"}, {"leave_join_info": True}])
def test_update_rejects_an_unknown_config(against, config):
    script, sent = answering(CHANNEL)
    with pytest.raises(ValueError, match=r"of a channel's config$"):
        against(script).channels.update("T4", config=config)
    assert sent == []


def test_update_permissions(against):
    script, sent = answering(CHANNEL)
    against(script).channels.update_permissions("T4", member_permission={"send_message": False})
    assert (sent[0].what, sent[0].body) == (
        "PUT /api/v2/channels/T4",
        {"member_permission": {"send_message": False}},
    )


@pytest.mark.parametrize(
    ("method", "fields"),
    [("update", {}), ("update", {"level": "team"}), ("update_permissions", {"owner_permission": {}})],
)
def test_it_rejects_what_it_does_not_know(against, method, fields):
    script, sent = answering(CHANNEL)
    with pytest.raises(ValueError, match=rf"channels\.{method} does not take"):
        getattr(against(script).channels, method)("T4", **fields)
    assert sent == []


def test_members(against):
    member = {"user_id": 1234567, "email_id": "s@zylker.com", "name": "Scott", "user_role": "super_admin"}
    script, sent = answering({"members": [member]})
    found = against(script).channels.members("T4")
    assert [(each.user_id, each.email_id, each.user_role) for each in found] == [
        ("1234567", "s@zylker.com", "super_admin")
    ]
    assert sent[0].what == "GET /api/v2/channels/T4/members"


def test_add_members(against):
    script, sent = answering(status=204)
    against(script).channels.add_members("T4", email_ids=["a@zylker.com", "a@zylker.com"])
    assert (sent[0].what, sent[0].body) == (
        "POST /api/v2/channels/T4/members",
        {"email_ids": ["a@zylker.com"]},
    )


def test_remove_members(against):
    script, sent = answering()
    against(script).channels.remove_members("T4", user_ids=["1", "2"], silent=True)
    assert (sent[0].what, sent[0].body) == (
        "DELETE /api/v2/channels/T4/members",
        {"user_ids": ["1", "2"], "silent": True},
    )


@pytest.mark.parametrize(
    "people", [{}, {"user_ids": map(str, range(101))}, {"user_ids": ["1"], "email_ids": ["a@zylker.com"]}]
)
def test_a_call_names_one_to_a_hundred_in_one_way(against, people):
    script, sent = answering(status=204)
    with pytest.raises(ValueError, match=r"are not 1 to 100|not both"):
        against(script).channels.add_members("T4", **people)
    assert sent == []


def test_remove_member_by_address(against):
    script, sent = answering(status=204)
    against(script).channels.remove_member("T4", "a@zylker.com")
    assert sent[0].what == "DELETE /api/v2/channels/T4/members/a%40zylker.com"


def test_update_member_role(against):
    script, sent = answering(status=204)
    against(script).channels.update_member_role("T4", "7", "admin")
    assert (sent[0].what, sent[0].body) == ("PUT /api/v2/channels/T4/members/7", {"role": "admin"})


def test_it_rejects_an_unknown_role(against):
    script, sent = answering(status=204)
    with pytest.raises(ValueError, match="owner is no role of a channel"):
        against(script).channels.update_member_role("T4", "7", "owner")
    assert sent == []


def test_add_bot(against):
    script, sent = answering(status=204)
    against(script).channels.add_bot("zylkerbot", "marketing")
    assert (sent[0].what, sent[0].body) == (
        "POST /api/v2/bots/zylkerbot/associate",
        {"channel_unique_name": "marketing"},
    )


@pytest.mark.parametrize("act", ["approve", "reject", "join", "leave", "archive", "unarchive"])
def test_acts_have_no_body(against, act):
    script, sent = answering(status=204)
    getattr(against(script).channels, act)("T4")
    assert (sent[0].what, sent[0].body) == (f"POST /api/v2/channels/T4/{act}", None)


def test_delete(against):
    script, sent = answering(status=204)
    against(script).channels.delete("T4")
    assert sent[0].what == "DELETE /api/v2/channels/T4"
