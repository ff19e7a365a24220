"""Departments and their members. v2-rest-api.txt:719–898, departments.yml."""

import builtins
from collections.abc import Iterable, Iterator

from apps.cliq.api.base import Api, given, ids
from apps.cliq.catalogue import CATALOGUE
from apps.cliq.paging import Page, follow
from apps.cliq.replies import Department, User

LIMIT = 100
"""Asked for on every page: without it Zoho sends 25; no largest value is documented."""


class DepartmentsApi(Api):
    """`cliq.departments`."""

    def page(
        self, *, next_token: str = "", search: str | None = None, limit: int = LIMIT
    ) -> Page[Department]:
        """One page of departments; where Zoho People is used, `search` is mandatory."""
        params = {"search": search, "limit": limit, "next_token": next_token}
        return self._call(CATALOGUE["departments.list"], params=params).page(Department)

    def pages(
        self, *, search: str | None = None, limit: int = LIMIT, next_token: str = ""
    ) -> Iterator[Page[Department]]:
        """All pages from `next_token` on, one call each."""

        def fetch(token: str) -> Page[Department]:
            return self.page(next_token=token, search=search, limit=limit)

        return follow(fetch, next_token)

    def list(self, search: str | None = None) -> list[Department]:
        """All departments."""
        return [department for page in self.pages(search=search) for department in page.items]

    def get(self, department_id: str) -> Department:
        """One department; answers `{"data": {…}}`. NotFound."""
        path = {"department_id": department_id}
        return self._call(CATALOGUE["departments.get"], path=path).object(Department)

    def members(self, department_id: str) -> builtins.list[User]:
        """The members of one department, seven fields each; answers `{"data": [{…}]}`."""
        path = {"department_id": department_id}
        return self._call(CATALOGUE["departments.members"], path=path).items(User)

    def create(
        self, *, name: str, lead_zuid: str, parent_department_id: str, user_ids: Iterable[str] = ()
    ) -> Department:
        """Create a department; answers `{"data": {…}}`.

        NotAllowed where Zoho People is used; codes of the name, the lead and the parent in `sentences`.
        """
        body = given(
            name=name,
            lead_zuid=lead_zuid,
            parent_department_id=parent_department_id,
            user_ids=builtins.list(user_ids) or None,
        )
        return self._call(CATALOGUE["departments.create"], json=body).object(Department)

    def update(
        self,
        department_id: str,
        *,
        name: str,
        lead_zuid: str | None = None,
        parent_department_id: str | None = None,
    ) -> Department:
        """Change a department; answers `{"data": {…}}`. NotAllowed, NotFound, codes as for `create`.

        Zoho's sources disagree on what is mandatory: give all three. Only the default department, which
        has neither lead nor parent, is updated by its name alone.
        """
        body = given(name=name, lead_zuid=lead_zuid, parent_department_id=parent_department_id)
        path = {"department_id": department_id}
        return self._call(CATALOGUE["departments.update"], path=path, json=body).object(Department)

    def delete(self, department_id: str) -> None:
        """Delete a department, but not the base one; answers 204. NotAllowed, NotFound."""
        self._call(CATALOGUE["departments.delete"], path={"department_id": department_id})

    def add_members(self, department_id: str, user_ids: Iterable[str]) -> None:
        """Move users into a department; answers 204. NotAllowed, NotFound, `not_zoho_organization_user`."""
        path = {"department_id": department_id}
        self._call(CATALOGUE["departments.add_members"], path=path, json={"user_ids": ids(user_ids)})

    def remove_members(self, department_id: str, user_ids: Iterable[str]) -> None:
        """Take users out of a department; answers 204. NotAllowed, NotFound, `not_zoho_organization_user`."""
        path = {"department_id": department_id}
        self._call(CATALOGUE["departments.remove_members"], path=path, json={"user_ids": ids(user_ids)})
