"""Roles, which the API calls profiles. v2-rest-api.txt:898–1013, roles.yml."""

import builtins
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from apps.cliq import envelopes
from apps.cliq.api.base import Api, given, ids
from apps.cliq.catalogue import CATALOGUE
from apps.cliq.replies import Role
from apps.cliq.replies_organization import ModulePermission

PROFILE_TYPES = ("Members", "Cliq Admin", "Admin")


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

    def create(
        self,
        *,
        name: str,
        profile_type: str,
        description: str | None = None,
        clone_id: str | None = None,
        user_ids: Iterable[str] = (),
    ) -> Role:
        """Create a role with the permissions of `clone_id`; answers `{"data": {…}}`. NotAllowed.

        `profile_type` is Members, Cliq Admin or Admin; `user_ids` leave the role they had.
        """
        if profile_type not in PROFILE_TYPES:
            raise ValueError(f"{profile_type} is no type of role")
        body = given(
            name=name,
            profile_type=profile_type,
            description=description,
            clone_id=clone_id,
            user_ids=builtins.list(user_ids) or None,
        )
        return self._call(CATALOGUE["roles.create"], json=body).object(Role)

    def update(self, profile_id: str, *, name: str | None = None, description: str | None = None) -> None:
        """Rename or describe a role; answers 204. NotFound, NotAllowed."""
        body = given(name=name, description=description)
        self._call(CATALOGUE["roles.update"], path={"profile_id": profile_id}, json=body)

    def delete(self, profile_id: str) -> None:
        """Delete a role, whose users become Members; answers 204. NotFound, NotAllowed."""
        self._call(CATALOGUE["roles.delete"], path={"profile_id": profile_id})

    def permissions(self, profile_id: str) -> dict[str, ModulePermission]:
        """The permissions of one role by module; answers an object, or a list that holds it. NotFound."""
        reply = self._call(CATALOGUE["roles.permissions"], path={"profile_id": profile_id})
        try:
            modules = envelopes.data_of(reply.body)
            return {
                name: ModulePermission.read(found)
                for name, found in modules.items()
                if isinstance(found, dict)
            }
        except envelopes.Unreadable as error:
            raise reply.unreadable() from error

    def update_permissions(self, profile_id: str, changes: Sequence[Mapping[str, Any]]) -> None:
        """Change permissions, only those named; answers 204. NotFound, NotAllowed.

        A change is `{"module", "action", "status"}`, `{"module", "status"}` or
        `{"module", "configs": [{"name", "value"}]}`.
        """
        if not changes:
            raise ValueError("roles.update_permissions does not take nothing")
        path = {"profile_id": profile_id}
        self._call(CATALOGUE["roles.update_permissions"], path=path, json={"list": [*changes]})

    def add_users(self, profile_id: str, user_ids: Iterable[str]) -> None:
        """Move users into a role, out of the one they had; answers 204. NotFound, NotAllowed."""
        path = {"profile_id": profile_id}
        self._call(CATALOGUE["roles.add_users"], path=path, json={"user_ids": ids(user_ids)})

    def remove_users(self, profile_id: str, user_ids: Iterable[str]) -> None:
        """Take users out of a role; answers 204. NotFound, NotAllowed."""
        path = {"profile_id": profile_id}
        self._call(CATALOGUE["roles.remove_users"], path=path, json={"user_ids": ids(user_ids)})
