"""After a run: failed rows tried again, the notice, who has accepted, and how long the file is kept."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from apps.audit.models import Event
from apps.core.errors import Refused
from apps.directory.models import Department, User
from apps.directory.services import syncing
from apps.jobs import tasks
from apps.jobs.models import Job, JobStatus, RowStatus
from apps.onboarding import notices, services
from apps.onboarding.models import Onboarding
from apps.sandbox import cast
from tests.onboarding.conftest import checked, csv_of, outcomes, people, run, uploaded
from tests.working import carry_through

pytestmark = pytest.mark.django_db(transaction=True)


def fresh(onboarding: Onboarding) -> Onboarding:
    return Onboarding.objects.select_related("job").get(pk=onboarding.pk)


@pytest.fixture
def partly(synced, owner, sandbox, settings) -> Onboarding:
    """Two added, one refused by a call of its own."""
    settings.CLIQ_USERS_PER_CALL = 1
    sandbox.fault("users.add", status=400, code="email.invitation.blocked")
    onboarding = checked(csv_of(people(3)), owner)
    job = run(onboarding, owner)
    assert job.activity == "2 added, 1 refused."
    return fresh(onboarding)


def test_only_failed_rows_are_tried_again(partly, owner, owner_client, sandbox):
    url = f"/onboarding/{partly.pk}/"
    assert "Try 1 failed row again" in owner_client.get(url).content.decode()
    assert "Try 1 row again" in owner_client.get(f"{url}retry/").content.decode()
    assert owner_client.post(f"{url}retry/").url == url
    job = carry_through(partly.job, patience=20)
    assert (job.status, job.activity) == (JobStatus.FINISHED, "3 added.")
    assert set(outcomes(job).values()) == {RowStatus.DONE}
    assert len([entry for entry in sandbox.journal() if entry.operation == "users.add"]) == 3
    assert Event.objects.filter(kind="onboarding.retried").count() == 1
    with pytest.raises(Refused, match="No row has failed"):
        services.retry(fresh(partly), actor=owner.actor())
    assert Job.objects.get(pk=job.pk).status == JobStatus.FINISHED


def test_the_end_is_told_in_the_sidebar_until_it_is_seen(partly, owner, owner_client, auditor_client):
    assert notices.unseen(owner.zuid).count() == 1
    auditor_client.get(f"/onboarding/{partly.pk}/")
    assert notices.unseen(owner.zuid).count() == 1
    owner_client.get(f"/onboarding/{partly.pk}/")
    assert not notices.unseen(owner.zuid).exists()


def test_the_end_is_told_by_mail(partly, owner, mailoutbox, settings):
    (message,) = mailoutbox
    assert message.to == [owner.email]
    assert message.subject == "Onboarding has finished: joiners.csv"
    assert "2 added, 1 refused." in message.body
    assert f"{settings.PUBLIC_URL}/onboarding/{partly.pk}/" in message.body


def test_without_a_mail_server_nothing_is_sent(partly, settings, mailoutbox):
    mailoutbox.clear()
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    assert notices.send(partly.job, "2 added.") is False
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert notices.send(partly.job, "2 added.") is False


def test_who_has_accepted_is_followed_by_readings(partly, owner, owner_client, sandbox):
    url = f"/onboarding/{partly.pk}/"
    added = sorted(key for key, status in outcomes(partly.job).items() if status == RowStatus.DONE)
    carry_through(syncing.start(owner.actor()), patience=30)
    page = owner_client.get(url).content.decode()
    assert "<strong>0</strong> of 2 invited have accepted" in page
    assert "2 not yet" in page
    sandbox.accept(added[0])
    carry_through(syncing.start(owner.actor()), patience=30)
    page = owner_client.get(url).content.decode()
    assert "<strong>1</strong> of 2 invited has accepted" in page
    page = owner_client.get(url, {"invitation": "pending"}).content.decode()
    assert added[1] in page
    assert added[0] not in page


def test_files_are_removed_when_their_time_is_over(partly, owner_client):
    name = partly.file.name
    assert default_storage.exists(name)
    tasks.tick()
    assert default_storage.exists(name)
    Onboarding.objects.update(file_expires_at=timezone.now() - timedelta(seconds=1))
    tasks.tick()
    assert not default_storage.exists(name)
    onboarding = fresh(partly)
    assert onboarding.erased_at is not None
    assert (onboarding.file.name, onboarding.sample) == ("", [])
    assert set(onboarding.job.rows.values_list("key", "name", "search")) == {("", "", "")}
    assert all(row.data == {} and not row.problems for row in onboarding.job.rows.all())
    event = Event.objects.get(kind="onboarding.erased")
    assert "Its time to be kept is over." in event.body
    url = f"/onboarding/{partly.pk}/"
    page = owner_client.get(url).content.decode()
    assert "the numbers and the log stay" in page
    assert "joiner0001" not in page
    assert owner_client.get(f"{url}result.csv").status_code == 404
    tasks.tick()
    assert Event.objects.filter(kind="onboarding.erased").count() == 1


def test_what_waits_to_be_confirmed_is_removed_as_well(synced, owner):
    onboarding = checked(csv_of(people(2)), owner)
    Onboarding.objects.update(file_expires_at=timezone.now())
    tasks.tick()
    assert fresh(onboarding).job.status == JobStatus.CANCELLED
    assert fresh(onboarding).erased_at is not None


def test_what_runs_keeps_its_file(synced, owner):
    onboarding = checked(csv_of(people(2)), owner)
    services.confirm(onboarding, plan=onboarding.plan_hash, actor=owner.actor())
    Onboarding.objects.update(file_expires_at=timezone.now())
    from apps.onboarding import keeping

    assert keeping.erase_expired() == 0
    with pytest.raises(Refused, match="This job still needs the file"):
        keeping.erase(fresh(onboarding), actor=owner.actor())
    assert fresh(onboarding).erased_at is None


def test_it_is_removed_by_hand(partly, owner_client, auditor_client):
    url = f"/onboarding/{partly.pk}/erase/"
    assert auditor_client.post(url).status_code == 403
    assert "Nobody is removed from Cliq." in owner_client.get(url).content.decode()
    assert owner_client.post(url, {"reason": "Asked for it"}).status_code == 302
    assert fresh(partly).erased_at is not None
    assert owner_client.post(url).status_code == 422


def test_a_stale_row_is_offered_again_as_it_would_be_now(synced, owner, owner_client, sandbox):
    person = User.objects.filter(status="active", gone_at=None).order_by("pk").first()
    onboarding = uploaded(csv_of([f"{person.email},Changed,,,"]), owner)
    services.check(onboarding, mapping=onboarding.mapping, actor=owner.actor(), changes_people=True)
    carry_through(onboarding.job, patience=10)
    sandbox.change(person.email, first_name="Elsewhere")
    onboarding = fresh(onboarding)
    assert run(onboarding, owner).rows.get().sentence == (
        "Stale: somebody changed this person in Zoho since the check (First name), so nothing was sent. "
        "Try the failed rows again to decide anew."
    )
    confirmed_plan = fresh(onboarding).plan_hash
    url = f"/onboarding/{onboarding.pk}/"
    assert "Try 1 failed row again" in owner_client.get(url).content.decode()
    page = owner_client.get(f"{url}retry/").content.decode()
    assert "First name from “Elsewhere” to “Changed”." in page
    assert owner_client.post(f"{url}retry/").status_code == 302
    job = carry_through(onboarding.job, patience=20)
    assert (job.status, job.activity) == (JobStatus.FINISHED, "1 changed.")
    assert sandbox.person(person.email)["first_name"] == "Changed"
    event = Event.objects.get(kind="onboarding.retried")
    assert fresh(onboarding).plan_hash in event.body
    assert fresh(onboarding).plan_hash != confirmed_plan


def test_a_row_that_still_cannot_be_sent_is_not(synced, owner, organization):
    onboarding = checked(csv_of(["amy@zylker.com,Amy,,Marketing,"]), owner)
    Department.objects.filter(name="Marketing").update(gone_at=timezone.now())
    job = run(onboarding, owner)
    assert job.rows.get().sentence == "The department was removed in Zoho since the check."
    with pytest.raises(Refused, match="Judged anew, none of these rows can be sent"):
        services.retry(fresh(onboarding), actor=owner.actor())
    assert fresh(onboarding).job.status == JobStatus.FINISHED
    Department.objects.filter(name="Marketing").update(gone_at=None)
    assert services.retry(fresh(onboarding), actor=owner.actor()) == 1
    assert carry_through(fresh(onboarding).job, patience=20).activity == "1 added."


def test_a_plan_with_nothing_to_do_says_so(synced, owner, owner_client):
    onboarding = checked(csv_of([f"{cast.ADMIN.email},,,,"]), owner)
    page = owner_client.get(f"/onboarding/{onboarding.pk}/").content.decode()
    assert "Nobody in this file is to be added." in page
    assert "To be confirmed" not in page
    assert "Nothing to do" in owner_client.get("/onboarding/").content.decode()
    url = onboarding.get_absolute_url()
    assert f'href="{url}"' not in owner_client.get("/").content.decode()
