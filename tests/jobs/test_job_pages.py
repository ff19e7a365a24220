"""The ledger's pages over a job that really reads the organisation."""

import pytest

from apps.audit.models import Event
from apps.jobs import services
from apps.jobs.models import Job, JobStatus
from tests.accounts.browser import words


@pytest.fixture
def job(owner, grant) -> Job:
    return services.create("directory.sync", title="Read the organisation", actor=owner.actor())


def test_it_is_followed_from_queued_to_finished(owner_client, job, work):
    url = f"/jobs/{job.pk}/"
    page = owner_client.get(url).content.decode()
    assert "Queued" in page
    assert f'hx-get="{url}progress/"' in page
    work(job, patience=30)
    assert owner_client.get(f"{url}progress/")["HX-Refresh"] == "true"
    page = owner_client.get(url).content.decode()
    assert "Finished" in page
    assert "Pause" not in page
    assert "hx-trigger" not in page.partition('<main id="content"')[2]
    assert "Read the organisation" in words(owner_client.get("/jobs/"))


def test_it_is_paused_resumed_and_cancelled(operator_client, job):
    for act, status in (("pause", "paused"), ("resume", "queued"), ("cancel", "cancelled")):
        assert operator_client.get(f"/jobs/{job.pk}/{act}/").status_code == 200
        answer = operator_client.post(f"/jobs/{job.pk}/{act}/")
        assert answer.status_code == 302, words(answer)
        job.refresh_from_db()
        assert job.status == status
    kinds = list(Event.objects.order_by("-seq").values_list("kind", flat=True)[:3])
    assert kinds == ["job.cancelled", "job.resumed", "job.paused"]


def test_an_ended_job_cannot_be_paused(operator_client, job):
    Job.objects.update(status=JobStatus.FINISHED)
    answer = operator_client.post(f"/jobs/{job.pk}/pause/")
    assert answer.status_code == 422
    assert "This job is finished already." in words(answer)


def test_an_auditor_only_looks(auditor_client, job):
    page = words(auditor_client.get(f"/jobs/{job.pk}/"))
    assert "Pause" not in page
    assert auditor_client.post(f"/jobs/{job.pk}/pause/").status_code == 403


def test_a_job_of_a_newer_portal_is_still_shown(owner_client, job):
    Job.objects.update(kind="channels.merge")
    assert "channels.merge" in words(owner_client.get(f"/jobs/{job.pk}/"))
    assert owner_client.get("/jobs/").status_code == 200


def test_without_jobs_it_says_so(owner_client, grant):
    assert "No job has run yet." in words(owner_client.get("/jobs/"))
