"""People who are there already are changed to what the file says, where somebody asked for that."""

import pytest
from django.utils import timezone

from apps.audit.models import Event, Operation, Stage
from apps.directory.models import User
from apps.jobs.models import Job, JobStatus, Reservation, RowStatus
from apps.onboarding import services
from apps.onboarding.models import Onboarding
from apps.sandbox import cast
from tests.onboarding.conftest import csv_of, people, run, uploaded
from tests.working import carry_through

pytestmark = pytest.mark.django_db(transaction=True)


def planned(lines, owner, header="Email,First name,Last name,Department,Employee ID") -> Onboarding:
    onboarding = uploaded(csv_of(lines, header), owner)
    services.check(onboarding, mapping=onboarding.mapping, actor=owner.actor(), changes_people=True)
    carry_through(onboarding.job, patience=10)
    return Onboarding.objects.select_related("job").get(pk=onboarding.pk)


def active(count: int) -> list[User]:
    return list(User.objects.filter(status="active", gone_at=None).order_by("pk")[:count])


def updates(sandbox) -> list[str]:
    return [entry.key for entry in sandbox.journal() if entry.operation == "users.update"]


def test_it_works(synced, owner, sandbox):
    first, second = active(2)
    pending = User.objects.filter(status="pending").first()
    lines = [
        f"{first.email.upper()},Changed,,Engineering,K-1",
        f"{second.email},{second.first_name},,,",
        f"{pending.email},Other,,,",
        "new@zylker.com,New,,,",
    ]
    onboarding = planned(lines, owner)
    assert onboarding.counts == {"add": 1, "update": 1, "nothing": 2}
    row = onboarding.job.rows.get(action="update")
    assert row.data["wanted"].keys() == {"first_name", "department_id", "employee_id"} or row.data[
        "wanted"
    ].keys() == {"first_name", "employee_id"}
    assert ["First name", first.first_name, "Changed"] in row.data["diff"]

    job = run(onboarding, owner)
    assert (job.status, job.activity) == (
        JobStatus.FINISHED,
        "1 added, 1 changed, 2 already there.",
    )
    assert (job.done, job.total) == (2, 2)
    assert updates(sandbox) == [first.cliq_id]
    assert sandbox.person(first.email)["first_name"] == "Changed"
    first.refresh_from_db()
    assert first.employee_id == "K-1"
    assert Event.objects.filter(kind="user.updated", job_id=job.pk, stage=Stage.DONE).count() == 1
    assert not Reservation.objects.exists()


def test_it_is_asked_for(synced, owner):
    (person,) = active(1)
    onboarding = uploaded(csv_of([f"{person.email},Changed,,,"]), owner)
    services.check(onboarding, mapping=onboarding.mapping, actor=owner.actor())
    carry_through(onboarding.job, patience=10)
    onboarding.refresh_from_db()
    assert onboarding.counts == {"nothing": 1}


def test_who_was_changed_since_is_stale(synced, owner, sandbox):
    first, second = active(2)
    onboarding = planned([f"{first.email},Changed,,,", f"{second.email},Other,,,"], owner)
    sandbox.change(first.email, first_name="Elsewhere")
    job = run(onboarding, owner)
    assert job.activity == "1 changed, 1 could not be added."
    row = job.rows.get(key=first.email_key)
    assert (row.status, row.sentence) == (
        RowStatus.CANNOT,
        "Stale: somebody changed this person in Zoho since the check (First name), so nothing was sent. "
        "Try the failed rows again to decide anew.",
    )
    assert updates(sandbox) == [second.cliq_id]


@pytest.mark.parametrize("drop", ["after", "before"])
def test_a_lost_answer_is_found_out_by_reading(drop, synced, owner, sandbox):
    (person,) = active(1)
    onboarding = planned([f"{person.email},Changed,,,"], owner)
    sandbox.fault("users.update", drop=drop)
    services.confirm(onboarding, plan=onboarding.plan_hash, actor=owner.actor())
    job = carry_through(Job.objects.get(pk=onboarding.job_id))
    assert job.rows.get().status == RowStatus.UNKNOWN
    for _ in range(4):
        Operation.objects.filter(stage=Stage.UNKNOWN).update(observe_at=timezone.now())
        Job.objects.filter(pk=job.pk).update(wake_at=timezone.now())
        job = carry_through(job, patience=5)
    assert (job.status, job.activity) == (JobStatus.FINISHED, "1 changed.")
    assert updates(sandbox) == [person.cliq_id]


def test_a_refused_change_ends_with_its_sentence(synced, owner, sandbox):
    first, second = active(2)
    sandbox.fault("users.update", status=400, code="not_zoho_organization_user")
    job = run(planned([f"{first.email},A,,,", f"{second.email},B,,,"], owner), owner)
    assert job.status == JobStatus.FINISHED
    assert job.rows.get(key=first.email_key).status == RowStatus.REFUSED
    assert job.rows.get(key=second.email_key).status == RowStatus.DONE


def test_changes_go_on_while_adding_waits(synced, owner, sandbox, settings):
    settings.CLIQ_USERS_PER_CALL = 1
    # Long enough that adding has to wait, however busy the machine is.
    settings.CLIQ_MINUTE_SECONDS = 10
    changed = active(3)
    lines = [*people(8), *(f"{person.email},Z{person.pk},,," for person in changed)]
    onboarding = planned(lines, owner)
    services.confirm(onboarding, plan=onboarding.plan_hash, actor=owner.actor())
    job = carry_through(Job.objects.get(pk=onboarding.job_id))
    assert job.rows.filter(action="add", status=RowStatus.DONE).count() == 5
    assert job.rows.filter(action="update", status=RowStatus.DONE).count() == 3
    assert carry_through(job, patience=60).activity == "8 added, 3 changed."
    assert cast.ADMIN.email
