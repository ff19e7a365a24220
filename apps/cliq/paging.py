"""Lists that come in pages: following the token, and ending even where it misleads."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from apps.core.errors import VendorFailure

T = TypeVar("T")
PAGES = 10_000
"""More than any list has: at a hundred a page, a million objects."""


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page: its objects, and the token of the next, empty on the last."""

    items: list[T]
    next_token: str = ""


def follow(fetch: Callable[[str], Page[T]], next_token: str = "") -> Iterator[Page[T]]:
    """Pages from `next_token` on, one call each; VendorFailure if a token comes back a second time."""
    seen = {next_token}
    for _ in range(PAGES):
        page = fetch(next_token)
        yield page
        if not page.next_token:
            return
        if page.next_token in seen:
            break
        next_token = page.next_token
        seen.add(next_token)
    raise VendorFailure("Zoho's list does not end: it repeats a page. Nothing was changed; try again later.")
