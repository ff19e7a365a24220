"""A list without script: search, filters, sort, pages, and what it says when it is empty."""

import html
import re

from .conftest import Visitor


def body_rows(page: str) -> list[str]:
    body = re.search(r"<tbody>(.*?)</tbody>", page, re.S)
    return re.findall(r"<tr.*?</tr>", body[1], re.S) if body else []


def text(page: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page)))


def test_it_shows_fifty_rows_and_counts_all(visitor: Visitor) -> None:
    page = visitor.get("/").text
    assert len(body_rows(page)) == 50
    assert "1–50 of 137 users" in text(page)
    assert "Page 1 of 3" in text(page)


def test_a_page_past_the_end_shows_the_last_one(visitor: Visitor) -> None:
    page = visitor.get("/?page=99").text
    assert len(body_rows(page)) == 37
    assert "Page 3 of 3" in text(page)


def test_filters_narrow_and_survive_sorting(visitor: Visitor) -> None:
    page = visitor.get("/?status=pending").text
    assert {"Invited" in row for row in body_rows(page)} == {True}
    assert "Status: Invited" in text(page)
    assert "?status=pending&amp;sort=name" in page


def test_changing_a_filter_goes_back_to_page_one(visitor: Visitor) -> None:
    page = visitor.get("/?page=2&sort=-name").text
    assert 'href="?sort=-name&amp;status=active"' in page


def test_a_sorted_column_says_so(visitor: Visitor) -> None:
    page = visitor.get("/?sort=-name").text
    assert 'aria-sort="descending"' in page
    assert page.count("aria-sort") == 1


def test_an_unusable_filter_is_ignored_and_left_unmarked(visitor: Visitor) -> None:
    page = visitor.get("/?status=nonsense&channels_min=many").text
    assert len(body_rows(page)) == 50
    assert "Status: any" in text(page)
    assert "Clear all" not in text(page)


def test_a_range_is_said_in_words(visitor: Visitor) -> None:
    page = visitor.get("/?channels_min=100&channels_max=300").text
    assert "Channels: 100 – 300" in text(page)
    assert 0 < len(body_rows(page)) < 50
    assert "Channels: from 100" in text(visitor.get("/?channels_min=100").text)
    assert "Channels: up to 300" in text(visitor.get("/?channels_max=300").text)


def test_both_ends_of_a_range_have_a_label(visitor: Visitor) -> None:
    page = visitor.get("/").text
    assert "At least" in text(page) and "At most" in text(page)
    assert "Channels optional" not in text(page)


def test_nothing_matches_names_the_filters(visitor: Visitor) -> None:
    page = text(visitor.get("/?q=zzz&status=active").text)
    assert "No users match" in page
    assert "Nothing matches “zzz” and Status: Active ." in page
    assert "Clear all" in page


def test_nothing_at_all_says_what_to_do(visitor: Visitor) -> None:
    page = text(visitor.get("/nothing/?q=zzz").text)
    assert "No departments yet" in page
    assert "The portal has not read the organisation yet." in page
    assert "Read from Zoho" in page


def test_a_search_replaces_only_the_list(visitor: Visitor) -> None:
    page = visitor.get("/?q=kim", headers={"HX-Request": "true", "HX-Target": "list"}).text
    assert "<html" not in page
    assert 'role="status"' in page


def test_what_is_typed_is_shown_as_text(visitor: Visitor) -> None:
    page = visitor.get("/", params={"q": "<script>alert(1)</script>"}).text
    assert "<script>alert" not in page


def test_every_link_of_the_list_leads_somewhere(visitor: Visitor) -> None:
    page = visitor.get("/?status=active&page=2").text
    for link in {html.unescape(link) for link in re.findall(r'href="(\?[^"]*)"', page)}:
        assert visitor.get("/" + link).status_code == 200, link
