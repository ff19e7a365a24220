"""Reading the bodies of maintenance exports: comma-separated lines, or JSON, with a token after them."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

from apps.cliq import envelopes
from apps.cliq.envelopes import Unreadable
from apps.cliq.paging import Page
from apps.cliq.replies import text_of

Row = dict[str, str]

TOKEN = re.compile(r"(?:^|\n)[ \t]*next_token=(?P<token>[^\s,\"]*)\s*\Z")
FREE_TEXT = frozenset({"title", "name", "description"})
"""Columns whose values may hold a comma that Zoho does not quote."""
ALIASES: Mapping[str, str] = {"title": "name", "chat_id": "id", "email_id": "email"}
"""Other names under which JSON carries a column."""


def read(body: Any, fields: Sequence[str]) -> Page[Row]:
    """One page of rows by column; Unreadable if a line does not fit the columns.

    The text has no heads: `fields`, as asked for, are its columns.
    """
    if body is None:
        return Page([])
    if not isinstance(body, str):
        rows = [_row(item, fields) for item in envelopes.items_of(body)]
        return Page(rows, envelopes.token_of(body))
    found = TOKEN.search(body)
    text = body[: found.start()] if found else body
    try:
        lines = [line for line in csv.reader(io.StringIO(text)) if any(map(str.strip, line))]
    except csv.Error as error:
        raise Unreadable("no lines of values") from error
    if lines and [value.strip().casefold() for value in lines[0]] == list(fields):
        del lines[0]
    return Page([_columns(line, fields) for line in lines], found["token"] if found else "")


def _row(item: Mapping[str, Any], fields: Sequence[str]) -> Row:
    return {field: text_of(item.get(field, item.get(ALIASES.get(field, "")))) for field in fields}


def _columns(line: list[str], fields: Sequence[str]) -> Row:
    extra = len(line) - len(fields)
    if extra:
        free = [place for place, field in enumerate(fields) if field in FREE_TEXT]
        # Only with one such column is it certain whose the commas are.
        if extra < 0 or len(free) != 1:
            raise Unreadable("a line of other columns")
        start, end = free[0], free[0] + extra + 1
        line = [*line[:start], ",".join(line[start:end]), *line[end:]]
    return {field: value.strip() for field, value in zip(fields, line, strict=True)}
