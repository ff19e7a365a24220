"""A person's own sessions: listed in words, ended one by one or all but this one."""

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from apps.audit.models import Event
from tests.accounts.browser import words
from tests.cast import BACKEND

PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.0 Mobile/15E148 Safari/604.1"
)


@pytest.fixture
def phone(owner, grant) -> Client:
    client = Client(headers={"user-agent": PHONE})
    client.force_login(owner, backend=BACKEND)
    client.get("/")
    return client


def test_they_are_listed_in_words(owner_client, phone):
    page = words(owner_client.get("/sessions/"))
    assert "Firefox on Linux This one" in page
    assert "Safari on iPhone" in page
    assert "127.0.0.1" in page


def test_one_is_ended(owner_client, phone, owner):
    owner_client.get("/")
    session = UserSession.objects.get(session_key=phone.session.session_key)
    answer = owner_client.post(f"/sessions/{session.pk}/end/", follow=True)
    assert "The session was ended." in words(answer)
    assert phone.get("/")["Location"].startswith("/sign-in/")
    assert owner_client.get("/").status_code == 200
    assert Event.objects.first().kind == "administrator.sessions_ended"


def test_all_others_are_ended(owner_client, phone):
    asked = words(owner_client.get("/sessions/others/end/"))
    assert "Safari on iPhone at 127.0.0.1 is signed out at once." in asked
    answer = owner_client.post("/sessions/others/end/", follow=True)
    assert "1 other session was ended." in words(answer)
    assert phone.get("/").status_code == 302


def test_somebody_elses_is_not_found(operator_client, phone):
    session = UserSession.objects.get(session_key=phone.session.session_key)
    assert operator_client.post(f"/sessions/{session.pk}/end/").status_code == 404
    assert phone.get("/").status_code == 200


def test_this_one_is_ended_by_signing_out(owner_client, grant):
    owner_client.get("/sessions/")
    own = UserSession.objects.get(session_key=owner_client.session.session_key)
    answer = owner_client.post(f"/sessions/{own.pk}/end/")
    assert answer.status_code == 422
    assert "This is the session you are using. Sign out to end it." in words(answer)
