"""«Send it when the quota is free», for each form that can wait: queued, sent, told, settled."""

import pytest
from django.utils import timezone

from apps.access.models import Role
from apps.audit.models import Operation
from apps.cliq.catalogue import CATALOGUE
from apps.connections.clients import quota
from apps.core.errors import Refused
from apps.directory import jobs as directory
from apps.directory.models import Department, Designation
from apps.directory.services.designations import DESIGNATIONS
from apps.jobs.models import Job, JobStatus, RowStatus
from apps.organization.services.parts import MAIL
from apps.sandbox import cast

PATIENCE = 30


def submitted(client, url, **changes) -> dict[str, str]:
    """What a browser sends back of a form."""
    form = client.get(url).context["form"]
    data = {}
    for bound in form:
        value = bound.field.prepare_value(bound.initial)
        data[bound.html_name] = data[bound.html_initial_name] = "" if value is None else str(value)
    return data | changes


def writer() -> Designation:
    return Designation.objects.get(name="Content Writer")


def kept(client, url, endpoint, **changes) -> Job:
    """The job of a form whose window is locked: offered first, then queued."""
    data = submitted(client, url, **changes)
    quota(cast.ADMIN.zuid).lock(CATALOGUE[endpoint])
    page = client.post(url, data)
    assert page.status_code == 422
    assert "Send it when the quota is free" in page.content.decode()
    assert not Operation.objects.exists()
    page = client.post(url, data | {"later": "1"}, follow=True)
    job = Job.objects.latest("pk")
    assert page.redirect_chain[-1][0] == job.get_absolute_url()
    assert f"“{job.title}” is sent as soon as Zoho’s limit allows." in page.content.decode()
    return job


def test_a_designation_is_renamed_later(synced, owner_client, work, sandbox):
    job = kept(owner_client, f"/designations/{writer().cliq_id}/edit/", "designations.update", name="Author")
    assert work(job).status == JobStatus.RUNNING
    job = work(job, patience=PATIENCE)
    assert (job.status, job.activity) == (JobStatus.FINISHED, "Content Writer was changed.")
    assert job.rows.get().status == RowStatus.DONE
    assert Designation.objects.filter(name="Author").exists()
    assert Operation.objects.get().job_id == job.pk


def test_a_department_is_made_later(synced, owner_client, work, sandbox):
    base = Department.objects.get(is_default=True)
    job = kept(
        owner_client,
        "/departments/new/",
        "departments.create",
        name="Research",
        lead_zuid=cast.MEMBER.email,
        parent_department_id=base.cliq_id,
    )
    job = work(job, patience=PATIENCE)
    assert (job.status, job.activity) == (JobStatus.FINISHED, "Research was created.")
    assert Department.objects.get(name="Research").lead_id == cast.MEMBER.zuid


def test_a_role_is_renamed_later(synced, owner_client, work, sandbox):
    role = Role.objects.get(name="Interns")
    job = kept(owner_client, f"/roles/{role.cliq_id}/edit/", "roles.update", name="Trainees")
    job = work(job, patience=PATIENCE)
    assert (job.status, job.activity) == (JobStatus.FINISHED, "Interns was changed.")
    role.refresh_from_db()
    assert role.name == "Trainees"


def test_the_sender_is_changed_later(grant, owner_client, work, sandbox):
    MAIL.refresh()
    job = kept(owner_client, "/mail/edit/", "mail.update", name="Zylker")
    job = work(job, patience=PATIENCE)
    assert (job.status, MAIL.kept().name) == (JobStatus.FINISHED, "Zylker")


def queued(owner, name="Author") -> Job:
    row = writer()
    writes = directory.writes_of(DESIGNATIONS)
    shown = {"name": row.name}
    return writes.update(row, values={"name": name}, shown=shown, actor=owner.actor(), reason="")


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


def test_what_is_gone_by_then_is_said(synced, owner, work, sandbox):
    job = queued(owner)
    Designation.objects.filter(name="Content Writer").update(gone_at=timezone.now())
    job = work(job, patience=PATIENCE)
    assert job.rows.get().sentence == "Nothing was sent: Zoho no longer has this designation."
