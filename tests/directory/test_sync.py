"""Reading the whole organisation, again and again."""

import json
from datetime import timedelta

from django.utils import timezone

from apps.audit.models import Event
from apps.cliq.catalogue import CATALOGUE
from apps.connections import connecting, scopes
from apps.connections.zoho import zoho_accounts
from apps.core.actor import SYSTEM
from apps.directory import selectors
from apps.directory.models import Department, Designation, User, UserField
from apps.directory.services import syncing
from apps.jobs import services as jobs
from apps.jobs.models import JobStatus
from apps.sandbox import cast
from tests.cast import REDIRECT, consented
from tests.directory.conftest import PATIENCE


def read_again(work):
    """One more sweep."""
    return work(syncing.start(SYSTEM), patience=PATIENCE)


def bodies(kind):
    """What the log tells of a kind, oldest first."""
    return [
        json.loads(text)
        for text in Event.objects.filter(kind=kind).order_by("seq").values_list("body", flat=True)
    ]


def test_it_reads_everybody(synced, sandbox):
    """Users of every status, and what they refer to, stand in the mirror as Zoho has them."""
    assert synced.status == JobStatus.FINISHED, synced.activity
    people = {str(person["id"]): person for person in sandbox.people()}
    mirrored = {user.cliq_id: user for user in User.objects.all()}
    assert mirrored.keys() == people.keys()
    for cliq_id, person in people.items():
        user = mirrored[cliq_id]
        told = (user.email, user.status, user.first_name, user.country, user.department_id, user.manager_id)
        there = (
            person["email_id"],
            person["status"],
            person["first_name"],
            person["country"],
            person["department_id"] or "",
            str(person["reporting_to"] or ""),
        )
        assert told == there
    assert Department.objects.get(is_default=True).name == cast.ORGANIZATION_NAME
    assert Designation.objects.filter(name="Web Developer").exists()
    assert [field.unique_name for field in selectors.custom_fields()] == [
        "workshift",
        "workplace_name",
        "dateofjoining",
        "employmenttype",
    ]
    assert UserField.objects.get(unique_name="employmenttype").options[0]["name"] == "Permanent"


def test_it_tells_how_it_went(synced):
    """The job's sentence, the fact in the log, and the age of the mirror."""
    assert synced.activity == "Read 40 users: 40 new."
    (body,) = bodies("directory.synced")
    assert body["subject_name"] == cast.ORGANIZATION_NAME
    assert body["details"]["counts"]["users"] == 40
    assert bodies("user.seen") == []
    fresh = selectors.directory_freshness()
    assert fresh.read_at == selectors.last_full_sweep() and fresh.read_at is not None
    assert fresh.read_at >= synced.created_at
    assert fresh.job is None


def test_it_reads_page_after_page(organization, sandbox, work):
    """250 people: a hundred a page, one call a page."""
    sandbox.reset(users=250)
    # The reset ended the tokens: connect anew.
    connecting.connect(code=consented(sandbox, cast.ADMIN.email), redirect_uri=REDIRECT)
    job = read_again(work)
    assert job.activity == "Read 250 users: 250 new."
    assert User.objects.count() == 250
    active = sum(person["status"] == "active" for person in sandbox.people())
    pages = -(-active // 100)
    assert len(sandbox.arrivals("users.list")) == pages + 4
    assert job.done == 250


def test_it_tells_what_was_changed_in_zohos_panel(synced, sandbox, work):
    """Before and after of just what differs, with the names behind the ids."""
    department = Department.objects.get(name="Marketing")
    sandbox.change(cast.MEMBER.email, department_id=department.cliq_id, country="DE")
    before = User.objects.get(cliq_id=cast.MEMBER.zuid)
    job = read_again(work)
    assert job.activity == "Read 40 users: 1 changed."
    (body,) = bodies("user.seen")
    assert body["actor_kind"] == "system"
    assert body["subject_id"] == cast.MEMBER.zuid
    assert body["before"] == {
        "department": {"id": before.department_id, "name": before.department_name},
        "country": before.country,
    }
    assert body["after"] == {
        "department": {"id": department.cliq_id, "name": "Marketing"},
        "country": "DE",
    }
    user = User.objects.get(cliq_id=cast.MEMBER.zuid)
    assert (user.country, user.department_name) == ("DE", "Marketing")


def test_it_tells_who_accepted_the_invitation(synced, sandbox, work):
    """A status that changed is a change like any other."""
    invited = next(person for person in sandbox.people() if person["status"] == "pending")
    sandbox.accept(invited["email_id"])
    read_again(work)
    (body,) = bodies("user.seen")
    assert (body["before"], body["after"]) == ({"status": "pending"}, {"status": "active"})


def test_it_marks_who_left(synced, sandbox, work):
    """One of forty is believed; the row stays for its history, the list has it no more."""
    sandbox.remove(cast.MEMBER.email)
    job = read_again(work)
    assert job.activity == "Read 39 users: 1 gone."
    user = User.objects.get(cliq_id=cast.MEMBER.zuid)
    assert user.gone_at is not None
    assert not selectors.users().filter(pk=user.pk).exists()
    (body,) = bodies("user.gone")
    assert body["before"] == {"email_id": cast.MEMBER.email, "status": "active"}


def test_it_stops_when_too_many_are_missing(synced, sandbox, work, owner):
    """Above five per cent a person decides: resumed, they are marked."""
    leavers = [person["email_id"] for person in sandbox.people()[-3:]]
    for email in leavers:
        sandbox.remove(email)
    job = read_again(work)
    assert job.status == JobStatus.PAUSED
    assert job.activity == (
        "3 of 40 users are missing from Zoho's lists, more than the portal believes unasked. "
        "Resume this job if they have really left; cancel it and nobody is marked as gone."
    )
    assert selectors.users().count() == 40
    jobs.resume(job, actor=owner.actor())
    job = work(job, patience=PATIENCE)
    assert job.status == JobStatus.FINISHED
    assert selectors.users().count() == 37


def test_nobody_is_gone_when_the_doubtful_sweep_is_cancelled(synced, sandbox, work, owner):
    """Cancelled, the mirror keeps everybody."""
    for person in sandbox.people()[-3:]:
        sandbox.remove(person["email_id"])
    job = read_again(work)
    jobs.cancel(job, actor=owner.actor())
    assert selectors.users().count() == 40
    assert bodies("user.gone") == []


def test_it_never_overwrites_what_was_read_later(synced, work):
    """A row written after the page was asked for keeps what it has."""
    soon = timezone.now() + timedelta(hours=1)
    User.objects.filter(cliq_id=cast.MEMBER.zuid).update(first_name="Amélie", read_at=soon)
    read_again(work)
    user = User.objects.get(cliq_id=cast.MEMBER.zuid)
    assert (user.first_name, user.read_at) == ("Amélie", soon)


def test_it_goes_on_where_zoho_people_owns_the_structure(sandbox, work):
    """Departments and designations are not listed then; users still name theirs."""
    wanted = (*scopes.needed(), *CATALOGUE["users.list"].people_scopes)
    url = zoho_accounts().authorize_url(REDIRECT, wanted, "state", offline=True, consent=True)
    code = sandbox.consent(url, cast.ADMIN.email).partition("code=")[2].partition("&")[0]
    connecting.connect(code=code, redirect_uri=REDIRECT)
    sandbox.option("zoho_people", True)
    job = read_again(work)
    assert job.status == JobStatus.FINISHED, job.activity
    assert len(job.state["notes"]) == 2
    assert selectors.directory_freshness().notes == tuple(job.state["notes"])
    assert Department.objects.count() == Designation.objects.count() == 0
    assert "Marketing" in [name for _, name in selectors.department_choices()]
    (body,) = bodies("directory.synced")
    assert body["details"]["notes"] == job.state["notes"]


def test_only_one_runs(organization, owner):
    """A second start answers the first one's job."""
    assert syncing.start(owner.actor()) == syncing.start(owner.actor())


class TestStructures:
    """Departments and designations that somebody changed in Zoho's own panel."""

    def test_what_changed_is_told(self, synced, sandbox, work, owner_client):
        """Name, lead and parent, before and after, in the history of the thing."""
        sales = Department.objects.get(name="Sales")
        base = Department.objects.get(is_default=True)
        other = Department.objects.get(name="Marketing")
        sandbox.alter(
            "departments",
            sales.cliq_id,
            name="Growth",
            lead_id=cast.SECOND_ADMIN.zuid,
            parent_id=other.cliq_id,
        )
        read_again(work)
        (body,) = bodies("department.seen")
        assert (body["subject_id"], body["subject_name"]) == (sales.cliq_id, "Growth")
        assert body["before"]["name"] == "Sales"
        assert body["before"]["parent"] == {"id": base.cliq_id, "name": base.name}
        assert body["after"] == {
            "name": "Growth",
            "lead": {"id": cast.SECOND_ADMIN.zuid, "name": cast.SECOND_ADMIN.name},
            "parent": {"id": other.cliq_id, "name": "Marketing"},
        }
        page = owner_client.get(sales.get_absolute_url()).content.decode()
        assert "noticed a change in Zoho of the department Growth" in page
        read_again(work)
        assert len(bodies("department.seen")) == 1

    def test_a_designation_too(self, synced, sandbox, work):
        writer = Designation.objects.get(name="Content Writer")
        sandbox.alter("designations", writer.cliq_id, name="Author")
        read_again(work)
        (body,) = bodies("designation.seen")
        assert (body["before"], body["after"]) == ({"name": "Content Writer"}, {"name": "Author"})
        # Who holds it was not changed by that.
        assert bodies("user.seen") == []

    def test_what_is_gone_is_told(self, synced, sandbox, work, owner_client):
        gone = Designation.objects.filter(name__startswith="Q").first() or Designation.objects.last()
        sandbox.erase("designations", gone.cliq_id)
        read_again(work)
        (body,) = bodies("designation.gone")
        assert body["subject_name"] == gone.name

    def test_what_the_portal_does_is_not_told_twice(self, synced, work, owner):
        from apps.directory.services import designations

        writer = Designation.objects.get(name="Content Writer")
        designations.update(
            writer, values={"name": "Author"}, shown={"name": "Content Writer"}, actor=owner.actor()
        )
        read_again(work)
        assert bodies("designation.seen") == []
