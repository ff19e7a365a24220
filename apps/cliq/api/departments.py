"""Departments, reading. v2-rest-api.txt:719–898, departments.yml."""

import builtins
from collections.abc import Iterator

from apps.cliq.api.base import Api
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
