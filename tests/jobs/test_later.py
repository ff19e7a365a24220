"""«Send it when the quota is free», for each form that can wait: queued, sent, told, settled."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from apps.access import jobs as roles
from apps.access.models import Role
from apps.audit import settling
from apps.audit.models import Operation, Stage
from apps.audit.operation import Outcome
from apps.channels import jobs as channel_jobs
from apps.channels.models import Channel
from apps.channels.services import syncing as channels
from apps.channels.services import telling
from apps.cliq.catalogue import CATALOGUE
from apps.connections.clients import quota
from apps.connections.models import EndpointLock
from apps.core.errors import Refused
from apps.directory import jobs as directory
from apps.directory.models import Designation
from apps.directory.services.designations import DESIGNATIONS
from apps.directory.services.teams import TEAMS
from apps.jobs import services
from apps.jobs.models import Job, JobStatus, RowStatus
from apps.jobs.packing import packed, unpacked
from apps.jobs.rows import OPEN
from apps.organization import jobs as organization
from apps.organization.services import domain
from apps.sandbox import cast
from tests.jobs.waiting import PAGES, read_team, submitted, team

PATIENCE = 30


def writer() -> Designation:
    return Designation.objects.get(name="Content Writer")


@pytest.fixture
def everything(synced, owner, work) -> None:
    """The channels beside what is synced."""
    work(channels.start(owner.actor()), patience=PATIENCE)


@pytest.fixture
def unlock(redis_connection):
    """Open every window again, without waiting for it."""

    def open_again() -> None:
        EndpointLock.objects.all().delete()
        for key in redis_connection.scan_iter("quota:*:lock:*"):
            redis_connection.delete(key)

    return open_again


def kept(client, page, unlock) -> Job:
    """The job of a page whose window is locked: offered first, then queued."""
    url = page.url()
    data = page.data(client, url, page.changes)
    before = Operation.objects.count()
    quota(cast.ADMIN.zuid).lock(CATALOGUE[page.endpoint])
    answer = client.post(url, data)
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() <= {"__all__"}
    assert "Send it when the quota is free" in answer.content.decode()
    answer = client.post(url, data | {"later": "1"}, follow=True)
    job = Job.objects.latest("pk")
    assert answer.redirect_chain[-1][0] == job.get_absolute_url()
    assert job.title == page.title
    assert f"“{page.title}” is sent as soon as Zoho’s limit allows." in answer.content.decode()
    assert Operation.objects.count() == before
    unlock()
    return job


def found_out(job, work) -> Job:
    """Carried on as long as reading tells something."""
    while job.status == JobStatus.RUNNING:
        Operation.objects.filter(stage__in=OPEN).update(observe_at=timezone.now())
        job = work(job)
    return job


@pytest.mark.parametrize("name", PAGES)
def test_a_page_sends_its_change_later(name, everything, owner, owner_client, work, sandbox, unlock):
    page = PAGES[name]
    page.before(owner, sandbox)
    before = len(sandbox.journal())
    job = work(kept(owner_client, page, unlock), patience=PATIENCE)
    assert (job.status, job.activity, job.done) == (JobStatus.FINISHED, page.told, 1)
    assert job.rows.get().status == RowStatus.DONE
    made = sandbox.journal()[before:]
    assert [entry.operation for entry in made] == [page.endpoint] * page.entries
    assert set(Operation.objects.filter(job_id=job.pk).values_list("endpoint", flat=True)) == {page.endpoint}


@pytest.mark.open_operations
@pytest.mark.parametrize("name", PAGES)
def test_a_lost_answer_is_found_out_about(name, everything, owner, owner_client, work, sandbox, unlock):
    """And what took effect is never sent again."""
    page = PAGES[name]
    page.before(owner, sandbox)
    before = len(sandbox.journal())
    job = kept(owner_client, page, unlock)
    sandbox.fault(page.endpoint, drop="after")
    job = work(job)
    assert job.rows.get().status == RowStatus.UNKNOWN
    job = found_out(job, work)
    assert len(sandbox.journal()) == before + page.entries
    if page.shows:
        assert (job.status, job.rows.get().status) == (JobStatus.FINISHED, RowStatus.DONE)
    else:
        assert job.status == JobStatus.PAUSED
        assert job.activity.startswith("What became of it could not be found out by reading.")


def queued(owner, name="Author") -> Job:
    row = writer()
    shown = {"name": row.name}
    writes = directory.writes_of(DESIGNATIONS)
    return writes.update.queue(row, values={"name": name}, shown=shown, actor=owner.actor(), reason="")


def test_two_jobs_do_not_change_the_same_thing(synced, owner):
    queued(owner)
    with pytest.raises(Refused, match=r"^Another job is about to change Content Writer\. Wait until"):
        queued(owner, "Editor")


def test_what_changed_while_it_waited_is_not_overwritten(synced, owner, work, sandbox):
    job = queued(owner)
    Job.objects.filter(pk=job.pk).update(wake_at=timezone.now())
    row = writer()
    DESIGNATIONS.update(row, values={"name": "Scribe"}, actor=owner.actor())
    job = work(job, patience=PATIENCE)
    assert job.rows.get().sentence == (
        "Nothing was sent: somebody else has changed Content Writer meanwhile (name). "
        "Open the designation and decide again."
    )
    assert len(sandbox.journal()) == 1


def test_a_lost_answer_is_read_and_not_sent_again(synced, owner, work, sandbox):
    sandbox.fault("designations.update", drop="after")
    job = work(queued(owner))
    assert job.rows.get().status == RowStatus.UNKNOWN
    Operation.objects.update(observe_at=timezone.now())
    job = work(job, patience=PATIENCE)
    assert (job.status, job.rows.get().status) == (JobStatus.FINISHED, RowStatus.DONE)
    assert len(sandbox.journal()) == 1


def test_whoever_is_left_is_still_taken_out_once_a_person_settled_the_first(synced, owner, work, sandbox):
    """One call each: that one of them took effect says nothing of the others."""
    read_team(owner, sandbox)
    users = list(TEAMS.members(team())[:3])
    before = len(sandbox.journal())
    writes = directory.writes_of(TEAMS)
    job = writes.remove_members.queue(team(), users=users, actor=owner.actor(), reason="")
    sandbox.fault("teams.remove_member", drop="after")
    job = work(job)
    assert job.rows.get().status == RowStatus.UNKNOWN
    Operation.objects.filter(stage__in=OPEN).update(observe_at=None)
    job = work(job, patience=PATIENCE)
    assert job.status == JobStatus.PAUSED
    [lost] = Operation.objects.filter(stage__in=OPEN)
    settling.settle_by_person(lost, Outcome(Stage.DONE), actor=owner.actor(), reason="Seen in Zoho")
    services.resume(job, actor=owner.actor())
    job = work(job, patience=PATIENCE)
    assert (job.status, job.rows.get().status) == (JobStatus.FINISHED, RowStatus.DONE)
    assert len(sandbox.journal()) == before + len(users) == before + 3
    assert not TEAMS.members(team()).filter(pk__in=[user.pk for user in users]).exists()


def test_what_is_gone_by_then_is_said(synced, owner, work, sandbox):
    job = queued(owner)
    Designation.objects.filter(name="Content Writer").update(gone_at=timezone.now())
    job = work(job, patience=PATIENCE)
    assert job.rows.get().sentence == "Nothing was sent: Zoho no longer has Content Writer."


def test_what_was_confirmed_long_ago_is_not_done(synced, owner, work, sandbox):
    """Who would be moved by it may be somebody else by then."""
    job = roles.DELETE.queue(Role.objects.get(name="Interns"), reason="Over", actor=owner.actor())
    Job.objects.filter(pk=job.pk).update(created_at=timezone.now() - timedelta(minutes=61))
    job = work(job, patience=PATIENCE)
    assert job.rows.get().sentence == (
        "Nothing was sent: this was confirmed more than an hour ago. Look again and decide anew."
    )
    assert sandbox.journal() == []


def test_who_administers_is_judged_when_it_is_sent(synced, owner, work, sandbox):
    """By a reading of that moment, as when somebody waits at the page."""
    job = roles.MOVE.queue(Role.objects.get(name="Interns"), [cast.ADMIN.zuid], actor=owner.actor())
    job = work(job, patience=PATIENCE)
    assert job.rows.get().sentence.startswith("Olivia Palmer holds the portal's connection to Zoho")
    assert (job.status, sandbox.journal()) == (JobStatus.FINISHED, [])


def test_a_domain_that_was_replaced_is_not_deleted(grant, owner, work, sandbox):
    """Zoho's call names none: it would be the new one."""
    domain.add(name="chat.zylker.org", actor=owner.actor())
    job = organization.DOMAIN_DELETE.queue(name="old.zylker.org", reason="Moved", actor=owner.actor())
    job = work(job, patience=PATIENCE)
    assert job.rows.get().sentence == (
        "Nothing was sent: the custom domain is chat.zylker.org by now, no more old.zylker.org."
    )


def test_several_decisions_wait_one_by_one(everything, owner_client, unlock):
    waiting = list(Channel.objects.filter(status="pending", level="organization").order_by("pk")[:2])
    url = "/channels/requests/approve/?" + "&".join(f"channel={each.cliq_id}" for each in waiting)
    quota(cast.ADMIN.zuid).lock(CATALOGUE["channels.approve"])
    page = owner_client.post(url, {"reason": ""})
    assert "Send it when the quota is free" in page.content.decode()
    page = owner_client.post(url, {"reason": "", "later": "1"}, follow=True)
    assert "2 decisions are sent as soon as Zoho’s limit allows." in page.content.decode()
    assert Job.objects.filter(kind="channels.approve").count() == 2


def test_a_picture_cannot_wait(everything, owner, owner_client):
    """The button is not offered, and who asks all the same is told; the file has to be chosen again."""
    url = f"/channels/{Channel.objects.get(name='Marketing').cliq_id}/edit/"
    quota(cast.ADMIN.zuid).lock(CATALOGUE["channels.update"])

    def picture() -> SimpleUploadedFile:
        return SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\n" + b"0" * 64)

    given = submitted(owner_client, url)
    page = owner_client.post(url, given | {"picture": picture()}).content.decode()
    assert "Choose the file again before you save again." in page
    assert "Send it when the quota is free" not in page
    page = owner_client.post(url, given | {"picture": picture(), "later": "1"}).content.decode()
    assert "A picture cannot wait: save it when there is room again." in page
    assert not Job.objects.filter(kind="channels.update").exists()


def test_what_is_typed_never_passes_for_a_thing(db):
    """A matrix takes its keys from the browser."""
    typed = {"thing": ["directory.user", cast.ADMIN.zuid, "x"], "mapping": {"a": "b"}}
    assert unpacked(packed(typed)) == typed
    with pytest.raises(TypeError):
        packed(object())


def test_a_message_that_did_not_arrive_is_told_with_the_decision(everything, owner, work, sandbox):
    telling.wish(True, actor=owner.actor())
    sandbox.fault("messages.post_to_user", status=403, code="operation_not_allowed")
    chess = Channel.objects.get(name="Chess")
    job = work(channel_jobs.APPROVE.queue(chess, reason="", actor=owner.actor()), patience=PATIENCE)
    assert job.rows.get().status == RowStatus.DONE
    assert job.rows.get().sentence == (
        f"#Chess was approved. The message to {chess.creator_name} was not delivered for certain: "
        "Zoho refused: this person cannot be written to, or no longer belongs to the organisation."
    )
