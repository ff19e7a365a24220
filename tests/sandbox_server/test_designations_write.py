"""`/designations`: create, rename, delete, members."""

import pytest

from apps.sandbox import cast

WRITER = "1901318000001072007"


def of(control, email):
    return control.person(email)["designation_id"]


def test_create_works(admin, control):
    reply = admin.post("/designations", json={"name": " Poet ", "user_ids": [cast.ADMIN.zuid]})
    found = reply.json()["data"]
    assert (reply.status_code, found["name"]) == (200, "Poet")
    assert of(control, cast.ADMIN.email) == found["id"]
    assert [(entry.operation, entry.key) for entry in control.journal()] == [
        ("designations.create", found["id"])
    ]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"name": "x" * 31}, "invalid_parameters"),
        ({"user_ids": [cast.ADMIN.zuid]}, "invalid_parameters"),
        ({"name": "CONTENT writer"}, "designation_already_exist"),
        ({"name": "Poet", "user_ids": ["7"]}, "not_zoho_organization_user"),
    ],
)
def test_create_refuses(admin, control, body, code):
    reply = admin.post("/designations", json=body)
    assert (reply.status_code, reply.json()["code"]) == (400, code)
    assert control.journal() == []


def test_update_renames(admin):
    reply = admin.put(f"/designations/{WRITER}", json={"name": "Wordsmith"})
    assert reply.json() == {"data": {"name": "Wordsmith", "id": WRITER}}
    taken = admin.put(f"/designations/{WRITER}", json={"name": "Accountant"})
    assert taken.json()["code"] == "designation_already_exist"


def test_delete_takes_it_from_its_people(admin, control):
    assert of(control, cast.MEMBER.email) == WRITER
    assert admin.delete(f"/designations/{WRITER}").status_code == 204
    assert of(control, cast.MEMBER.email) is None
    assert admin.delete(f"/designations/{WRITER}").json()["code"] == "designation_not_exist"


def test_members_move_in_and_out(admin, control):
    path, body = f"/designations/{WRITER}/members", {"user_ids": [cast.ADMIN.zuid, cast.MEMBER.zuid]}
    assert admin.post(path, json=body).status_code == 204
    assert of(control, cast.ADMIN.email) == WRITER
    assert admin.delete(path, json=body).status_code == 204
    assert of(control, cast.ADMIN.email) is None
    assert [entry.operation for entry in control.journal()] == [
        "designations.add_members", "designations.add_members",
        "designations.remove_members", "designations.remove_members",
    ]  # fmt: skip


def test_a_member_may_not(member):
    for reply in (
        member.post("/designations", json={"name": "Poet"}),
        member.put(f"/designations/{WRITER}", json={"name": "Poet"}),
        member.delete(f"/designations/{WRITER}"),
    ):
        assert (reply.status_code, reply.json()["code"]) == (403, "not_an_organization_admin")


def test_none_works_with_zoho_people(admin, control):
    control.option("zoho_people", True)
    for reply in (
        admin.post("/designations", json={"name": "Poet"}),
        admin.delete(f"/designations/{WRITER}"),
    ):
        assert (reply.status_code, reply.json()["code"]) == (403, "operation_not_allowed")
