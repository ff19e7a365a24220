"""What each role may do in a channel, with a mouse and a keyboard."""

import pytest
from playwright.sync_api import expect

from apps.channels.models import Channel
from apps.channels.services import syncing
from apps.core.actor import SYSTEM
from tests.browser.conftest import look
from tests.working import carry_through

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def channels(here):
    """The Owner's browser in an organisation whose channels were read."""
    carry_through(syncing.start(SYSTEM), patience=30)
    return here


def test_from_the_channel_to_the_saved_change(channels, portal):
    """Link, arrows, Space, the count, only what changed, the review, the save."""
    page, channel = channels, Channel.objects.get(name="contentreview")
    page.goto(f"{portal}{channel.get_absolute_url()}")
    page.get_by_role("link", name="Permissions").click()
    expect(page.get_by_text("A super admin may do everything.")).to_be_visible()
    expect(page.locator("[data-matrix-count]")).to_have_text("20 permissions")
    look(page, "channel-matrix")
    send = page.get_by_label("Admins: Send messages", exact=True)
    send.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("End")
    expect(page.get_by_label("Members: Send messages", exact=True)).to_be_focused()
    page.keyboard.press("Space")
    expect(page.get_by_label("Members: Send messages", exact=True)).to_have_value("disabled")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Members: Post replies", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Review 2 changes")).to_be_visible()
    page.get_by_role("button", name="Only what I changed").press("Enter")
    expect(page.locator("[data-matrix-count]")).to_have_text("2 of 20 permissions")
    page.get_by_role("button", name="Review 2 changes").click()
    expect(page.get_by_text("One call sends these 2 changes and nothing else.")).to_be_visible()
    look(page, "channel-review")
    page.get_by_role("button", name="Back to the permissions").click()
    expect(page.get_by_role("button", name="Review 2 changes")).to_be_visible()
    page.get_by_role("button", name="Review 2 changes").click()
    page.get_by_label("Reason").fill("Announcements only")
    page.get_by_role("button", name="Save 2 changes").click()
    expect(page.get_by_text("Saved 2 changes of the permissions of contentreview.")).to_be_visible()
    expect(page.get_by_label("Members: Send messages", exact=True)).to_have_value("disabled")


def test_what_cannot_be_set(channels, portal):
    """An admin sets what is below; archived, nothing can be set."""
    page, channel = channels, Channel.objects.get(name="Marketing")
    page.goto(f"{portal}{channel.get_absolute_url()}permissions/")
    expect(page.get_by_text("Olivia Palmer holds the portal's connection to Zoho")).to_be_visible()
    expect(page.get_by_text("set by super admins only").first).to_be_visible()
    expect(page.get_by_label("Moderators: Send messages", exact=True)).to_be_visible()
    expect(page.get_by_label("Admins: Send messages", exact=True)).to_have_count(0)
    look(page, "channel-matrix-admin")
    channel = Channel.objects.get(name="summer-party-2024")
    page.goto(f"{portal}{channel.get_absolute_url()}permissions/")
    expect(page.get_by_text("This channel is archived: open it again")).to_be_visible()
    expect(page.locator("select.switch")).to_have_count(0)
    look(page, "channel-matrix-archived")
