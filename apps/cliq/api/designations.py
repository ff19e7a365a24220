"""Designations and their members. v2-rest-api.txt:1014–1163, designations.yml."""

import builtins
from collections.abc import Iterable, Iterator

from apps.cliq.api.base import Api, given, ids
from apps.cliq.catalogue import CATALOGUE
from apps.cliq.paging import Page, follow
from apps.cliq.replies import Designation, User

LIMIT = 200
"""Without it Zoho sends 25 and documents no way to the rest; no largest value is documented either."""
LARGEST_LIMIT = 12_800


class DesignationsApi(Api):
    """`cliq.designations`."""

    def page(
        self, *, next_token: str = "", search: str | None = None, limit: int = LIMIT
    ) -> Page[Designation]:
        """One page of designations; a token is followed if one is sent, though none is documented."""
        params = {"search": search, "limit": limit, "next_token": next_token}
        return self._call(CATALOGUE["designations.list"], params=params).page(Designation)

    def list(self, search: str | None = None) -> list[Designation]:
        """All designations: a full page without a token is asked for again with twice the limit."""
        limit = LIMIT
        while True:
            first = self.page(search=search, limit=limit)
            if first.next_token:
                rest = follow(lambda token: self.page(next_token=token, search=search), first.next_token)
                return [*first.items, *(each for page in rest for each in page.items)]
            if len(first.items) < limit or limit >= LARGEST_LIMIT:
                return first.items
            limit *= 2

    def get(self, designation_id: str) -> Designation:
        """One designation; answers `{"data": {…}}`. NotFound."""
        path = {"designation_id": designation_id}
        return self._call(CATALOGUE["designations.get"], path=path).object(Designation)

    def member_pages(self, designation_id: str, next_token: str = "") -> Iterator[Page[User]]:
        """The members of one designation, seven fields each; one call a page."""
        path = {"designation_id": designation_id}

        def fetch(token: str) -> Page[User]:
            params = {"limit": 100, "next_token": token}
            return self._call(CATALOGUE["designations.members"], path=path, params=params).page(User)

        return follow(fetch, next_token)

    def create(self, name: str, user_ids: Iterable[str] = ()) -> Designation:
        """Create a designation of at most 30 characters; answers `{"data": {…}}`.

        NotAllowed where Zoho People is used, `designation_already_exist`.
        """
        body = given(name=name, user_ids=builtins.list(user_ids) or None)
        return self._call(CATALOGUE["designations.create"], json=body).object(Designation)

    def update(self, designation_id: str, name: str) -> Designation:
        """Rename a designation; answers `{"data": {…}}`. NotAllowed, NotFound, a name in use."""
        path = {"designation_id": designation_id}
        return self._call(CATALOGUE["designations.update"], path=path, json={"name": name}).object(
            Designation
        )

    def delete(self, designation_id: str) -> None:
        """Delete a designation; answers 204. NotAllowed, NotFound."""
        self._call(CATALOGUE["designations.delete"], path={"designation_id": designation_id})

    def add_members(self, designation_id: str, user_ids: Iterable[str]) -> None:
        """Give users a designation; answers 204. NotAllowed, NotFound, `not_zoho_organization_user`."""
        path = {"designation_id": designation_id}
        self._call(CATALOGUE["designations.add_members"], path=path, json={"user_ids": ids(user_ids)})

    def remove_members(self, designation_id: str, user_ids: Iterable[str]) -> None:
        """Take a designation from users; answers 204. NotAllowed, NotFound, `not_zoho_organization_user`."""
        path = {"designation_id": designation_id}
        self._call(CATALOGUE["designations.remove_members"], path=path, json={"user_ids": ids(user_ids)})
