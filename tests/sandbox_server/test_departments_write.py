"""`/departments`: create, change, delete, members."""

import pytest

from apps.sandbox import cast

BASE = "1901318000001424001"
ENGINEERING = "1901318000001424003"
PLATFORM = "1901318000001424005"
NEW = {"name": "Zylker Labs", "lead_zuid": cast.MEMBER.zuid, "parent_department_id": BASE}


def of(control, email):
    return control.person(email)["department_id"]


def test_create_works(admin, control):
    reply = admin.post("/departments", json=NEW | {"user_ids": [cast.MEMBER.zuid]})
    found = reply.json()["data"]
    assert reply.status_code == 200
    assert (found["name"], found["lead_zuid"], found["parent_department_id"], found["is_default"]) == (
        "Zylker Labs", cast.MEMBER.zuid, BASE, False,
    )  # fmt: skip
    assert of(control, cast.MEMBER.email) == found["id"]
    assert [(entry.operation, entry.key) for entry in control.journal()] == [
        ("departments.create", found["id"])
    ]
    assert admin.get(f"/departments/{found['id']}").json()["data"]["members_count"] == "1"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": ""}, "invalid_parameters"),
        ({"name": "x" * 101}, "invalid_parameters"),
        ({"colour": "red"}, "invalid_parameters"),
        ({"name": "engineering"}, "department_already_exist"),
        ({"lead_zuid": ""}, "department_lead_needed"),
        ({"lead_zuid": cast.STRANGER.zuid}, "department_lead_invalid"),
        ({"parent_department_id": ""}, "departmet_parent_department_needed"),
        ({"parent_department_id": "7"}, "department_not_exist"),
        ({"user_ids": [cast.STRANGER.zuid]}, "not_zoho_organization_user"),
        ({"user_ids": "all"}, "invalid_parameters"),
    ],
)
def test_create_refuses(admin, control, change, code):
    reply = admin.post("/departments", json=NEW | change)
    assert (reply.status_code, reply.json()["code"]) == (400, code)
    assert control.journal() == []


def test_update_changes_what_is_sent(admin, control):
    found = admin.put(f"/departments/{PLATFORM}", json={"name": "Platforms"}).json()["data"]
    assert (found["name"], found["parent_department_id"]) == ("Platforms", ENGINEERING)
    moved = {"parent_department_id": BASE, "lead_zuid": cast.ADMIN.zuid}
    found = admin.put(f"/departments/{PLATFORM}", json=moved).json()["data"]
    assert (found["name"], found["parent_department_id"], found["lead_zuid"]) == (
        "Platforms", BASE, cast.ADMIN.zuid,
    )  # fmt: skip
    assert [entry.key for entry in control.journal()] == [PLATFORM, PLATFORM]


@pytest.mark.parametrize(
    ("key", "parent"), [(ENGINEERING, PLATFORM), (ENGINEERING, ENGINEERING), (BASE, ENGINEERING)]
)
def test_update_refuses_a_circle(admin, key, parent):
    reply = admin.put(f"/departments/{key}", json={"parent_department_id": parent})
    assert (reply.status_code, reply.json()["code"]) == (400, "department_cyclic_loop")


def test_delete_leaves_its_people_without_a_department(admin, control):
    key = of(control, cast.MEMBER.email)
    assert admin.delete(f"/departments/{key}").status_code == 204
    assert of(control, cast.MEMBER.email) is None
    assert admin.get(f"/departments/{key}").json()["code"] == "department_not_exist"


@pytest.mark.parametrize("key", [BASE, ENGINEERING])
def test_delete_refuses_the_base_department_and_parents(admin, key):
    reply = admin.delete(f"/departments/{key}")
    assert (reply.status_code, reply.json()["code"]) == (400, "department_base_dept_delete_not_allowed")


def test_members_are_added_by_id_or_address(admin, control):
    path = f"/departments/{PLATFORM}/members"
    assert admin.post(path, json={"user_ids": [cast.MEMBER.zuid]}).status_code == 204
    assert admin.post(path, json={"email_ids": [cast.ADMIN.email.upper()]}).status_code == 204
    assert of(control, cast.MEMBER.email) == of(control, cast.ADMIN.email) == PLATFORM
    assert [entry.key for entry in control.journal()] == [
        f"{PLATFORM}/{cast.MEMBER.zuid}",
        f"{PLATFORM}/{cast.ADMIN.zuid}",
    ]


def test_members_are_removed_by_a_body(admin, control):
    path = f"/departments/{of(control, cast.MEMBER.email)}/members"
    elsewhere = of(control, cast.ADMIN.email)
    reply = admin.delete(path, json={"user_ids": [cast.MEMBER.zuid, cast.ADMIN.zuid]})
    assert (reply.status_code, reply.content) == (204, b"")
    assert (of(control, cast.MEMBER.email), of(control, cast.ADMIN.email)) == (None, elsewhere)


@pytest.mark.parametrize("body", [{}, {"user_ids": []}, {"user_ids": {}}, {"people": ["1"]}])
def test_members_refuse_a_malformed_body(admin, body):
    for call in (admin.post, admin.delete):
        assert call(f"/departments/{PLATFORM}/members", json=body).json()["code"] == "invalid_parameters"


def test_a_member_may_not(member, control):
    for reply in (
        member.post("/departments", json=NEW),
        member.put(f"/departments/{PLATFORM}", json={"name": "Mine"}),
        member.delete(f"/departments/{PLATFORM}"),
        member.post(f"/departments/{PLATFORM}/members", json={"user_ids": [cast.MEMBER.zuid]}),
    ):
        assert (reply.status_code, reply.json()["code"]) == (403, "not_an_organization_admin")
    assert control.journal() == []


def test_no_write_works_with_zoho_people(admin, control):
    control.option("zoho_people", True)
    for reply in (admin.post("/departments", json=NEW), admin.delete(f"/departments/{PLATFORM}")):
        assert (reply.status_code, reply.json()["code"]) == (403, "operation_not_allowed")
