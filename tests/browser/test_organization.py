"""Custom domain and mail, with a mouse: DNS is asked while one looks."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_departments import look

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CHAT, TARGET = "chat.zylker.org", "cliq.cs.zohohost.com"


@pytest.fixture
def here(watched, portal, grant, owner_client):
    """The Owner's browser, where nothing of domain or mail was read yet."""
    cookie = owner_client.cookies["portal_session"]
    watched.context.add_cookies([{"name": "portal_session", "value": cookie.value, "url": portal}])
    return watched


def test_from_no_domain_to_an_active_one_and_back(here, portal, name_server, sandbox):
    """The first reading draws the page anew; then added, in DNS, verified, deleted."""
    page = here
    page.goto(f"{portal}/domain/")
    expect(page.get_by_text("No custom domain")).to_be_visible()
    look(page, "domain-none")
    page.get_by_role("link", name="Add a domain").click()
    look(page, "domain-add")
    page.get_by_label("Domain", exact=True).fill(CHAT)
    page.get_by_role("button", name="Add the domain").click()
    expect(page.get_by_text(f"DNS knows no name {CHAT}.")).to_be_visible()
    look(page, "domain-added")
    name_server.names[CHAT] = [("CNAME", f"{TARGET}.")]
    page.get_by_role("button", name="Ask DNS again").click()
    expect(page.get_by_text("DNS answers exactly this.")).to_be_visible()
    sandbox.option("dns_verified", True)
    page.get_by_role("link", name="Verify and activate").click()
    page.get_by_role("dialog").get_by_role("button", name="Verify and activate").click()
    expect(page.get_by_text(f"{CHAT} is active.")).to_be_visible()
    expect(page.get_by_text("Nothing is left to do.")).to_be_visible()
    look(page, "domain-active")
    page.get_by_role("link", name="Delete the domain").click()
    page.get_by_label(f"Type “{CHAT}” to confirm").fill(CHAT)
    page.get_by_label("Reason").fill("Another brand")
    page.get_by_role("button", name="Delete the domain").click()
    expect(page.get_by_text(f"Deleted the custom domain {CHAT}.")).to_be_visible()


def test_the_sender(here, portal, name_server, sandbox):
    """Read, changed, asked to be verified, and told plainly that it is not."""
    page = here
    page.goto(f"{portal}/mail/")
    expect(page.get_by_text("noreply@zylker.com", exact=True)).to_be_visible()
    expect(page.get_by_text("3 of 4 steps are left.")).to_be_visible()
    look(page, "mail")
    page.get_by_role("link", name="Change the sender").click()
    page.get_by_label("Sender’s name").fill("Zylker")
    look(page, "mail-edit")
    page.get_by_role("button", name="Save 1 change").click()
    expect(page.get_by_text("Saved 1 change of the sender.")).to_be_visible()
    sandbox.option("dns_verified", False)
    page.get_by_role("link", name="Have it verified").click()
    page.get_by_role("dialog").get_by_role("button", name="Have it verified").click()
    expect(page.get_by_text("Zoho was asked to verify noreply@zylker.com and answered")).to_be_visible()
    expect(page.get_by_text("DNS knows no name 1522905413783._domainkey.zylker.com.")).to_be_visible()
