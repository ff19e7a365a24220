"""Members of channels by id and address, their roles, and bots."""

import pytest

from apps.sandbox import cast


@pytest.fixture
def key(admin):
    body = {"name": "Poets", "level": "organization"}
    return admin.post("/channels", json=body).json()["channel_id"]


@pytest.fixture
def path(key):
    return f"/channels/{key}/members"


def roles(control, key):
    return control.channel(key)["members"]


def test_the_list_has_addresses_and_roles(admin, path):
    assert admin.get(path).json() == {
        "members": [
            {
                "user_id": cast.ADMIN.zuid,
                "email_id": cast.ADMIN.email,
                "name": "Olivia Palmer",
                "user_role": "super_admin",
            }
        ]
    }


def test_members_come_and_go_by_id_and_address(admin, control, key, path):
    assert admin.post(path, json={"user_ids": [cast.MEMBER.zuid, cast.ADMIN.zuid]}).status_code == 204
    assert admin.post(path, json={"email_ids": [cast.SECOND_ADMIN.email]}).status_code == 204
    assert roles(control, key) == {
        cast.ADMIN.email: "super_admin", cast.MEMBER.email: "member", cast.SECOND_ADMIN.email: "member",
    }  # fmt: skip
    body = {"email_ids": [cast.MEMBER.email], "silent": True}
    assert admin.delete(path, json=body).status_code == 204
    assert admin.delete(f"{path}/{cast.SECOND_ADMIN.email}").status_code == 204
    assert list(roles(control, key)) == [cast.ADMIN.email]
    assert [(entry.operation, entry.key) for entry in control.journal()[1:]] == [
        ("channels.add_members", f"{key}/{cast.MEMBER.zuid}"),
        ("channels.add_members", f"{key}/{cast.ADMIN.zuid}"),
        ("channels.add_members", f"{key}/{cast.SECOND_ADMIN.zuid}"),
        ("channels.remove_members", f"{key}/{cast.MEMBER.zuid}"),
        ("channels.remove_member", f"{key}/{cast.SECOND_ADMIN.zuid}"),
    ]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "invalid_parameters"),
        ({"user_ids": []}, "invalid_parameters"),
        ({"user_ids": [cast.STRANGER.zuid]}, "not_zoho_organization_user"),
        ({"email_ids": ["nobody@zylker.com"]}, "not_zoho_organization_user"),
    ],
)
def test_adding_refuses(admin, path, body, code):
    assert admin.post(path, json=body).json()["code"] == code


def test_the_last_super_admin_stays(admin, path):
    reply = admin.delete(f"{path}/{cast.ADMIN.zuid}")
    assert (reply.status_code, reply.json()["code"]) == (403, "operation_not_allowed")
    reply = admin.put(f"{path}/{cast.ADMIN.zuid}", json={"role": "member"})
    assert (reply.status_code, reply.json()["code"]) == (403, "operation_not_allowed")


def test_roles_change(admin, control, key, path):
    admin.post(path, json={"user_ids": [cast.MEMBER.zuid]})
    for role in ("super_admin", "admin", "moderator", "member"):
        assert admin.put(f"{path}/{cast.MEMBER.zuid}", json={"role": role}).status_code == 204
        assert roles(control, key)[cast.MEMBER.email] == role


def test_roles_refuse(admin, member, path):
    assert admin.put(f"{path}/{cast.MEMBER.zuid}", json={"role": "admin"}).status_code == 400
    admin.post(path, json={"user_ids": [cast.MEMBER.zuid]})
    assert admin.put(f"{path}/{cast.MEMBER.zuid}", json={"role": "king"}).status_code == 400
    reply = member.put(f"{path}/{cast.MEMBER.zuid}", json={"role": "super_admin"})
    assert (reply.status_code, reply.json()["code"]) == (403, "operation_not_allowed")


def test_an_archived_channel_takes_nobody(admin, key, path):
    admin.post(f"/channels/{key}/archive")
    reply = admin.post(path, json={"user_ids": [cast.MEMBER.zuid]})
    assert (reply.status_code, reply.json()["code"]) == (403, "operation_not_allowed")


def test_bots_are_added_by_unique_names(admin, control, key):
    reply = admin.post("/bots/standupbot/associate", json={"channel_unique_name": "poets"})
    assert reply.status_code == 204
    assert control.channel(key)["bots"] == '["standupbot"]'
    assert control.journal()[-1].key == f"{key}/standupbot"
    for bot, channel in (("nobot", "poets"), ("standupbot", "nowhere")):
        reply = admin.post(f"/bots/{bot}/associate", json={"channel_unique_name": channel})
        assert reply.json()["code"] == "invalid_parameters"
