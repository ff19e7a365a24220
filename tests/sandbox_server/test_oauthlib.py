"""A client that knows nothing of the sandbox completes the code flow."""

from requests_oauthlib import OAuth2Session

from apps.sandbox import cast


def test_requests_oauthlib_completes_the_flow(control, monkeypatch):
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
    session = OAuth2Session(
        cast.CLIENT_ID,
        redirect_uri="http://127.0.0.1:8000/callback/",
        scope=["aaaserver.profile.READ", "ZohoCliq.Users.READ"],
        auto_refresh_url=f"{control.url}/oauth/v2/token",
        auto_refresh_kwargs={"client_id": cast.CLIENT_ID, "client_secret": cast.CLIENT_SECRET},
        token_updater=lambda token: None,
    )
    url, _ = session.authorization_url(
        f"{control.url}/oauth/v2/auth", access_type="offline", prompt="consent"
    )
    session.fetch_token(
        f"{control.url}/oauth/v2/token",
        authorization_response=control.consent(url, cast.ADMIN.email),
        client_secret=cast.CLIENT_SECRET,
        include_client_id=True,
    )
    assert session.get(f"{control.url}/api/v2/users?limit=1").json()["has_more"] is True
    assert session.get(f"{control.url}/oauth/user/info").json()["Email"] == cast.ADMIN.email
    before = session.token["access_token"]
    session.refresh_token(f"{control.url}/oauth/v2/token", **session.auto_refresh_kwargs)
    assert session.token["access_token"] != before
