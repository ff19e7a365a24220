"""Channels in a browser: the inbox by keyboard, then a channel from its creation to its end."""

import re

import pytest
from playwright.sync_api import expect

from apps.channels.models import Channel
from apps.channels.services import syncing
from apps.sandbox import cast
from tests.browser.conftest import look
from tests.working import carry_through

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def read(here, owner):
    """The Owner's browser in an organisation whose channels were read too."""
    carry_through(syncing.start(owner.actor()), patience=30)
    return here


def test_the_inbox_by_keyboard(read, portal):
    """Down, up, approve with a word, reject with a reason, choose two and approve both."""
    page = read
    page.goto(f"{portal}/channels/requests/")
    first = page.locator(".request").first
    expect(first).to_be_focused()
    look(page, "requests")
    page.keyboard.press("j")
    expect(page.locator(".request").nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(first).to_be_focused()
    page.keyboard.press("a")
    expect(page.get_by_role("heading", name="Approve #Lost and found")).to_be_visible()
    expect(page.get_by_label("Reason")).to_be_focused()
    look(page, "approve")
    page.keyboard.type("Please keep it tidy")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Approved #Lost and found.")).to_be_visible()
    expect(page.get_by_text("7 requests wait")).to_be_visible()
    expect(first).to_be_focused()
    page.keyboard.press("r")
    page.get_by_label("Reason").press("Control+Enter")
    expect(page.get_by_text("This field is required.")).to_be_visible()
    # In the dialog it has the focus already; as a page of its own, which keys work on once its scripts have
    # run, the sentence on top has it. Which of the two it is depends on how fast the key came.
    page.wait_for_load_state()
    page.get_by_label("Reason").focus()
    page.keyboard.type("Write to the librarian first")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text(re.compile("^Rejected #"))).to_be_visible()
    expect(first).to_be_focused()
    for key in ("x", "j", "x", "a"):
        page.keyboard.press(key)
    expect(page.get_by_role("heading", name="Approve 2 channels")).to_be_visible()
    look(page, "approve-many")
    page.get_by_role("button", name="Approve 2 channels").click()
    expect(page.get_by_text("Approved 2 channels.")).to_be_visible()
    page.locator("summary", has_text="members").first.click()
    expect(page.locator(".request-people .identity").first).to_be_visible()


def test_a_channel_from_beginning_to_end(read, portal):
    """Created, members added, a role changed, archived, opened again, deleted."""
    page = read
    page.goto(f"{portal}/channels/")
    look(page, "channels")
    page.get_by_role("link", name="Create a channel").click()
    look(page, "create-channel")
    page.get_by_label("Name").fill("Board games")
    page.get_by_role("radio", name=re.compile("^Personal")).check()
    page.get_by_role("button", name="Create the channel").click()
    expect(page.get_by_text("Created the channel #Board games.")).to_be_visible()
    expect(page.get_by_text("See the one member")).to_be_visible()
    look(page, "channel")
    page.get_by_role("link", name="Add members").click()
    page.get_by_label("Find people").fill(cast.MEMBER.email)
    page.get_by_role("checkbox", name=re.compile(cast.MEMBER.name)).check()
    page.get_by_role("button", name="Add 1 person").click()
    expect(page.get_by_text("Added 1 person to #Board games.")).to_be_visible()
    look(page, "channel-members")
    page.get_by_role("link", name=f"Change the role of {cast.MEMBER.name}").click()
    page.get_by_role("radio", name="Moderator").check()
    page.get_by_role("button", name="Change the role").click()
    expect(page.get_by_text("is moderator of #Board games now.")).to_be_visible()
    channel = Channel.objects.get(name="Board games")
    page.goto(f"{portal}{channel.get_absolute_url()}")
    page.get_by_role("link", name="Archive").click()
    page.get_by_role("button", name="Archive the channel").click()
    expect(page.get_by_text("Archived #Board games.")).to_be_visible()
    page.get_by_role("link", name="Delete the channel").click()
    look(page, "delete-channel")
    page.get_by_label("Reason").fill("Nobody came")
    page.get_by_label("Type “Board games” to confirm").fill("Board games")
    page.get_by_role("button", name="Delete the channel").click()
    expect(page.get_by_text("Deleted #Board games.")).to_be_visible()
