"""A user's picture: sent, told without its bytes, never seen again."""

import base64
import json
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from apps.audit import settling
from apps.audit.models import Event, Operation, Stage
from apps.cliq.catalogue import CATALOGUE
from apps.connections import connecting
from apps.connections.clients import quota
from apps.core.errors import Refused
from apps.directory.services import pictures
from apps.sandbox import cast
from tests.cast import REDIRECT, consented

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 12
JPEG = b"\xff\xd8\xff\xe0" + b"j" * 5000
PAGE = f"/users/{cast.MEMBER.zuid}/picture/"
EMAIL = cast.MEMBER.email


def upload(client, data, name="me.png", **more):
    """What a browser sends."""
    return client.post(PAGE, {"picture": SimpleUploadedFile(name, data), **more})


def last():
    """The newest event about a picture."""
    return json.loads(Event.objects.filter(kind="user.picture_changed").latest("seq").body)


@pytest.mark.parametrize(("data", "told"), [(PNG, "PNG, 3 KB"), (JPEG, "JPEG, 5 KB")])
def test_it_works(amelia, operator_client, sandbox, data, told):
    """Zoho has it; the log says that and what kind, and nothing of the picture itself."""
    assert sandbox.person(EMAIL)["has_image"] == 0
    page = upload(operator_client, data, reason="New badge")
    assert page["Location"] == amelia.get_absolute_url()
    assert sandbox.person(EMAIL)["has_image"] == 1
    body = last()
    assert (body["stage"], body["after"], body["reason"]) == ("done", {"picture": told}, "New badge")
    assert base64.b64encode(data).decode()[:40] not in json.dumps(
        list(Event.objects.values_list("body", flat=True))
    )
    said = operator_client.get(page["Location"]).content.decode()
    assert (
        f"Changed the picture of {amelia.name}. Zoho never shows it to the portal; look at it in Cliq."
        in said
    )


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"GIF89a and more", "This is neither a PNG nor a JPEG picture."),
        (b"<svg onload=alert(1)>", "This is neither a PNG nor a JPEG picture."),
        (PNG + b"\0" * 2 * 1024 * 1024, "This picture is larger than 2 MB: choose a smaller one."),
        (b"", "This file is empty."),
    ],
)
def test_what_is_no_picture_is_not_sent(amelia, operator_client, sandbox, data, said):
    """Said beside the field, whatever the name claims."""
    page = upload(operator_client, data)
    assert page.status_code == 422
    assert page.context["form"].errors["picture"] == [said]
    assert sandbox.journal() == []


def test_without_a_picture(amelia, operator_client):
    page = operator_client.post(PAGE, {})
    assert page.context["form"].errors["picture"] == ["Choose the picture first."]


def test_zoho_refuses(amelia, operator_client, sandbox):
    """Its words, and nothing changed."""
    sandbox.option("edit_others", False)
    page = upload(operator_client, PNG)
    assert page.status_code == 422
    assert "Zoho refused" in page.content.decode()
    assert last()["stage"] == "refused"
    assert sandbox.person(EMAIL)["has_image"] == 0


def test_a_consent_without_pictures(synced, amelia, operator_client, sandbox):
    """The page says what is missing before anything is chosen, and sends nothing."""
    sandbox.option("narrow_scopes", ["Profile.orguserphoto.UPDATE"])
    connecting.connect(code=consented(sandbox, cast.ADMIN.email), redirect_uri=REDIRECT)
    said = (
        "The portal was not given Profile.orguserphoto.UPDATE, so it cannot change pictures. "
        "An Owner can connect the organisation again and grant it."
    )
    assert said in operator_client.get(PAGE).content.decode()
    assert said in upload(operator_client, PNG).content.decode()
    assert sandbox.journal() == []


@pytest.mark.parametrize(("drop", "seen"), [("before", Stage.NOT_DONE), ("after", Stage.DONE)])
def test_a_lost_answer_is_a_persons_to_settle(amelia, owner, operator_client, sandbox, drop, seen):
    """Reading cannot tell: the page says so, the log asks a person, and nothing is sent again meanwhile."""
    sandbox.fault("users.update", drop=drop)
    page = upload(operator_client, PNG)
    said = operator_client.get(page["Location"]).content.decode()
    assert "Zoho never shows a picture to the portal, so reading cannot settle this" in said
    operation = Operation.objects.get(kind="user.picture_changed")
    assert operation.stage == Stage.UNKNOWN
    Operation.objects.update(observe_at=timezone.now())
    assert settling.settle_due() == 0
    operation.refresh_from_db()
    assert operation.observe_at is None
    with pytest.raises(Refused, match="has no answer yet"):
        pictures.change(amelia, data=PNG, actor=owner.actor())
    settling.settle_by_person(operation, settling.Outcome(seen), actor=owner.actor(), reason="Seen in Cliq.")
    assert pictures.change(amelia, data=JPEG, actor=owner.actor())
    assert sandbox.person(EMAIL)["has_image"] == 1


def test_a_full_window_is_said(amelia, operator_client, sandbox):
    """Nothing is written down, nothing sent."""
    quota(cast.ADMIN.zuid).lock(CATALOGUE["users.update"])
    page = upload(operator_client, PNG)
    assert "Zoho's limit leaves no room for this change now" in unescape(page.content.decode())
    assert not Operation.objects.exists()
    assert sandbox.journal() == []


def test_who_may_not(amelia, auditor_client):
    assert upload(auditor_client, PNG).status_code == 403
    assert "Change picture" not in auditor_client.get(amelia.get_absolute_url()).content.decode()
