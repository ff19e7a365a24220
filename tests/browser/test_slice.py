"""The whole slice as a person walks it: from the set-up to the event's detail."""

import csv
import re

import pytest
from playwright.sync_api import Page, expect

from apps.accounts import claim
from apps.sandbox import cast
from tests.browser.conftest import shuts_nobody_out

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

JOINERS = """Work email,First name,Last name,Department,Designation,Shoe size
maria.lindqvist@zylker.com,Maria,Lindqvist,Engineering,Web Developer,38
jose.nunez@zylker.com,José,Núñez,Platform,Site Reliability Engineer,42
amelia.b@zylker.com,Amelia,Burrows,,,39
not an address,Nobody,Atall,,,40
yuki.tanaka@zylker.com,由紀,田中,Marketing,No such designation,36
"""


def test_from_set_up_to_the_event(watched: Page, portal: str, worker: None, tmp_path) -> None:
    """Claim, connect, read, edit one person, onboard from a file, fetch the result, read the log."""
    page = watched
    code = claim.code_to_print()
    set_up(page, portal, code or "")
    read(page, portal)
    edit(page, portal)
    result = onboard(page, portal, tmp_path)
    assert result["maria.lindqvist@zylker.com"].startswith("Added")
    look_up(page, portal)
    look_around(page, portal)


def set_up(page: Page, portal: str, code: str) -> None:
    page.goto(portal)
    expect(page.get_by_role("heading", name="Set up the portal")).to_be_visible()
    shuts_nobody_out(page)
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("You become the first Owner of the portal")).to_be_visible()
    shuts_nobody_out(page)
    page.get_by_role("button", name="Connect with Zoho").click()
    page.locator(f"input[value='{cast.ADMIN.email}']").check(force=True)
    page.get_by_role("button", name="Accept").click()
    page.wait_for_url(f"{portal}/")
    expect(page.get_by_role("status").first).to_contain_text(
        "Zylker Corp is connected, and you are the first Owner of this portal."
    )
    shuts_nobody_out(page)


def read(page: Page, portal: str) -> None:
    """The first reading was started by connecting; it is followed to its end."""
    page.goto(f"{portal}/jobs/")
    page.get_by_role("link", name="Read the organisation").first.click()
    expect(page.locator(".job-state")).to_contain_text("Finished", timeout=60_000)
    shuts_nobody_out(page)
    page.goto(portal)
    expect(page.get_by_text("40 people, read from Zoho")).to_be_visible()


def edit(page: Page, portal: str) -> None:
    page.get_by_role("link", name="Users", exact=True).click()
    shuts_nobody_out(page)
    page.get_by_role("searchbox", name="Search users").fill("burrows")
    page.get_by_role("link", name="Amelia Burrows").click()
    expect(page.get_by_role("heading", name="Amelia Burrows", level=1)).to_be_visible()
    page.get_by_role("link", name="Edit", exact=True).click()
    page.get_by_label("Extension").fill("4711")
    shuts_nobody_out(page)
    page.get_by_role("button", name=re.compile("^Save")).click()
    expect(page.get_by_text("Saved 1 change of Amelia Burrows.")).to_be_visible()
    expect(page.locator(".history-line").first).to_contain_text("Olivia Palmer changed Amelia Burrows")
    shuts_nobody_out(page)


def onboard(page: Page, portal: str, tmp_path) -> dict[str, str]:
    """Upload, columns, check, confirm, finished; answers what the result file says by address."""
    page.get_by_role("link", name="Onboarding", exact=True).click()
    page.goto(f"{portal}/onboarding/upload/")
    shuts_nobody_out(page)
    page.set_input_files(
        "input[type=file]", {"name": "joiners.csv", "mimeType": "text/csv", "buffer": JOINERS.encode()}
    )
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_text("5 of 6 columns were recognised.")).to_be_visible()
    shuts_nobody_out(page)
    page.get_by_role("button", name=re.compile("^Check")).click()
    expect(page.locator(".job-state")).to_contain_text("To be confirmed", timeout=30_000)
    shuts_nobody_out(page)
    page.get_by_role("link", name="Add 2 people").click()
    page.locator("#dialog").get_by_role("button", name="Add 2 people").click()
    expect(page.locator(".job-state")).to_contain_text("Finished", timeout=60_000)
    shuts_nobody_out(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the result").click()
    path = tmp_path / "result.csv"
    download.value.save_as(path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["Shoe size"] for row in rows] == ["38", "42", "39", "40", "36"]
    return {row["Work email"]: " ".join(str(value) for value in list(row.values())[6:]) for row in rows}


def look_up(page: Page, portal: str) -> None:
    page.get_by_role("link", name="Log", exact=True).click()
    shuts_nobody_out(page)
    page.get_by_role("link", name=re.compile("^Olivia Palmer changed Amelia Burrows")).first.click()
    changed = page.locator("table.changes").first
    expect(changed).to_contain_text("Extension")
    expect(changed.locator("ins").first).to_have_text("4711")
    expect(page.get_by_text("Owner of the portal")).to_be_visible()
    shuts_nobody_out(page)
    page.goto(f"{portal}/log/check/")
    page.get_by_role("button", name="Check now").click()
    expect(page.get_by_text("events are as they were written.").first).to_be_visible()


def look_around(page: Page, portal: str) -> None:
    """The pages that the walk did not need, on a phone and in the dark."""
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    for path in (
        "/",
        "/connection/",
        "/administrators/",
        "/administrators/admit/",
        "/sessions/",
        "/log/open/",
    ):
        page.goto(portal + path)
        shuts_nobody_out(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("link", name="Overview").click()
    page.locator(".me-button").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("You are signed out of the portal.")).to_be_visible()
    shuts_nobody_out(page)
    page.get_by_role("button", name="Sign in with Zoho").click()
    page.locator(f"input[value='{cast.MEMBER.email}']").check(force=True)
    page.get_by_role("button", name="Accept").click()
    expect(page.get_by_text("You have not been admitted to this portal")).to_be_visible()
    shuts_nobody_out(page)
