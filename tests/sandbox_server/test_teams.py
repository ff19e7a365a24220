"""`/teams`: bare objects whose ids and flags change their type from call to call."""

import pytest

from apps.sandbox import cast

TEAM = 655249742


def test_the_list_works(admin):
    reply = admin.get("/teams").json()
    assert set(reply) == {"teams"}
    first = reply["teams"][0]
    assert len(reply["teams"]) == 10
    assert (first["name"], first["team_id"], first["is_active"], first["is_moderator"], first["joined"]) == (
        "Zylcal", TEAM, True, True, True,
    )  # fmt: skip


def test_the_list_can_be_of_those_joined(admin):
    ids = {flag: [team["team_id"] for team in admin.get(f"/teams?joined={flag}").json()["teams"]]
           for flag in ("true", "false")}  # fmt: skip
    assert TEAM in ids["true"]
    assert len(ids["true"]) + len(ids["false"]) == 10
    assert admin.get("/teams?joined=maybe").json()["code"] == "invalid_parameters"


def test_one_has_strings(admin):
    found = admin.get(f"/teams/{TEAM}").json()
    assert (found["team_id"], found["is_active"], "is_moderator" in found) == (str(TEAM), "true", False)
    assert admin.get("/teams/7").json()["code"] == "invalid_parameters"


def test_create_works(admin, control):
    body = {"name": "Poets", "description": "Rhymes", "user_ids": [cast.MEMBER.zuid]}
    found = admin.post("/teams", json=body).json()
    assert (found["name"], found["participant_count"], found["is_moderator"]) == ("Poets", 2, True)
    assert isinstance(found["team_id"], int)
    assert [(entry.operation, entry.key) for entry in control.journal()] == [
        ("teams.create", str(found["team_id"]))
    ]
    assert admin.get(f"/users/{cast.MEMBER.zuid}/teams").json()["data"][-1]["name"] == "Poets"


def test_update_works(admin):
    found = admin.put(f"/teams/{TEAM}", json={"description": "Calendar"}).json()
    assert (found["name"], found["description"], found["team_id"]) == ("Zylcal", "Calendar", str(TEAM))


def test_delete_works(admin):
    assert admin.delete(f"/teams/{TEAM}").status_code == 204
    assert admin.get(f"/teams/{TEAM}").status_code == 400


def test_members_are_added_many_at_once_and_removed_one_by_one(admin, control):
    path, ids = f"/teams/{TEAM + 7}/members", [cast.MEMBER.zuid, cast.SECOND_ADMIN.zuid]
    reply = admin.post(path, json={"user_ids": ids})
    assert reply.status_code == 200
    assert {one["user_id"] for one in reply.json()["members"]} == set(ids)
    assert set(reply.json()["members"][0]) == {"user_id", "display_name", "is_moderator"}
    assert admin.delete(f"{path}/{cast.MEMBER.zuid}").status_code == 204
    assert cast.MEMBER.zuid not in {one["user_id"] for one in admin.get(path).json()["members"]}
    assert [entry.key for entry in control.journal()][-1] == f"{TEAM + 7}/{cast.MEMBER.zuid}"
    assert admin.delete(f"{path}/{cast.MEMBER.zuid}").json()["code"] == "invalid_parameters"


def test_a_hundred_are_the_most(admin, control):
    control.reset(users=200)
    ids = [person["id"] for person in control.people()]
    token = control.grant(cast.ADMIN.email, ["ZohoCliq.Teams.CREATE"])["access_token"]
    admin.headers["Authorization"] = f"Bearer {token}"
    assert admin.post(f"/teams/{TEAM}/members", json={"user_ids": ids[:101]}).status_code == 400
    assert admin.post(f"/teams/{TEAM}/members", json={"user_ids": ids[:100]}).status_code == 200


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "invalid_parameters"),
        ({"description": "x"}, "invalid_parameters"),
        ({"name": "x" * 101}, "invalid_parameters"),
        ({"name": "Poets", "user_ids": [cast.STRANGER.zuid]}, "not_zoho_organization_user"),
    ],
)
def test_create_refuses(admin, control, body, code):
    assert admin.post("/teams", json=body).json()["code"] == code
    assert control.journal() == []


def test_a_member_may_not(member):
    assert member.post("/teams", json={"name": "Poets"}).json()["code"] == "not_an_organization_admin"
    reply = member.delete(f"/teams/{TEAM}")
    assert (reply.status_code, reply.json()["code"]) == (403, "operation_not_allowed")
