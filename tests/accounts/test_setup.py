"""Claiming a fresh installation: only whoever runs it can, and only an administrator of the organisation."""

import threading

import pytest
from django.test import Client

from apps.accounts import claim
from apps.accounts.models import Administrator, ClaimCode
from apps.accounts.views.setup import ATTEMPTS
from apps.audit.models import Event
from apps.connections.models import Grant, Organization
from apps.jobs.models import Job
from apps.sandbox import cast
from tests.accounts.browser import Visitor, words


@pytest.fixture
def visitor(sandbox) -> Visitor:
    return Visitor(sandbox)


@pytest.fixture
def known_organization(settings):
    """Whoever runs the installation has named the organisation."""
    settings.ZOHO_ORGANIZATION_ID = cast.ORGANIZATION_ID


def nobody_owns_it() -> bool:
    return not Administrator.objects.exists() and not Grant.objects.exists()


def test_every_way_in_leads_to_the_set_up(visitor):
    """Nobody owns it yet: dashboard and sign-in both end there."""
    for url in ("/", "/sign-in/"):
        answer = visitor.client.get(url, follow=True)
        assert answer.redirect_chain[-1][0] == "/setup/"
        assert "Nobody owns this installation yet." in words(answer)


def test_it_names_each_missing_setting(visitor, settings):
    """Which variable, and what it is; nothing else is offered."""
    settings.ZOHO_CLIENT_ID = settings.ZOHO_CLIENT_SECRET = ""
    page = words(visitor.client.get("/setup/"))
    assert "ZOHO_CLIENT_ID is not set: the client id that Zoho's API console shows for the portal." in page
    assert "ZOHO_CLIENT_SECRET is not set: the client secret that belongs to it." in page
    assert "http://localhost:8000/connection/callback/" in page
    assert "Connect with Zoho" not in page
    assert visitor.client.post("/connection/connect/")["Location"] == "/setup/"


def test_a_stranger_without_the_code_gets_nowhere(visitor):
    """The page asks for the code; connecting without it leads back."""
    claim.code_to_print()
    page = words(visitor.client.get("/setup/"))
    assert "The portal printed a code where it was started." in page
    assert "Connect with Zoho" not in page
    assert visitor.client.post("/connection/connect/")["Location"] == "/setup/"
    assert nobody_owns_it()


def test_a_wrong_code_is_told(visitor):
    claim.code_to_print()
    answer = visitor.client.post("/setup/", {"code": "AAAA-BBBB-CCCC-DDDD"})
    assert answer.status_code == 422
    assert "This is not the code the portal printed last." in words(answer)
    assert visitor.client.post("/connection/connect/")["Location"] == "/setup/"


def test_guessing_is_slowed_down(visitor):
    """The eleventh code within a minute is not even looked at."""
    code = claim.code_to_print()
    for _ in range(ATTEMPTS):
        visitor.client.post("/setup/", {"code": "AAAA-BBBB-CCCC-DDDD"})
    answer = visitor.client.post("/setup/", {"code": code})
    assert "Ten codes were tried within a minute." in words(answer)
    assert visitor.client.post("/connection/connect/")["Location"] == "/setup/"


def test_the_code_opens_the_way_and_the_admin_owns_the_portal(visitor):
    """Code, consent, dashboard: signed in as Owner, the organisation known, its reading under way."""
    code = claim.code_to_print()
    session_before = visitor.client.session.session_key
    assert visitor.client.post("/setup/", {"code": code.lower()})["Location"] == "/setup/"
    assert visitor.client.session.session_key != session_before
    page = words(visitor.client.get("/setup/"))
    assert "Sign in as an administrator of the Cliq organisation this portal is to run" in page
    answer = visitor.connect(cast.ADMIN.email)
    assert answer.redirect_chain[-1][0] == "/"
    assert "Zylker Corp is connected, and you are the first Owner of this portal." in words(answer)
    owner = Administrator.objects.get()
    assert (owner.zuid, owner.portal_role, owner.email) == (cast.ADMIN.zuid, "owner", cast.ADMIN.email)
    assert not ClaimCode.objects.exists()
    assert {job.kind for job in Job.objects.all()} == {
        "access.sync",
        "channels.sync",
        "connection.probe",
        "directory.sync",
    }
    kinds = list(Event.objects.order_by("seq").values_list("kind", flat=True))
    assert kinds[:3] == ["connection.connected", "administrator.admitted", "sign_in.done"]


def test_the_code_is_good_for_one_browser_only(visitor, sandbox):
    """Another browser has to show it as well."""
    visitor.client.post("/setup/", {"code": claim.code_to_print()})
    assert Visitor(sandbox).client.post("/connection/connect/")["Location"] == "/setup/"


def test_a_named_organization_needs_no_code(visitor, known_organization):
    assert "Connect with Zoho" in words(visitor.client.get("/setup/"))
    visitor.connect(cast.SECOND_ADMIN.email)
    assert Administrator.objects.get().zuid == cast.SECOND_ADMIN.zuid


def test_a_stranger_of_another_organization_is_refused(visitor, known_organization, sandbox):
    """The consent is real, the organisation is not the one that was named: the grant is given back."""
    answer = visitor.connect(cast.STRANGER.email)
    assert answer.status_code == 403
    assert (
        "kiran.rao@zillum.com belongs to another organisation. "
        "This portal runs the organisation 631836344: sign in to Zoho as one of its administrators "
        "and connect again." in words(answer)
    )
    assert nobody_owns_it()
    assert Event.objects.get().kind == "connection.refused"


def test_a_plain_member_is_refused(visitor, known_organization):
    answer = visitor.connect(cast.MEMBER.email)
    assert answer.status_code == 403
    assert (
        "amelia.b@zylker.com is not an administrator of the organisation in Cliq (role type Admin). "
        "Only an administrator can connect it." in words(answer)
    )
    assert nobody_owns_it()


def test_declining_is_told_without_alarm(visitor, known_organization):
    answer = visitor.connect(cast.ADMIN.email, accept=False)
    assert "You declined on Zoho's page, so nothing was connected and nothing was changed." in words(answer)
    assert 'href="/setup/"' in answer.content.decode()
    assert nobody_owns_it()


def test_a_narrow_consent_is_refused(visitor, known_organization, sandbox):
    sandbox.option("narrow_scopes", ["ZohoCliq.Users.READ"])
    answer = visitor.connect(cast.ADMIN.email)
    assert "The consent leaves out ZohoCliq.Users.READ." in words(answer)
    assert nobody_owns_it()


def test_a_foreign_accounts_server_is_never_spoken_to(visitor, known_organization, sandbox):
    """Whoever made the link named the host: the code and the secret must not go there."""
    url = sandbox.consent(visitor.start_connecting(), cast.ADMIN.email)
    own = url.partition("accounts-server=")[2]
    answer = visitor.come_back(url.replace(own, "https%3A%2F%2Faccounts.zoho.com.evil.example"))
    assert answer.status_code == 502
    assert "The sign-in came back from an address that is not one of Zoho's." in words(answer)
    assert nobody_owns_it()


def test_another_data_centre_is_explained(visitor, known_organization, sandbox):
    url = sandbox.consent(visitor.start_connecting(), cast.ADMIN.email)
    own = url.partition("accounts-server=")[2]
    answer = visitor.come_back(url.replace(own, "https%3A%2F%2Faccounts.zoho.eu"))
    assert "This account belongs to Zoho's data centre “eu”" in words(answer)
    assert nobody_owns_it()


@pytest.mark.parametrize("change", ["other", "none", "twice"])
def test_the_state_is_good_once_and_for_its_browser(visitor, known_organization, sandbox, change):
    """Somebody else's answer, none at all, or one that was used: nothing is connected by it."""
    url = sandbox.consent(visitor.start_connecting(), cast.ADMIN.email)
    if change == "other":
        visitor.start_connecting()
    elif change == "none":
        visitor = Visitor(sandbox)
    else:
        visitor.come_back(url.replace("code=", "not_code="))
    answer = visitor.come_back(url)
    assert "This answer from Zoho does not belong to a connection that was started in this browser" in words(
        answer
    )
    assert nobody_owns_it()


def test_an_owned_installation_is_not_set_up_again(visitor, grant, owner):
    assert visitor.client.get("/setup/")["Location"].startswith("/sign-in/")
    answer = visitor.client.post("/connection/connect/")
    assert answer["Location"].startswith("/sign-in/")


@pytest.mark.django_db(transaction=True)
def test_two_people_at_once_and_one_wins(known_organization, sandbox):
    """Both started while nobody owned it; the second to finish finds it owned and takes nothing."""
    visitors = [Visitor(sandbox), Visitor(sandbox)]
    people = [cast.ADMIN.email, cast.SECOND_ADMIN.email]
    urls = [
        sandbox.consent(one.start_connecting(), email) for one, email in zip(visitors, people, strict=True)
    ]
    answers: dict[int, str] = {}
    gate = threading.Barrier(2)

    def finish(number: int) -> None:
        from django.db import connection

        gate.wait()
        answers[number] = words(visitors[number].come_back(urls[number]))
        connection.close()

    threads = [threading.Thread(target=finish, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    owner = Administrator.objects.get()
    assert owner.portal_role == "owner"
    won = people.index(owner.email)
    assert "you are the first Owner of this portal" in answers[won]
    assert "Somebody else finished setting this portal up a moment ago." in answers[1 - won]
    assert Grant.objects.get(status="active").holder_email == owner.email
    assert Organization.objects.count() == 1


def test_a_get_does_not_start_anything(visitor, known_organization):
    assert visitor.client.get("/connection/connect/").status_code == 405


def test_it_needs_a_csrf_token(sandbox, known_organization):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/connection/connect/").status_code == 403
