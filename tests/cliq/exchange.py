"""One answer from a server, and what was sent to it."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.cliq.servers import Script, reply


@dataclass(frozen=True)
class Sent:
    """A request as it arrived: `PUT /path`, its query, its headers by lower-case name, its JSON."""

    what: str
    query: dict[str, str]
    headers: dict[str, str]
    body: Any


def answering(answer: Any = "", status: int = 200, **options: Any) -> tuple[Script, list[Sent]]:
    """A script that gives this answer to every request, and the list of what arrives."""
    arrived: list[Sent] = []

    def script(connection: Any, request: bytes) -> None:
        arrived.append(read(request))
        reply(answer, status, **options)(connection, request)

    return script, arrived


def read(request: bytes) -> Sent:
    """The request that these bytes are."""
    head, _, body = request.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    method, target, _ = first.split(" ")
    headers = {name.casefold(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    parts = urlsplit(target)
    query = dict(parse_qsl(parts.query))
    return Sent(f"{method} {parts.path}", query, headers, json.loads(body) if body else None)
