"""What each role may do in a channel: one call for one save, with only what changes."""

import json
import re

import pytest
from django.utils import timezone

from apps.audit import settling
from apps.audit.models import Event, Operation, Stage
from apps.channels import matrix
from apps.channels.models import Channel
from apps.channels.services import permissions, reading
from apps.cliq.catalogue import CATALOGUE
from apps.connections.clients import client, quota
from apps.core.errors import ChangedElsewhere, NothingToChange, OutcomeUnknown, QuotaWait, Refused
from apps.sandbox import cast
from tests.channels.conftest import events, last, text

SEND, DELETE = "member/send_message", "member/delete_channel"
ADMINS = "admin/clear_all_messages"
ON, OFF = "enabled", "disabled"


def shown(channel):
    return {key: cell.value for key, cell in matrix.cells(channel.permissions).items()}


def save(channel, person, /, **given):
    saw = given.pop("saw", shown(channel))
    return permissions.update(channel, given.pop("wanted"), shown=saw, actor=person.actor(), **given)


def kept(sandbox, channel) -> dict:
    """What was changed of the channel's sets in Zoho."""
    return json.loads(sandbox.channel(channel.cliq_id)["permissions"])


def settle() -> None:
    """Read what is open now, not in twenty seconds."""
    Operation.objects.filter(stage=Stage.UNKNOWN).update(observe_at=timezone.now())
    settling.settle_due()


@pytest.fixture
def ours(read) -> Channel:
    """A channel of which the account that connects the portal is super admin."""
    channel = Channel.objects.get(name="contentreview")
    assert channel.own_role == "super_admin"
    return channel


def test_one_call_with_only_what_changes(ours, owner, sandbox):
    """Three roles together; nothing that was only read is sent."""
    before = kept(sandbox, ours)
    saved = save(
        ours,
        owner,
        wanted={**shown(ours), SEND: OFF, DELETE: ON, ADMINS: OFF},
        reason="Announcements only",
    )
    assert saved.number == 3
    assert saved.note == ""
    assert len(sandbox.arrivals("channels.update_permissions")) == 1
    assert kept(sandbox, ours) == {
        **before,
        "member": {**before.get("member", {}), "send_message": False, "delete_channel": True},
        "admin": {"clear_all_messages": False},
    }
    told = last("channel.permissions_changed")
    assert told["before"] == {SEND: True, DELETE: False, ADMINS: True}
    assert told["after"] == {SEND: False, DELETE: True, ADMINS: False}
    assert told["reason"] == "Announcements only"
    mirrored = shown(Channel.objects.get(pk=ours.pk))
    assert [mirrored[key] for key in (SEND, DELETE, ADMINS)] == [OFF, ON, OFF]


def test_the_body_is_what_the_reference_says():
    """A set a role, only with the permissions that change."""
    assert matrix.wire({SEND: False, DELETE: True, ADMINS: False}) == {
        "member_permission": {"send_message": False, "delete_channel": True},
        "admin_permission": {"clear_all_messages": False},
    }


def test_what_zoho_has_afterwards_is_what_the_mirror_says(marketing, owner, sandbox):
    save(marketing, owner, wanted={SEND: OFF})
    before = shown(Channel.objects.get(pk=marketing.pk))
    reading.facts(marketing, client(interactive=True))
    assert shown(marketing) == before
    assert not Event.objects.filter(kind="channel.seen").exists()


def test_it_returns_early(marketing, owner, sandbox):
    with pytest.raises(NothingToChange, match="Marketing is so already; nothing was sent"):
        save(marketing, owner, wanted={SEND: ON}, saw={SEND: OFF})
    assert sandbox.journal() == []


def test_what_changed_elsewhere_is_shown_before_it_is_overwritten(marketing, owner, sandbox):
    """Saving again with what was shown then is a decision."""
    sandbox.alter("channels", marketing.cliq_id, permissions=json.dumps({"member": {"send_message": False}}))
    with pytest.raises(ChangedElsewhere) as elsewhere:
        save(marketing, owner, wanted={SEND: ON, DELETE: ON}, saw={SEND: "neither", DELETE: OFF})
    assert elsewhere.value.fields == {SEND: OFF}
    assert sandbox.journal() == []
    assert save(marketing, owner, wanted={SEND: ON}, saw={SEND: OFF}).number == 1


def test_a_change_in_zohos_own_panel_is_told(marketing, owner, sandbox):
    sandbox.alter("channels", marketing.cliq_id, permissions=json.dumps({"member": {"send_message": False}}))
    reading.refresh_facts(marketing)
    told = last("channel.seen")
    assert told["after"][SEND] is False
    assert SEND in told["before"]


def test_an_admin_sets_what_is_below(marketing, owner, sandbox):
    """Moderators and members, never admins."""
    assert marketing.own_role == "admin"
    with pytest.raises(Refused) as refused:
        save(marketing, owner, wanted={ADMINS: OFF, SEND: OFF})
    assert refused.value.sentence == (
        "“Admins: Clear all messages” cannot be set by the portal: whoever connects it is an admin in "
        "Marketing, and Zoho lets them set only what roles below that may do."
    )
    assert len(sandbox.arrivals("channels.update_permissions")) == 0
    assert save(marketing, owner, wanted={SEND: OFF, "moderator/delete_channel": ON}).number == 2


def test_nobody_sets_what_they_may_not_do(marketing, owner, sandbox):
    sandbox.alter("channels", marketing.cliq_id, permissions=json.dumps({"admin": {"delete_channel": False}}))
    with pytest.raises(Refused) as refused:
        save(marketing, owner, wanted={DELETE: ON})
    assert refused.value.sentence == (
        "“Members: Delete the channel” cannot be set by the portal: whoever connects it is an admin in "
        "Marketing and may not do this there, and Zoho lets nobody set what they may not do."
    )
    assert save(marketing, owner, wanted={SEND: OFF}).number == 1


def test_from_outside_zoho_is_asked(read, owner, sandbox):
    """Whoever is in no role: nothing documented forbids it."""
    devops = Channel.objects.get(name="devops")
    assert save(devops, owner, wanted={ADMINS: OFF}).number == 1


def test_an_archived_channel_is_opened_first(read, owner, sandbox):
    channel = Channel.objects.get(name="summer-party-2024")
    with pytest.raises(Refused, match="summer-party-2024 is archived: open it again before"):
        save(channel, owner, wanted={SEND: OFF})
    assert sandbox.journal() == []


def test_a_refusal_changes_nothing(marketing, owner, sandbox):
    """Zoho has the last word."""
    sandbox.fault("channels.update_permissions", status=403, code="operation_not_allowed")
    with pytest.raises(Refused) as refused:
        save(marketing, owner, wanted={SEND: OFF})
    assert refused.value.sentence == (
        "Zoho refused: whoever connects the portal may not set all of these permissions in this channel. "
        "None of them was changed."
    )
    assert last("channel.permissions_changed")["stage"] == Stage.REFUSED
    assert shown(Channel.objects.get(pk=marketing.pk))[SEND] == ON


def test_a_channel_that_is_gone_is_said(marketing, owner, sandbox):
    sandbox.erase("channels", marketing.cliq_id)
    with pytest.raises(Refused, match="Zoho no longer shows this channel to the portal"):
        save(marketing, owner, wanted={SEND: OFF})


def test_a_full_window_is_told_before_anything_is_written_down(marketing, owner, sandbox):
    quota(cast.ADMIN.zuid).lock(CATALOGUE["channels.update_permissions"])
    with pytest.raises(QuotaWait):
        save(marketing, owner, wanted={SEND: OFF})
    assert events("channel.permissions_changed", "intent") == []


def test_a_save_whose_answer_was_lost_is_settled_by_reading(marketing, owner, sandbox):
    sandbox.fault("channels.update_permissions", drop="after")
    with pytest.raises(OutcomeUnknown):
        save(marketing, owner, wanted={SEND: OFF})
    with pytest.raises(Refused, match="An earlier change of Marketing has no answer yet"):
        save(marketing, owner, wanted={DELETE: ON})
    settle()
    assert Operation.objects.get(kind="channel.permissions_changed").stage == Stage.DONE
    assert shown(Channel.objects.get(pk=marketing.pk))[SEND] == OFF


def test_a_save_that_never_arrived_is_settled_by_reading(marketing, owner, sandbox):
    sandbox.fault("channels.update_permissions", drop="before")
    with pytest.raises(OutcomeUnknown):
        save(marketing, owner, wanted={SEND: OFF})
    settle()
    assert Operation.objects.get(kind="channel.permissions_changed").stage == Stage.NOT_DONE
    assert shown(Channel.objects.get(pk=marketing.pk))[SEND] == ON


def test_an_answer_that_shows_something_else_is_said(marketing, owner, sandbox):
    """Somebody changes another permission between the reading and the call."""

    def meddle(*_: object) -> None:
        sets = {"member": {"mention_users": False}}
        sandbox.alter("channels", marketing.cliq_id, permissions=json.dumps(sets))

    saved = save(marketing, owner, wanted={SEND: OFF}, on_intent=meddle)
    assert saved.note == "Zoho's answer shows something else than was asked for: Members: Mention people."
    assert last("channel.permissions_changed")["details"]["sentence"] == saved.note
    assert marketing.permissions["member"]["mention_users"] is False
    assert marketing.permissions["member"]["send_message"] is False


def test_the_page_carries_all_of_it(ours, owner_client):
    """Twenty permissions of three roles, each in a group."""
    page = text(owner_client.get(f"{ours.get_absolute_url()}permissions/"))
    assert page.count("<tr data-search=") == 20
    assert len(re.findall(r'<select class="switch" name="p:', page)) == 60
    assert "A super admin may do everything." in page
    assert "Other" not in re.findall(r"<h2>([^<]+)</h2>", page)


def test_a_permission_nobody_has_heard_of_is_carried(marketing, owner, owner_client, sandbox):
    """Shown by a readable name, in a group of its own, and sent like any other."""
    sets = {role: {**given, "beam_up": True} for role, given in marketing.permissions.items()}
    Channel.objects.filter(pk=marketing.pk).update(permissions=sets)
    page = text(owner_client.get(f"{marketing.get_absolute_url()}permissions/?q=beam"))
    assert "<h2>Other</h2>" in page
    assert "Beam up" in page
    assert page.count("<tr data-search=") == 1
    assert matrix.wire({"member/beam_up": False}) == {"member_permission": {"beam_up": False}}


def test_a_set_without_a_permission_has_no_control_of_it(marketing, owner_client):
    """The reference's nineteen lack one of the twenty."""
    sets = {**marketing.permissions, "member": {**marketing.permissions["member"]}}
    del sets["member"]["close_thread"]
    Channel.objects.filter(pk=marketing.pk).update(permissions=sets)
    page = text(owner_client.get(f"{marketing.get_absolute_url()}permissions/"))
    assert 'name="p:moderator/close_thread"' in page
    assert 'name="p:member/close_thread"' not in page


def test_who_may_not_change_gets_no_control(marketing, operator_client, approver_client, auditor_client):
    for browser in (operator_client, approver_client, auditor_client):
        page = text(browser.get(f"{marketing.get_absolute_url()}permissions/"))
        assert "<select" not in page
        assert "holds the portal" not in page
        assert browser.post(f"{marketing.get_absolute_url()}permissions/").status_code == 403


def test_what_cannot_be_set_says_why(marketing, owner_client):
    """Whole columns above, single cells that are withheld."""

    def page_as(role: str) -> str:
        Channel.objects.filter(pk=marketing.pk).update(own_role=role)
        return text(owner_client.get(f"{marketing.get_absolute_url()}permissions/"))

    page = page_as("allowed_users")
    assert "Olivia Palmer holds the portal&#x27;s connection to Zoho and is not in this channel." in page
    assert 'name="p:admin/send_message"' in page
    page = page_as("admin")
    assert "and is an admin of this channel." in page
    assert "set by super admins only" in page
    assert 'name="p:admin/' not in page
    assert 'name="p:moderator/delete_channel"' in page
    page = page_as("moderator")
    assert "set by admins and above" in page
    assert 'name="p:member/delete_channel"' not in page
    assert '<span class="matrix-why">moderators may not</span>' in page
    page = page_as("member")
    assert "so Zoho lets the portal set nothing here" in page
    assert "<select" not in page
    assert "holds the portal" not in page_as("super_admin")


def test_the_page_of_an_archived_or_deleted_channel(read, marketing, owner_client, sandbox):
    archived = Channel.objects.get(name="summer-party-2024")
    page = text(owner_client.get(f"{archived.get_absolute_url()}permissions/"))
    assert "This channel is archived: open it again before" in page
    assert "<select" not in page
    Channel.objects.filter(pk=marketing.pk).update(gone_at=timezone.now())
    page = text(owner_client.get(f"{marketing.get_absolute_url()}permissions/"))
    assert "Zoho no longer has this channel." in page
    assert owner_client.post(f"{marketing.get_absolute_url()}permissions/").status_code == 404
    assert "/permissions/" not in text(owner_client.get(marketing.get_absolute_url()))


def test_what_was_never_read_is_read_first(marketing, owner_client, sandbox):
    Channel.objects.filter(pk=marketing.pk).update(permissions={})
    assert 'name="p:member/send_message"' in text(
        owner_client.get(f"{marketing.get_absolute_url()}permissions/")
    )
    Channel.objects.filter(pk=marketing.pk).update(permissions={})
    sandbox.fault("channels.get", status=500, body="<html>")
    page = text(owner_client.get(f"{marketing.get_absolute_url()}permissions/"))
    assert "Zoho has not shown any permissions of Marketing." in page


def test_from_the_channel_over_the_review_to_the_event(marketing, owner_client, sandbox):
    """As a plain form, without script."""
    url = f"{marketing.get_absolute_url()}permissions/"
    assert f'href="{url}"' in text(owner_client.get(marketing.get_absolute_url()))
    form = {f"p:{key}": value for key, value in shown(marketing).items()}
    saw = json.dumps(shown(marketing))
    review = owner_client.post(url, {**form, f"p:{SEND}": OFF, "shown": saw, "step": "review"})
    page = text(review)
    assert "Members: Send messages" in page
    assert "Save 1 change" in page
    assert "One call sends this change and nothing else." in page
    assert sandbox.journal() == []
    wanted, then = review.context["wanted"], review.context["shown"]
    assert json.loads(wanted) == {SEND: OFF}
    back = text(owner_client.post(url, {"wanted": wanted, "shown": then, "step": "edit"}))
    assert f'<input type="hidden" name="initial-p:{SEND}" value="enabled">' in back
    answer = owner_client.post(url, {"wanted": wanted, "shown": then, "step": "save", "reason": "Quiet"})
    assert answer.url == url
    assert "Saved 1 change of the permissions of Marketing." in text(owner_client.get(url))
    assert last("channel.permissions_changed")["reason"] == "Quiet"
    event = Event.objects.filter(kind="channel.permissions_changed").latest("seq")
    page = text(owner_client.get(event.get_absolute_url()))
    assert "changed the permissions in the channel Marketing" in page
    assert "Member/send message" in page


def test_the_review_shows_what_somebody_else_changed(marketing, owner_client, sandbox):
    """What both changed, and what only they did."""
    url = f"{marketing.get_absolute_url()}permissions/"
    saw = shown(marketing)
    sets = {"member": {"send_message": False, "leave_channel": False}}
    sandbox.alter("channels", marketing.cliq_id, permissions=json.dumps(sets))
    form = {f"p:{SEND}": ON, "shown": json.dumps({**saw, SEND: "neither"}), "step": "review"}
    page = text(owner_client.post(url, form))
    assert "Somebody changed this meanwhile" in page
    assert "Changed in Zoho meanwhile, and left as it is" in page
    assert "Members: Leave the channel" in page


def test_a_value_that_is_none_is_said(marketing, owner_client, sandbox):
    url = f"{marketing.get_absolute_url()}permissions/"
    answer = owner_client.post(url, {f"p:{SEND}": "perhaps", "shown": json.dumps(shown(marketing))})
    assert answer.status_code == 422
    assert "Members: Send messages: Choose On or Off." in text(answer)
    answer = owner_client.post(url, {"step": "save", "wanted": "[1", "shown": "{"})
    assert answer.status_code == 422
    assert "Marketing is so already; nothing was sent to Zoho." in text(answer)


def test_a_lost_answer_is_said_on_the_page(marketing, owner_client, sandbox):
    url = f"{marketing.get_absolute_url()}permissions/"
    sandbox.fault("channels.update_permissions", drop="after")
    form = {"step": "save", "wanted": json.dumps({SEND: OFF}), "shown": json.dumps({SEND: ON})}
    assert owner_client.post(url, form).url == url
    assert "The portal will find out by reading Zoho." in text(owner_client.get(url))
    settle()


def test_the_page_notices_what_changed_since(marketing, owner_client, sandbox):
    """The fragment reads again and says so."""
    url = f"{marketing.get_absolute_url()}permissions/fresh/"
    assert "nothing has changed" in text(owner_client.get(url))
    sandbox.alter("channels", marketing.cliq_id, permissions=json.dumps({"member": {"send_message": False}}))
    page = text(owner_client.get(url))
    assert "changed in Zoho since this page was read" in page
    assert "Members: Send messages" in page
    assert len(sandbox.arrivals("channels.members")) == 0
