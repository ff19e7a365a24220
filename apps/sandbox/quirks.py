"""What replies look like in the wild: the same facts in other shapes, each switched on by an option."""

import sqlite3
from typing import Any

from apps.cliq.catalogue import Endpoint
from apps.sandbox import options
from apps.sandbox.call import Text
from apps.sandbox.exceptions import Refusal

ID_KEYS = frozenset(
    {
        "id", "zuid", "zoid", "organization_id", "lead_zuid", "user_id", "parent_department_id", "team_id",
        "creator_id", "sender_id",
    }
)  # fmt: skip
HTML = "text/html;charset=UTF-8"


def reply(db: sqlite3.Connection, endpoint: Endpoint, found: Any) -> Any:
    """A reply as the options want it."""
    if options.get(db, "ids_as_numbers"):
        found = _with_number_ids(found)
    if options.get(db, "list_for_object") and not endpoint.writes:
        found = _with_list(found)
    return found


def error(shape: str, refusal: Refusal) -> Any:
    """A refusal's body: JSON in one of three shapes, or a page."""
    body = refusal.body()
    if shape == "nested":
        return {"error": body, "status": {"code": refusal.status}}
    if shape == "error":
        return {"error": refusal.code}
    if shape == "html":
        return Text(f"<!DOCTYPE html><html><title>Error {refusal.status}</title><p>Oops!</p></html>", HTML)
    return body


def _with_number_ids(found: Any) -> Any:
    """The same reply with ids as JSON numbers."""
    if isinstance(found, list):
        return [_with_number_ids(item) for item in found]
    if not isinstance(found, dict):
        return found
    return {
        key: int(value)
        if key in ID_KEYS and isinstance(value, str) and value.isdigit()
        else _with_number_ids(value)
        for key, value in found.items()
    }


def _with_list(found: Any) -> Any:
    """The same reply with one object as a list that holds it."""
    if isinstance(found, dict) and isinstance(found.get("data"), dict):
        return found | {"data": [found["data"]]}
    bare = isinstance(found, dict) and not any(isinstance(value, list) for value in found.values())
    return [found] if bare else found
