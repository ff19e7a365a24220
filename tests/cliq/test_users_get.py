"""`users.get`."""

import pytest

from apps.cliq.errors import NotAllowed
from apps.sandbox import cast


def test_it_works(cliq):
    user = cliq.users.get(cast.ADMIN.zuid)
    assert (user.email_id, user.organization_id) == (cast.ADMIN.email, cast.ORGANIZATION_ID)
    assert user.department.id
    assert user.custom_attributes


def test_it_shows_what_changed(cliq, zoho):
    zoho.change(cast.MEMBER.email, work_location="Vault 7")
    assert cliq.users.get(cast.MEMBER.zuid).work_location == "Vault 7"


def test_a_stranger_is_refused(cliq):
    with pytest.raises(NotAllowed) as refused:
        cliq.users.get(cast.STRANGER.zuid)
    assert refused.value.code == "operation_not_allowed"


def test_teams_are_read(cliq):
    teams = cliq.users.teams(cast.ADMIN.zuid)
    # A number in the reply, as in the reference; text for us.
    assert ("655249742", "Zylcal") in {(team.team_id, team.name) for team in teams}
