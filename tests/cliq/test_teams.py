"""`cliq.teams`, with the shapes of the reference. v2-rest-api.txt:2002–2181."""

import pytest

from apps.cliq.errors import NotFound
from apps.core.errors import OutcomeUnknown
from tests.cliq.exchange import answering

TEAM = {
    "name": "Zylker Support",
    "creation_time": "2016-12-13T16:50:44+05:30",
    "team_id": 53797404,
    "participant_count": 3,
    "description": "Support",
    "is_active": "true",
    "organization_id": "53787097",
    "joined": False,
}


def test_list(against):
    script, sent = answering({"teams": [TEAM, TEAM | {"team_id": "2", "joined": "true"}]})
    teams = against(script).teams.list(joined=True)
    assert [(team.team_id, team.is_active, team.joined) for team in teams] == [
        ("53797404", True, False),
        ("2", True, True),
    ]
    assert (sent[0].what, sent[0].query) == ("GET /api/v2/teams", {"joined": "true"})


def test_get(against):
    script, sent = answering(TEAM)
    team = against(script).teams.get("53797404")
    assert (team.team_id, team.participant_count, team.raw) == ("53797404", 3, TEAM)
    assert sent[0].what == "GET /api/v2/teams/53797404"


def test_create(against):
    script, sent = answering(TEAM)
    assert against(script).teams.create("Zylker Support", user_ids=["100100", "120001"]).name == TEAM["name"]
    assert (sent[0].what, sent[0].body) == (
        "POST /api/v2/teams",
        {"name": "Zylker Support", "user_ids": ["100100", "120001"]},
    )


def test_update(against):
    script, sent = answering(TEAM)
    against(script).teams.update("53797404", description="")
    assert (sent[0].what, sent[0].body) == ("PUT /api/v2/teams/53797404", {"description": ""})


def test_delete(against):
    script, sent = answering(status=204)
    against(script).teams.delete("53797404")
    assert (sent[0].what, sent[0].body) == ("DELETE /api/v2/teams/53797404", None)


def test_members(against):
    member = {"user_id": "53773501", "display_name": "Scott Fisher", "is_moderator": False}
    script, sent = answering({"members": [member]})
    found = against(script).teams.members("5")
    assert [(each.user_id, each.display_name, each.is_moderator) for each in found] == [
        ("53773501", "Scott Fisher", False)
    ]
    assert sent[0].what == "GET /api/v2/teams/5/members"


def test_add_members(against):
    script, sent = answering({"members": [{"user_id": 44344926}]})
    assert [each.user_id for each in against(script).teams.add_members("5", ["44344926"])] == ["44344926"]
    assert (sent[0].what, sent[0].body) == ("POST /api/v2/teams/5/members", {"user_ids": ["44344926"]})


def test_nobody_is_no_member(against):
    script, sent = answering({"members": []})
    with pytest.raises(ValueError, match="0 are not at least one"):
        against(script).teams.add_members("5", [])
    assert sent == []


def test_remove_member(against):
    script, sent = answering(status=204)
    against(script).teams.remove_member("5", "44344926")
    assert sent[0].what == "DELETE /api/v2/teams/5/members/44344926"


def test_an_answer_without_the_team_is_unknown(against):
    script, _ = answering("done", kind="text/plain")
    with pytest.raises(OutcomeUnknown):
        against(script).teams.create("Zylker Support")


def test_no_such_team(against):
    script, _ = answering({"code": "team_not_exist", "message": "No team."}, status=404)
    with pytest.raises(NotFound):
        against(script).teams.get("5")
