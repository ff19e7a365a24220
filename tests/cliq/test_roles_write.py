"""`cliq.roles`, permissions and writing, with the shapes of the reference. v2-rest-api.txt:912–1013."""

import pytest

from apps.core.errors import VendorFailure
from tests.cliq.exchange import answering

ROLE = {
    "data": {
        "name": "Marketing",
        "id": 42405000000224001,
        "profile_type": "Cliq Admin",
        "is_default": "false",
        "is_custom_admin": True,
    }
}
PERMISSIONS = {
    "group_audio_call": {"is_admin_module": False, "status": "enabled", "actions": {"start": "enabled"}},
    "direct_message": {
        "is_admin_module": "false",
        "status": "disabled",
        "configs": [{"name": "reply_time", "label": "Time", "type": "long", "value": {"a": "345600000"}}],
    },
}


def test_create(against):
    script, sent = answering(ROLE)
    role = against(script).roles.create(name="Marketing", profile_type="Cliq Admin", clone_id="4240")
    assert (role.id, role.is_default, role.is_custom_admin) == ("42405000000224001", False, True)
    assert (sent[0].what, sent[0].body) == (
        "POST /api/v2/profiles",
        {"name": "Marketing", "profile_type": "Cliq Admin", "clone_id": "4240"},
    )


def test_it_rejects_an_unknown_type(against):
    script, sent = answering(ROLE)
    with pytest.raises(ValueError, match="Owner is no type of role"):
        against(script).roles.create(name="Marketing", profile_type="Owner")
    assert sent == []


def test_update(against):
    script, sent = answering(status=204)
    against(script).roles.update("42", description="For leaders")
    assert (sent[0].what, sent[0].body) == ("PUT /api/v2/profiles/42", {"description": "For leaders"})


def test_delete(against):
    script, sent = answering(status=204)
    against(script).roles.delete("42")
    assert sent[0].what == "DELETE /api/v2/profiles/42"


@pytest.mark.parametrize("answer", [PERMISSIONS, [PERMISSIONS], {"data": PERMISSIONS}])
def test_permissions(against, answer):
    script, sent = answering(answer)
    found = against(script).roles.permissions("42")
    assert list(found) == ["group_audio_call", "direct_message"]
    assert (found["group_audio_call"].status, found["group_audio_call"].actions) == (
        "enabled",
        {"start": "enabled"},
    )
    config = found["direct_message"].configs[0]
    assert (config.name, config.type, config.value) == ("reply_time", "long", {"a": "345600000"})
    assert sent[0].what == "GET /api/v2/profiles/42/permissions"


def test_permissions_that_are_none(against):
    script, _ = answering([])
    with pytest.raises(VendorFailure):
        against(script).roles.permissions("42")


def test_update_permissions(against):
    script, sent = answering(status=204)
    changes = [
        {"module": "organisation_member", "action": "attachments", "status": "disabled"},
        {"module": "direct_message", "configs": [{"name": "reply_time", "value": 345600000}]},
    ]
    against(script).roles.update_permissions("42", changes)
    assert (sent[0].what, sent[0].body) == ("PUT /api/v2/profiles/42/permissions", {"list": changes})


def test_no_change_is_not_sent(against):
    script, sent = answering(status=204)
    with pytest.raises(ValueError, match="does not take nothing"):
        against(script).roles.update_permissions("42", [])
    assert sent == []


@pytest.mark.parametrize(("act", "method"), [("add_users", "POST"), ("remove_users", "DELETE")])
def test_users(against, act, method):
    script, sent = answering(status=204)
    getattr(against(script).roles, act)("42", ["69597662"])
    assert (sent[0].what, sent[0].body) == (
        f"{method} /api/v2/profiles/42/users",
        {"user_ids": ["69597662"]},
    )
