"""A decision whose outcome is found later: whoever asked is told then, once, with the recorded reason."""

import pytest
from django.db import transaction
from django.utils import timezone

from apps.audit import settling
from apps.audit.models import Operation, Stage
from apps.audit.operation import DONE, Outcome
from apps.channels.services import requests, telling
from apps.core.errors import OutcomeUnknown
from apps.jobs import services
from apps.jobs.models import Job, JobStatus, RowStatus
from tests.channels.conftest import events, last, text
from tests.channels.test_requests import REASON, settle

PATIENCE = 30
SAID = "Your request for the channel “Chess” was {} by Olivia Palmer.\nThere is #boardgames already."


@pytest.fixture
def lose(chess, owner, sandbox):
    """`lose(act, drop)`: decide about #Chess where requesters are told, and lose the answer."""

    def decide(act="approve", drop="after"):
        telling.wish(True, actor=owner.actor())
        sandbox.fault(f"channels.{act}", drop=drop)
        with pytest.raises(OutcomeUnknown):
            getattr(requests, act)(chess, actor=owner.actor(), reason=REASON)
        return Operation.objects.get(endpoint=f"channels.{act}")

    return decide


def by_person(operation, owner, outcome=DONE) -> bool:
    """Somebody has looked in Cliq."""
    return settling.settle_by_person(operation, outcome, actor=owner.actor(), reason="Cliq shows it")


def told(sandbox) -> list[str]:
    """What was written to anybody since."""
    written = sum(entry.operation == "messages.post_to_user" for entry in sandbox.journal())
    return [message["text"] for message in sandbox.messages()][-written:] if written else []


def queued() -> Job:
    """The one job that tells."""
    return Job.objects.get(kind="channels.tell")


@pytest.mark.parametrize(("act", "past"), [("approve", "approved"), ("reject", "rejected")])
def test_it_was_done(lose, chess, owner, sandbox, work, act, past):
    """Nothing is written before the outcome stands; then a worker writes one message, and the log has it."""
    lose(act)
    settle()
    assert Operation.objects.get(endpoint=f"channels.{act}").stage == Stage.DONE
    assert told(sandbox) == []
    job = work(queued(), patience=PATIENCE)
    assert (job.status, job.activity) == (JobStatus.FINISHED, f"{chess.creator_name} was told.")
    assert job.title == f"Tell {chess.creator_name} what was decided about Chess"
    assert told(sandbox) == [SAID.format(past)]
    logged = last("channel.requester_told")
    assert (logged["subject_id"], logged["stage"], logged["job_id"]) == (
        chess.creator_id,
        Stage.DONE,
        job.pk,
    )
    assert logged["actor_name"] == owner.name
    assert logged["after"] == {
        "channel": {"id": chess.cliq_id, "name": "Chess"},
        "text": SAID.format(past),
    }


@pytest.mark.parametrize(("act", "readings"), [("approve", 1), ("reject", 2)])
def test_it_was_not_done(lose, sandbox, act, readings):
    lose(act, drop="before")
    for _ in range(readings):
        settle()
    assert Operation.objects.get(endpoint=f"channels.{act}").stage == Stage.NOT_DONE
    assert not Job.objects.filter(kind="channels.tell").exists()
    assert told(sandbox) == []


def test_settled_twice(lose, owner, sandbox, work):
    """By a person, then by another, then by reading; and the job is woken twice."""
    operation = lose()
    assert by_person(operation, owner)
    assert not by_person(operation, owner)
    settle()
    job = work(queued(), patience=PATIENCE)
    work(job)
    assert told(sandbox) == [SAID.format("approved")]
    assert len(events("channel.requester_told")) == 1


def test_a_person_says_it_did_not_happen(lose, owner, sandbox):
    operation = lose(drop="before")
    assert by_person(operation, owner, Outcome(Stage.NOT_DONE))
    assert not Job.objects.filter(kind="channels.tell").exists()


def test_who_settles_is_told_what_follows(lose, owner_client, owner):
    url = f"/log/open/{lose().pk}/"
    assert "the change is not sent again. If it happened, whoever asked gets a message" in text(
        owner_client.get(url)
    )
    telling.wish(False, actor=owner.actor())
    assert "with your name; nothing is sent to Zoho." in text(owner_client.get(url))
    owner_client.post(url, {"outcome": "done", "reason": "Cliq shows it"})
    assert not Job.objects.filter(kind="channels.tell").exists()


def test_it_is_no_longer_wished_when_it_would_be_sent(lose, owner, sandbox, work):
    lose()
    settle()
    telling.wish(False, actor=owner.actor())
    job = work(queued(), patience=PATIENCE)
    assert (job.status, job.rows.get().status) == (JobStatus.FINISHED, RowStatus.NOTHING)
    assert told(sandbox) == []


def test_the_message_loses_its_answer_too(lose, owner, sandbox, work):
    """No reading can show it, so it is sent again only after a person said that it did not arrive."""
    lose()
    settle()
    sandbox.fault("messages.post_to_user", drop="before")
    job = work(queued())
    Operation.objects.filter(kind="channel.requester_told").update(observe_at=timezone.now())
    job = work(job, patience=PATIENCE)
    assert (job.status, job.rows.get().status) == (JobStatus.PAUSED, RowStatus.UNKNOWN)
    assert job.activity.startswith("What became of it could not be found out by reading.")
    assert work(job).status == JobStatus.PAUSED
    assert told(sandbox) == []
    by_person(Operation.objects.get(kind="channel.requester_told"), owner, Outcome(Stage.NOT_DONE))
    services.resume(job, actor=owner.actor())
    assert work(job, patience=PATIENCE).status == JobStatus.FINISHED
    assert told(sandbox) == [SAID.format("approved")]


def test_a_message_that_is_refused_ends_its_job(lose, sandbox, work):
    lose()
    settle()
    sandbox.fault("messages.post_to_user", status=403, code="operation_not_allowed")
    job = work(queued(), patience=PATIENCE)
    assert (job.status, job.rows.get().status) == (JobStatus.FINISHED, RowStatus.REFUSED)
    assert "this person cannot be written to" in job.activity


@pytest.mark.django_db(transaction=True)
def test_settled_while_the_answer_was_on_its_way(chess, owner, sandbox, work):
    """Whoever decides finds the outcome recorded already, and leaves the message to its job."""
    telling.wish(True, actor=owner.actor())

    def meanwhile(operations) -> None:
        transaction.on_commit(lambda: by_person(operations[0], owner))

    decision = requests.approve(chess, actor=owner.actor(), reason=REASON, on_intent=meanwhile)
    assert (decision.event, decision.message) == (None, None)
    work(queued(), patience=PATIENCE)
    assert told(sandbox) == [SAID.format("approved")]


def test_the_browser_says_that_it_comes_later(chess, owner, approver_client, sandbox):
    telling.wish(True, actor=owner.actor())
    sandbox.fault("channels.approve", drop="after")
    url = f"/channels/requests/approve/?channel={chess.cliq_id}"
    page = text(approver_client.get(approver_client.post(url, {"reason": ""}).url))
    assert "will find out by reading Zoho. Whoever asked is told then, if it took effect." in page
    settle()
    assert queued().actor_name != owner.name
