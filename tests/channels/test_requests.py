"""Deciding about requested channels: what is sent, told, refused, settled, and who gets to know."""

import pytest
from django.utils import timezone

from apps.audit import settling
from apps.audit.models import Event, Operation, Stage
from apps.channels import similar
from apps.channels.models import Channel
from apps.channels.services import requests, telling
from apps.cliq.catalogue import CATALOGUE
from apps.connections.clients import quota
from apps.core.errors import NothingToChange, OutcomeUnknown, QuotaWait, Refused
from apps.sandbox import cast
from tests.channels.conftest import events, last, text

REASON = "There is #boardgames already."


def settle() -> None:
    """Read what is open now, not in twenty seconds."""
    Operation.objects.filter(stage=Stage.UNKNOWN).update(observe_at=timezone.now())
    settling.settle_due()


def status(sandbox, channel) -> str:
    """Where a channel stands in Zoho; nothing if it is gone."""
    return next((row["status"] for row in sandbox.channels() if row["channel_id"] == channel.cliq_id), "")


def test_approving(chess, owner, sandbox):
    decision = requests.approve(chess, actor=owner.actor(), reason="Have fun")
    assert status(sandbox, chess) == chess.status == "created"
    assert [(entry.operation, entry.key) for entry in sandbox.journal()] == [
        ("channels.approve", chess.cliq_id)
    ]
    told = last("channel.approved")
    assert (told["before"], told["after"]) == ({"status": "pending"}, {"status": "created"})
    assert (told["reason"], told["subject_name"]) == ("Have fun", "Chess")
    assert decision.message is None


def test_rejecting(chess, owner, sandbox):
    """Zoho documents no status for it: the channel is gone."""
    requests.reject(chess, actor=owner.actor(), reason=REASON)
    assert status(sandbox, chess) == ""
    chess.refresh_from_db()
    assert chess.gone_at is not None
    assert last("channel.rejected")["reason"] == REASON


def test_the_requester_is_told_where_it_is_wished(chess, owner, sandbox):
    telling.wish(True, actor=owner.actor())
    decision = requests.reject(chess, actor=owner.actor(), reason=REASON)
    assert decision.message == telling.Message(chess.creator_name)
    assert sandbox.messages()[-1]["text"] == (
        "Your request for the channel “Chess” was rejected by Olivia Palmer.\nThere is #boardgames already."
    )
    told = last("channel.requester_told")
    assert (told["subject_type"], told["subject_id"]) == ("user", chess.creator_id)
    assert told["after"]["channel"] == {"id": chess.cliq_id, "name": "Chess"}
    assert last("channel.settings_changed")["after"] == {"tells_requesters": True}
    with pytest.raises(NothingToChange):
        telling.wish(True, actor=owner.actor())


def test_a_message_that_fails_changes_nothing_of_the_decision(chess, owner, sandbox):
    telling.wish(True, actor=owner.actor())
    sandbox.fault("messages.post_to_user", status=403, code="operation_not_allowed")
    decision = requests.approve(chess, actor=owner.actor())
    assert decision.message.problem == (
        "Zoho refused: this person cannot be written to, or no longer belongs to the organisation."
    )
    assert status(sandbox, chess) == "created"


@pytest.mark.open_operations
def test_a_message_without_an_answer_is_never_sent_again(chess, owner, sandbox):
    """No reading can show it: a person is asked in the end."""
    telling.wish(True, actor=owner.actor())
    sandbox.fault("messages.post_to_user", drop="before")
    decision = requests.approve(chess, actor=owner.actor())
    assert decision.message.problem == "Zoho did not say whether it arrived, and no reading can show it."
    for _ in range(settling.ATTEMPTS):
        settle()
    operation = Operation.objects.get(kind="channel.requester_told")
    assert (operation.stage, operation.observe_at) == (Stage.UNKNOWN, None)
    assert sandbox.journal()[-1].operation == "channels.approve"


def test_approved_by_somebody_else_meanwhile(chess, owner, sandbox):
    sandbox.alter("channels", chess.cliq_id, status="created")
    said = r"^Chess was approved by somebody in Zoho meanwhile; nothing was sent to Zoho\.$"
    with pytest.raises(NothingToChange, match=said):
        requests.approve(chess, actor=owner.actor())
    said = r"^Chess was approved by somebody in Zoho meanwhile, so it can no longer be rejected\."
    with pytest.raises(Refused, match=said):
        requests.reject(chess, actor=owner.actor(), reason=REASON)
    assert sandbox.journal() == []


def test_decided_by_another_administrator_meanwhile(chess, owner, approver, sandbox):
    """The log knows who it was."""
    stale = Channel.objects.get(pk=chess.pk)
    requests.reject(chess, actor=approver.actor(), reason=REASON)
    said = f"^Chess was rejected or deleted by {approver.name} meanwhile, so it cannot be approved"
    with pytest.raises(Refused, match=said):
        requests.approve(stale, actor=owner.actor())
    said = f"^Chess was rejected or deleted by {approver.name} meanwhile; nothing was sent"
    with pytest.raises(NothingToChange, match=said):
        requests.reject(stale, actor=owner.actor(), reason=REASON)


def test_a_refusal_is_told(chess, owner, sandbox):
    sandbox.fault("channels.approve", status=403, code="operation_not_allowed")
    with pytest.raises(Refused, match="no longer waits for a decision"):
        requests.approve(chess, actor=owner.actor())
    assert last("channel.approved")["stage"] == Stage.REFUSED
    assert Channel.objects.get(pk=chess.pk).status == "pending"


def test_a_full_window_is_found_out_before_the_intent(chess, owner, sandbox):
    quota(cast.ADMIN.zuid).lock(CATALOGUE["channels.approve"])
    with pytest.raises(QuotaWait):
        requests.approve(chess, actor=owner.actor())
    assert not Event.objects.filter(kind="channel.approved").exists()


@pytest.mark.parametrize("act", ["approve", "reject"])
def test_a_decision_whose_answer_was_lost_is_settled_by_reading(chess, owner, sandbox, act):
    decide = getattr(requests, act)
    sandbox.fault(f"channels.{act}", drop="after")
    with pytest.raises(OutcomeUnknown):
        decide(chess, actor=owner.actor(), reason=REASON)
    with pytest.raises(Refused, match="An earlier change of Chess has no answer yet"):
        decide(chess, actor=owner.actor(), reason=REASON)
    settle()
    assert Operation.objects.get(endpoint=f"channels.{act}").stage == Stage.DONE
    chess.refresh_from_db()
    assert (chess.status, chess.gone_at is None) == (
        ("created", True) if act == "approve" else ("pending", False)
    )


@pytest.mark.parametrize(("act", "readings"), [("approve", 1), ("reject", 2)])
def test_a_decision_that_never_happened_is_settled_by_reading(chess, owner, sandbox, act, readings):
    """What should be gone is looked at twice."""
    sandbox.fault(f"channels.{act}", drop="before")
    with pytest.raises(OutcomeUnknown):
        getattr(requests, act)(chess, actor=owner.actor(), reason=REASON)
    for _ in range(readings):
        assert Operation.objects.get(endpoint=f"channels.{act}").stage == Stage.UNKNOWN
        settle()
    assert Operation.objects.get(endpoint=f"channels.{act}").stage == Stage.NOT_DONE
    assert status(sandbox, chess) == "pending"


def test_the_inbox_has_all_that_a_decision_needs(read, approver_client, sandbox):
    page = text(approver_client.get("/channels/requests/"))
    assert page.index("Lost and found") < page.index("#Chess")
    assert "8 requests wait, the longest first." in page
    assert "A place for the lunch-break games" in page
    assert "No reason was given." in page
    chess = Channel.objects.get(name="Chess")
    assert f'href="/users/{chess.creator_id}/"' in page
    who = text(approver_client.get(f"/channels/{chess.cliq_id}/who/"))
    assert chess.members.get(user_id=chess.creator_id).name in who


def test_similar_names(read):
    alike = {
        Channel.objects.get(pk=pk).name: [row.name for row in rows]
        for pk, rows in similar.to(list(Channel.objects.filter(status="pending"))).items()
    }
    assert alike["Devops"] == ["devops"]
    assert alike["Announcement"] == ["announcements"]
    assert alike["marketing-emea"] == ["Marketing"]
    assert alike["Chess"] == []


def test_deciding_in_the_browser(chess, approver_client, sandbox):
    """The page asks, and says what happened; who may not read the log gets no link to it."""
    url = f"/channels/requests/reject/?channel={chess.cliq_id}"
    page = text(approver_client.get(url))
    assert "The channel does not begin" in page
    assert f"Nobody is written to: {chess.creator_name} sees it in Cliq." in page
    assert approver_client.post(url, {"reason": " "}).status_code == 422
    answer = approver_client.post(url, {"reason": REASON})
    assert answer.url == "/channels/requests/"
    page = text(approver_client.get(answer.url))
    assert "Rejected #Chess." in page
    assert "7 requests wait" in page


def test_deciding_about_many(read, owner_client, sandbox):
    """One was decided meanwhile: that is said, and the others are done."""
    rows = list(Channel.objects.filter(status="pending").order_by("pk")[:3])
    sandbox.alter("channels", rows[1].cliq_id, status="created")
    url = "/channels/requests/approve/?" + "&".join(f"channel={row.cliq_id}" for row in rows)
    assert "Approve 3 channels" in text(owner_client.get(url))
    answer = owner_client.post(url, {"reason": ""})
    page = text(owner_client.get(answer.url))
    assert "Approved 2 channels." in page
    assert f"{rows[1].name} was approved by somebody in Zoho meanwhile" in page
    assert len(events("channel.approved")) == 2


def test_more_than_a_minute_takes_are_not_decided_at_once(read, owner_client):
    url = "/channels/requests/approve/?" + "&".join(f"channel={n}" for n in range(11))
    answer = owner_client.get(url)
    assert answer.status_code == 404
    assert "choose at most 10 at once" in text(answer)
    assert "No request was chosen" in text(owner_client.get("/channels/requests/approve/"))


def test_who_may_not_decide_sees_and_is_refused(chess, operator_client, sandbox):
    page = text(operator_client.get("/channels/requests/"))
    assert "#Chess" in page
    assert "data-decide" not in page
    answer = operator_client.post(f"/channels/requests/approve/?channel={chess.cliq_id}", {"reason": ""})
    assert answer.status_code == 403
    assert sandbox.journal() == []


def test_the_settings(read, owner_client, approver_client):
    answer = owner_client.post("/channels/requests/settings/", {"tells_requesters": "on"})
    assert "Requesters are told from now on." in text(owner_client.get(answer.url))
    assert approver_client.get("/channels/requests/settings/").status_code == 403


def test_the_count_is_for_whoever_decides(read, approver_client, operator_client):
    """In the sidebar and on the dashboard."""
    assert "asked for by" in text(approver_client.get("/"))
    assert "asked for by" not in text(operator_client.get("/"))
