"""`/departments`: list, one, members."""

import pytest

from apps.sandbox import cast

ENGINEERING = "1901318000001424003"


def test_the_list_pages_by_25(admin, control):
    reply = admin.get("/departments").json()
    assert (len(reply["data"]), set(reply)) == (14, {"data"})
    first = admin.get("/departments", params={"limit": 10}).json()
    rest = admin.get("/departments", params={"limit": 10, "next_token": first["next_token"]}).json()
    assert first["data"] + rest["data"] == reply["data"]
    assert "next_token" not in rest


def test_the_default_department_is_bare(admin):
    first = admin.get("/departments").json()["data"][0]
    assert first == {"name": "Zylker Corp", "is_default": True, "id": "1901318000001424001"}


def test_a_listed_department_has_a_rich_lead(admin):
    found = admin.get("/departments", params={"search": "engineer"}).json()["data"]
    assert [department["name"] for department in found] == ["Engineering"]
    department = found[0]
    lead = department.pop("lead")
    assert department == {
        "name": "Engineering",
        "is_default": False,
        "id": ENGINEERING,
        "members_count": "4",
        "parent_department_id": "1901318000001424001",
        "lead_zuid": cast.SECOND_ADMIN.zuid,
    }
    assert (lead["country"], lead["first_name"], lead["zuid"]) == ("us", "Scott", cast.SECOND_ADMIN.zuid)


def test_one_department_has_a_brief_lead(admin):
    found = admin.get(f"/departments/{ENGINEERING}").json()["data"]
    assert set(found["lead"]) == {
        "email_id", "zuid", "zoid", "display_name", "name", "organization_id", "id",
    }  # fmt: skip


def test_members_are_as_many_as_counted(admin):
    members = admin.get(f"/departments/{ENGINEERING}/members").json()["data"]
    assert len(members) == 4
    assert set(members[0]) == {"email_id", "zuid", "zoid", "display_name", "name", "organization_id", "id"}


@pytest.mark.parametrize("path", ["/departments/7", "/departments/7/members"])
def test_it_refuses_an_unknown_one(admin, path):
    reply = admin.get(path)
    assert (reply.status_code, reply.json()["code"]) == (400, "department_not_exist")


def test_every_parent_exists(admin):
    departments = admin.get("/departments").json()["data"]
    ids = {department["id"] for department in departments}
    assert all(department["parent_department_id"] in ids for department in departments[1:])


def test_with_zoho_people_a_list_needs_search_and_scopes(admin, caller, control):
    control.option("zoho_people", True)
    assert admin.get("/departments").json()["code"] == "oauthtoken_scope_invalid"
    scoped = caller(cast.ADMIN.email, ["ZohoCliq.Departments.READ", "ZohoPeople.employee.READ"])
    assert scoped.get("/departments").json()["code"] == "invalid_parameters"
    assert scoped.get("/departments", params={"search": "Sales"}).status_code == 200
