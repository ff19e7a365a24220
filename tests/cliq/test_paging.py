"""Following pages to an end, even where the token misleads."""

import pytest

from apps.cliq.paging import Page, follow
from apps.core.errors import VendorFailure


def test_it_follows_the_tokens():
    book = {"": Page([1, 2], "b"), "b": Page([], "c"), "c": Page([3])}
    assert [page.items for page in follow(book.__getitem__)] == [[1, 2], [], [3]]


def test_it_begins_where_it_is_told():
    book = {"b": Page([2], "c"), "c": Page([3])}
    assert [page.items for page in follow(book.__getitem__, "b")] == [[2], [3]]


@pytest.mark.parametrize(
    "book", [{"": Page([1], "b"), "b": Page([2], "b")}, {"": Page([1], "b"), "b": Page([2], "")}]
)
def test_each_page_is_asked_for_once(book):
    asked = []

    def fetch(token: str) -> Page[int]:
        asked.append(token)
        return book[token]

    pages = follow(fetch)
    assert [next(pages).items, next(pages).items] == [[1], [2]]
    assert asked == ["", "b"]


@pytest.mark.parametrize(
    "book",
    [
        {"": Page([1], "b"), "b": Page([2], "b")},
        {"": Page([1], "b"), "b": Page([2], "c"), "c": Page([3], "b")},
    ],
)
def test_a_token_that_comes_back_is_an_error(book):
    with pytest.raises(VendorFailure) as failed:
        list(follow(book.__getitem__))
    assert failed.value.sentence == (
        "Zoho's list does not end: it repeats a page. Nothing was changed; try again later."
    )


def test_it_asks_only_as_it_is_consumed():
    pages = follow(lambda token: Page([1], token + "x"))
    assert next(pages).next_token == "x"
    assert next(pages).next_token == "xx"
