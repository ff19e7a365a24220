"""Changing one user: what is sent, what is told, what is refused."""

import json

import pytest
from django.utils import timezone

from apps.audit import settling
from apps.audit.models import Event, Operation, Stage
from apps.cliq.catalogue import CATALOGUE
from apps.connections.clients import quota
from apps.core.errors import (
    ChangedElsewhere,
    NothingToChange,
    OutcomeUnknown,
    QuotaWait,
    Refused,
)
from apps.directory import canonical, jobs
from apps.directory.models import Department, User
from apps.directory.services import users
from apps.jobs.models import JobStatus, RowStatus
from apps.sandbox import cast
from tests.directory.conftest import PATIENCE

EMAIL = cast.MEMBER.email


def shown(user):
    """What a form shows of a user."""
    return {name: canonical.of_mirror(user).get(name, "") for name in canonical.FIELDS}


def save(user, owner, **changes):
    """What a form sends: everything it showed, with these changes."""
    return users.update(
        user, values={**shown(user), **changes}, shown=shown(user), actor=owner.actor(), reason="Asked by HR"
    )


def last(stage):
    """The newest event of a stage."""
    return json.loads(Event.objects.filter(stage=stage).order_by("-seq").values_list("body", flat=True)[0])


def test_it_sends_only_what_changed(amelia, owner, sandbox):
    """One field differs: one field is sent, logged before and after, and mirrored from the reply."""
    result = save(amelia, owner, work_location="D block, 4-11")
    assert result.changed == {"work_location": "D block, 4-11"}
    assert sandbox.person(EMAIL)["work_location"] == "D block, 4-11"
    done = last(Stage.DONE)
    assert done["before"] == {"work_location": "C block, S-H12"}
    assert done["after"] == {"work_location": "D block, 4-11"}
    assert (done["kind"], done["subject_id"], done["reason"]) == (
        "user.updated",
        amelia.cliq_id,
        "Asked by HR",
    )
    assert Event.objects.get(seq=result.event).stage == Stage.DONE
    amelia.refresh_from_db()
    assert amelia.work_location == "D block, 4-11"
    assert amelia.department_name == "Creative Writers"


def test_it_writes_ids_and_tells_names(amelia, owner, sandbox):
    """Department, manager and country go out as Zoho takes them; the log can be read."""
    sales = Department.objects.get(name="Sales")
    save(
        amelia,
        owner,
        department_id=sales.cliq_id,
        reporting_to_zuid=cast.ADMIN.zuid,
        country="India",
        timezone="Asia/Calcutta",
    )
    person = sandbox.person(EMAIL)
    assert (person["department_id"], str(person["reporting_to"])) == (sales.cliq_id, cast.ADMIN.zuid)
    assert (person["country"], person["timezone"]) == ("IN", "Asia/Kolkata")
    done = last(Stage.DONE)
    assert done["after"]["department"] == {"id": sales.cliq_id, "name": "Sales"}
    assert done["after"]["reporting_to"] == {"id": cast.ADMIN.zuid, "name": cast.ADMIN.name}
    assert done["before"]["department"]["name"] == "Creative Writers"
    amelia.refresh_from_db()
    assert (amelia.department_name, amelia.manager_name) == ("Sales", cast.ADMIN.name)


def test_it_empties_a_field(amelia, owner, sandbox):
    """Zoho leaves an empty field out of its reply: the mirror does not keep the old value."""
    save(amelia, owner, extension="", reporting_to_zuid="")
    assert sandbox.person(EMAIL)["extension"] == ""
    amelia.refresh_from_db()
    assert (amelia.extension, amelia.manager_id, amelia.manager_name) == ("", "", "")


def test_it_writes_a_custom_field(amelia, owner, sandbox):
    """By its unique name, beside the others."""
    save(amelia, owner, workshift="Night")
    assert sandbox.person(EMAIL)["custom"]["workshift"] == "Night"
    amelia.refresh_from_db()
    assert amelia.custom == {"dateofjoining": "2019-02-04", "workshift": "Night"}


def test_it_keeps_what_zoho_never_gives_back(amelia, owner, sandbox):
    """The phone is what the portal last wrote, also after another reading; the same again is nothing."""
    save(amelia, owner, phone="044-1234")
    amelia.refresh_from_db()
    assert amelia.phone == "044-1234"
    save(amelia, owner, mobile="1")
    amelia.refresh_from_db()
    assert amelia.phone == "044-1234"
    with pytest.raises(NothingToChange):
        users.update(amelia, values={"phone": "044-1234"}, shown=None, actor=owner.actor())


def test_it_returns_early_when_nothing_would_change(amelia, owner, sandbox):
    """Judged in canonical form: «United States» is «US», a dash is nothing."""
    same = {"country": "United States", "workshift": "-", "language": "English"}
    with pytest.raises(NothingToChange, match=r"^Amelia Burrows is so already"):
        users.update(amelia, values=same, shown=None, actor=owner.actor())
    assert sandbox.journal() == []
    assert not Operation.objects.exists()


def test_it_shows_what_somebody_else_changed(amelia, owner, sandbox):
    """The same field changed meanwhile: nothing is sent, the present value is told and logged as seen."""
    sandbox.change(EMAIL, work_location="E block")
    with pytest.raises(ChangedElsewhere) as caught:
        save(amelia, owner, work_location="D block")
    assert caught.value.fields == {"work_location": "E block"}
    assert sandbox.journal() == []
    amelia.refresh_from_db()
    assert amelia.work_location == "E block"
    assert Event.objects.filter(kind="user.seen", subject_id=amelia.cliq_id).count() == 1


def test_another_field_changed_elsewhere_does_not_matter(amelia, owner, sandbox):
    """Only what this person changed is sent; the other change stays."""
    was = shown(amelia)
    sandbox.change(EMAIL, extension="9999")
    users.update(amelia, values={**was, "mobile": "77"}, shown=was, actor=owner.actor())
    person = sandbox.person(EMAIL)
    assert (person["extension"], person["mobile"]) == ("9999", "77")


def test_a_refusal_finds_its_field(amelia, owner, sandbox):
    """Zoho's code becomes a sentence at the form field; the log has the code."""
    with pytest.raises(Refused) as caught:
        save(amelia, owner, department_id="1", mobile="77")
    assert caught.value.field == "department_id"
    assert caught.value.sentence == "Zoho refused: this department does not exist any more. Choose another."
    assert last(Stage.REFUSED)["details"]["vendor_code"] == "department_not_exist"
    amelia.refresh_from_db()
    assert amelia.mobile != "77"


def test_a_refused_choice_finds_its_custom_field(amelia, owner):
    """A drop-down's option that is gone."""
    with pytest.raises(Refused) as caught:
        save(amelia, owner, employmenttype="Volunteer", workshift="Day")
    assert caught.value.field == "employmenttype"


def test_a_refusal_about_the_person_has_no_field(amelia, owner, sandbox):
    """Even where one field only was sent."""
    sandbox.option("edit_others", False)
    with pytest.raises(Refused) as caught:
        save(amelia, owner, mobile="77")
    assert caught.value.field == ""
    assert caught.value.sentence.startswith("Zoho refused: this profile may not be changed")


def test_a_lost_answer_is_settled_by_reading(amelia, owner, sandbox):
    """Dropped after it took effect: unknown, never sent again, found done by reading."""
    sandbox.fault("users.update", drop="after")
    with pytest.raises(OutcomeUnknown):
        save(amelia, owner, mobile="77", phone="1234")
    operation = Operation.objects.get()
    assert operation.stage == Stage.UNKNOWN
    with pytest.raises(Refused, match=r"^An earlier change of Amelia Burrows has no answer yet"):
        save(amelia, owner, mobile="78")
    Operation.objects.update(observe_at=timezone.now())
    assert settling.settle_due() == 1
    operation.refresh_from_db()
    assert operation.stage == Stage.DONE
    assert last(Stage.DONE)["details"]["settled_by"] == "reading Zoho"
    amelia.refresh_from_db()
    assert (amelia.mobile, amelia.phone) == ("77", "1234")
    assert not Event.objects.filter(kind="user.seen").exists()
    assert len(sandbox.journal()) == 1


def test_a_lost_request_is_settled_as_not_done(amelia, owner, sandbox):
    """Dropped before it took effect: reading shows everything as it was."""
    sandbox.fault("users.update", drop="before")
    with pytest.raises(OutcomeUnknown):
        save(amelia, owner, mobile="77")
    Operation.objects.update(observe_at=timezone.now())
    assert settling.settle_due() == 1
    assert Operation.objects.get().stage == Stage.NOT_DONE
    assert sandbox.journal() == []


@pytest.fixture
def locked(grant):
    """Zoho has locked the update for its ten minutes, which are ten seconds here."""
    quota(grant.zuid).lock(CATALOGUE["users.update"])


def test_a_full_window_sends_and_records_nothing(amelia, owner, locked):
    """The person is told how long, before anything is written down."""
    with pytest.raises(QuotaWait) as caught:
        save(amelia, owner, mobile="77")
    assert caught.value.sentence.startswith(
        "Zoho's limit leaves no room for this change now; the next is free in "
    )
    assert not Operation.objects.exists()


def test_it_is_sent_when_the_quota_is_free(amelia, owner, sandbox, locked, work):
    """A job of one row, which waits out the lock."""
    job = jobs.USER_UPDATE.queue(
        amelia, values={**shown(amelia), "mobile": "77"}, shown=shown(amelia), actor=owner.actor()
    )
    job = work(job)
    assert job.status == JobStatus.RUNNING
    job = work(job, patience=PATIENCE)
    assert job.status == JobStatus.FINISHED
    assert job.activity == "Amelia Burrows was changed."
    assert job.rows.get().status == RowStatus.DONE
    assert sandbox.person(EMAIL)["mobile"] == "77"
    assert last(Stage.DONE)["actor_name"] == owner.name


def test_two_jobs_do_not_change_the_same_user(amelia, owner):
    """The second is refused while the first waits."""
    given = {"values": {"mobile": "1"}, "shown": {"mobile": ""}, "actor": owner.actor()}
    jobs.USER_UPDATE.queue(amelia, **given)
    with pytest.raises(Refused, match=r"^Another job is about to change Amelia Burrows"):
        jobs.USER_UPDATE.queue(amelia, **given)


def test_a_job_does_not_overwrite_what_changed_while_it_waited(amelia, owner, sandbox, work):
    """It ends with a sentence; nothing was sent."""
    job = jobs.USER_UPDATE.queue(
        amelia,
        values={"work_location": "D block"},
        shown={"work_location": "C block, S-H12"},
        actor=owner.actor(),
    )
    sandbox.change(EMAIL, work_location="E block")
    job = work(job, patience=PATIENCE)
    row = job.rows.get()
    assert (job.status, row.status) == (JobStatus.FINISHED, RowStatus.REFUSED)
    assert row.sentence == (
        "Nothing was sent: somebody else has changed Amelia Burrows meanwhile (Seating location). "
        "Open the user and decide again."
    )
    assert sandbox.journal() == []


def test_a_job_finds_out_what_became_of_a_lost_answer(amelia, owner, sandbox, work):
    """Sent once, read, finished: never sent again."""
    sandbox.fault("users.update", drop="after")
    job = jobs.USER_UPDATE.queue(amelia, values={"mobile": "77"}, shown=shown(amelia), actor=owner.actor())
    job = work(job)
    assert job.rows.get().status == RowStatus.UNKNOWN
    Operation.objects.update(observe_at=timezone.now())
    job = work(job, patience=PATIENCE)
    assert (job.status, job.rows.get().status) == (JobStatus.FINISHED, RowStatus.DONE)
    assert len(sandbox.journal()) == 1
    assert User.objects.get(pk=amelia.pk).mobile == "77"
