"""`manage.py live_check`, tried against the sandbox."""

import pytest
from django.core.management import call_command

from apps.connections import connecting, live, scopes
from apps.sandbox import cast
from tests.cast import REDIRECT, consented


@pytest.fixture
def said(capsys):
    """What the command prints, line by line."""

    def run(*args: str) -> list[str]:
        call_command("live_check", *args)
        return capsys.readouterr().out.splitlines()

    return run


def test_it_settles_what_reading_settles(grant, sandbox, said):
    """One line a question; nothing is written, nobody is named, no limit is met."""
    lines = said("--sandbox")
    assert len(lines) == len(live.questions(grant))
    assert not [line for line in lines if "DIFFERENT" in line]
    text = "\n".join(lines)
    assert "More pages are announced by" in text
    assert "has_more and next_token" in text
    assert not [person for person in sandbox.people() if person["email_id"] in text]
    assert sandbox.journal() == []
    assert {arrival.window.split()[0] for arrival in sandbox.arrivals()} == {"GET"}
    assert not any(arrival.throttled for arrival in sandbox.arrivals())


def test_what_was_not_granted_is_not_asked(grant, sandbox, said):
    grant.scopes = [scope for scope in grant.scopes if scope != "ZohoCliq.Departments.READ"]
    grant.save()
    (line,) = [line for line in said("--sandbox") if "Departments without" in line]
    assert line.endswith("not asked: ZohoCliq.Departments.READ not granted")
    assert sandbox.arrivals("departments.get") == []


def test_a_difference_is_told(grant, sandbox, said):
    sandbox.fault(
        "roles.list", body='{"data":[{"id":"1","profile_type":"Emperor"}]}', content_type="application/json"
    )
    (line,) = [line for line in said("--sandbox") if "Types of roles" in line]
    assert "Emperor" in line
    assert line.endswith("DIFFERENT")


def test_a_refusal_is_an_answer(grant, sandbox, said):
    sandbox.option("zoho_people", True)
    lines = said("--sandbox")
    assert len(lines) == len(live.questions(grant))
    assert any("oauthtoken_scope_invalid" in line and line.endswith("DIFFERENT") for line in lines)


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ("CLIQ_BASE_URL", "Skipped. No Zoho organisation is connected yet."),
        ("ZOHO_CLIENT_ID", "Skipped. ZOHO_CLIENT_ID and ZOHO_CLIENT_SECRET are not set."),
    ],
)
def test_it_is_skipped_without_an_organisation(db, settings, said, missing, sentence):
    settings.CLIQ_BASE_URL = ""
    setattr(settings, missing, "")
    (line,) = said()
    assert line.startswith(sentence)


def test_the_sandbox_settles_nothing(grant, said):
    assert said() == ["Skipped. The portal is set to the sandbox, which settles nothing."]


def test_everything_is_asked_where_everything_was_granted(sandbox, said, settings, monkeypatch):
    """Also what the portal itself has no permission for yet."""
    names = {question.endpoint for question in live.questions(live.Grant(zuid="1", role_id="1"))}
    monkeypatch.setattr(scopes, "USED", tuple(sorted({*scopes.USED, *names})))
    connecting.connect(code=consented(sandbox, cast.ADMIN.email), redirect_uri=REDIRECT)
    lines = said("--sandbox")
    assert not [line for line in lines if "DIFFERENT" in line or "not asked" in line]
