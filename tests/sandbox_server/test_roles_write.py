"""`/profiles`: create, rename, delete, users."""

import pytest

from apps.sandbox import cast

ADMIN, MEMBERS, INTERNS = (f"19013180000000040{number}" for number in (47, 49, 53))


def of(control, email):
    return control.person(email)["role_id"]


def permissions(caller, key):
    return caller.get(f"/profiles/{key}/permissions").json()[0]


def test_create_copies_permissions_and_moves_people(admin, control):
    body = {
        "name": "Marketing", "description": "Role for Marketing", "profile_type": "Members",
        "clone_id": INTERNS, "user_ids": [cast.MEMBER.zuid],
    }  # fmt: skip
    reply = admin.post("/profiles", json=body)
    found = reply.json()["data"]
    assert (reply.status_code, found["name"], found["is_default"]) == (200, "Marketing", False)
    assert of(control, cast.MEMBER.email) == found["id"]
    assert permissions(admin, found["id"]) == permissions(admin, INTERNS) != permissions(admin, MEMBERS)
    assert [(entry.operation, entry.key) for entry in control.journal()] == [("roles.create", found["id"])]


@pytest.mark.parametrize(
    "change",
    [
        {"name": ""},
        {"name": "x" * 101},
        {"name": "interns"},
        {"profile_type": "King"},
        {"clone_id": "7"},
        {"colour": "red"},
    ],
)
def test_create_refuses(admin, control, change):
    reply = admin.post("/profiles", json={"name": "Marketing", "profile_type": "Members"} | change)
    assert (reply.status_code, reply.json()["code"]) == (400, "invalid_parameters")
    assert control.journal() == []


def test_update_renames(admin):
    body = {"name": "Trainees", "description": ""}
    assert admin.put(f"/profiles/{INTERNS}", json=body).status_code == 204
    found = admin.get(f"/profiles/{INTERNS}").json()["data"]
    assert (found["name"], "description" in found) == ("Trainees", False)


def test_delete_makes_its_users_members(admin, control):
    control.set_role(cast.MEMBER.email, "Interns")
    assert admin.delete(f"/profiles/{INTERNS}").status_code == 204
    assert of(control, cast.MEMBER.email) == MEMBERS
    assert admin.get(f"/profiles/{INTERNS}").status_code == 400


@pytest.mark.parametrize("key", [ADMIN, MEMBERS])
def test_default_roles_are_protected(admin, key):
    for reply in (admin.delete(f"/profiles/{key}"), admin.put(f"/profiles/{key}", json={"name": "Us"})):
        assert (reply.status_code, reply.json()["code"]) == (403, "operation_not_allowed")


def test_adding_moves_and_removing_makes_members(admin, control):
    body = {"user_ids": [cast.MEMBER.zuid, cast.SECOND_ADMIN.zuid]}
    assert admin.post(f"/profiles/{INTERNS}/users", json=body).status_code == 204
    assert of(control, cast.SECOND_ADMIN.email) == INTERNS
    users = admin.get(f"/profiles/{ADMIN}/users").json()["data"]
    assert users == [{"user_id": cast.ADMIN.zuid}]
    assert admin.delete(f"/profiles/{INTERNS}/users", json=body).status_code == 204
    assert of(control, cast.MEMBER.email) == of(control, cast.SECOND_ADMIN.email) == MEMBERS
    assert [entry.key for entry in control.journal()][:2] == [
        f"{INTERNS}/{cast.MEMBER.zuid}",
        f"{INTERNS}/{cast.SECOND_ADMIN.zuid}",
    ]


def test_whoever_moves_out_of_the_administrators_is_none_any_more(admin, control):
    assert admin.post(f"/profiles/{MEMBERS}/users", json={"user_ids": [cast.ADMIN.zuid]}).status_code == 204
    assert admin.get("/profiles").json()["code"] == "not_an_organization_admin"


def test_a_member_may_not(member, control):
    for reply in (
        member.post("/profiles", json={"name": "Kings", "profile_type": "Admin"}),
        member.delete(f"/profiles/{INTERNS}"),
        member.post(f"/profiles/{ADMIN}/users", json={"user_ids": [cast.MEMBER.zuid]}),
    ):
        assert (reply.status_code, reply.json()["code"]) == (403, "not_an_organization_admin")
    assert control.journal() == []
