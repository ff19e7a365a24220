"""Departments and designations, with a mouse and a keyboard."""

import pytest
from playwright.sync_api import expect

from apps.directory.models import Department, User
from tests.browser.conftest import look

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_tree_unfolds_and_people_are_moved(here, portal):
    """Unfold, open, search, tick, add; what was ticked stays ticked while searching."""
    page = here
    page.goto(f"{portal}/departments/")
    look(page, "tree")
    page.locator("summary", has=page.get_by_text("Below Sales")).click()
    expect(page.get_by_role("link", name="Sales — EMEA")).to_be_visible()
    page.get_by_role("link", name="Sales — EMEA").click()
    look(page, "one")
    page.get_by_role("link", name="Add members").click()
    page.get_by_role("checkbox").first.check()
    expect(page.get_by_role("button", name="Add 1 person")).to_be_visible()
    page.get_by_label("Find people").fill("amelia")
    expect(page.get_by_role("checkbox")).to_have_count(2)
    page.get_by_role("checkbox").nth(1).check()
    expect(page.get_by_role("button", name="Add 2 people")).to_be_visible()
    look(page, "pick")
    page.get_by_role("button", name="Add 2 people").click()
    expect(page.get_by_text("Added 2 people to Sales — EMEA.")).to_be_visible()
    emea = Department.objects.get(name="Sales — EMEA")
    assert User.objects.filter(department_id=emea.cliq_id, name__startswith="Amelia").exists()
    page.goto(f"{portal}/departments/?q=sales")
    look(page, "search")
    page.goto(f"{portal}{emea.get_absolute_url()}edit/")
    look(page, "edit")
    page.goto(f"{portal}{emea.get_absolute_url()}")
    page.get_by_role("link", name="Delete the department").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.goto(f"{portal}{emea.get_absolute_url()}delete/")
    look(page, "delete")


def test_designations_are_handed_out(here, portal):
    """Create, give, see."""
    page = here
    page.goto(f"{portal}/designations/")
    look(page, "designations")
    page.get_by_role("link", name="New designation").click()
    look(page, "designation-new")
    page.get_by_label("Name").fill("Copy Editor")
    page.get_by_role("button", name="Create the designation").click()
    expect(page.get_by_text("Created Copy Editor.")).to_be_visible()
    page.get_by_role("link", name="Add members").click()
    page.get_by_label("Find people").fill("amelia")
    expect(page.get_by_role("checkbox")).to_have_count(1)
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Add 1 person").click()
    expect(page.get_by_text("Added 1 person to Copy Editor.")).to_be_visible()
    look(page, "designation")
