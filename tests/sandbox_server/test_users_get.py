"""`GET /users/{id}`, its teams, and the layouts."""

import pytest

from apps.sandbox import cast


def test_fields_all_gives_the_whole_profile(admin):
    reply = admin.get(f"/users/{cast.MEMBER.zuid}", params={"fields": "all"}).json()
    offset = reply["data"].pop("timeoffset")
    assert offset in (-28800000, -25200000)
    assert reply == {
        "data": {
            "employee_id": "0978",
            "first_name": "Amelia",
            "reportingto": {"name": "Scott Fisher", "id": "631830849"},
            "mobile": "534 678 1236",
            "zoid": "54107592",
            "organization_id": "631836344",
            "email_id": "amelia.b@zylker.com",
            "extension": "3131",
            "work_location": "C block, S-H12",
            "id": "631830902",
            "timezone": "America/Los_Angeles",
            "language": "English",
            "status": "active",
            "country": "United States",
            "department": {"name": "Creative Writers", "id": "1901318000001424013"},
            "last_name": "Burrows",
            "full_name": "Amelia Burrows",
            "designation": {"name": "Content Writer", "id": "1901318000001072007"},
            "display_name": "Amelia Burrows",
            "name": "Amelia Burrows",
        },
        "custom_attributes": {
            "workshift": "-",
            "workplace_name": "-",
            "dateofjoining": "2019-02-04",
            "employmenttype": "-",
        },
    }


def test_without_fields_it_is_brief(admin):
    assert len(admin.get(f"/users/{cast.MEMBER.zuid}").json()["data"]) == 7


def test_somebody_without_a_last_name_keeps_the_blank(admin):
    found = admin.get("/users", params={"search": "abraham@"}).json()["data"]
    assert found[0]["name"] == "Abraham "


@pytest.mark.parametrize("user_id", ["1", "abc", "724556040", "9" * 40])
def test_it_refuses_who_is_not_of_the_organisation(admin, user_id):
    reply = admin.get(f"/users/{user_id}")
    assert (reply.status_code, reply.json()["code"]) == (403, "operation_not_allowed")


def test_teams_stand_under_data(admin):
    reply = admin.get(f"/users/{cast.ADMIN.zuid}/teams").json()
    assert set(reply) == {"data"}
    assert [team["name"] for team in reply["data"]][:3] == ["Zylcal", "Zylker Website Revamp", "Zylnotes"]
    assert all(team["joined"] for team in reply["data"])


def test_layouts_have_sections_of_fields(admin):
    every = admin.get("/users/layout").json()["data"]
    assert [layout["unique_name"] for layout in every] == [
        "quick_view",
        "profile_details_web",
        "profile_details_android",
        "profile_details_ios",
    ]
    (one,) = admin.get("/users/layout", params={"unique_name": "quick_view"}).json()["data"]
    assert one["sections"][0]["fields"][0] == {
        "status": "enabled",
        "sequence_number": 1,
        "label": "Designation",
        "unique_name": "designation",
        "system_defined": True,
        "id": "1901318000001264011",
    }
