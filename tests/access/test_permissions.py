"""What a role may do: one call for one save, with only what changes."""

import json

import pytest
from django.utils import timezone

from apps.access import cells
from apps.access.models import Role
from apps.access.services import permissions, reading
from apps.audit import settling
from apps.audit.models import Event, Operation, Stage
from apps.connections.clients import client
from apps.core.errors import ChangedElsewhere, NothingToChange, OutcomeUnknown, Refused
from tests.access.conftest import last

BOTS, CREATE = "bots", "bots/create"
REPLY_TIME = "direct_message#profile_based_restricted_reply_time_frame"


def shown(role):
    return cells.values(role.permissions)


def save(role, person, /, **given):
    wanted = given.pop("wanted")
    return permissions.update(
        role, wanted, shown=given.pop("saw", shown(role)), actor=person.actor(), **given
    )


def test_one_call_with_only_what_changes(interns, owner, sandbox):
    """Status, action and configuration together."""
    saved = save(
        interns,
        owner,
        wanted={**shown(interns), BOTS: "disabled", CREATE: "disabled", REPLY_TIME: "86400000"},
        reason="Asked by security",
    )
    assert saved.number == 3
    assert len(sandbox.arrivals("roles.update_permissions")) == 1
    told = last("role.permissions_changed")
    assert told["before"] == {BOTS: "enabled", CREATE: "enabled", REPLY_TIME: ""}
    assert told["after"] == {BOTS: "disabled", CREATE: "disabled", REPLY_TIME: "86400000"}
    mirrored = shown(Role.objects.get(pk=interns.pk))
    assert [mirrored[key] for key in (BOTS, CREATE, REPLY_TIME)] == ["disabled", "disabled", "86400000"]


def test_the_body_is_what_the_reference_says(interns):
    """Module with status; module with action and status; module with configs, numbers as numbers."""
    known = cells.cells(interns.permissions)
    assert cells.wire({BOTS: "disabled", CREATE: "enabled", REPLY_TIME: "86400000"}, known) == [
        {"module": "bots", "status": "disabled"},
        {"module": "bots", "action": "create", "status": "enabled"},
        {
            "module": "direct_message",
            "configs": [{"name": "profile_based_restricted_reply_time_frame", "value": 86400000}],
        },
    ]


def test_what_zoho_has_afterwards_is_what_the_mirror_says(interns, owner, sandbox):
    save(interns, owner, wanted={BOTS: "disabled", REPLY_TIME: "86400000"})
    before = shown(Role.objects.get(pk=interns.pk))
    reading.permissions(interns, client(interactive=True))
    assert shown(interns) == before
    assert not Event.objects.filter(kind="role.seen").exists()


def test_it_returns_early(interns, owner, sandbox):
    with pytest.raises(NothingToChange, match="Interns is so already"):
        save(interns, owner, wanted={BOTS: "enabled"}, saw={BOTS: "disabled"})
    assert sandbox.journal() == []


def test_what_changed_elsewhere_is_shown_before_it_is_overwritten(interns, owner, sandbox):
    """Saving again with what was shown then is a decision."""
    save(interns, owner, wanted={BOTS: "disabled"})
    with pytest.raises(ChangedElsewhere) as elsewhere:
        save(interns, owner, wanted={BOTS: "limited"}, saw={BOTS: "enabled"})
    assert elsewhere.value.fields == {BOTS: "disabled"}
    assert save(interns, owner, wanted={BOTS: "enabled"}, saw={BOTS: "disabled"}).number == 1


def test_admin_roles_and_admin_modules_are_the_owners(interns, admins, manager, sandbox):
    with pytest.raises(Refused, match="Only an Owner of the portal may change what an admin role may do"):
        save(admins, manager, wanted={BOTS: "disabled"})
    with pytest.raises(Refused, match="belongs to an admin module"):
        save(interns, manager, wanted={"sso": "enabled"})
    assert save(interns, manager, wanted={BOTS: "disabled"}).number == 1


def test_what_zoho_never_takes_is_not_sent(admins, owner, sandbox):
    with pytest.raises(Refused, match="Zoho takes no change of “Users: View”"):
        save(admins, owner, wanted={"users/get": "disabled"})
    assert sandbox.journal() == []


def test_a_refusal_changes_nothing(interns, owner, sandbox):
    """Zoho refuses an admin module for a role of members: the sentence, and a refused event."""
    with pytest.raises(Refused, match="one of the permissions asked for, may not be changed"):
        save(interns, owner, wanted={"sso": "enabled", BOTS: "disabled"})
    assert last("role.permissions_changed")["stage"] == Stage.REFUSED
    assert shown(Role.objects.get(pk=interns.pk))[BOTS] == "enabled"


def test_a_save_whose_answer_was_lost_is_settled_by_reading(interns, owner, sandbox):
    sandbox.fault("roles.update_permissions", drop="after")
    with pytest.raises(OutcomeUnknown):
        save(interns, owner, wanted={BOTS: "disabled"})
    with pytest.raises(Refused, match="no answer yet"):
        save(interns, owner, wanted={CREATE: "disabled"})
    Operation.objects.filter(stage=Stage.UNKNOWN).update(observe_at=timezone.now())
    settling.settle_due()
    assert Operation.objects.get(kind="role.permissions_changed").stage == Stage.DONE
    assert shown(Role.objects.get(pk=interns.pk))[BOTS] == "disabled"


def test_a_save_that_never_arrived_is_settled_by_reading(interns, owner, sandbox):
    sandbox.fault("roles.update_permissions", drop="before")
    with pytest.raises(OutcomeUnknown):
        save(interns, owner, wanted={BOTS: "disabled"})
    Operation.objects.filter(stage=Stage.UNKNOWN).update(observe_at=timezone.now())
    settling.settle_due()
    assert Operation.objects.get(kind="role.permissions_changed").stage == Stage.NOT_DONE
    assert shown(Role.objects.get(pk=interns.pk))[BOTS] == "enabled"


def test_the_page_carries_all_of_it(admins, owner_client):
    """All 143 modules of the real reply, each in a group, admin modules marked."""
    page = owner_client.get(f"/roles/{admins.cliq_id}/permissions/").content.decode()
    assert page.count("<tr data-search=") == 143
    assert page.count('<span class="matrix-admin">admin</span>') == 40
    assert 'name="p:bots/create"' in page
    assert 'name="p:users/get"' not in page


def test_a_module_nobody_has_heard_of_is_on_the_page(interns, owner_client):
    """With a status and an action of words the portal does not know."""
    known = {
        **interns.permissions,
        "hologram_calls": {"status": "limited", "actions": {"beam_up": "enabled"}, "configs": []},
    }
    Role.objects.filter(pk=interns.pk).update(permissions=known)
    page = owner_client.get(f"/roles/{interns.cliq_id}/permissions/?q=hologram").content.decode()
    assert "Hologram calls" in page
    assert "Beam up" in page
    assert '<option value="limited" selected>limited</option>' in page
    assert page.count("<tr data-search=") == 1


def test_who_may_not_change_gets_no_control(interns, admins, manager_client, auditor_client):
    assert "<select" not in auditor_client.get(f"/roles/{interns.cliq_id}/permissions/").content.decode()
    page = manager_client.get(f"/roles/{interns.cliq_id}/permissions/").content.decode()
    assert 'name="p:bots"' in page
    assert 'name="p:sso"' not in page
    assert "only an Owner" in manager_client.get(f"/roles/{admins.cliq_id}/permissions/").content.decode()


def test_from_the_matrix_over_the_review_to_the_event(interns, owner_client, sandbox):
    """As a plain form, without script."""
    url = f"/roles/{interns.cliq_id}/permissions/"
    saw = json.dumps(shown(interns))
    form = {f"p:{key}": value for key, value in shown(interns).items()}
    review = owner_client.post(url, {**form, "p:bots/create": "disabled", "shown": saw, "step": "review"})
    page = review.content.decode()
    assert "Bots: Create" in page
    assert "Save 1 change" in page
    assert sandbox.journal() == []
    wanted, then = review.context["wanted"], review.context["shown"]
    assert json.loads(wanted) == {CREATE: "disabled"}
    back = owner_client.post(url, {"wanted": wanted, "shown": then, "step": "edit"}).content.decode()
    assert '<input type="hidden" name="initial-p:bots/create" value="enabled">' in back
    answer = owner_client.post(url, {"wanted": wanted, "shown": then, "step": "save", "reason": "Quiet"})
    assert answer.url == url
    page = owner_client.get(url).content.decode()
    assert "Saved 1 change of the permissions of Interns." in page
    assert last("role.permissions_changed")["reason"] == "Quiet"


def test_the_review_shows_what_somebody_else_changed(interns, owner, owner_client, sandbox):
    """What both changed, and what only they did."""
    url = f"/roles/{interns.cliq_id}/permissions/"
    saw = shown(interns)
    save(interns, owner, wanted={BOTS: "disabled", "commands": "disabled"})
    form = {"p:bots": "enabled", "shown": json.dumps({**saw, BOTS: "limited"}), "step": "review"}
    page = owner_client.post(url, form).content.decode()
    assert "Somebody changed this meanwhile" in page
    assert "Changed in Zoho meanwhile, and left as it is" in page
    assert "Commands" in page


def test_a_wrong_value_is_said(interns, owner_client, sandbox):
    url = f"/roles/{interns.cliq_id}/permissions/"
    answer = owner_client.post(
        url, {f"p:{REPLY_TIME}": "soon", "shown": json.dumps(shown(interns)), "step": "review"}
    )
    assert answer.status_code == 422
    assert "Enter a whole number." in answer.content.decode()


def test_the_page_notices_what_changed_since(interns, owner_client, sandbox):
    """The fragment reads again and says so."""
    url = f"/roles/{interns.cliq_id}/permissions/fresh/"
    assert "nothing has changed" in owner_client.get(url).content.decode()
    known = interns.permissions
    known["bots"]["status"] = "limited"
    Role.objects.filter(pk=interns.pk).update(permissions=known)
    page = owner_client.get(url).content.decode()
    assert "1 permission has changed in Zoho" in page


def test_compare_shows_only_differences(interns, members, owner, owner_client, sandbox):
    url = f"/roles/compare/?a={interns.cliq_id}&b={members.cliq_id}"
    page = owner_client.get(url)
    before = page.context.get("number", 0)
    save(interns, owner, wanted={"whiteboard_in_calls": "disabled"})
    page = owner_client.get(url)
    assert page.context["number"] == before + 1
    assert "Whiteboard in calls" in page.content.decode()
    assert "Web app" not in page.content.decode()


def test_who_can(interns, owner, owner_client, sandbox):
    """Module and action both on; people counted."""
    before = owner_client.get("/roles/who/?what=bots/create").context["people"]
    assert before == 40
    save(interns, owner, wanted={BOTS: "disabled"})
    page = owner_client.get("/roles/who/?what=bots/create")
    assert page.context["people"] == before - Role.objects.get(pk=interns.pk).members_count
    assert "Interns" in [each.role.name for each in page.context["unable"]]
