"""The log's list: no counting, older and newer by cursor."""

import html
import re

from .conftest import Visitor
from .test_lists import body_rows


def numbers(page: str) -> list[int]:
    return [int(re.findall(r">(\d+)</td>", row)[-1]) for row in body_rows(page)]


def link(page: str, rel: str) -> str:
    found = re.search(rf'rel="{rel}" href="([^"]*)"', page)
    return html.unescape(found[1]) if found else ""


def test_it_walks_to_the_oldest_and_back(visitor: Visitor) -> None:
    page, seen = visitor.get("/log/").text, []
    assert numbers(page) == list(range(137, 87, -1))
    assert link(page, "prev") == ""
    while True:
        seen += numbers(page)
        if not link(page, "next"):
            break
        page = visitor.get("/log/" + link(page, "next")).text
    assert seen == list(range(137, 0, -1))
    page = visitor.get("/log/" + link(page, "prev")).text
    assert numbers(page) == list(range(87, 37, -1))
    page = visitor.get("/log/" + link(page, "prev")).text
    assert numbers(page) == list(range(137, 87, -1))
    assert link(page, "prev") == ""


def test_filters_stay_while_walking(visitor: Visitor) -> None:
    page = visitor.get("/log/?outcome=done").text
    assert "outcome=done" in link(page, "next")
    older = visitor.get("/log/" + link(page, "next")).text
    assert set(re.findall(r"status-\w+\">(\w+)<", older)) == {"Done"}


def test_a_cursor_of_nonsense_is_ignored(visitor: Visitor) -> None:
    for cursor in ("abc", "-1", "٣", "9" * 40):
        assert numbers(visitor.get("/log/", params={"before": cursor}).text)[0] == 137
