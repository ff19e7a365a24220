"""`users.page`, `users.pages` and `users.search`."""

import pytest

from apps.cliq.client import Cliq
from apps.cliq.tokens import FixedToken
from apps.core.errors import VendorFailure
from apps.sandbox import cast
from tests.cliq.servers import in_turn, reply


def test_it_works(cliq, zoho):
    pages = list(cliq.users.pages(limit=15))
    members = {person["email_id"] for person in zoho.people() if person["status"] != "pending"}
    found = {user.email_id: user for page in pages for user in page.items}
    assert found.keys() == members
    assert [len(page.items) for page in pages[:-1]] == [15] * (len(pages) - 1)
    admin = found[cast.ADMIN.email]
    assert (admin.id, admin.first_name, admin.status) == (cast.ADMIN.zuid, "Olivia", "active")


def test_it_begins_at_a_token(cliq):
    first, *rest = cliq.users.pages(limit=15)
    again = list(cliq.users.pages(limit=15, next_token=first.next_token))
    assert [page.items for page in again] == [page.items for page in rest]


def test_it_filters_by_status(cliq, zoho):
    pending = {person["email_id"] for person in zoho.people() if person["status"] == "pending"}
    found = {user.email_id for page in cliq.users.pages(status="pending") for user in page.items}
    assert found == pending


def test_numbers_as_ids_are_text(cliq, zoho):
    zoho.option("ids_as_numbers", True)
    assert cliq.users.page(limit=1).items[0].id.isdigit()


def test_search_finds_the_exact_address_only(cliq):
    assert [user.id for user in cliq.users.search(cast.ADMIN.email.upper())] == [cast.ADMIN.zuid]
    assert cliq.users.search("palmer@zylker.com") == []


def test_search_reads_all_its_pages(against):
    def page(email, **more):
        return reply({"data": [{"id": email, "email_id": email}], **more})

    cliq = against(in_turn(page("b@x.com", has_more=True, next_token="t"), page("A@X.com", has_more=False)))
    assert [user.id for user in cliq.users.search("a@x.com")] == ["A@X.com"]


def test_it_asks_as_documented(scripted, quota):
    server = scripted(reply({"data": [], "has_more": False}))
    cliq = Cliq(base_url=server.url, tokens=FixedToken("1000.t"), quota=quota)
    cliq.users.page(status="pending", search="a&b", next_token="t=")
    assert server.requests[0].startswith(
        b"GET /api/v2/users?status=pending&search=a%26b&fields=all&limit=100&next_token=t%3D HTTP"
    )


def test_it_handles_a_token_that_comes_back(against):
    cliq = against(reply({"data": [{"id": "1"}], "has_more": True, "next_token": "again"}))
    pages = cliq.users.pages()
    assert [len(next(pages).items), len(next(pages).items)] == [1, 1]
    with pytest.raises(VendorFailure, match="does not end"):
        next(pages)


def test_it_handles_a_missing_token(against):
    with pytest.raises(VendorFailure, match="cannot read"):
        against(reply({"data": [{"id": "1"}], "has_more": True})).users.page()


def test_one_damaged_user_spoils_the_page_loudly(against):
    with pytest.raises(VendorFailure, match="cannot read"):
        against(reply({"data": [{"id": "1"}, {"name": "nobody"}]})).users.page()
