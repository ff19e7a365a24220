"""The first page: what to do next, then the organisation at a glance."""

from apps.directory.services import syncing
from tests.accounts.browser import words


def test_a_fresh_installation_says_what_to_do_next(owner_client, owner, grant):
    syncing.start(owner.actor())
    page = words(owner_client.get("/"))
    assert "Read the organisation Running now; it takes a minute or two. Watch it" in page
    assert "Admit colleagues" in page
    assert "The organisation has not been read yet." in page


def test_it_shows_the_organization_once_it_was_read(owner_client, owner, grant, work):
    work(syncing.start(owner.actor()), patience=30)
    page = words(owner_client.get("/"))
    assert "People, departments and designations are here." in page
    assert "40 people, read from Zoho" in page
    assert "Active through olivia.palmer@zylker.com" in page
    assert "Every change has its outcome" in page


def test_somebody_without_the_log_sees_no_events(operator_client, grant):
    page = words(operator_client.get("/"))
    assert "Latest events" not in page
    assert "First steps" not in page
