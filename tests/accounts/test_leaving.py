"""Who is deactivated or demoted in Zoho loses the portal at the next reading."""

import pytest

from apps.access.services import syncing as roles
from apps.accounts import administrators
from apps.accounts.models import Administrator
from apps.audit.models import Event
from apps.core.permissions import PortalRole
from apps.directory.services import syncing as users
from apps.sandbox import cast
from tests.access.conftest import last
from tests.accounts.browser import words
from tests.cast import administrator

PATIENCE = 30


@pytest.fixture
def amelia(grant) -> Administrator:
    """An Operator who is a plain member in Zoho."""
    member = cast.MEMBER
    return administrator(PortalRole.OPERATOR, zuid=member.zuid, name=member.name, email=member.email)


@pytest.fixture
def scott(grant) -> Administrator:
    """An Administrator who is an organisation admin in Zoho."""
    admin = cast.SECOND_ADMIN
    return administrator(PortalRole.ADMINISTRATOR, zuid=admin.zuid, name=admin.name, email=admin.email)


@pytest.fixture
def read_users(owner, work):
    return lambda: work(users.start(owner.actor()), patience=PATIENCE)


@pytest.fixture
def read_roles(owner, work):
    return lambda: work(roles.start(owner.actor()), patience=PATIENCE)


def test_who_is_deactivated_loses_the_portal(amelia, administrator_client, read_users, sandbox):
    """At once signed out, and the log says why."""
    client = administrator_client(amelia)
    read_users()
    assert client.get("/").status_code == 200
    sandbox.change(amelia.email, status="inactive")
    read_users()
    amelia.refresh_from_db()
    assert not amelia.is_active
    assert client.get("/").status_code == 302
    told = last("administrator.removed")
    assert (told["actor_name"], told["subject_name"], told["reason"]) == (
        "Portal",
        amelia.name,
        "Zoho no longer has this person among the active users.",
    )
    read_users()
    assert Event.objects.filter(kind="administrator.removed").count() == 1


def test_who_is_gone_loses_the_portal(amelia, read_users, sandbox):
    read_users()
    sandbox.remove(amelia.email)
    read_users()
    amelia.refresh_from_db()
    assert not amelia.is_active


def test_who_is_demoted_loses_the_portal(scott, read_roles, sandbox):
    read_roles()
    scott.refresh_from_db()
    assert (scott.zoho_admin, scott.is_active) == (True, True)
    sandbox.set_role(scott.email, "Members")
    read_roles()
    scott.refresh_from_db()
    assert (scott.zoho_admin, scott.is_active) == (False, False)
    assert last("administrator.removed")["reason"] == "This person is no longer in an admin role in Zoho."


def test_who_never_was_an_admin_keeps_it(amelia, read_roles, read_users, sandbox):
    """The portal's roles say nothing about Zoho's."""
    read_users()
    read_roles()
    sandbox.set_role(amelia.email, "Interns")
    read_roles()
    amelia.refresh_from_db()
    assert (amelia.zoho_admin, amelia.is_active) == (False, True)


def test_who_was_admitted_again_keeps_it(scott, owner, read_roles, sandbox):
    """Demoted once is not demoted for ever."""
    read_roles()
    sandbox.set_role(scott.email, "Members")
    read_roles()
    administrators.admit(
        zuid=scott.zuid, name=scott.name, email=scott.email, role=PortalRole.OPERATOR, actor=owner.actor()
    )
    read_roles()
    scott.refresh_from_db()
    assert scott.is_active


def test_the_last_owner_is_only_signed_out(scott, administrator_client, work, sandbox):
    """Somebody has to be able to admit others."""
    Administrator.objects.filter(pk=scott.pk).update(portal_role=PortalRole.OWNER)
    scott.refresh_from_db()
    client = administrator_client(scott)
    client.get("/")
    work(roles.start(scott.actor()), patience=PATIENCE)
    sandbox.set_role(scott.email, "Members")
    work(roles.start(scott.actor()), patience=PATIENCE)
    scott.refresh_from_db()
    assert scott.is_active
    assert client.get("/").status_code == 302
    assert last("administrator.sessions_ended")["reason"] == (
        "This person is no longer in an admin role in Zoho."
    )


def test_who_is_deactivated_is_not_admitted(grant, owner_client, sandbox):
    sandbox.change(cast.MEMBER.email, status="inactive")
    answer = owner_client.post(
        "/administrators/admit/", {"email": cast.MEMBER.email, "portal_role": "auditor"}
    )
    assert answer.status_code == 422
    assert "is deactivated in Zoho." in words(answer)


def test_who_is_in_is_not_offered_again(amelia, owner_client, read_users):
    """On the user's own page."""
    read_users()
    assert "Admit to the portal" not in words(owner_client.get(f"/users/{amelia.zuid}/"))
    assert "Admit to the portal" in words(owner_client.get(f"/users/{cast.SECOND_ADMIN.zuid}/"))


def test_addresses_are_suggested(grant, owner_client):
    page = owner_client.get("/administrators/admit/").content.decode()
    assert 'hx-get="/users/suggest/"' in page
    assert '<datalist id="id_email_suggestions">' in page


def test_somebody_removed_meanwhile_cannot_be_changed(grant, owner, amelia):
    """By another Owner, between the page and the button."""
    Administrator.objects.filter(pk=amelia.pk).update(is_active=False)
    with pytest.raises(administrators.Refused, match=r"was removed from the portal meanwhile\.$"):
        administrators.set_role(amelia, role=PortalRole.AUDITOR, actor=owner.actor())
