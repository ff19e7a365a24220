"""Signing in with Zoho: who is let in, and what everybody else reads."""

import pytest

from apps.audit.models import Event
from apps.connections.models import Grant, GrantStatus
from apps.sandbox import cast
from tests.accounts.browser import Visitor, words


@pytest.fixture
def visitor(sandbox, grant) -> Visitor:
    return Visitor(sandbox)


def kinds() -> list[str]:
    return list(Event.objects.order_by("seq").values_list("kind", flat=True))


def test_it_works(visitor, owner):
    """From the page that was asked for, over Zoho, back to that page; the sign-in is an event."""
    answer = visitor.client.get("/log/")
    assert answer["Location"] == "/sign-in/?next=%2Flog%2F"
    page = visitor.client.get(answer["Location"])
    assert "This portal runs the Cliq organisation Zylker Corp ." in words(page)
    answer = visitor.sign_in(cast.ADMIN.email, next_url="/log/")
    assert answer.redirect_chain[-1][0] == "/log/"
    assert kinds()[-1] == "sign_in.done"
    assert Event.objects.first().actor_name == cast.ADMIN.name


def test_it_asks_for_the_identity_only(visitor, owner):
    """Neither offline access nor a forced consent: each sign-in would cost one of twenty grants."""
    url = visitor.client.post("/accounts/zoho/login/")["Location"]
    assert "scope=aaaserver.profile.READ" in url
    assert "access_type=online" in url
    assert "prompt" not in url
    grants = Grant.objects.count()
    visitor.sign_in(cast.ADMIN.email)
    assert Grant.objects.count() == grants


@pytest.mark.parametrize("person", [cast.SECOND_ADMIN, cast.MEMBER, cast.STRANGER])
def test_whoever_was_not_admitted_stays_out(visitor, owner, person):
    """A second admin, a plain member, a stranger: Zoho knows them, the portal does not."""
    answer = visitor.sign_in(person.email)
    assert answer.status_code == 403
    page = words(answer)
    assert "You have not been admitted to this portal" in page
    assert f"Zoho confirmed that you are {person.email} , but no Owner of the portal has admitted you" in page
    assert visitor.client.get("/").status_code == 302
    refused = Event.objects.first()
    assert (refused.kind, refused.actor_name) == ("sign_in.refused", person.name)


def test_a_second_admin_comes_in_once_admitted(visitor, owner_client, sandbox):
    """The Owner looks them up in Zoho; known from then on by their id."""
    answer = owner_client.post(
        "/administrators/admit/", {"email": "Scott.Fisher@zylker.com", "portal_role": "operator"}, follow=True
    )
    assert "Scott Fisher may now sign in as Operator." in words(answer)
    sandbox.change(cast.SECOND_ADMIN.email, email_id="scott@zylker.com")
    answer = visitor.sign_in("scott@zylker.com")
    assert answer.redirect_chain[-1][0] == "/"
    assert "Operator of this portal" in words(answer)


def test_it_handles_a_dead_grant(visitor, owner, sandbox):
    """Signing in needs no grant; the connection's page says what died and how to go on."""
    sandbox.revoke_grants()
    Grant.objects.update(status=GrantStatus.DEAD, dead_reason="Zoho has withdrawn the portal's access.")
    assert visitor.sign_in(cast.ADMIN.email).status_code == 200
    page = words(visitor.client.get("/connection/"))
    assert "Zoho no longer accepts this connection. Zoho has withdrawn the portal's access." in page
    assert "Connect again with Zoho" in page
    assert "Signing in still works." in page


def test_declining_is_told(visitor, owner):
    answer = visitor.sign_in(cast.ADMIN.email, accept=False)
    assert "You did not give the portal access to your Zoho identity." in words(answer)
    assert visitor.client.get("/").status_code == 302


def test_a_removed_administrator_stays_out(visitor, owner, operator):
    """Also with a session that was still open."""
    from apps.accounts import administrators
    from tests.cast import BACKEND

    visitor.client.force_login(operator, backend=BACKEND)
    assert visitor.client.get("/").status_code == 200
    administrators.remove(operator, actor=owner.actor(), reason="Left the company")
    assert visitor.client.get("/")["Location"].startswith("/sign-in/")


def test_a_redirect_leaves_nobody_elsewhere(visitor, owner):
    page = visitor.client.get("/sign-in/?next=https://evil.example/").content.decode()
    assert "evil.example" not in page
    answer = visitor.sign_in(cast.ADMIN.email, next_url="https://evil.example/")
    assert answer.redirect_chain[-1][0] == "/"


def test_a_second_identity_cannot_be_linked(visitor, owner_client):
    """allauth would; the portal knows one identity a person."""
    assert owner_client.post("/accounts/zoho/login/", {"process": "connect"}).status_code == 400
    assert owner_client.post("/accounts/zoho/login/?process=connect").status_code == 400


def test_it_rejects_get(visitor, owner):
    """A link or a picture of another site must not start a sign-in."""
    assert visitor.client.get("/accounts/zoho/login/").status_code == 405


def test_signing_out_ends_the_session(owner_client, grant):
    answer = owner_client.post("/sign-out/", follow=True)
    assert answer.redirect_chain[-1][0] == "/sign-in/"
    assert "You are signed out of the portal. Zoho itself may still know you in this browser." in words(
        answer
    )
    assert owner_client.get("/")["Location"].startswith("/sign-in/")
    assert kinds()[-1] == "sign_in.ended"
    assert owner_client.get("/sign-out/").status_code == 405
