"""One documented operation of the API as a value: where it is, what it needs, how often it may be called."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

Window = tuple[str, str]
VERSION = re.compile(r"v\d+")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One operation; every number is the stricter of Zoho's two sources."""

    name: str
    """Module and operation: `users.list`."""
    method: str
    path: str
    """Template below the host, such as `/api/v2/users/{user_id}`."""
    scopes: tuple[str, ...]
    """All of them are asked for: where the sources differ, both spellings."""
    quota: int
    """Calls admitted per `period`."""
    source: str
    """Where the numbers stand: OpenAPI file; line of the reference."""
    period: int = 60
    """Seconds."""
    lock: int = 600
    """Seconds for which the operation fails once the quota was exceeded."""
    people_scopes: tuple[str, ...] = ()
    """Scopes needed in addition where the organisation uses Zoho People."""
    paging: str = ""
    """Name of the parameter that asks for the next page, empty where none is documented."""
    page_limit: int = 0
    """Largest documented `limit`; 0 where none is documented."""
    content_type: str = ""
    """What the request has to call itself though it has no body: `text/csv` asks for rows."""

    @property
    def writes(self) -> bool:
        """Whether a call may change something."""
        return self.method != "GET"

    @property
    def version(self) -> str:
        """Version of the API that this operation belongs to, as its path has it: `v2`."""
        return next(part for part in self.path.split("/") if VERSION.fullmatch(part))

    def url_path(self, values: Mapping[str, Any]) -> str:
        """The path with its parameters filled in and quoted.

        KeyError names a missing one; ValueError refuses what would lead to another operation's path.
        """
        for key, value in values.items():
            if str(value) in ("", ".", ".."):
                raise ValueError(f"{value!r} is no {key}")
        return self.path.format_map({key: quote(str(value), safe="") for key, value in values.items()})


def window(endpoint: Endpoint) -> Window:
    """What Zoho counts together: operations with the same method and path share one quota."""
    return endpoint.method, endpoint.path


def catalogue(endpoints: Iterable[Endpoint]) -> Mapping[str, Endpoint]:
    """Endpoints by name, where those that share a window all carry its strictest numbers."""
    given = list(endpoints)
    by_name: dict[str, Endpoint] = {}
    for endpoint in given:
        if endpoint.name in by_name:
            raise ValueError(f"{endpoint.name} is in the catalogue twice")
        sharing = [other for other in given if window(other) == window(endpoint)]
        if len({other.period for other in sharing}) > 1:
            raise ValueError(f"{endpoint.name} shares a window with another period")
        by_name[endpoint.name] = replace(
            endpoint,
            quota=min(other.quota for other in sharing),
            lock=max(other.lock for other in sharing),
        )
    return MappingProxyType(by_name)
