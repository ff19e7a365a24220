"""One admitted call of the API, as the handlers see it."""

import hashlib
import json
import sqlite3
from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import MultiDict

from apps.cliq.catalogue import Endpoint
from apps.sandbox import people
from apps.sandbox.exceptions import Malformed, NotAnAdmin


@dataclass(frozen=True)
class Text:
    """A reply that is not JSON."""

    body: str
    content_type: str


@dataclass
class Call:
    """Who asks for what; `written` collects the keys of what a handler changed."""

    db: sqlite3.Connection
    endpoint: Endpoint
    person: sqlite3.Row
    path: dict[str, str]
    params: "MultiDict[str, str]"
    body: bytes
    scopes: tuple[str, ...] = ()
    content_type: str = ""
    written: list[str] = field(default_factory=list)

    @property
    def organization_id(self) -> str:
        """The caller's organisation, outside of which nothing is found."""
        return str(self.person["organization_id"])

    @property
    def by_admin(self) -> bool:
        """Whether the caller administers the organisation."""
        return people.is_admin(self.db, self.person)

    def demand_admin(self) -> None:
        """Refuse anybody but an administrator."""
        if not self.by_admin:
            raise NotAnAdmin

    def json(self) -> dict[str, Any]:
        """The body, which must be a JSON object."""
        try:
            found = json.loads(self.body)
        except ValueError:
            raise Malformed("The request body is not valid JSON.") from None
        if not isinstance(found, dict):
            raise Malformed("The request body is not a JSON object.")
        return found

    def attributes(self, *names: str) -> dict[str, Any]:
        """The body, which must name only these attributes and at least one of them."""
        given = self.json()
        for name in given:
            if name not in names:
                raise Malformed(f"The parameter {name} is not supported.")
        if not given:
            raise Malformed("The request body is empty.")
        return given

    def choice(self, name: str, allowed: tuple[str, ...]) -> str:
        """A query parameter that takes certain words only; empty if it was not sent."""
        value = self.params.get(name, "")
        if value and value not in allowed:
            raise Malformed(f"The parameter {name} is not valid.")
        return value

    def flag(self, name: str) -> bool | None:
        """A query parameter that is true or false; None if it was not sent."""
        return {"": None, "true": True, "false": False}[self.choice(name, ("true", "false"))]

    def limit(self, default: int, largest: int) -> int:
        """The `limit` parameter."""
        text = self.params.get("limit", "") or str(default)
        if not text.isdigit() or not 0 < int(text) <= largest:
            raise Malformed("The parameter limit is not valid.")
        return int(text)

    def after(self) -> int:
        """The key that the last page ended with, out of `next_token`."""
        token = self.params.get("next_token", "")
        if not token:
            return 0
        number, _, seal = token.partition("f")
        if not number.isdigit() or self._seal(int(number)) != seal:
            raise Malformed("The parameter next_token is not valid.")
        return int(number)

    def next_token(self, key: int) -> str:
        """A token for the page after `key`; it is good for the same question only."""
        return f"{key}f{self._seal(key)}"

    def _seal(self, key: int) -> str:
        asked = sorted(
            (name, value) for name, value in self.params.items() if name not in ("next_token", "limit")
        )
        text = f"{key} {self.endpoint.name} {self.path} {asked} {self.organization_id}"
        return hashlib.sha256(text.encode()).hexdigest()[:32]
