"""The list of users and one user's page, with a mouse and a keyboard."""

import csv

import pytest
from playwright.sync_api import expect

from apps.accounts.models import SavedFilter
from apps.directory.models import User
from apps.sandbox import cast
from tests.browser.conftest import look

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PNG = b"\x89PNG\r\n\x1a\n" + bytes(2048)


def test_a_list_is_made_ones_own(here, portal, tmp_path):
    """Columns, a filter under a name, and the file of exactly that."""
    page = here
    page.goto(f"{portal}/users/?status=active")
    look(page, "users")
    page.locator("summary", has_text="Saved filters").click()
    page.get_by_role("link", name="Save these filters").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Active people")
    look(page, "naming")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Saved as “Active people”")).to_be_visible()
    page.locator("summary", has_text="Columns").press("Enter")
    chooser = page.get_by_role("group", name="Columns to show")
    chooser.get_by_label("Mobile", exact=True).check()
    chooser.get_by_label("Work Shift").check()
    chooser.get_by_label("Read", exact=True).uncheck()
    look(page, "columns")
    page.get_by_role("button", name="Show these").click()
    expect(page.get_by_role("columnheader", name="Work Shift")).to_be_visible()
    expect(page.get_by_role("columnheader", name="Read", exact=True)).to_have_count(0)
    page.locator("summary", has_text="Download").click()
    with page.expect_download() as started:
        page.get_by_role("link", name="CSV").click()
    file = tmp_path / "users.csv"
    started.value.save_as(file)
    with file.open(encoding="utf-8-sig", newline="") as lines:
        head, *rows = csv.reader(lines)
    assert head[:3] == ["Name", "Address", "Status"]
    assert head[-1] == "Work Shift"
    assert len(rows) == User.objects.filter(status="active").count()
    page.goto(f"{portal}/users/")
    expect(page.get_by_role("columnheader", name="Work Shift")).to_be_visible()
    page.locator("summary", has_text="Saved filters").click()
    page.get_by_role("link", name="Delete Active people").click()
    page.get_by_role("button", name="Delete it").click()
    expect(page.get_by_text("The filter “Active people” was deleted.")).to_be_visible()
    assert not SavedFilter.objects.exists()


def test_a_person_has_a_picture_and_a_present(here, portal, sandbox):
    """The live status comes by itself; the picture is sent, and the page says that it cannot be seen."""
    page = here
    page.goto(f"{portal}/users/{cast.MEMBER.zuid}/")
    expect(page.get_by_role("link", name="Look again")).to_be_visible()
    expect(page.get_by_text("Zoho's API has no call for these")).to_be_visible()
    look(page, "user")
    page.get_by_role("link", name="Change picture").click()
    look(page, "picture")
    page.get_by_label("Picture").set_input_files(
        {"name": "me.txt", "mimeType": "text/plain", "buffer": b"no picture"}
    )
    page.get_by_role("button", name="Change the picture").click()
    expect(page.get_by_text("This is neither a PNG nor a JPEG picture.")).to_be_visible()
    look(page, "picture-refused")
    page.get_by_label("Picture").set_input_files({"name": "me.png", "mimeType": "image/png", "buffer": PNG})
    page.get_by_role("button", name="Change the picture").click()
    expect(page.get_by_text("Zoho never shows it to the portal; look at it in Cliq.")).to_be_visible()
    assert sandbox.person(cast.MEMBER.email)["has_image"] == 1
