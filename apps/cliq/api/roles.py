"""Roles, which the API calls profiles, reading. v2-rest-api.txt:898–1013, roles.yml."""

import builtins

from apps.cliq import envelopes
from apps.cliq.api.base import Api
from apps.cliq.catalogue import CATALOGUE
from apps.cliq.replies import Role


class RolesApi(Api):
    """`cliq.roles`."""

    def list(self) -> list[Role]:
        """All roles; answers `{"data": [{…}]}`, unpaged. Only for an admin: NotAllowed."""
        return self._call(CATALOGUE["roles.list"]).items(Role)

    def get(self, profile_id: str) -> Role:
        """One role; answers `{"data": {…}}`. NotFound, NotAllowed."""
        return self._call(CATALOGUE["roles.get"], path={"profile_id": profile_id}).object(Role)

    def user_ids(self, profile_id: str) -> builtins.list[str]:
        """The ids of the users of one role; answers `{"data": [{"user_id"}]}`, unpaged."""
        reply = self._call(CATALOGUE["roles.users"], path={"profile_id": profile_id})
        try:
            return [str(item["user_id"]) for item in envelopes.items_of(reply.body)]
        except (envelopes.Unreadable, KeyError) as error:
            raise reply.unreadable() from error
