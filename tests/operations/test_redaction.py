"""Secrets never reach a log line, whatever they are wrapped in."""

import io
import json
import logging

import pytest
import structlog

from apps.core.redaction import QUERY_ONLY, REDACTED, SECRET_NAMES, redact, redact_text
from portal.logs import configure_logging, renderers

TOKEN = "1000.0123456789abcdef0123456789abcdef.fedcba9876543210fedcba9876543210"


@pytest.mark.parametrize(
    "text",
    [
        f"Authorization: Zoho-oauthtoken {TOKEN}",
        f"authorization='Bearer {TOKEN}'",
        f"the token {TOKEN} was rejected",
        f"GET /accounts/zoho/login/callback/?code={TOKEN}&state=abc",
        f"https://accounts.zoho.eu/oauth/v2/token?refresh_token={TOKEN}&grant_type=refresh_token",
        f"{{'access_token': '{TOKEN}'}}",
        f'{{"refresh_token":"{TOKEN}"}}',
        f"client_secret={TOKEN}",
        f"Cookie: portal_session={TOKEN}; theme=dark",
        f"redis://portal:{TOKEN}@redis.internal:6379/0",
        f"/sign-in?next=%2Fconnection%2Fcallback%2F%3Fcode%3D{TOKEN}%26state%3Dabc",
    ],
)
def test_text_loses_its_secret(text):
    """By name and by look, in headers, addresses, JSON and Python's own notation."""
    assert TOKEN not in redact_text(text)
    assert REDACTED in redact_text(text)


@pytest.mark.parametrize(
    "text",
    [
        "error code: invalid_code",
        "GET /directory/users/?search=code&page=2",
        "department 1901318000001424001 was renamed to Token Ring",
        "olivia.palmer@zylker.com signed in from 10.0.0.7",
    ],
)
def test_harmless_text_is_left_alone(text):
    """A log that hides everything is no log."""
    assert redact_text(text) == text


@pytest.mark.parametrize("name", sorted(SECRET_NAMES - QUERY_ONLY))
def test_every_name_is_found_in_text(name):
    """In any case, with dashes or underscores."""
    assert redact_text(f"{name}={TOKEN[:20]}x") == f"{name}={REDACTED}"
    assert TOKEN[:20] not in redact_text(f"{name.upper().replace('_', '-')}: {TOKEN[:20]}x")


def test_containers_are_searched_to_the_bottom():
    """Names decide however deep they stand, and the original stays as it was."""
    answer = {"reply": [{"headers": {"Set-Cookie": "a=b"}, "access_token": "x", "expires_in": 3600}]}
    assert redact(answer) == {
        "reply": [{"headers": {"Set-Cookie": REDACTED}, "access_token": REDACTED, "expires_in": 3600}]
    }
    assert answer["reply"][0]["access_token"] == "x"


def test_a_status_code_is_no_secret():
    """`code` is secret as the code of a grant, not as the number of a reply."""
    assert redact({"code": 404}) == {"code": 404}
    assert redact({"code": "1000.abc"}) == {"code": REDACTED}


def lines(readable: bool, act) -> str:
    """Return what the portal's formatter makes of the log events that `act` writes."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(processors=renderers(readable)))
    logger = logging.getLogger("tests.redaction")
    logger.addHandler(handler)
    try:
        act(logger)
    finally:
        logger.removeHandler(handler)
    return stream.getvalue()


@pytest.mark.parametrize("readable", [True, False])
def test_both_formats_redact_messages_arguments_and_tracebacks(readable):
    """Also what the standard library logs, and what an exception says."""

    def act(logger: logging.Logger) -> None:
        logger.warning("answer %s", {"access_token": TOKEN})
        structlog.wrap_logger(logger, wrapper_class=structlog.stdlib.BoundLogger)
        try:
            raise ValueError(f"refused: Zoho-oauthtoken {TOKEN}")
        except ValueError:
            logger.exception("call_failed")

    written = lines(readable, act)
    assert "call_failed" in written
    assert "ValueError" in written
    assert TOKEN not in written


def test_structlog_events_are_json_lines_on_stderr(capsys):
    """One object a line, with the event's own fields, the logger and the time."""
    configure_logging("INFO", readable=False)
    structlog.contextvars.clear_contextvars()
    structlog.get_logger("tests.operations").info("grant_renewed", access_token=TOKEN, user="631830846")
    line = json.loads(capsys.readouterr().err.splitlines()[-1])
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "grant_renewed",
        "access_token": REDACTED,
        "user": "631830846",
        "logger": "tests.operations",
        "level": "info",
    }


def test_a_quiet_level_does_not_silence_the_logs_heads(capfd):
    """Without them nobody could prove that the log was not cut off at its end."""
    configure_logging("ERROR", readable=False)
    try:
        structlog.get_logger("audit").info("audit.head", seq=7, mac="ab" * 32)
        structlog.get_logger("apps.jobs").info("job.quiet")
    finally:
        configure_logging("INFO", readable=False)
    said = capfd.readouterr().err
    assert '"audit.head"' in said
    assert "job.quiet" not in said
