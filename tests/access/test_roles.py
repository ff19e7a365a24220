"""Creating, renaming, deleting a role: what is sent, told, refused and settled."""

import pytest
from django.utils import timezone

from apps.access.models import Role, RoleMember
from apps.access.services import roles
from apps.audit import settling
from apps.audit.models import Event, Operation, Stage
from apps.cliq.catalogue import CATALOGUE
from apps.connections.clients import quota
from apps.core.errors import ChangedElsewhere, NothingToChange, OutcomeUnknown, QuotaWait, Refused
from apps.sandbox import cast
from tests.access.conftest import last


def make(owner, name="Marketing", **given):
    return roles.create(name=name, profile_type="Members", actor=owner.actor(), **given)


def settle() -> None:
    """Read what is open now, not in twenty seconds."""
    Operation.objects.filter(stage=Stage.UNKNOWN).update(observe_at=timezone.now())
    settling.settle_due()


def test_creating_copies_permissions(interns, owner, sandbox):
    """The reply is mirrored; the log knows the id under which Zoho keeps it."""
    result = make(owner, description="Role for Marketing members", clone=interns)
    assert [(entry.operation, entry.key) for entry in sandbox.journal()] == [
        ("roles.create", result.role.cliq_id)
    ]
    assert last("role.created")["after"] == {
        "name": "Marketing",
        "profile_type": "Members",
        "description": "Role for Marketing members",
        "permissions_of": "Interns",
    }
    assert result.role.description == "Role for Marketing members"


def test_a_name_twice_is_refused_before_it_is_sent(interns, owner, sandbox):
    with pytest.raises(Refused, match=r"^A role of this name exists already\.$") as refused:
        make(owner, name=" interns ")
    assert refused.value.field == "name"
    assert sandbox.journal() == []


def test_an_admin_role_is_an_owners_to_make_and_to_copy(admins, manager, sandbox):
    with pytest.raises(Refused, match="Only an Owner of the portal may make a role of the type Cliq Admin"):
        roles.create(name="Deputies", profile_type="Cliq Admin", actor=manager.actor())
    with pytest.raises(Refused, match="Only an Owner of the portal may copy the permissions of Admin"):
        make(manager, clone=admins)
    assert not Event.objects.filter(kind="role.created").exists()


def test_a_creation_whose_answer_was_lost_is_settled_by_reading(read, owner, sandbox):
    """Never sent again blindly; found by its name, with the id that Zoho gave."""
    sandbox.fault("roles.create", drop="after")
    with pytest.raises(OutcomeUnknown):
        make(owner)
    with pytest.raises(Refused, match="asked for a moment ago"):
        make(owner)
    settle()
    assert Operation.objects.get(kind="role.created").stage == Stage.DONE
    assert Role.objects.get(name="Marketing").profile_type == "Members"
    assert len(sandbox.journal()) == 1


def test_a_creation_that_never_happened_is_settled_by_two_readings(read, owner, sandbox):
    sandbox.fault("roles.create", status=500, body="<html>")
    with pytest.raises(OutcomeUnknown):
        make(owner)
    settle()
    assert Operation.objects.get(kind="role.created").stage == Stage.UNKNOWN
    settle()
    assert Operation.objects.get(kind="role.created").stage == Stage.NOT_DONE


def test_renaming_sends_only_what_changed(interns, owner, sandbox):
    shown = {"name": "Interns", "description": interns.description}
    result = roles.update(
        interns,
        name="Trainees",
        description=interns.description,
        shown=shown,
        actor=owner.actor(),
        reason="Asked by HR",
    )
    assert result.changed == ["name"]
    told = last("role.updated")
    assert (told["before"], told["after"], told["reason"]) == (
        {"name": "Interns"},
        {"name": "Trainees"},
        "Asked by HR",
    )
    assert Role.objects.get(pk=interns.pk).name_key == "trainees"


def test_renaming_returns_early(interns, owner, sandbox):
    with pytest.raises(NothingToChange, match=r"^Interns is so already; nothing was sent to Zoho\.$"):
        roles.update(
            interns,
            name="Interns",
            description=interns.description,
            shown={"name": "Old", "description": interns.description},
            actor=owner.actor(),
        )
    assert sandbox.journal() == []


def test_renaming_what_changed_elsewhere(interns, owner, sandbox):
    with pytest.raises(ChangedElsewhere) as elsewhere:
        roles.update(
            interns, name="New", description="", shown={"name": "Old", "description": ""}, actor=owner.actor()
        )
    assert elsewhere.value.fields == {"name": "Interns"}
    assert sandbox.journal() == []


def test_a_full_window_is_found_out_before_the_intent(interns, owner, sandbox):
    quota(cast.ADMIN.zuid).lock(CATALOGUE["roles.update"])
    with pytest.raises(QuotaWait):
        roles.update(
            interns,
            name="New",
            description=interns.description,
            shown={"name": "Interns", "description": interns.description},
            actor=owner.actor(),
        )
    assert not Event.objects.filter(kind="role.updated").exists()


def test_default_roles_can_be_neither_renamed_nor_deleted(members, owner, sandbox):
    with pytest.raises(Refused, match="came with Cliq"):
        roles.update(members, name="All", description="", shown={"name": "Members"}, actor=owner.actor())
    with pytest.raises(Refused, match="came with Cliq"):
        roles.delete(members, actor=owner.actor(), reason="No")
    assert sandbox.journal() == []


def test_deleting_moves_its_people_to_members(interns, members, owner, sandbox):
    sandbox.set_role(cast.MEMBER.email, "Interns")
    roles.delete(interns, actor=owner.actor(), reason="Season is over")
    told = last("role.deleted")
    assert cast.MEMBER.zuid in told["before"]["people_ids"]
    assert told["after"] == {"people_move_to": "Members"}
    assert RoleMember.objects.get(user_id=cast.MEMBER.zuid).role == members
    assert Role.objects.get(pk=interns.pk).gone_at is not None


def test_a_deletion_whose_answer_was_lost_is_settled_by_reading(interns, members, owner, sandbox):
    sandbox.fault("roles.delete", drop="after")
    with pytest.raises(OutcomeUnknown):
        roles.delete(interns, actor=owner.actor(), reason="Season is over")
    with pytest.raises(Refused, match="no answer yet"):
        roles.delete(interns, actor=owner.actor(), reason="Season is over")
    settle()
    assert Operation.objects.get(kind="role.deleted").stage == Stage.DONE
    assert Role.objects.get(pk=interns.pk).gone_at is not None


def test_a_refusal_is_told(interns, owner, sandbox):
    """Zoho's own words, and an event that says refused."""
    sandbox.fault("roles.update", status=403, code="operation_not_allowed")
    with pytest.raises(Refused, match="this role, or one of the permissions"):
        roles.update(
            interns,
            name="New",
            description=interns.description,
            shown={"name": "Interns", "description": interns.description},
            actor=owner.actor(),
        )
    assert last("role.updated")["stage"] == Stage.REFUSED
    assert Role.objects.get(pk=interns.pk).name == "Interns"
