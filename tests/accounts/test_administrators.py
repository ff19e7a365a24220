"""Who may use the portal: roles, sessions, removal, and the last Owner."""

import pytest

from apps.accounts.models import Administrator
from apps.audit.models import Event
from apps.sandbox import cast
from tests.accounts.browser import words

pytestmark = pytest.mark.usefixtures("grant")

LAST_OWNER = "The portal must keep one Owner: make somebody else Owner first."


def test_they_are_listed_with_what_each_role_may_do(owner_client, operator, auditor):
    page = words(owner_client.get("/administrators/"))
    assert f"{cast.ADMIN.name} {cast.ADMIN.email} Owner" in page
    assert "3 administrators" in page
    assert "What each role may do" in page
    assert "Read the log" in page


def test_a_role_is_changed(owner_client, operator):
    url = f"/administrators/{operator.pk}/role/"
    assert "Change the role of Hannah Okafor" in words(owner_client.get(url))
    answer = owner_client.post(url, {"portal_role": "auditor", "reason": "Moved to compliance"}, follow=True)
    assert "Hannah Okafor is now Auditor." in words(answer)
    operator.refresh_from_db()
    assert operator.portal_role == "auditor"
    assert Event.objects.first().kind == "administrator.role_changed"


def test_the_last_owner_keeps_the_role(owner_client, owner):
    answer = owner_client.post(f"/administrators/{owner.pk}/role/", {"portal_role": "auditor", "reason": ""})
    assert answer.status_code == 422
    assert LAST_OWNER in words(answer)
    owner.refresh_from_db()
    assert owner.portal_role == "owner"


def test_the_last_owner_cannot_be_removed(owner_client, owner):
    answer = owner_client.post(
        f"/administrators/{owner.pk}/remove/", {"reason": "Leaving", "typed": owner.name}
    )
    assert LAST_OWNER in words(answer)


def test_removing_asks_for_a_reason_and_the_name(owner_client, operator):
    url = f"/administrators/{operator.pk}/remove/"
    assert "Hannah Okafor is signed out everywhere and can no longer open this portal." in words(
        owner_client.get(url)
    )
    answer = owner_client.post(url, {"reason": "", "typed": "Hannah"})
    assert answer.status_code == 422
    assert "This is not the name." in words(answer)
    answer = owner_client.post(url, {"reason": "Left the company", "typed": operator.name}, follow=True)
    assert "Hannah Okafor was removed from the portal." in words(answer)
    assert not Administrator.objects.get(pk=operator.pk).is_active
    assert "Hannah Okafor" not in words(owner_client.get("/administrators/")).partition("What each role")[0]
    assert "Hannah Okafor" in words(owner_client.get("/administrators/?access=removed"))


def test_somebody_removed_can_be_admitted_again(owner_client, owner):
    admit = {"email": cast.SECOND_ADMIN.email, "portal_role": "auditor"}
    owner_client.post("/administrators/admit/", admit)
    person = Administrator.objects.get(zuid=cast.SECOND_ADMIN.zuid)
    answer = owner_client.post("/administrators/admit/", admit)
    assert "Scott Fisher is already an administrator of the portal." in words(answer)
    owner_client.post(f"/administrators/{person.pk}/remove/", {"reason": "A mistake", "typed": person.name})
    owner_client.post("/administrators/admit/", admit)
    person.refresh_from_db()
    assert person.is_active


def test_nobody_unknown_is_admitted(owner_client, sandbox):
    answer = owner_client.post(
        "/administrators/admit/", {"email": cast.STRANGER.email, "portal_role": "auditor"}
    )
    assert answer.status_code == 422
    assert "Nobody in the organisation has the address kiran.rao@zillum.com." in words(answer)


def test_sessions_of_somebody_are_ended(owner_client, operator, operator_client):
    operator_client.get("/")
    assert "End sessions" in words(owner_client.get(f"/administrators/{operator.pk}/"))
    answer = owner_client.post(f"/administrators/{operator.pk}/sessions/end/", follow=True)
    assert "1 session of Hannah Okafor ended." in words(answer)
    assert operator_client.get("/").status_code == 302


def test_an_operator_may_not(operator_client, auditor):
    """Refused with the sentence, and the refusal is an event."""
    answer = operator_client.post(f"/administrators/{auditor.pk}/role/", {"portal_role": "owner"})
    assert answer.status_code == 403
    assert (
        "Your role in the portal, Operator, may not admit administrators and set their roles. "
        "Owner may; an Owner of the portal can change your role." in words(answer)
    )
    assert Event.objects.first().kind == "permission.refused"
