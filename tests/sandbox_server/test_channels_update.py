"""`PUT /channels/{id}`: attributes, permission sets, threads; one window for all three."""

import json

import pytest

from apps.sandbox import cast

KEY = "O1775998000013036077"
PATH = f"/channels/{KEY}"


@pytest.fixture
def role(admin, control):
    """`role(name)`: the admin's role in the channel; None takes them out."""

    def give(name):
        admin.post(f"{PATH}/members", json={"user_ids": [cast.ADMIN.zuid, cast.SECOND_ADMIN.zuid]})
        admin.put(f"{PATH}/members/{cast.SECOND_ADMIN.zuid}", json={"role": "super_admin"})
        assert admin.put(f"{PATH}/members/{cast.ADMIN.zuid}", json={"role": name}).status_code == 204

    return give


def test_it_changes_what_is_sent(admin, control):
    before = admin.get(PATH).json()
    found = admin.put(PATH, json={"name": "#Marketing-News", "description": "Monthly"}).json()
    assert (found["name"], found["description"]) == ("#Marketing-News", "Monthly")
    assert found["unique_name"] == before["unique_name"] == "marketing"
    assert [(entry.operation, entry.key) for entry in control.journal()] == [("channels.update", KEY)]
    assert "image_url" in admin.put(PATH, json={"image_data": "aGVsbG8="}).json()
    cleared = admin.put(PATH, json={"description": "", "config": {"reply_mode": "both"}}).json()
    assert "description" not in cleared


def test_a_configuration_is_kept_beside_the_one_before_and_not_shown(admin, control):
    first = admin.put(PATH, json={"config": {"reply_mode": "threads", "leave_join_info": "disable"}})
    second = admin.put(PATH, json={"config": {"reply_mode": "both", "meeting_chat_type": "thread"}})
    kept = {"reply_mode": "both", "leave_join_info": "disable", "meeting_chat_type": "thread"}
    assert json.loads(control.channel(KEY)["config"]) == kept
    assert [entry.operation for entry in control.journal()] == ["channels.update"] * 2
    assert not [each for each in (first, second, admin.get(PATH)) if "config" in each.json()]


def test_threads_can_be_followed_by_all(admin, control):
    assert admin.put(PATH, json={"auto_follow_threads": "enable"}).json() == {"status": "enabled"}
    assert admin.put(PATH, json={"auto_follow_threads": "disable"}).json() == {"status": "disabled"}
    assert admin.put(PATH, json={"auto_follow_threads": True}).status_code == 400
    assert {entry.operation for entry in control.journal()} == {"threads.auto_follow"}


def test_a_permission_set_changes_what_is_sent(admin, control):
    before = admin.get(PATH).json()
    found = admin.put(PATH, json={"member_permission": {"send_message": False}}).json()
    assert found["member_permission"] == before["member_permission"] | {"send_message": False}
    assert found["moderator_permission"] == before["moderator_permission"]
    assert [entry.operation for entry in control.journal()] == ["channels.update_permissions"]
    window = {call.window for call in control.arrivals("channels.update_permissions")}
    assert window == {"PUT /api/v2/channels/{channel_id}"}


def test_only_roles_below_can_be_edited(admin, role):
    role("moderator")
    assert admin.put(PATH, json={"member_permission": {"send_message": False}}).status_code == 200
    for name in ("moderator_permission", "admin_permission"):
        reply = admin.put(PATH, json={name: {"send_message": False}})
        assert (reply.status_code, reply.json()["code"]) == (403, "operation_not_allowed")


def test_only_what_one_holds_can_be_given(admin, role):
    role("moderator")
    reply = admin.put(PATH, json={"member_permission": {"delete_channel": True}})
    assert (reply.status_code, reply.json()["code"]) == (403, "operation_not_allowed")
    same = admin.put(PATH, json={"member_permission": {"delete_channel": False}})
    assert same.status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"level": "private"},
        {"name": "x" * 51},
        {"member_permission": []},
        {"config": []},
        {"config": {"volume": "loud"}},
        {"config": {"reply_mode": "shout"}},
        {"config": {"add_remove_info": True}},
        {"config": {"meeting_chat_type": ["thread"]}},
    ],
)
def test_it_refuses_malformed_changes(admin, control, body):
    reply = admin.put(PATH, json=body)
    assert (reply.status_code, reply.json()["code"]) == (400, "invalid_parameters")
    assert control.journal() == []


def test_a_member_needs_the_permission(admin, member):
    admin.post(f"{PATH}/members", json={"user_ids": [cast.MEMBER.zuid]})
    reply = member.put(PATH, json={"description": "Mine"})
    assert (reply.status_code, reply.json()["code"]) == (403, "operation_not_allowed")
    admin.put(PATH, json={"member_permission": {"edit_channel_info": True}})
    assert member.put(PATH, json={"description": "Ours"}).status_code == 200


def test_an_archived_channel_does_not_change(admin):
    assert admin.post(f"{PATH}/archive").status_code == 204
    reply = admin.put(PATH, json={"description": "Late"})
    assert (reply.status_code, reply.json()["code"]) == (403, "operation_not_allowed")


def test_an_unknown_one_is_refused(admin):
    assert admin.get("/channels/O7").json()["code"] == "invalid_parameters"
