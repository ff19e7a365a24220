"""Facts of Zoho's OpenAPI files as JSON, for the tests: `python -m apps.cliq.distil OUT [MODULE …]`.

`CLIQ_OPENAPI_DIR` names the folder of the files, OUT gets one JSON file a module (all, if none is named): of
each operation the method, path, scopes, calls a period, seconds of the period and of the lock (0 where the
file does not say), and the names of parameters and fields.
"""

import json
import os
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

METHODS = ("get", "post", "put", "patch", "delete")
# The files write HTML or Markdown; some name a batch size in the same sentence: "100 users …. 10 requests".
MARKUP = re.compile(r"<[^>]+>|\*\*")
THRESHOLD = re.compile(r"threshold limit\W*(?:\d+ users[^.]*\.)?\s*(\d+)\s*(?:requests|calls)", re.IGNORECASE)
FIVE_MINUTES = re.compile(r"threshold limit\W*\d+ calls for five minutes", re.IGNORECASE)
LOCK = re.compile(r"lock period\W*(\d+)\s*minute", re.IGNORECASE)
PAGE_LIMIT = re.compile(r"Maximum (?:limit )?(?:is|will be|:)?\s*(\d+)")


def distil(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The facts of one OpenAPI document, an object for each operation, by path and method."""
    found = []
    for path, operations in sorted(document["paths"].items()):
        for method in METHODS:
            if method in operations:
                found.append(_operation(document, path, method, operations[method]))
    return found


def _operation(
    document: Mapping[str, Any], path: str, method: str, operation: Mapping[str, Any]
) -> dict[str, Any]:
    text = MARKUP.sub("", operation.get("description", ""))
    quota = _number(THRESHOLD, text)
    query = [each for each in operation.get("parameters", ()) if each.get("in") == "query"]
    request = operation.get("requestBody", {})
    replies = operation.get("responses", {})
    return {
        "method": method.upper(),
        "path": path.partition("?")[0],
        "scopes": [s for way in operation.get("security", ()) for scopes in way.values() for s in scopes],
        "quota": quota,
        "period": 300 if FIVE_MINUTES.search(text) else 60 if quota else 0,
        "lock": 60 * _number(LOCK, text),
        "query": [each["name"] for each in query],
        "page_limit": next((_page_limit(each) for each in query if each["name"] == "limit"), 0),
        "request": sorted(_fields(document, request)),
        "statuses": sorted(str(status) for status in replies),
        "response": sorted(set().union(*(_fields(document, replies[status]) for status in replies))),
    }


def _number(pattern: re.Pattern[str], text: str) -> int:
    match = pattern.search(text)
    return int(match.group(1)) if match else 0


def _page_limit(parameter: Mapping[str, Any]) -> int:
    """The largest `limit`; what is sent without one is none."""
    largest = parameter.get("schema", {}).get("maximum")
    return int(largest) if largest else _number(PAGE_LIMIT, parameter.get("description", ""))


def _fields(document: Mapping[str, Any], holder: Mapping[str, Any]) -> set[str]:
    """Dotted names of all fields that a request or a response may have."""
    schemas = (content.get("schema", {}) for content in holder.get("content", {}).values())
    return {name for schema in schemas for name in _names(document, schema)}


def _names(document: Mapping[str, Any], schema: Mapping[str, Any], prefix: str = "") -> Iterable[str]:
    if "$ref" in schema:
        schema = _resolved(document, schema["$ref"])
    for part in (*schema.get("oneOf", ()), *schema.get("anyOf", ()), *schema.get("allOf", ())):
        yield from _names(document, part, prefix)
    if "items" in schema:
        yield from _names(document, schema["items"], prefix)
    for name, inner in schema.get("properties", {}).items():
        yield prefix + name
        yield from _names(document, inner, f"{prefix}{name}.")


def _resolved(document: Mapping[str, Any], reference: str) -> Mapping[str, Any]:
    found: Any = document
    for step in reference.removeprefix("#/").split("/"):
        found = found[step]
    return dict(found)


def main(arguments: list[str]) -> None:
    """Write one JSON file for each module."""
    import yaml  # needed only here, and only by developers

    folder = Path(os.environ["CLIQ_OPENAPI_DIR"])
    out, *modules = arguments
    for module in modules or sorted(file.stem for file in folder.glob("*.yml")):
        document = yaml.safe_load((folder / f"{module}.yml").read_text("utf-8"))
        text = json.dumps(distil(document), indent=1, ensure_ascii=False)
        (Path(out) / f"{module}.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
