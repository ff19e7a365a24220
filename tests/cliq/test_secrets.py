"""No token is ever shown: not in a repr, an error, an answer kept for the log, a record or a log line."""

import logging
import traceback

import pytest

from apps.cliq.client import Cliq
from apps.cliq.oauth import Accounts, Tokens
from apps.cliq.tokens import FixedToken
from apps.core.errors import PortalError
from tests.cliq.servers import reply

TOKEN = "1000.planted.access"
SECRETS = (TOKEN, "1000.planted.refresh", "planted-client-secret")
ECHO = f"Header was: Zoho-oauthtoken {TOKEN}"


def shown(*things: object) -> str:
    return " ".join(f"{thing!r} {thing}" for thing in things)


def assert_clean(text: str) -> None:
    assert [secret for secret in SECRETS if secret in text] == []


def test_objects_do_not_show_what_they_hold(quota):
    token = FixedToken(TOKEN)
    cliq = Cliq(base_url="http://127.0.0.1:1", tokens=token, quota=quota)
    accounts = Accounts("http://127.0.0.1:1", "id", SECRETS[2])
    tokens = Tokens(TOKEN, SECRETS[1], 3600, ("a",), None)
    assert_clean(shown(token, cliq, accounts, tokens, cliq.users, [tokens], {"t": tokens}))


@pytest.mark.parametrize(
    "script",
    [
        reply({"code": "brand_new", "message": ECHO}, 400),
        reply({"error": {"code": TOKEN, "message": ECHO}}, 403),
        reply({"error": TOKEN}, 400),
        reply(ECHO, 400, "text/plain"),
        reply(f"<html>{ECHO}</html>", 500, "text/html"),
        reply({"code": "INVALID_OAUTHTOKEN", "message": ECHO}, 401),
        reply({"data": ECHO}),
        reply("", 302, Location=f"https://elsewhere.example/?token={TOKEN}"),
    ],
)
def test_an_answer_that_repeats_the_token_does_not_spread_it(against, records, caplog, script):
    caplog.set_level(logging.DEBUG)
    with pytest.raises(PortalError) as error:
        against(script, tokens=FixedToken(TOKEN)).users.update("7", display_name="A")
    found = error.value
    assert_clean(shown(found, vars(found), *records))
    assert_clean("".join(traceback.format_exception(found)))
    assert_clean(caplog.text)


@pytest.mark.parametrize("status", [200, 400, 500])
def test_a_token_endpoint_that_repeats_secrets_does_not_spread_them(scripted, caplog, status):
    caplog.set_level(logging.DEBUG)
    server = scripted(reply({"error": SECRETS[1], "error_description": SECRETS[2]}, status))
    with pytest.raises(PortalError) as error:
        Accounts(server.url, "id", SECRETS[2]).refresh(SECRETS[1])
    assert_clean(shown(error.value, vars(error.value)))
    assert_clean("".join(traceback.format_exception(error.value)))
    assert_clean(caplog.text)
