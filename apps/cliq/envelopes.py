"""Reading Zoho's answers whatever wraps them: the object, the list, the page's token, the error's code."""

import json
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from apps.cliq.transport import HttpReply, Lost

ERROR_KEYS = frozenset(
    {"code", "error_code", "error", "error_description", "message", "status", "url", "type", "operation"}
)
"""What an answer that is nothing but an error may consist of."""
LIST_KEYS = (
    "data",
    "list",
    "users",
    "departments",
    "designations",
    "members",
    "teams",
    "profiles",
    "channels",
)
REQUEST_ID_HEADERS = ("x-request-id", "x-zoho-request-id", "zoho-request-id")
ANSWER_CHARACTERS = 2000
MESSAGE_CHARACTERS = 300


class Unreadable(Exception):
    """An answer without the object or list that the operation promises."""


@dataclass(frozen=True, slots=True)
class VendorError:
    """What Zoho says is wrong: its own code and message, either may be empty."""

    code: str
    message: str


def parsed(reply: HttpReply, *, rows: bool = False) -> Any:
    """The body as JSON values, as plain text, or None if empty; an HTML page or broken JSON raises Lost.

    `rows` is for what may answer lines of text, whose first character may be any.
    """
    text = reply.body.decode("utf-8-sig", "replace").strip()
    if not text:
        return None
    kind = reply.headers.get("content-type", "").casefold()
    if rows and "json" not in kind and "html" not in kind:
        return _rows(text)
    if text.startswith(("{", "[")) or "json" in kind:
        try:
            return _storable(json.loads(text))
        except (ValueError, RecursionError) as error:
            raise Lost("sent an answer that is cut off or damaged") from error
    if text.startswith("<") or "html" in kind:
        raise Lost("sent a web page instead of an answer")
    return text


def _rows(text: str) -> Any:
    """Lines of text, unless they are JSON or a web page after all."""
    if text.casefold().startswith(("<!doctype", "<html", "<?xml")):
        raise Lost("sent a web page instead of an answer")
    with suppress(ValueError, RecursionError):
        found = json.loads(text)
        if isinstance(found, dict | list):
            return _storable(found)
    return _storable(text)


def error_of(body: Any, status: int = 200) -> VendorError | None:
    """The error an answer consists of, or None; with a good status, what can be nothing else."""
    if not isinstance(body, dict):
        return VendorError("", body[:MESSAGE_CHARACTERS]) if status >= 300 and isinstance(body, str) else None
    inner = body.get("error")
    source = inner if isinstance(inner, dict) else body
    code = _text(source.get("code") or source.get("error_code") or (inner if isinstance(inner, str) else ""))
    message = _text(source.get("message")) or _text(body.get("message"))
    certain = set(body) <= ERROR_KEYS and (inner or body.get("error_code") or (code and message))
    if status < 300 and not certain:
        return None
    return VendorError(code, message[:MESSAGE_CHARACTERS])


def data_of(body: Any) -> dict[str, Any]:
    """The one object of an answer, under `data` or bare; Unreadable if there is none."""
    found = body.get("data", body) if isinstance(body, dict) else body
    if isinstance(found, list) and len(found) == 1:
        found = found[0]
    if not isinstance(found, dict):
        raise Unreadable("no object")
    return found


def items_of(body: Any) -> list[dict[str, Any]]:
    """The objects of a list answer under any of its names, or bare; None counts as an empty list."""
    found = body
    if isinstance(body, dict):
        found = next((body[key] for key in LIST_KEYS if key in body), ...)
    if found is None:
        return []
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise Unreadable("no list of objects")
    return found


def token_of(body: Any) -> str:
    """The next page's token, empty on the last page; Unreadable if more is promised without one."""
    if not isinstance(body, dict):
        return ""
    more = flag(body["has_more"]) if "has_more" in body else None
    token = _text(body.get("next_token"))
    if more and not token:
        raise Unreadable("more pages without a token")
    return "" if more is False else token


def flag(value: Any) -> bool:
    """A boolean in any of Zoho's forms: true, `"true"`, 1, `"enabled"`."""
    if isinstance(value, str):
        return value.strip().casefold() in ("true", "1", "yes", "enabled")
    return bool(value)


def request_id(reply: HttpReply) -> str:
    """Zoho's own name for the request, if a header carries one."""
    return next((reply.headers[name] for name in REQUEST_ID_HEADERS if name in reply.headers), "")


def shortened(body: Any) -> dict[str, Any]:
    """An answer for the log: an object, cut to a readable size."""
    if body is None:
        return {}
    text = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)
    if isinstance(body, dict) and len(text) <= ANSWER_CHARACTERS:
        return body
    return {"text": text[:ANSWER_CHARACTERS]}


def _storable(value: Any) -> Any:
    """The value without what no database takes: NUL and half a surrogate pair."""
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, list):
        return [_storable(item) for item in value]
    if isinstance(value, dict):
        return {_storable(key): _storable(item) for key, item in value.items()}
    return value


def _text(value: Any) -> str:
    if value is None or isinstance(value, dict | list):
        return ""
    text = str(value).strip()
    return "" if text == "null" else text
