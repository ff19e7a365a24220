"""The consent page: what it shows, where it leads, what it refuses."""

from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from apps.sandbox import cast

from .conftest import CALLBACK, code_of


def test_it_shows_who_may_sign_in_and_what_is_asked(control, authorize_url):
    page = requests.get(authorize_url(access_type="offline"), timeout=30)
    assert page.status_code == 200
    for member in cast.CAST:
        assert member.email in page.text
    assert "See people and their profiles" in page.text
    assert "See your name and e-mail address" in page.text
    assert "Keep this access while you are away" in page.text
    assert "http://" not in page.text.replace("http://localhost:8000", "")
    assert "<script" not in page.text
    assert "style=" not in page.text


def test_it_is_a_sign_in_when_only_identity_is_asked(control, authorize_url):
    page = requests.get(authorize_url(scope="AaaServer.profile.Read"), timeout=30)
    assert "Sign in to Cliq Admin Portal" in page.text


def test_accept_leads_back_with_a_code(control, authorize_url):
    answer = urlsplit(control.consent(authorize_url(), cast.SECOND_ADMIN.email))
    found = parse_qs(answer.query)
    assert (answer.netloc, answer.path) == ("localhost:8000", "/callback")
    assert found["state"] == ["s t&te"]
    assert found["code"][0].startswith("1000.")
    assert found["location"] == ["us"]
    assert found["accounts-server"] == [control.url]


def test_reject_leads_back_with_access_denied(control, authorize_url):
    answer = parse_qs(urlsplit(control.consent(authorize_url(), cast.ADMIN.email, accept=False)).query)
    assert answer == {"error": ["access_denied"], "state": ["s t&te"]}


@pytest.mark.parametrize(
    ("changes", "title"),
    [
        ({"client_id": "1000.UNKNOWN"}, "Invalid client ID"),
        ({"redirect_uri": "https://evil.example/callback"}, "Invalid redirect URI"),
        ({"redirect_uri": "http://localhost.evil.example/"}, "Invalid redirect URI"),
        ({"response_type": "token"}, "Invalid response type"),
        ({"scope": ""}, "Invalid OAuth scope"),
        ({"scope": "ZohoCliq.Users.READ,ZohoCliq.Users.PEEK"}, "Invalid OAuth scope"),
        ({"scope": "zohocliq.users.read"}, "Invalid OAuth scope"),
    ],
)
def test_it_refuses(control, authorize_url, changes, title):
    page = requests.get(authorize_url(**changes), allow_redirects=False, timeout=30)
    assert page.status_code == 400
    assert title in page.text


def test_an_address_typed_in_wins_over_the_list(control, authorize_url, token):
    url = authorize_url()
    asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
    form = asked | {"person": cast.ADMIN.email, "other": " Theo.NG@zylker.com ", "decision": "accept"}
    reply = requests.post(url.partition("?")[0], data=form, allow_redirects=False, timeout=30)
    code = code_of(reply.headers["Location"])
    found = token(grant_type="authorization_code", code=code, redirect_uri=CALLBACK).json()
    bearer = {"Authorization": f"Bearer {found['access_token']}"}
    person = requests.get(f"{control.url}/oauth/user/info", headers=bearer, timeout=30).json()
    assert person["Email"] == "theo.ng@zylker.com"


@pytest.mark.parametrize("status", ["inactive", "pending", "imported_inactive"])
def test_who_is_not_active_cannot_sign_in(control, authorize_url, status):
    control.change(cast.MEMBER.email, status=status)
    with pytest.raises(ValueError, match="no consent: 422"):
        control.consent(authorize_url(), cast.MEMBER.email)


def test_a_name_is_escaped(control, authorize_url):
    control.change(cast.MEMBER.email, display_name="<b>Amelia</b>")
    page = requests.get(authorize_url(), timeout=30)
    assert "&lt;b&gt;Amelia&lt;/b&gt;" in page.text
