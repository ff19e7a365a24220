"""Roles, with a mouse and a keyboard: the matrix is walked as a grid."""

import re

import pytest
from playwright.sync_api import expect

from apps.access.models import Role
from apps.access.services import syncing
from apps.directory.services import syncing as directory
from apps.sandbox import cast
from tests.browser.test_departments import look
from tests.working import carry_through

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def here(watched, portal, grant, owner, owner_client):
    """The Owner's browser in an organisation whose roles were read."""
    carry_through(directory.start(owner.actor()), patience=30)
    carry_through(syncing.start(owner.actor()), patience=30)
    cookie = owner_client.cookies["portal_session"]
    watched.context.add_cookies([{"name": "portal_session", "value": cookie.value, "url": portal}])
    return watched


def test_the_matrix_by_keyboard(here, portal):
    """Arrows, Space, the count, only what changed, the review, the save."""
    page, role = here, Role.objects.get(name="Interns")
    page.goto(f"{portal}/roles/{role.cliq_id}/permissions/")
    expect(page.get_by_text("Read again just now: nothing has changed.")).to_be_visible()
    look(page, "matrix")
    bots = page.get_by_label("Bots", exact=True)
    bots.focus()
    page.keyboard.press("Space")
    expect(bots).to_have_value("disabled")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    focused = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert focused.startswith(("Channel webhooks", "Commands")), focused
    expect(page.get_by_role("button", name="Review 2 changes")).to_be_visible()
    page.get_by_role("button", name="Only what I changed").press("Enter")
    expect(page.locator("[data-matrix-count]")).to_have_text("1 of 143 modules")
    look(page, "matrix-mine")
    page.get_by_role("button", name="Review 2 changes").click()
    expect(page.get_by_role("button", name="Save 2 changes")).to_be_visible()
    look(page, "review")
    page.get_by_role("button", name="Back to the permissions").click()
    expect(page.get_by_role("button", name="Review 2 changes")).to_be_visible()
    page.get_by_role("searchbox").first.focus()
    page.get_by_label("Search the permissions").fill("screen")
    expect(page.locator("[data-matrix-count]")).to_contain_text("of 143 modules")
    page.get_by_role("button", name="Review 2 changes").click()
    page.get_by_label("Reason").fill("Quieter")
    page.get_by_role("button", name="Save 2 changes").click()
    expect(page.get_by_text("Saved 2 changes of the permissions of Interns.")).to_be_visible()


def test_from_the_list_to_the_last(here, portal):
    """List, role, create, move, compare, who can, delete."""
    page = here
    page.goto(f"{portal}/roles/")
    look(page, "roles")
    page.get_by_role("link", name="Create a role").click()
    page.get_by_label("Name").fill("Marketing")
    look(page, "create")
    page.get_by_role("button", name="Create the role").click()
    expect(page.get_by_text("Created the role Marketing.")).to_be_visible()
    look(page, "role")
    page.get_by_role("link", name="Move people here").click()
    page.get_by_label("Search by name").fill("burrows")
    page.get_by_role("button", name="Search", exact=True).click()
    page.get_by_label(re.compile("Amelia Burrows")).check()
    look(page, "choose")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text(f"Amelia Burrows ({cast.MEMBER.email}) leaves “Members” for")).to_be_visible()
    look(page, "move")
    page.get_by_role("button", name="Move 1 person").click()
    expect(page.get_by_text("Moved 1 person to Marketing.")).to_be_visible()
    look(page, "people")
    page.goto(f"{portal}/roles/who/?what=bots/create")
    look(page, "who")
    a, b = (Role.objects.get(name=name).cliq_id for name in ("Marketing", "Cliq Admin"))
    page.goto(f"{portal}/roles/compare/?a={a}&b={b}")
    look(page, "compare")
    page.goto(f"{portal}/roles/{a}/")
    page.get_by_role("link", name="Delete the role").click()
    expect(page.get_by_role("dialog")).to_contain_text("Amelia Burrows")
    page.get_by_label(re.compile("Type “Marketing”")).fill("Marketing")
    page.get_by_label("Reason").fill("No longer needed")
    page.get_by_role("button", name="Delete the role and move 1 person").click()
    expect(page.get_by_text("Deleted the role Marketing.")).to_be_visible()


def test_the_matrix_of_the_admins(here, portal):
    """All 143 modules, none cut off."""
    page, role = here, Role.objects.get(name="Admin")
    page.goto(f"{portal}/roles/{role.cliq_id}/permissions/")
    expect(page.locator("tr[data-search]")).to_have_count(143)
    look(page, "matrix-admin")
