"""`/profiles`: roles, their people and permissions."""

import pytest

from apps.sandbox import cast


def roles(caller):
    return {role["name"]: role for role in caller.get("/profiles").json()["data"]}


def test_the_list_works(admin):
    found = roles(admin)
    assert list(found) == ["Admin", "Members", "Cliq Admin", "Interns"]
    assert found["Cliq Admin"]["is_custom_admin"] is True
    assert found["Admin"]["organization_id"] == cast.ORGANIZATION_ID


def test_one_works(admin):
    role = roles(admin)["Admin"]
    assert admin.get(f"/profiles/{role['id']}").json() == {"data": role}


def test_users_are_ids(admin):
    reply = admin.get(f"/profiles/{roles(admin)['Admin']['id']}/users").json()
    assert reply == {"data": [{"user_id": cast.ADMIN.zuid}, {"user_id": cast.SECOND_ADMIN.zuid}]}


def test_a_role_can_be_changed_from_outside(admin, control):
    control.set_role(cast.SECOND_ADMIN.email, "Members")
    reply = admin.get(f"/profiles/{roles(admin)['Admin']['id']}/users").json()
    assert reply == {"data": [{"user_id": cast.ADMIN.zuid}]}


@pytest.mark.parametrize("path", ["/profiles", "/profiles/1901318000000004047/users"])
def test_a_member_may_not(member, path):
    reply = member.get(path)
    assert (reply.status_code, reply.json()["code"]) == (403, "not_an_organization_admin")


def test_roles_of_another_organisation_are_not_found(admin, caller):
    stranger = caller(cast.STRANGER.email)
    assert list(roles(stranger)) == ["Admin", "Members"]
    assert stranger.get(f"/profiles/{roles(admin)['Admin']['id']}").status_code == 400
