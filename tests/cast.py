"""A small fixed cast: a connected organisation, and people who own, may, and must not."""

import pytest
from django.test import Client

from apps.accounts.models import Administrator
from apps.connections import connecting, scopes
from apps.connections.models import Grant, Organization
from apps.connections.zoho import zoho_accounts
from apps.core.permissions import PortalRole
from apps.sandbox import cast
from apps.sandbox.control import Control

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
REDIRECT = "http://localhost:8000/connection/callback/"


def consented(sandbox: Control, email: str) -> str:
    """The code of a consent to everything the portal asks for, given on Zoho's page by this person."""
    url = zoho_accounts().authorize_url(REDIRECT, scopes.needed(), "state", offline=True, consent=True)
    answer = sandbox.consent(url, email)
    return answer.partition("code=")[2].partition("&")[0]


@pytest.fixture
def grant(sandbox: Control) -> Grant:
    """The organisation really connected by its admin, with tokens that came over HTTP."""
    return connecting.connect(code=consented(sandbox, cast.ADMIN.email), redirect_uri=REDIRECT)


@pytest.fixture
def organization(grant: Grant) -> Organization:
    """The connected organisation."""
    return grant.organization


def administrator(role: PortalRole, *, zuid: str, name: str, email: str) -> Administrator:
    """Somebody admitted before the test began; no event tells of it."""
    person = Administrator(zuid=zuid, name=name, email=email, portal_role=role)
    person.set_unusable_password()
    person.save()
    return person


@pytest.fixture
def owner(db) -> Administrator:
    """Owns the portal; the person who also holds the grant."""
    admin = cast.ADMIN
    return administrator(PortalRole.OWNER, zuid=admin.zuid, name=admin.name, email=admin.email)


@pytest.fixture
def operator(db) -> Administrator:
    """Works with people and onboardings."""
    return administrator(
        PortalRole.OPERATOR, zuid="700000001", name="Hannah Okafor", email="hannah.okafor@zylker.com"
    )


@pytest.fixture
def auditor(db) -> Administrator:
    """Reads, and must not change anything."""
    return administrator(
        PortalRole.AUDITOR, zuid="700000002", name="Ruth Adler", email="ruth.adler@zylker.com"
    )


@pytest.fixture
def approver(db) -> Administrator:
    """Decides about channels; sees little else."""
    return administrator(
        PortalRole.APPROVER, zuid="700000003", name="Ivo Kraus", email="ivo.kraus@zylker.com"
    )


@pytest.fixture
def administrator_client(db):
    """`administrator_client(person)`: a browser in which this person is signed in."""

    def signed_in(person: Administrator) -> Client:
        client = Client(headers={"user-agent": FIREFOX})
        client.force_login(person, backend=BACKEND)
        return client

    return signed_in


FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def owner_client(owner, administrator_client) -> Client:
    """The Owner's browser."""
    return administrator_client(owner)


@pytest.fixture
def operator_client(operator, administrator_client) -> Client:
    """The Operator's browser."""
    return administrator_client(operator)


@pytest.fixture
def auditor_client(auditor, administrator_client) -> Client:
    """The Auditor's browser."""
    return administrator_client(auditor)


@pytest.fixture
def approver_client(approver, administrator_client) -> Client:
    """The Approver's browser."""
    return administrator_client(approver)
