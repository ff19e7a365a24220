"""A real worker process killed between a bulk call and its answer: nothing is lost, nothing sent twice."""

import pytest
from django.utils import timezone

from apps.audit.models import Operation, Stage
from apps.directory.models import Department, User
from apps.jobs import queue
from apps.jobs.bulk import services
from apps.jobs.lease import DURATION
from apps.jobs.models import Job, JobStatus, RowStatus
from tests.jobs.conftest import ids, planned
from tests.onboarding.test_worker import kill, until, worker  # noqa: F401

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.worker]


@pytest.mark.parametrize(
    ("fault", "arrivals"),
    [({"hold": 8.0}, 1), ({"drop": "before"}, 2)],
    ids=["took effect", "never arrived"],
)
def test_a_killed_worker_resumes(fault, arrivals, request, synced, owner, sandbox):
    start = request.getfixturevalue("worker")
    marketing = Department.objects.get(name="Marketing")
    people = User.objects.exclude(department_id=marketing.cliq_id).order_by("pk")[:12]
    job = planned("users-department", ids(people), {"place": marketing.cliq_id}, owner.actor())
    sandbox.fault("departments.add_members", **fault)
    services.confirm(job, actor=owner.actor())
    first = start()
    until(lambda: bool(sandbox.arrivals("departments.add_members")))
    until(lambda: job.rows.filter(status__in=[RowStatus.SENT, RowStatus.UNKNOWN]).count() == 12)
    kill(first)

    # Minutes later: the lease has run out, what was on its way has arrived or never will.
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - DURATION / 60)
    Operation.objects.filter(stage__in=[Stage.INTENT, Stage.UNKNOWN]).update(observe_at=timezone.now())
    second = start()

    def ended() -> bool:
        for job_id in queue.overdue():
            queue.wake(job_id)
        job.refresh_from_db()
        return job.ended

    until(ended)
    kill(second)
    assert job.status == JobStatus.FINISHED, job.activity
    assert job.activity == "12 done."
    assert len(sandbox.arrivals("departments.add_members")) == arrivals
    assert User.objects.filter(department_id=marketing.cliq_id, pk__in=[p.pk for p in people]).count() == 12
