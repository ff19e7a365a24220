"""Ticked rows: by mouse and by keyboard, from the list to the finished job."""

import re

import pytest
from playwright.sync_api import expect

from apps.directory.models import Department, User
from tests.browser.conftest import look

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_everybody_who_matches_is_placed(here, portal, worker):
    """Tick one, take all that match, ask, plan, type the number, watch."""
    page = here
    marketing = Department.objects.get(name="Marketing")
    coming = User.objects.filter(status="active").exclude(department_id=marketing.cliq_id).count()
    page.goto(f"{portal}/users/?status=active")
    bar = page.get_by_role("group", name="What to do with the selected rows")
    expect(bar).to_be_hidden()
    page.get_by_role("checkbox", name=re.compile("^Select Amelia")).check()
    expect(bar.get_by_role("status")).to_have_text("1 selected")
    look(page, "selected")
    page.get_by_role("checkbox", name="Select the rows of this page").check()
    bar.get_by_role("button", name="Set department").click()
    page.get_by_role("combobox", name="Department").fill("Marketing")
    page.get_by_role("option", name="Marketing", exact=True).click()
    look(page, "asked")
    page.get_by_role("button", name="Make the plan").click()
    expect(page.locator(".job-state")).to_contain_text("To be confirmed", timeout=30_000)
    look(page, "plan")
    page.get_by_role("link", name=f"Set department: {coming} users").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(f"Type the number {coming} to confirm").fill("1")
    dialog.get_by_role("button", name="Set department").click()
    expect(dialog.get_by_text(f"This is not the number. The plan changes {coming}.")).to_be_visible()
    dialog.get_by_label("Type the number").fill(str(coming))
    dialog.get_by_role("button", name="Set department").click()
    expect(page.locator(".job-state")).to_contain_text(f"{coming} done", timeout=60_000)
    look(page, "run")


def test_rows_are_ticked_by_keyboard(here, portal):
    """j walks, x ticks; clearing hides the bar again."""
    page = here
    page.goto(f"{portal}/users/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("x")
    bar = page.get_by_role("group", name="What to do with the selected rows")
    expect(bar.get_by_role("status")).to_have_text("1 selected")
    bar.get_by_role("button", name="Clear").click()
    expect(bar).to_be_hidden()
