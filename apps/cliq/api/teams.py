"""Teams and their members. v2-rest-api.txt:2002–2181."""

import builtins
from collections.abc import Iterable

from apps.cliq.api.base import Api, given, ids
from apps.cliq.catalogue import CATALOGUE
from apps.cliq.replies import Team, TeamMember


class TeamsApi(Api):
    """`cliq.teams`; no error codes are documented."""

    def list(self, joined: bool | None = None) -> list[Team]:
        """All teams, or those the grant's own person is in; answers `{"teams": [{…}]}`, unpaged."""
        return self._call(CATALOGUE["teams.list"], params={"joined": joined}).items(Team)

    def get(self, team_id: str) -> Team:
        """One team; answers the bare object. NotFound."""
        return self._call(CATALOGUE["teams.get"], path={"team_id": team_id}).object(Team)

    def create(self, name: str, *, description: str | None = None, user_ids: Iterable[str] = ()) -> Team:
        """Create a team; answers the bare object."""
        body = given(name=name, description=description, user_ids=builtins.list(user_ids) or None)
        return self._call(CATALOGUE["teams.create"], json=body).object(Team)

    def update(self, team_id: str, *, name: str | None = None, description: str | None = None) -> Team:
        """Rename or describe a team; answers the bare object. NotFound."""
        body = given(name=name, description=description)
        return self._call(CATALOGUE["teams.update"], path={"team_id": team_id}, json=body).object(Team)

    def delete(self, team_id: str) -> None:
        """Delete a team; answers 204. NotFound."""
        self._call(CATALOGUE["teams.delete"], path={"team_id": team_id})

    def members(self, team_id: str) -> builtins.list[TeamMember]:
        """The members of one team; answers `{"members": [{…}]}`, unpaged, without addresses."""
        return self._call(CATALOGUE["teams.members"], path={"team_id": team_id}).items(TeamMember)

    def add_members(self, team_id: str, user_ids: Iterable[str]) -> builtins.list[TeamMember]:
        """Add users; answers `{"members": [{…}]}`, those that were added. NotFound."""
        body = {"user_ids": ids(user_ids)}
        path = {"team_id": team_id}
        return self._call(CATALOGUE["teams.add_members"], path=path, json=body).items(TeamMember)

    def remove_member(self, team_id: str, user_id: str) -> None:
        """Remove one user, there is no call for several; answers 204. NotFound."""
        self._call(CATALOGUE["teams.remove_member"], path={"team_id": team_id, "user_id": user_id})
