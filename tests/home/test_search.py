"""The search over everything."""

from apps.directory.services import syncing
from apps.sandbox import cast
from tests.accounts.browser import words


def test_it_finds_people_jobs_events_and_pages(owner_client, owner, grant, work):
    work(syncing.start(owner.actor()), patience=30)
    page = words(owner_client.get("/search/", {"q": "PALMER oli"}))
    assert "Users Olivia Palmer olivia.palmer@zylker.com" in page
    assert "Read the organisation Finished" in words(owner_client.get("/search/", {"q": "read the"}))
    assert "Events Olivia Palmer read Zylker Corp Recorded" in words(
        owner_client.get("/search/", {"q": "zylker"})
    )
    assert "Departments Marketing" in words(owner_client.get("/search/", {"q": "marketing"}))
    assert "Designations Accountant" in words(owner_client.get("/search/", {"q": "accountant"}))
    assert "Pages Administrators" in words(owner_client.get("/search/", {"q": "admini"}))


def test_it_says_that_there_is_nothing(owner_client, grant):
    assert "Nothing found" in words(owner_client.get("/search/", {"q": "qqqq"}))
    assert "Type at least two letters" in words(owner_client.get("/search/", {"q": " a "}))
    assert "Type at least two letters" in words(owner_client.get("/search/"))


def test_it_leads_to_the_list_where_there_is_more(owner_client, owner, grant, work):
    work(syncing.start(owner.actor()), patience=30)
    answer = owner_client.get("/search/", {"q": cast.DOMAIN})
    assert b'<a href="/users/?q=zylker.com">All users that match</a>' in answer.content


def test_it_shows_nobody_what_they_may_not_see(operator_client, grant):
    """The log is not the operator's to read."""
    assert "Events" not in words(operator_client.get("/search/", {"q": "zylker"}))
    assert "Administrators" not in words(operator_client.get("/search/", {"q": "admini"}))


def test_the_box_keeps_what_was_typed_and_nothing_of_it_runs(owner_client, grant):
    answer = owner_client.get("/search/", {"q": '"><script>alert(1)</script>'})
    assert b"<script>alert" not in answer.content
    assert b'value="&quot;&gt;&lt;script&gt;' in answer.content


def test_while_somebody_types_only_what_was_found_is_sent(owner_client, owner, grant, work):
    work(syncing.start(owner.actor()), patience=30)
    typing = {"headers": {"HX-Request": "true"}}
    piece = owner_client.get("/search/", {"q": "palmer"}, **typing)
    assert b"<html" not in piece.content
    assert "Users Olivia Palmer olivia.palmer@zylker.com" in words(piece)
    assert words(owner_client.get("/search/", {"q": "qqqq"}, **typing)) == "Nothing found."
    assert words(owner_client.get("/search/", {"q": "p"}, **typing)) == ""
