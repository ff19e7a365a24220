"""What a user is doing now: asked for on their page, within Zoho's limit."""

import pytest

from apps.cliq.catalogue import CATALOGUE
from apps.connections.clients import quota
from apps.directory.models import User
from apps.sandbox import cast

LIVE = CATALOGUE["status.of_user"]


def url(user):
    """The fragment."""
    return f"{user.get_absolute_url()}live/"


def spend(calls):
    """Take slots that the next minute counts."""
    gate = quota(cast.ADMIN.zuid)
    for _ in range(calls):
        gate.admit(LIVE, interactive=True, hold=1).release()


def looks(sandbox):
    """How often Zoho was asked."""
    return len(sandbox.arrivals("status.of_user"))


def test_it_works(amelia, auditor_client, sandbox):
    """State, device and words, as Cliq shows them; read only, so everybody may look."""
    page = auditor_client.get(amelia.get_absolute_url()).content.decode()
    assert f'hx-get="{url(amelia)}"' in page
    assert looks(sandbox) == 0
    said = auditor_client.get(url(amelia)).content.decode()
    assert looks(sandbox) == 1
    assert "In a meeting" in said or "Available" in said or "Busy" in said or "Idle" in said
    assert "Look again" in said


def test_words_are_shown_as_they_are(amelia, auditor_client, sandbox):
    """A state nobody knows, and markup in somebody's own words."""
    body = '{"data": {"state": "teleporting", "activity": "web", "text": "<b>தமிழ்</b>"}}'
    sandbox.fault("status.of_user", status=200, body=body, content_type="application/json")
    said = auditor_client.get(url(amelia)).content.decode()
    assert "teleporting</span> on the web" in said
    assert "&lt;b&gt;தமிழ்&lt;/b&gt;" in said


@pytest.mark.parametrize("status", ["inactive", "pending"])
def test_whoever_is_not_active_has_none(synced, auditor_client, sandbox, status):
    user = User.objects.filter(status=status).first()
    said = auditor_client.get(url(user)).content.decode()
    assert "Only active users have a live status." in said
    assert looks(sandbox) == 0


def test_little_room_is_left_to_who_asks(amelia, auditor_client, sandbox):
    """Unasked it takes no call that somebody might need; asked it does."""
    spend(12)
    said = auditor_client.get(url(amelia)).content.decode()
    assert "Zoho’s limit leaves room for few readings now." in said
    assert "Look now" in said
    assert looks(sandbox) == 0
    auditor_client.get(f"{url(amelia)}?now=1")
    assert looks(sandbox) == 1


def test_no_room_at_all_is_said(amelia, auditor_client, sandbox):
    quota(cast.ADMIN.zuid).lock(LIVE)
    said = auditor_client.get(f"{url(amelia)}?now=1").content.decode()
    assert "limit" in said
    assert "Look now" in said
    assert looks(sandbox) == 0


def test_zoho_does_not_say(amelia, auditor_client, sandbox):
    sandbox.fault("status.of_user", status=403, code="operation_not_allowed")
    said = auditor_client.get(url(amelia)).content.decode()
    assert "Zoho does not show the portal what this person is doing." in said
    assert "Look" not in said


def test_an_error_page_is_said(amelia, auditor_client, sandbox):
    sandbox.fault("status.of_user", status=500, body="<html>", content_type="text/html")
    said = auditor_client.get(url(amelia)).content.decode()
    assert 'role="status">' in said
    assert "Look now" in said
