"""`/designations`: list, one, members."""

import pytest

WRITER = "1901318000001072007"


def test_the_list_has_names_and_ids(admin):
    reply = admin.get("/designations", params={"limit": 100}).json()
    assert set(reply) == {"data"}
    assert len(reply["data"]) == 21
    assert reply["data"][2] == {"name": "Content Writer", "id": WRITER}


def test_the_list_has_no_next_page(admin):
    assert set(admin.get("/designations", params={"limit": 5}).json()) == {"data"}


def test_search_covers_names(admin):
    found = admin.get("/designations", params={"search": "developer"}).json()["data"]
    assert [item["name"] for item in found] == ["Web Developer", "iOS Developer", "Android Developer"]


def test_one_works(admin):
    assert admin.get(f"/designations/{WRITER}").json() == {"data": {"name": "Content Writer", "id": WRITER}}


def test_members_page(admin, control):
    expected = {person["id"] for person in control.people() if person["designation_id"] == WRITER}
    found, token = set(), ""
    while True:
        params = {"limit": 1} | ({"next_token": token} if token else {})
        reply = admin.get(f"/designations/{WRITER}/members", params=params).json()
        found |= {item["id"] for item in reply["data"]}
        token = reply.get("next_token", "")
        if not token:
            break
    assert found == expected != set()


@pytest.mark.parametrize("path", ["/designations/7", "/designations/7/members"])
def test_it_refuses_an_unknown_one(admin, path):
    reply = admin.get(path)
    assert (reply.status_code, reply.json()["code"]) == (400, "designation_not_exist")


def test_none_works_with_zoho_people(admin, control):
    control.option("zoho_people", True)
    for path in ("/designations", f"/designations/{WRITER}", f"/designations/{WRITER}/members"):
        reply = admin.get(path)
        assert (reply.status_code, reply.json()["code"]) == (403, "operation_not_allowed")
