"""Codes, access tokens and refresh tokens, with Zoho's limits."""

import pytest
import requests
import time_machine

from apps.sandbox import cast

from .clock import later
from .conftest import CALLBACK, code_of

OFFLINE = {"access_type": "offline", "prompt": "consent"}


def test_a_code_brings_tokens(exchange, control):
    reply = exchange(**OFFLINE)
    assert reply["expires_in"] == 3600
    assert "expires_in_sec" not in reply
    assert reply["scope"] == "aaaserver.profile.READ ZohoCliq.Users.READ"
    assert reply["token_type"] == "Bearer"
    assert reply["api_domain"] == control.url
    assert {reply["access_token"], reply["refresh_token"]} <= set(control.tokens())


def test_a_code_works_once(control, authorize_url, token):
    form = {
        "grant_type": "authorization_code",
        "code": code_of(control.consent(authorize_url(), cast.ADMIN.email)),
        "redirect_uri": CALLBACK,
    }
    assert "access_token" in token(**form).json()
    again = token(**form)
    assert (again.status_code, again.json()) == (200, {"error": "invalid_code"})


def test_a_code_dies_after_two_minutes(control, authorize_url, token):
    code = code_of(control.consent(authorize_url(), cast.ADMIN.email))
    with time_machine.travel(later(121)):
        reply = token(grant_type="authorization_code", code=code, redirect_uri=CALLBACK)
    assert reply.json() == {"error": "invalid_code"}


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"client_id": "1000.OTHER"}, "invalid_client"),
        ({"client_secret": "wrong"}, "invalid_client_secret"),
        ({"redirect_uri": "http://localhost:8000/other"}, "invalid_redirect_uri"),
        ({"code": "1000.made.up"}, "invalid_code"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
    ],
)
def test_errors_come_with_status_200(control, authorize_url, token, changes, error):
    code = code_of(control.consent(authorize_url(), cast.ADMIN.email))
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": CALLBACK} | changes
    reply = token(**form)
    assert (reply.status_code, reply.json()) == (200, {"error": error})


def test_online_access_has_no_refresh_token(exchange):
    assert "refresh_token" not in exchange(access_type="online")


def test_a_refresh_token_comes_the_first_time_or_with_consent(exchange):
    assert "refresh_token" in exchange(access_type="offline")
    assert "refresh_token" not in exchange(access_type="offline")
    assert "refresh_token" in exchange(**OFFLINE)


def test_refreshing_gives_another_access_token(exchange, token):
    first = exchange(**OFFLINE)
    reply = token(grant_type="refresh_token", refresh_token=first["refresh_token"]).json()
    assert reply["access_token"] != first["access_token"]
    assert "refresh_token" not in reply


def test_the_eleventh_access_token_in_ten_minutes_is_denied(exchange, token):
    form = {"grant_type": "refresh_token", "refresh_token": exchange(**OFFLINE)["refresh_token"]}
    for _ in range(9):
        assert "access_token" in token(**form).json()
    denied = token(**form)
    assert denied.status_code == 400
    assert denied.json()["error"] == "Access Denied"
    with time_machine.travel(later(601)):
        assert "access_token" in token(**form).json()


def test_the_21st_refresh_token_silently_kills_the_oldest(exchange, token):
    minted = [exchange(**OFFLINE)["refresh_token"] for _ in range(21)]
    assert token(grant_type="refresh_token", refresh_token=minted[0]).json() == {"error": "invalid_code"}
    assert "access_token" in token(grant_type="refresh_token", refresh_token=minted[1]).json()


def test_revoking_ends_the_refresh_token_and_its_access_tokens(exchange, token, control):
    tokens = exchange(**OFFLINE)
    url = f"{control.url}/oauth/v2/token/revoke"
    assert requests.post(url, data={"token": tokens["refresh_token"]}, timeout=30).json() == {
        "status": "success"
    }
    assert requests.post(url, data={"token": tokens["refresh_token"]}, timeout=30).status_code == 400
    assert token(grant_type="refresh_token", refresh_token=tokens["refresh_token"]).json() == {
        "error": "invalid_code"
    }
    bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
    assert requests.get(f"{control.url}/oauth/user/info", headers=bearer, timeout=30).status_code == 401


@pytest.mark.parametrize(
    ("quirk", "expiry"),
    [
        ("milliseconds", {"expires_in": 3600000}),
        ("both", {"expires_in": 3600000, "expires_in_sec": 3600}),
    ],
)
def test_expiry_quirks(exchange, control, quirk, expiry):
    control.option("expires_in", quirk)
    reply = exchange()
    assert {name: value for name, value in reply.items() if name.startswith("expires")} == expiry


def test_a_consent_can_be_narrower_than_asked(exchange, control):
    control.option("narrow_scopes", ["ZohoCliq.Users.READ"])
    assert exchange()["scope"] == "aaaserver.profile.READ"
