"""`POST /channels`: every level has its rules."""

import pytest

from apps.sandbox import cast

TEAM = "655249742"


def test_it_works(admin, control):
    body = {
        "name": "#Poets", "description": "Rhymes", "level": "organization", "invite_only": True,
        "user_ids": [cast.MEMBER.zuid], "email_ids": [cast.SECOND_ADMIN.email], "image_data": "aGVsbG8=",
        "config": {"reply_mode": "threads", "meeting_chat_type": "host_choice"},
        "member_permission": {"send_message": False},
    }  # fmt: skip
    reply = admin.post("/channels", json=body)
    found = reply.json()
    assert reply.status_code == 200
    assert (found["name"], found["unique_name"], found["status"], found["invite_only"], found["level"]) == (
        "#Poets", "poets", "created", True, "organization",
    )  # fmt: skip
    assert found["channel_id"].startswith("O")
    assert (found["participant_count"], found["current_user_role"]) == (3, "super_admin")
    assert found["member_permission"]["send_message"] is False
    assert len(found["admin_permission"]) == 20
    assert [(entry.operation, entry.key) for entry in control.journal()] == [
        ("channels.create", found["channel_id"])
    ]
    assert control.channel(found["channel_id"])["members"] == {
        cast.ADMIN.email: "super_admin", cast.MEMBER.email: "member", cast.SECOND_ADMIN.email: "member",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("level", "more", "letter"),
    [("team", {"team_ids": [TEAM]}, "T"), ("private", {}, "P"), ("external", {}, "E")],
)
def test_every_level_can_be_created(admin, level, more, letter):
    found = admin.post("/channels", json={"name": "Poets", "level": level} | more).json()
    assert (found["level"], found["channel_id"][0], found["status"]) == (level, letter, "created")
    assert found["teams"] == ({TEAM: "Zylcal"} if level == "team" else {})


def test_a_members_channel_of_the_organisation_waits(member):
    assert (
        member.post("/channels", json={"name": "Poets", "level": "organization"}).json()["status"]
        == "pending"
    )
    assert member.post("/channels", json={"name": "Poets", "level": "private"}).json()["status"] == "created"


def test_only_external_channels_take_strangers(admin):
    body = {"name": "Poets", "level": "private", "email_ids": [cast.STRANGER.email]}
    assert admin.post("/channels", json=body).json()["code"] == "not_zoho_organization_user"
    assert admin.post("/channels", json=body | {"level": "external"}).json()["participant_count"] == 2


@pytest.mark.parametrize(
    "change",
    [
        {"name": ""},
        {"name": "#"},
        {"name": "x" * 51},
        {"level": "personal"},
        {"level": ""},
        {"level": "team"},
        {"level": "team", "team_ids": ["7"]},
        {"team_ids": [TEAM]},
        {"level": "private", "invite_only": True},
        {"invite_only": "true"},
        {"config": {"reply_mode": "shout"}},
        {"config": {"volume": "loud"}},
        {"member_permission": {"fly": True}},
        {"member_permission": {"send_message": "true"}},
        {"colour": "red"},
    ],
)
def test_it_refuses(admin, control, change):
    reply = admin.post("/channels", json={"name": "Poets", "level": "organization"} | change)
    assert (reply.status_code, reply.json()["code"]) == (400, "invalid_parameters")
    assert control.journal() == []


def test_fifty_characters_are_taken(admin):
    assert admin.post("/channels", json={"name": "#" + "x" * 50, "level": "private"}).status_code == 200


def test_joiners_can_be_put_into_channels_and_teams(admin, control):
    key = control.channels()[1]["channel_id"]
    user = {"email_id": "amy@zylker.com", "channel_ids": [key], "team_ids": [TEAM]}
    assert admin.post("/users", json={"users": [user]}).status_code == 200
    assert control.channel(key)["members"]["amy@zylker.com"] == "member"
    refused = admin.post("/users", json={"users": [{"email_id": "b@zylker.com", "team_ids": ["7"]}]})
    assert refused.json()["code"] == "invalid_parameters"
