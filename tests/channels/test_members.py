"""Who is in a channel: adding, removing, roles; a hundred people a call."""

import pytest
from django.utils import timezone

from apps.audit import settling
from apps.audit.models import Operation, Stage
from apps.channels.models import Channel
from apps.channels.services import members, reading
from apps.connections.clients import client
from apps.core.errors import NothingToChange, OutcomeUnknown, Refused
from apps.directory import selectors as directory
from apps.directory.models import User
from apps.sandbox import cast
from tests.channels.conftest import events, text


def settle() -> None:
    """Read what is open now, not in twenty seconds."""
    Operation.objects.filter(stage=Stage.UNKNOWN).update(observe_at=timezone.now())
    settling.settle_due()


@pytest.fixture
def outside(marketing) -> list[User]:
    """Three people who are not in it."""
    reading.members(marketing, client(interactive=True))
    inside = marketing.members.values_list("user_id", flat=True)
    return list(directory.users().filter(status="active").exclude(cliq_id__in=inside).order_by("pk")[:3])


@pytest.fixture
def inside(marketing, outside) -> list:
    """Two simple members of it."""
    return list(marketing.members.filter(role="member").order_by("pk")[:2])


def test_adding_leaves_out_whoever_is_in(marketing, outside, owner, sandbox):
    user = directory.user_by_id(marketing.creator_id)
    moved = members.add(marketing, [*outside, user], actor=owner.actor(), reason="New")
    assert moved.number == 3
    there = sandbox.channel(marketing.cliq_id)["members"]
    assert {each.email for each in outside} <= set(there)
    assert marketing.members.get(user_id=outside[0].cliq_id).role == "member"
    told = events("channel.member_added")
    assert {each["subject_name"] for each in told} == {each.name for each in outside}
    assert told[0]["before"]["role"] == ""
    assert told[0]["after"]["channel"] == {"id": marketing.cliq_id, "name": "Marketing"}
    with pytest.raises(NothingToChange, match=r"^They are in Marketing already; nothing was sent to Zoho\.$"):
        members.add(marketing, outside, actor=owner.actor())


def test_inviting_by_address_learns_the_ids(read, owner, sandbox):
    channel = Channel.objects.get(level="external")
    members.remove(
        channel, _read(channel).filter(user_id=cast.STRANGER.zuid), silent=True, actor=owner.actor()
    )
    members.invite(channel, [cast.STRANGER.email.upper()], actor=owner.actor())
    assert channel.members.filter(user_id=cast.STRANGER.zuid).exists()
    with pytest.raises(NothingToChange):
        members.invite(channel, [cast.STRANGER.email], actor=owner.actor())


def _read(channel):
    reading.members(channel, client(interactive=True))
    return channel.members


def test_a_stranger_is_refused_elsewhere(marketing, owner, sandbox):
    with pytest.raises(Refused, match="does not belong to the organisation"):
        members.invite(marketing, [cast.STRANGER.email], actor=owner.actor())


def test_removing(marketing, inside, owner, sandbox):
    members.remove(marketing, inside, actor=owner.actor())
    there = sandbox.channel(marketing.cliq_id)["members"]
    assert not {each.email for each in inside} & set(there)
    marketing.refresh_from_db()
    assert marketing.participants == marketing.members.count() == len(there)
    with pytest.raises(NothingToChange, match=r"^They are not in Marketing any more"):
        members.remove(marketing, inside, actor=owner.actor())


def test_the_last_super_admin_stays(marketing, inside, owner, sandbox):
    said = r"^Marketing would be left without a super admin\. Make somebody else a super admin first\.$"
    last = marketing.members.get(role="super_admin")
    with pytest.raises(Refused, match=said):
        members.remove(marketing, [last], actor=owner.actor())
    with pytest.raises(Refused, match=said):
        members.set_role(marketing, last, "member", actor=owner.actor())
    assert sandbox.journal() == []


def test_roles(marketing, inside, owner, sandbox):
    members.set_role(marketing, inside[0], "moderator", actor=owner.actor())
    assert sandbox.channel(marketing.cliq_id)["members"][inside[0].email] == "moderator"
    assert marketing.members.get(user_id=inside[0].user_id).role == "moderator"
    told = events("channel.member_role_changed")[0]
    assert (told["before"]["role"], told["after"]["role"]) == ("member", "moderator")
    with pytest.raises(NothingToChange):
        members.set_role(marketing, inside[0], "moderator", actor=owner.actor())


@pytest.mark.parametrize(("drop", "stage"), [("after", Stage.DONE), ("before", Stage.NOT_DONE)])
def test_lost_answers_are_settled_by_reading(marketing, outside, inside, owner, sandbox, drop, stage):
    for endpoint, act in {
        "channels.add_members": lambda: members.add(marketing, outside[:1], actor=owner.actor()),
        "channels.remove_members": lambda: members.remove(marketing, inside[:1], actor=owner.actor()),
        "channels.update_member_role": lambda: members.set_role(
            marketing, inside[1], "admin", actor=owner.actor()
        ),
    }.items():
        sandbox.fault(endpoint, drop=drop)
        with pytest.raises(OutcomeUnknown):
            act()
        with pytest.raises(Refused, match="no answer yet"):
            act()
        settle()
        assert Operation.objects.get(endpoint=endpoint).stage == stage
    marketing.refresh_from_db()
    assert marketing.members.filter(user_id=outside[0].cliq_id).exists() == (drop == "after")


def test_an_archived_channel_keeps_its_members(marketing, outside, owner, sandbox):
    marketing.status = "archived"
    with pytest.raises(Refused, match="Marketing is archived: its members can be changed while it is active"):
        members.add(marketing, outside, actor=owner.actor())


def test_members_in_the_browser(marketing, outside, owner_client, operator_client, sandbox):
    base = f"{marketing.get_absolute_url()}members/"
    page = text(owner_client.get(base))
    assert "Add by address" in page
    assert "Change the role of" in page
    plain = text(operator_client.get(base))
    assert "Add by address" not in plain
    assert "Change the role of" not in plain
    found = text(owner_client.post(f"{base}add/", {"search": "1", "q": outside[0].email}))
    assert outside[0].email in found
    answer = owner_client.post(f"{base}add/", {"user_ids": [each.cliq_id for each in outside[:2]]})
    page = text(owner_client.get(answer.url))
    assert "Added 2 people to #Marketing." in page
    answer = owner_client.post(
        f"{base}{outside[0].cliq_id}/role/", {"role": "admin", "initial-role": "member"}
    )
    assert "is admin of #Marketing now." in text(owner_client.get(answer.url))
    page = text(owner_client.post(f"{base}remove/", {"search": "1", "q": outside[0].email}))
    assert "Admin" in page
    answer = owner_client.post(f"{base}remove/", {"user_ids": [outside[0].cliq_id], "silent": "on"})
    assert "Removed 1 person from #Marketing." in text(owner_client.get(answer.url))
    answer = owner_client.post(f"{base}invite/", {"people": outside[2].email})
    assert "Added 1 person to #Marketing." in text(owner_client.get(answer.url))
    history = text(owner_client.get(marketing.get_absolute_url()))
    assert f"Olivia Palmer added to a channel {outside[0].name}" in history
