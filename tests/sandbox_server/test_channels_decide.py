"""Approving and rejecting, archiving, deleting, joining and leaving."""

import pytest

from apps.sandbox import cast

CREATED = "O1775998000013036077"


def pending(control):
    return [channel["channel_id"] for channel in control.channels() if channel["status"] == "pending"]


def test_approve_lets_it_begin(admin, control):
    key = pending(control)[0]
    assert admin.post(f"/channels/{key}/approve").status_code == 204
    assert control.channel(key)["status"] == "created"
    assert [(entry.operation, entry.key) for entry in control.journal()] == [("channels.approve", key)]


def test_reject_makes_it_vanish(admin, control):
    key = pending(control)[0]
    assert admin.post(f"/channels/{key}/reject").status_code == 204
    with pytest.raises(ValueError, match="there is no channel"):
        control.channel(key)
    assert admin.post(f"/channels/{key}/approve").json()["code"] == "invalid_parameters"


@pytest.mark.parametrize("act", ["approve", "reject"])
def test_what_is_decided_cannot_be_decided_again(admin, act):
    reply = admin.post(f"/channels/{CREATED}/{act}")
    assert (reply.status_code, reply.json()["code"]) == (403, "operation_not_allowed")


@pytest.mark.parametrize("act", ["approve", "reject"])
def test_a_member_decides_nothing(member, control, act):
    reply = member.post(f"/channels/{pending(control)[0]}/{act}")
    assert (reply.status_code, reply.json()["code"]) == (403, "not_an_organization_admin")


def test_archive_and_unarchive(admin, control):
    assert admin.post(f"/channels/{CREATED}/archive").status_code == 204
    assert control.channel(CREATED)["status"] == "archived"
    assert admin.post(f"/channels/{CREATED}/archive").json()["code"] == "operation_not_allowed"
    assert admin.post(f"/channels/{CREATED}/unarchive").status_code == 204
    assert control.channel(CREATED)["status"] == "created"
    assert admin.post(f"/channels/{pending(control)[0]}/archive").status_code == 403


def test_delete_works(admin, control):
    assert admin.delete(f"/channels/{CREATED}").status_code == 204
    assert admin.get(f"/channels/{CREATED}").status_code == 400
    assert [(entry.operation, entry.key) for entry in control.journal()] == [("channels.delete", CREATED)]


def test_a_member_may_not_delete(admin, member):
    admin.post(f"/channels/{CREATED}/members", json={"user_ids": [cast.MEMBER.zuid]})
    for reply in (member.delete(f"/channels/{CREATED}"), member.post(f"/channels/{CREATED}/archive")):
        assert (reply.status_code, reply.json()["code"]) == (403, "operation_not_allowed")


def test_join_and_leave(admin, control):
    key = admin.post("/channels", json={"name": "Poets", "level": "organization"}).json()["channel_id"]
    token = control.grant(cast.SECOND_ADMIN.email, ["ZohoCliq.Channels.ALL"])["access_token"]
    second = {"Authorization": f"Zoho-oauthtoken {token}"}
    assert admin.post(f"/channels/{key}/join", headers=second).json()["participant_count"] == 2
    assert admin.post(f"/channels/{key}/leave", headers=second).status_code == 204
    assert admin.post(f"/channels/{key}/leave", headers=second).status_code == 400
    alone = admin.post(f"/channels/{key}/leave")
    assert (alone.status_code, alone.json()["code"]) == (403, "operation_not_allowed")


def test_a_private_one_cannot_be_joined(admin):
    key = admin.post("/channels", json={"name": "Poets", "level": "private"}).json()["channel_id"]
    assert admin.post(f"/channels/{key}/join").json()["code"] == "operation_not_allowed"
