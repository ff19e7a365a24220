"""`users.update`."""

import json

import pytest

from apps.cliq.errors import NotAllowed
from apps.core.errors import OutcomeUnknown
from apps.sandbox import cast
from tests.cliq.servers import reply


def test_it_works(cliq, zoho):
    user = cliq.users.update(cast.MEMBER.zuid, display_name="Amelie", country="FR")
    assert (user.id, user.display_name) == (cast.MEMBER.zuid, "Amelie")
    assert user.custom_attributes
    assert zoho.person(cast.MEMBER.email)["display_name"] == "Amelie"
    assert [(entry.operation, entry.key) for entry in zoho.journal()] == [("users.update", cast.MEMBER.zuid)]


def test_the_body_is_flat(against):
    sent = []

    def script(connection, request):
        sent.append(request)
        reply({"data": {"id": "7"}, "custom_attributes": {"workshift": "Night"}})(connection, request)

    user = against(script).users.update("7", display_name="A", workshift="Night")
    head, _, body = sent[0].partition(b"\r\n\r\n")
    assert head.startswith(b"PUT /api/v2/users/7 HTTP")
    assert json.loads(body) == {"display_name": "A", "workshift": "Night"}
    assert user.custom_attributes == {"workshift": "Night"}


@pytest.mark.parametrize(
    "fields", [{"email_id": "x@y.z"}, {"channel_ids": ["1"]}, {"team_ids": ["1"], "first_name": "A"}, {}]
)
def test_it_rejects_what_it_does_not_know(cliq, zoho, fields):
    with pytest.raises(ValueError, match=r"users\.update does not take"):
        cliq.users.update(cast.MEMBER.zuid, **fields)
    assert zoho.arrivals("users.update") == []


def test_a_refusal_is_a_sentence(cliq, zoho):
    zoho.option("edit_others", False)
    with pytest.raises(NotAllowed) as refused:
        cliq.users.update(cast.MEMBER.zuid, display_name="A")
    assert refused.value.sentence == (
        "Zoho refused: this profile may not be changed by the account that connects the portal, "
        "or the person is not a member of the organisation."
    )
    assert refused.value.answer["code"] == "operation_not_allowed"


@pytest.mark.parametrize("shape", ["code", "nested", "error"])
def test_every_shape_of_error_is_read(cliq, zoho, shape):
    zoho.option("edit_others", False)
    zoho.option("error_shape", shape)
    with pytest.raises(NotAllowed) as refused:
        cliq.users.update(cast.MEMBER.zuid, display_name="A")
    assert refused.value.code == "operation_not_allowed"


def test_an_error_page_after_the_change_is_unknown(cliq, zoho):
    zoho.fault("users.update", drop="after", status=502, body="<html>Bad gateway</html>")
    with pytest.raises(OutcomeUnknown):
        cliq.users.update(cast.MEMBER.zuid, display_name="A")
    assert len(zoho.journal()) == 1
