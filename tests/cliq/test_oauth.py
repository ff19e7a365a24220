"""Zoho Accounts: consent, tokens, identity, and everything a token endpoint answers."""

from urllib.parse import parse_qs, urlsplit

import pytest

from apps.cliq.datacentres import UnknownDataCentre
from apps.cliq.oauth import AccessDenied, Accounts, ClientRefused, CodeRefused, WrongDataCentre
from apps.core.errors import GrantDead, NotSent, Refused, VendorFailure
from apps.sandbox import cast
from tests.cliq.servers import reply

REDIRECT = "http://localhost:8000/connect/callback"
PROFILE = "aaaserver.profile.READ"
TOKENS = {"access_token": "1000.a", "token_type": "Bearer", "expires_in": 3600}


@pytest.fixture
def accounts(zoho):
    return Accounts(zoho.url, cast.CLIENT_ID, cast.CLIENT_SECRET)


@pytest.fixture
def answering(scripted):
    return lambda *args, **more: Accounts(scripted(reply(*args, **more)).url, "id", "1000.secret")


def consented(accounts, zoho, scopes=(PROFILE, "ZohoCliq.Users.READ"), **options) -> str:
    """The code that a person's consent brings back."""
    url = accounts.authorize_url(REDIRECT, scopes, "state", **options)
    return parse_qs(urlsplit(zoho.consent(url, cast.ADMIN.email)).query)["code"][0]


class TestAuthorizeUrl:
    accounts = Accounts("https://accounts.zoho.eu/", "1000.ID", "secret")

    def test_sign_in_asks_for_little(self):
        url = self.accounts.authorize_url(REDIRECT, [PROFILE], "s&1")
        assert url.startswith("https://accounts.zoho.eu/oauth/v2/auth?")
        assert parse_qs(urlsplit(url).query) == {
            "response_type": ["code"],
            "client_id": ["1000.ID"],
            "redirect_uri": [REDIRECT],
            "scope": [PROFILE],
            "state": ["s&1"],
            "access_type": ["online"],
        }

    def test_connecting_asks_for_a_refresh_token(self):
        url = self.accounts.authorize_url(REDIRECT, ["a", "b"], "s", offline=True, consent=True)
        query = parse_qs(urlsplit(url).query)
        assert (query["scope"], query["access_type"], query["prompt"]) == (["a,b"], ["offline"], ["consent"])


class TestExchange:
    def test_it_works(self, accounts, zoho):
        tokens = accounts.exchange(consented(accounts, zoho, offline=True, consent=True), REDIRECT)
        assert tokens.access_token in zoho.tokens()
        assert tokens.refresh_token in zoho.tokens()
        assert tokens.expires_in == 3600
        assert set(tokens.scope) == {PROFILE, "ZohoCliq.Users.READ"}

    def test_online_brings_no_refresh_token(self, accounts, zoho):
        assert accounts.exchange(consented(accounts, zoho), REDIRECT).refresh_token is None

    def test_it_rejects_a_used_code(self, accounts, zoho):
        code = consented(accounts, zoho)
        accounts.exchange(code, REDIRECT)
        with pytest.raises(CodeRefused) as refused:
            accounts.exchange(code, REDIRECT)
        assert refused.value.sentence == (
            "Zoho did not accept this sign-in: it took too long or was used already. Sign in again."
        )

    def test_it_rejects_another_redirect_address(self, accounts, zoho):
        with pytest.raises(ClientRefused, match="redirect address"):
            accounts.exchange(consented(accounts, zoho), REDIRECT + "/other")

    @pytest.mark.parametrize("client", [("1000.OTHER", cast.CLIENT_SECRET), (cast.CLIENT_ID, "wrong")])
    def test_it_rejects_an_unknown_client(self, zoho, client):
        with pytest.raises(ClientRefused) as refused:
            Accounts(zoho.url, *client).exchange("code", REDIRECT)
        assert refused.value.sentence == (
            "Zoho does not know the portal's client. "
            "Check ZOHO_CLIENT_ID, ZOHO_CLIENT_SECRET and ZOHO_DATA_CENTRE."
        )

    def test_a_narrower_consent_shows(self, accounts, zoho):
        zoho.option("narrow_scopes", ["ZohoCliq.Users.READ"])
        assert accounts.exchange(consented(accounts, zoho), REDIRECT).scope == (PROFILE,)

    def test_secrets_travel_in_the_body(self, scripted):
        server = scripted(reply(TOKENS))
        Accounts(server.url, "id", "1000.secret").exchange("1000.code", REDIRECT)
        head, _, body = server.requests[0].partition(b"\r\n\r\n")
        assert head.startswith(b"POST /oauth/v2/token HTTP")
        assert b"1000." not in head
        assert b"client_secret=1000.secret&grant_type=authorization_code&code=1000.code" in body


class TestExpiry:
    @pytest.mark.parametrize(
        ("sent", "seconds"),
        [
            ({"expires_in": 3600}, 3600),
            ({"expires_in": 3600000}, 3600),
            ({"expires_in": "3600000"}, 3600),
            ({"expires_in": 3600000, "expires_in_sec": 3600}, 3600),
            ({"expires_in": 1800000, "expires_in_sec": "900"}, 900),
            ({"expires_in": 86400}, 86400),
            ({"expires_in": 86401}, 86),
            ({"expires_in": None}, 3600),
            ({"expires_in": "soon"}, 3600),
            ({"expires_in": -1}, 3600),
            ({}, 3600),
        ],
    )
    def test_milliseconds_are_told_from_seconds(self, answering, sent, seconds):
        assert answering({"access_token": "1000.a", **sent}).refresh("r").expires_in == seconds

    @pytest.mark.parametrize("option", ["seconds", "milliseconds", "both"])
    def test_in_each_form_of_the_sandbox(self, accounts, zoho, option):
        zoho.option("expires_in", option)
        assert accounts.exchange(consented(accounts, zoho), REDIRECT).expires_in == 3600


class TestRefresh:
    def test_it_works(self, accounts, zoho):
        granted = zoho.grant(cast.ADMIN.email, [PROFILE])
        tokens = accounts.refresh(granted["refresh_token"])
        assert tokens.access_token != granted["access_token"]
        assert accounts.user_info(tokens.access_token).zuid == cast.ADMIN.zuid

    @pytest.mark.parametrize("code", ["invalid_code", "invalid_grant", "INVALID_CODE"])
    @pytest.mark.parametrize("status", [200, 400])
    def test_a_withdrawn_grant_is_dead(self, answering, code, status):
        with pytest.raises(GrantDead) as dead:
            answering({"error": code}, status).refresh("1000.r")
        assert dead.value.sentence == (
            "Zoho has withdrawn the portal's access. An Owner has to connect the organisation again."
        )

    def test_revoked_in_the_sandbox_it_is_dead(self, accounts, zoho):
        granted = zoho.grant(cast.ADMIN.email, [PROFILE])
        zoho.revoke_grants()
        with pytest.raises(GrantDead):
            accounts.refresh(granted["refresh_token"])

    def test_too_many_in_ten_minutes_have_to_wait(self, answering):
        body = {
            "error_description": "You have made too many requests continuously.",
            "error": "Access Denied",
            "status": "failure",
        }
        with pytest.raises(AccessDenied) as denied:
            answering(body, 400).refresh("1000.r")
        assert denied.value.seconds == 600
        assert denied.value.sentence == (
            "Zoho has issued too many tokens lately and wants a pause of ten minutes."
        )

    def test_the_sandbox_denies_the_eleventh(self, accounts, zoho):
        granted = zoho.grant(cast.ADMIN.email, [PROFILE])
        with pytest.raises(AccessDenied):
            for _ in range(11):
                accounts.refresh(granted["refresh_token"])

    def test_too_many_requests_have_to_wait(self, answering):
        with pytest.raises(AccessDenied):
            answering("<html>", 429, "text/html").refresh("1000.r")

    @pytest.mark.parametrize(
        ("body", "status", "kind"),
        [
            ("<html>busy</html>", 503, "text/html"),
            ({"error": "invalid_code"}, 500, "application/json"),
            ("<html>who are you</html>", 200, "text/html"),
            ("<html>forbidden</html>", 403, "text/html"),
            ("", 200, "application/json"),
            ({}, 200, "application/json"),
            ({"access_token": ""}, 200, "application/json"),
            ({"access_token": None, "token_type": "Bearer"}, 200, "application/json"),
            ([], 200, "application/json"),
            ("{", 200, "application/json"),
        ],
    )
    def test_a_service_that_fails_leaves_the_grant_alive(self, answering, body, status, kind):
        with pytest.raises(VendorFailure):
            answering(body, status, kind).refresh("1000.r")

    def test_a_service_that_cannot_be_reached(self):
        with pytest.raises(NotSent):
            Accounts("http://127.0.0.1:1", "id", "secret").refresh("1000.r")

    @pytest.mark.parametrize("code", ["invalid_client", "general_error"])
    def test_the_clients_own_faults_leave_the_grant_alive(self, answering, code):
        with pytest.raises(Refused) as refused:
            answering({"error": code}).refresh("1000.r")
        assert refused.value.code == code

    def test_a_redirect_is_not_followed(self, scripted):
        elsewhere = scripted(reply(TOKENS))
        server = scripted(reply("", 302, Location=elsewhere.url + "/oauth/v2/token"))
        with pytest.raises((Refused, VendorFailure)):
            Accounts(server.url, "id", "1000.secret").refresh("1000.r")
        assert elsewhere.requests == []


class TestRevoke:
    def test_it_works(self, accounts, zoho):
        token = zoho.grant(cast.ADMIN.email, [PROFILE])["refresh_token"]
        accounts.revoke(token)
        with pytest.raises(GrantDead):
            accounts.refresh(token)

    def test_what_is_gone_counts_as_given_back(self, accounts, zoho):
        token = zoho.grant(cast.ADMIN.email, [PROFILE])["refresh_token"]
        accounts.revoke(token)
        accounts.revoke(token)
        assert token in zoho.tokens()

    def test_a_service_that_fails_is_told(self, answering):
        with pytest.raises(VendorFailure):
            answering("busy", 503).revoke("1000.r")


class TestUserInfo:
    def test_it_works(self, accounts, zoho):
        token = zoho.grant(cast.ADMIN.email, [PROFILE])["access_token"]
        identity = accounts.user_info(token)
        assert (identity.zuid, identity.email) == (cast.ADMIN.zuid, cast.ADMIN.email)
        assert (identity.first_name, identity.last_name) == ("Olivia", "Palmer")

    def test_other_capitals_and_numbers_are_read(self, answering):
        identity = answering({"zuid": 7, "email": "a@b.c", "Display_Name": None}).user_info("t")
        assert (identity.zuid, identity.email, identity.display_name) == ("7", "a@b.c", "")

    @pytest.mark.parametrize("body", [{"Email": "a@b.c"}, {}, [], "", {"ZUID": ""}])
    def test_nobody_is_a_failure(self, answering, body):
        with pytest.raises(VendorFailure, match="did not say who signed in"):
            answering(body).user_info("t")

    def test_a_scope_too_few_is_refused(self, accounts, zoho):
        token = zoho.grant(cast.ADMIN.email, ["ZohoCliq.Users.READ"])["access_token"]
        with pytest.raises(Refused):
            accounts.user_info(token)


class TestCallbackServer:
    accounts = Accounts("https://accounts.zoho.eu", "id", "secret")

    @pytest.mark.parametrize("named", ["", "https://accounts.zoho.eu", "https://accounts.zoho.eu/"])
    def test_ours_or_none_is_accepted(self, named):
        self.accounts.check_server(named)
        assert self.accounts.base_url == "https://accounts.zoho.eu"

    def test_the_sandbox_is_ours_where_we_use_it(self):
        Accounts("http://127.0.0.1:8021", "id", "secret").check_server("http://127.0.0.1:8021")
        with pytest.raises(UnknownDataCentre):
            self.accounts.check_server("http://127.0.0.1:8021")

    def test_another_data_centre_is_refused(self):
        with pytest.raises(WrongDataCentre) as refused:
            self.accounts.check_server("https://accounts.zoho.com")
        assert refused.value.sentence == (
            "This account belongs to Zoho's data centre “us”, the portal to “eu”. "
            "Sign in with an account of the portal's organisation."
        )

    def test_anything_else_is_refused(self):
        with pytest.raises(UnknownDataCentre):
            self.accounts.check_server("https://accounts.zoho.eu.evil.example")
