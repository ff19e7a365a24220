"""What Zoho's two sources say of each operation, as committed: the OpenAPI files and the reference's text."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from apps.cliq.catalogue import Endpoint
from tests.cliq.differences import MISPRINTS

HERE = Path(__file__).parent
DISTILLATE = HERE / "distillate"
REFERENCE = HERE / "reference"
PARAMETER = re.compile(r"\{[^}]+\}")
TOKENS = ("next_token", "next_set_token", "start_token")
PEOPLE = "ZohoPeople."


@dataclass(frozen=True)
class Said:
    """One operation in one source; 0 and empty where the source is silent."""

    where: str
    window: tuple[str, str]
    scopes: frozenset[str]
    quota: int
    period: int
    lock: int
    paging: str = ""
    page_limit: int = 0


def nameless(path: str) -> str:
    """A path without its parameters' names, which the sources spell in many ways."""
    return PARAMETER.sub("{}", path)


def window(endpoint: Endpoint) -> tuple[str, str]:
    """Method and nameless path of an endpoint."""
    return endpoint.method, nameless(endpoint.path)


def openapi() -> list[Said]:
    """All operations of the OpenAPI files; `where` is the file."""
    return [
        Said(
            f"{file.stem}.yml",
            _window(each["method"], _whole(each["path"])),
            frozenset(each["scopes"]),
            each["quota"],
            each["period"],
            each["lock"],
            next((token for token in TOKENS if token in each["query"]), ""),
            each["page_limit"],
        )
        for file in sorted(DISTILLATE.glob("*.json"))
        for each in json.loads(file.read_text("utf-8"))
    ]


def reference() -> list[Said]:
    """All operations of the reference's text; `where` is document and line of the address."""
    return [
        Said(
            f"{file.stem}.txt:{each['line']}",
            _window(each["method"], each["path"]),
            frozenset(each["scopes"]),
            each["quota"],
            each["period"],
            each["lock"],
        )
        for file in sorted(REFERENCE.glob("*.json"))
        for each in json.loads(file.read_text("utf-8"))
    ]


def places(endpoint: Endpoint) -> set[str]:
    """The places an endpoint's source names, without the numbers they may have in brackets."""
    return {part.partition(" ")[0] for part in endpoint.source.split("; ")}


def _whole(path: str) -> str:
    return path if path.startswith("/maintenanceapi/") else f"/api/v2{path}"


def _window(method: str, path: str) -> tuple[str, str]:
    found = method, nameless(path)
    return MISPRINTS.get(found, found)
