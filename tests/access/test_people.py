"""Moving people between roles."""

import pytest
from django.utils import timezone

from apps.access.models import Role, RoleMember
from apps.access.services import people
from apps.audit import settling
from apps.audit.models import Event, Operation, Stage
from apps.core.errors import NothingToChange, OutcomeUnknown, Refused
from apps.directory.models import User
from apps.sandbox import cast
from tests.access.conftest import last

AMELIA, OLIVIA, SCOTT = cast.MEMBER.zuid, cast.ADMIN.zuid, cast.SECOND_ADMIN.zuid


def test_assigning_moves(interns, members, owner, sandbox):
    """One call for both; each person's own history says from where to where."""
    other = User.objects.exclude(cliq_id__in=[AMELIA, OLIVIA, SCOTT]).filter(
        cliq_id__in=RoleMember.objects.filter(role=members).values("user_id")
    )[0]
    people.add(interns, [AMELIA, other.cliq_id, AMELIA], actor=owner.actor(), reason="Season begins")
    assert sorted(entry.key for entry in sandbox.journal()) == sorted(
        f"{interns.cliq_id}/{one}" for one in (AMELIA, other.cliq_id)
    )
    assert len(sandbox.arrivals("roles.add_users")) == 1
    told = list(Event.objects.filter(kind="role.user_added", subject_id=AMELIA, stage=Stage.DONE))
    assert len(told) == 1
    assert '"role":"Members"' in told[0].body.replace(": ", ":")
    assert RoleMember.objects.get(user_id=AMELIA).role == interns
    interns.refresh_from_db()
    assert interns.members_count == interns.members.count()


def test_who_is_there_already_is_not_sent(interns, owner, sandbox):
    """Judged by what Zoho says now, not by the mirror."""
    sandbox.set_role(cast.MEMBER.email, "Interns")
    with pytest.raises(NothingToChange, match="They are in Interns already"):
        people.add(interns, [AMELIA], actor=owner.actor())
    assert sandbox.journal() == []


def test_removing_makes_members(interns, members, owner, sandbox):
    sandbox.set_role(cast.MEMBER.email, "Interns")
    people.remove(interns, [AMELIA], actor=owner.actor(), reason="Season is over")
    assert RoleMember.objects.get(user_id=AMELIA).role == members
    assert last("role.user_removed")["after"]["role"] == "Members"


def test_one_organisation_admin_may_leave_but_not_the_last(interns, admins, owner, sandbox):
    """Judged by reading immediately before: the mirror still believes in two."""
    people.add(interns, [SCOTT], actor=owner.actor())
    Role.objects.filter(pk=admins.pk).update(members_read_at=timezone.now())
    with pytest.raises(Refused, match="This would take the last organisation admin out of their role"):
        people.add(interns, [OLIVIA], actor=owner.actor())
    with pytest.raises(Refused, match="last organisation admin"):
        people.remove(admins, [OLIVIA], actor=owner.actor())
    assert len(sandbox.journal()) == 1


def test_the_last_admin_is_judged_by_zoho_not_the_mirror(interns, admins, owner, sandbox):
    """Somebody else has taken the second admin's role away a moment ago."""
    sandbox.set_role(cast.SECOND_ADMIN.email, "Members")
    assert admins.members_count == 2
    with pytest.raises(Refused, match="last organisation admin"):
        people.add(interns, [OLIVIA], actor=owner.actor())
    assert sandbox.journal() == []


def test_an_admin_who_cannot_sign_in_does_not_count(interns, admins, owner, sandbox):
    User.objects.filter(cliq_id=SCOTT).update(status="inactive")
    with pytest.raises(Refused, match="last organisation admin"):
        people.add(interns, [OLIVIA], actor=owner.actor())


def test_two_admins_cannot_leave_together(interns, owner, sandbox):
    with pytest.raises(Refused, match="last organisation admin"):
        people.add(interns, [OLIVIA, SCOTT], actor=owner.actor())
    assert sandbox.journal() == []


def test_the_portals_own_account_keeps_its_role(interns, owner, sandbox):
    """Without it Zoho would answer the portal nothing any more."""
    with pytest.raises(Refused, match="Olivia Palmer holds the portal's connection to Zoho"):
        people.add(interns, [OLIVIA], actor=owner.actor())
    assert sandbox.journal() == []


def test_only_an_owner_moves_admins(interns, admins, manager, sandbox):
    """Neither in nor out; also where the mirror does not know yet that somebody became one."""
    with pytest.raises(Refused, match="Only an Owner of the portal may put people into Admin"):
        people.add(admins, [AMELIA], actor=manager.actor())
    sandbox.set_role(cast.MEMBER.email, "Cliq Admin")
    with pytest.raises(Refused, match="Only an Owner of the portal may take people out of Cliq Admin"):
        people.add(interns, [AMELIA], actor=manager.actor())
    assert sandbox.journal() == []


def test_an_administrator_moves_members(interns, manager, sandbox):
    assert people.add(interns, [AMELIA], actor=manager.actor()).number == 1


def test_a_move_whose_answer_was_lost_is_settled_by_reading(interns, owner, sandbox):
    sandbox.fault("roles.add_users", drop="after")
    with pytest.raises(OutcomeUnknown):
        people.add(interns, [AMELIA], actor=owner.actor())
    with pytest.raises(Refused, match="no answer yet"):
        people.add(interns, [AMELIA], actor=owner.actor())
    Operation.objects.filter(stage=Stage.UNKNOWN).update(observe_at=timezone.now())
    settling.settle_due()
    assert Operation.objects.get(kind="role.user_added").stage == Stage.DONE
    assert RoleMember.objects.get(user_id=AMELIA).role == interns


def test_at_most_a_hundred(interns, owner, sandbox):
    with pytest.raises(Refused, match="At most 100 people can be moved at once; 101 were chosen"):
        people.add(interns, [str(number) for number in range(101)], actor=owner.actor())


def test_choosing_by_search_and_by_addresses(interns, owner_client):
    """The present role stands beside each; an address nobody has is named."""
    url = f"/roles/{interns.cliq_id}/people/choose/"
    page = owner_client.get(url, {"q": "burrows"}).content.decode()
    assert "Amelia Burrows" in page
    assert "<span>Members</span>" in page
    pasted = owner_client.get(url, {"q": f"{cast.MEMBER.email}, nobody@zylker.com"}).content.decode()
    assert "Amelia Burrows" in pasted
    assert "Nobody has the address nobody@zylker.com." in pasted


def test_moving_in_the_browser(interns, owner_client, sandbox):
    """The question names who leaves what; then a sentence and the list."""
    url = f"/roles/{interns.cliq_id}/people/move/?user={AMELIA}"
    page = owner_client.get(url).content.decode()
    assert f"Amelia Burrows ({cast.MEMBER.email}) leaves “Members” for “Interns”." in page
    assert "Move 1 person" in page
    answer = owner_client.post(url, {"reason": ""})
    assert answer.url == f"/roles/{interns.cliq_id}/people/"
    assert "Moved 1 person to Interns." in owner_client.get(answer.url).content.decode()
    out = f"/roles/{interns.cliq_id}/people/remove/?user={AMELIA}"
    assert "leaves “Interns” for “Members”" in owner_client.get(out).content.decode()
    assert owner_client.post(out, {"reason": ""}).status_code == 302
    assert RoleMember.objects.get(user_id=AMELIA).role.name == "Members"


def test_moving_the_connection_away_is_said(interns, owner_client):
    page = owner_client.get(f"/roles/{interns.cliq_id}/people/move/?user={OLIVIA}").content.decode()
    assert "is the account that connects the portal" in page


def test_the_pages_of_an_admin_role_are_the_owners(admins, manager_client, owner_client):
    for what in ("edit", "delete", "people/choose", "people/move", "people/remove"):
        url = f"/roles/{admins.cliq_id}/{what}/"
        assert manager_client.get(url).status_code == 403, url
    assert owner_client.get(f"/roles/{admins.cliq_id}/people/choose/").status_code == 200
    assert manager_client.post(f"/roles/{admins.cliq_id}/permissions/", {}).status_code == 403
    assert Event.objects.filter(kind="permission.refused").count() == 6
