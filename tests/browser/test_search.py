"""The search over everything, by keyboard alone."""

import pytest
from playwright.sync_api import expect

from apps.sandbox import cast
from tests.browser.conftest import look

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_what_is_typed_is_found_at_once_and_walked_with_the_arrows(here, portal):
    page = here
    page.goto(f"{portal}/departments/")
    page.keyboard.press("/")
    page.keyboard.type(cast.MEMBER.email)
    hit = page.locator(".topbar-found").get_by_role("link", name=cast.MEMBER.name)
    expect(hit).to_be_visible()
    look(page, "search")
    page.keyboard.press("ArrowDown")
    expect(hit).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator("#global-search")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=cast.MEMBER.name)).to_be_visible()
    page.keyboard.press("/")
    page.keyboard.type("nobody at all")
    expect(page.get_by_text("Nothing found.")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_text("Nothing found.")).to_be_hidden()
