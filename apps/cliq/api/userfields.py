"""User fields, reading. v2-rest-api.txt:505–612, userfields.yml."""

from apps.cliq.api.base import Api
from apps.cliq.catalogue import CATALOGUE
from apps.cliq.replies import UserField


class UserfieldsApi(Api):
    """`cliq.userfields`."""

    def list(self) -> list[UserField]:
        """All user fields, default and custom; answers `{"url", "list": [{…}]}`, unpaged."""
        return self._call(CATALOGUE["userfields.list"]).items(UserField)

    def get(self, field_id: str) -> UserField:
        """One user field; answers `{"url", "data": {…}}`. NotFound."""
        return self._call(CATALOGUE["userfields.get"], path={"field_id": field_id}).object(UserField)
