"""Downloads, fragments, error pages, and the policy that every page obeys."""

import re

import pytest

from .conftest import Visitor
from .test_lists import text

PAGES = ["/", "/nothing/", "/?q=zzz", "/log/", "/people/3/", "/people/3/edit/", "/people/3/remove/"]
PAGES += [
    "/plan/",
    "/job/",
    "/pieces/",
    "/sign-in/",
    "/nope",
    "/people/3/edit/?as=auditor",
    "/bad/",
    "/broken/",
]


def test_a_download_keeps_its_name_and_nothing_else(visitor: Visitor) -> None:
    answer = visitor.get("/download/")
    said = answer.headers["Content-Disposition"]
    assert said == "attachment; filename*=utf-8''Zylker..BenutzerX%20%E7%8E%8B.csv"
    assert "X" not in answer.headers
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.content.decode() == "name,email\r\n王秀英,xiuying.wang@zylker.com\r\n"


def test_a_fragment_stops_asking_when_it_is_done(visitor: Visitor) -> None:
    assert 'hx-trigger="every 1s"' in visitor.get("/job/progress/").text
    assert "hx-" not in visitor.get("/job/progress/?done").text


@pytest.mark.parametrize(
    ("path", "status", "sentence"),
    [
        ("/people/0/", 404, "This person left the organisation on Friday."),
        ("/nope", 404, "The address is mistyped, or what it led to is gone."),
        ("/people/999/", 404, "The address is mistyped, or what it led to is gone."),
        ("/bad/", 400, "It was not sent by one of the portal’s pages"),
        ("/broken/", 500, "This is a fault of the portal, not yours"),
    ],
)
def test_an_error_says_what_happened(visitor: Visitor, path: str, status: int, sentence: str) -> None:
    answer = visitor.get(path)
    assert answer.status_code == status
    assert sentence in text(answer.text)


@pytest.mark.parametrize("path", PAGES)
def test_no_page_carries_style_or_script_of_its_own(visitor: Visitor, path: str) -> None:
    answer = visitor.get(path)
    assert not re.search(r"\sstyle=|<style|\son\w+=|javascript:", answer.text)
    assert not re.search(r"<script(?![^>]*\bsrc=)", answer.text)
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_one_title_and_no_double_ids(visitor: Visitor, path: str) -> None:
    page = visitor.get(path).text
    assert page.count("<h1") == 1
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert "<title> ·" not in page
