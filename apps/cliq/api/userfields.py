"""User fields. v2-rest-api.txt:505–612, userfields.yml."""

from collections.abc import Iterable, Mapping
from typing import Any

from apps.cliq.api.base import Api, given
from apps.cliq.catalogue import CATALOGUE
from apps.cliq.replies import UserField

UPDATABLE = frozenset({"name", "mandatory", "encrypted", "edit_permission", "options"})


class UserfieldsApi(Api):
    """`cliq.userfields`."""

    def list(self) -> list[UserField]:
        """All user fields, default and custom; answers `{"url", "list": [{…}]}`, unpaged."""
        return self._call(CATALOGUE["userfields.list"]).items(UserField)

    def get(self, field_id: str) -> UserField:
        """One user field; answers `{"url", "data": {…}}`. NotFound."""
        return self._call(CATALOGUE["userfields.get"], path={"field_id": field_id}).object(UserField)

    def create(
        self,
        *,
        name: str,
        kind: str,
        mandatory: bool | None = None,
        encrypted: bool | None = None,
        edit_permission: bool | None = None,
        options: Iterable[str] | None = None,
    ) -> UserField:
        """Create a custom field of at most 30 characters; answers `{"url", "data": {…}}`.

        `kind` is its type, `options` are the choices of a `drop_down`. Codes: ten fields already, type
        not supported.
        """
        body = given(
            name=name,
            type=kind,
            mandatory=mandatory,
            encrypted=encrypted,
            edit_permission=edit_permission,
            options=None if options is None else [*options],
        )
        return self._call(CATALOGUE["userfields.create"], json=body).object(UserField)

    def update(self, field_id: str, **fields: Any) -> UserField:
        """Change a field; answers `{"url", "data": {…}}`. NotFound; codes of default fields and options.

        `options` are all that shall be, each `{"id", "name"}`: what is left out is deleted. A new one has
        no id. ValueError for what cannot be changed, and for an option that is named twice.
        """
        if not fields or not fields.keys() <= UPDATABLE:
            raise ValueError(f"userfields.update does not take {sorted(fields) or 'nothing'}")
        _check_options(fields.get("options") or ())
        path = {"field_id": field_id}
        return self._call(CATALOGUE["userfields.update"], path=path, json=fields).object(UserField)

    def delete(self, field_id: str) -> None:
        """Delete a custom field with its values; answers 204. NotFound, `FIELD_EDIT_NOT_ALLOWED`."""
        self._call(CATALOGUE["userfields.delete"], path={"field_id": field_id})


def _check_options(options: Iterable[Mapping[str, Any]]) -> None:
    """Options of one id would become one."""
    known = [option["id"] for option in options if option.get("id")]
    if len(known) != len(set(known)):
        raise ValueError("an option is named twice")
