"""«Send it when the quota is free» in a browser: from a dialog, from a list of people, from a review."""

import re

import pytest
from playwright.sync_api import expect

from apps.access.models import Role
from apps.access.services import syncing as roles
from apps.channels.models import Channel
from apps.channels.services import syncing
from apps.cliq.catalogue import CATALOGUE
from apps.connections.clients import quota
from apps.jobs.models import Job
from apps.sandbox import cast
from tests.browser.conftest import look
from tests.working import carry_through

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LATER = "Send it when the quota is free"


def lock(name: str) -> None:
    """Nothing of this is admitted for now."""
    quota(cast.ADMIN.zuid).lock(CATALOGUE[name])


def followed(page, title: str) -> None:
    """It leads to the job, which is there once."""
    expect(page.get_by_text(f"“{title}” is sent as soon as Zoho’s limit allows.")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/jobs/\d+/$"))
    assert Job.objects.filter(title=title).count() == 1


def test_a_change_is_left_to_wait(here, portal, owner):
    carry_through(syncing.start(owner.actor()), patience=30)
    carry_through(roles.start(owner.actor()), patience=30)
    page, url = here, f"{portal}{Channel.objects.get(name='Marketing').get_absolute_url()}"
    page.goto(url)
    page.get_by_role("link", name="Delete").click()
    page.get_by_label("Type “Marketing” to confirm").fill("Marketing")
    page.get_by_label("Reason").fill("Over")
    lock("channels.delete")
    page.get_by_role("button", name="Delete the channel").click()
    expect(page.get_by_role("button", name=LATER)).to_be_visible()
    look(page, "later-dialog")
    page.get_by_role("button", name=LATER).click()
    followed(page, "Delete #Marketing")

    page.goto(f"{url}members/add/")
    page.locator("input[name=user_ids]").first.check()
    lock("channels.add_members")
    page.get_by_role("button", name="Add 1 person").click()
    expect(page.get_by_role("button", name=LATER)).to_be_visible()
    look(page, "later-people")
    page.get_by_role("button", name=LATER).click()
    # The first job holds the channel.
    expect(page.get_by_text("Another job is about to change #Marketing.")).to_be_visible()

    page.goto(f"{portal}{Role.objects.get(name='Interns').get_absolute_url()}permissions/")
    page.locator("select.switch[data-shown=enabled]").first.select_option("Off")
    page.get_by_role("button", name="Review 1 change").click()
    lock("roles.update_permissions")
    page.get_by_role("button", name="Save 1 change").click()
    expect(page.get_by_role("button", name=LATER)).to_be_visible()
    look(page, "later-review")
    page.get_by_role("button", name=LATER).click()
    followed(page, "Change the permissions of Interns")
