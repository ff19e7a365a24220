"""One act for many: planned from the mirror, confirmed, carried out once, with the fewest calls."""

import json
from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from apps.access.models import Role
from apps.audit.models import Event, Operation, Stage
from apps.core.errors import Refused
from apps.directory.bulk import Place
from apps.directory.models import Department, Team, User
from apps.jobs import services as jobs
from apps.jobs.bulk import selectors, services
from apps.jobs.bulk.acts import act_of
from apps.jobs.lease import Lease
from apps.jobs.models import Job, JobRow, JobStatus, RowStatus
from apps.sandbox import cast
from tests.jobs.conftest import ids, planned, run
from tests.working import carry_through

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def marketing(synced) -> Department:
    return Department.objects.get(name="Marketing")


def others(department: Department, count: int) -> list[User]:
    """Users who are not there."""
    return list(User.objects.exclude(department_id=department.cliq_id).order_by("pk")[:count])


def test_all_that_match_are_placed_in_one_call(marketing, owner, sandbox):
    job = planned("users-department", "all=1", {"place": marketing.cliq_id}, owner.actor())
    assert job.title == "Set the department to Marketing"
    there = User.objects.filter(department_id=marketing.cliq_id).count()
    actions = Counter(job.rows.values_list("action", flat=True))
    assert actions == {"update": 40 - there, "nothing": there}
    assert (job.status, job.state["calls"]) == (JobStatus.DRAFT, 1)
    assert sandbox.arrivals("departments.add_members") == []

    job = run(job, owner.actor())
    assert job.activity == f"{40 - there} done, {there} nothing to do."
    assert (job.done, job.total) == (40 - there, 40 - there)
    assert len(sandbox.arrivals("departments.add_members")) == 1
    assert User.objects.filter(department_id=marketing.cliq_id).count() == 40
    told = Event.objects.filter(job_id=job.pk, kind__startswith="job.").order_by("seq")
    assert list(told.values_list("kind", flat=True)) == ["job.created", "job.confirmed", "job.carried_out"]


def test_a_filter_selects_what_it_shows(marketing, owner, sandbox):
    """The words of the address select, not the page they were ticked on."""
    sales = Department.objects.get(name="Sales")
    here = User.objects.filter(department_id=sales.cliq_id).count()
    query = f"all=1&department={sales.cliq_id}&page=2&sort=-name"
    job = planned("users-department", query, {"place": marketing.cliq_id}, owner.actor())
    assert job.rows.count() == here > 0


def test_several_calls_each_within_what_one_takes(marketing, owner, sandbox, monkeypatch):
    monkeypatch.setattr(Place, "most", 7)
    people = others(marketing, 20)
    job = planned("users-department", ids(people), {"place": marketing.cliq_id}, owner.actor())
    assert job.state["calls"] == 3
    run(job, owner.actor())
    assert len(sandbox.arrivals("departments.add_members")) == 3


def test_plain_fields_are_changed_one_by_one(synced, owner, sandbox):
    people = list(User.objects.exclude(country="FR").order_by("pk")[:3])
    values = {"country": "FR", "timezone": "Europe/Paris"}
    job = planned("users-details", ids(people), values, owner.actor())
    assert job.title == "Set country to France, time zone to Europe/Paris"
    row = job.rows.first()
    assert "Country" in [field for field, _, _ in row.data["diff"]]
    read = len(sandbox.arrivals("users.get"))
    job = run(job, owner.actor())
    assert job.activity == "3 done."
    # The mirror was read just now: nobody is read again.
    assert len(sandbox.arrivals("users.update")) == 3
    assert len(sandbox.arrivals("users.get")) == read
    assert sandbox.person(people[0].email)["timezone"] == "Europe/Paris"


def test_an_old_mirror_is_read_again_first(synced, owner, sandbox):
    person = User.objects.exclude(country="FR").order_by("pk").first()
    User.objects.update(read_at=timezone.now() - timedelta(hours=1))
    job = planned("users-details", ids([person]), {"country": "FR"}, owner.actor())
    # Somebody changes the same field in Zoho's own panel between plan and run.
    sandbox.change(person.email, country="JP")
    job = run(job, owner.actor())
    row = job.rows.get()
    assert (row.status, row.sentence) == (
        RowStatus.CANNOT,
        "Somebody changed this in Zoho since the plan was made.",
    )
    assert sandbox.arrivals("users.update") == []


def test_a_lost_answer_is_found_out_by_reading(marketing, owner, sandbox):
    sandbox.fault("departments.add_members", drop="after")
    people = others(marketing, 5)
    job = planned("users-department", ids(people), {"place": marketing.cliq_id}, owner.actor())
    job = run(job, owner.actor(), patience=0)
    assert job.status == JobStatus.RUNNING
    Operation.objects.filter(stage=Stage.UNKNOWN).update(observe_at=timezone.now())
    job = carry_through(job, patience=30)
    assert job.activity == "5 done."
    assert len(sandbox.arrivals("departments.add_members")) == 1
    assert set(job.rows.values_list("sentence", flat=True)) == {"Found out by reading Zoho."}


def test_what_never_arrived_is_sent_again(marketing, owner, sandbox):
    sandbox.fault("departments.add_members", drop="before")
    people = others(marketing, 4)
    job = planned("users-department", ids(people), {"place": marketing.cliq_id}, owner.actor())
    job = run(job, owner.actor(), patience=0)
    Operation.objects.filter(stage=Stage.UNKNOWN).update(observe_at=timezone.now())
    job = carry_through(job, patience=30)
    assert job.activity == "4 done."
    stages = Counter(Event.objects.filter(kind="department.member_added").values_list("stage", flat=True))
    assert stages == {Stage.INTENT: 8, Stage.UNKNOWN: 4, Stage.NOT_DONE: 4, Stage.DONE: 4}


def test_a_dead_workers_rows_are_found_out_about(marketing, owner, sandbox):
    """Sent under a lease that is gone: read first, then sent, and nobody twice."""
    people = others(marketing, 2)
    job = planned("users-department", ids(people), {"place": marketing.cliq_id}, owner.actor())
    services.confirm(job, actor=owner.actor())
    sandbox.fault("departments.add_members", drop="after")
    job = carry_through(job)
    # As a killed worker leaves it: sent, and its answer never recorded.
    job.rows.update(status=RowStatus.SENT, lease_token="dead", sentence="")
    Operation.objects.filter(stage=Stage.UNKNOWN).update(observe_at=timezone.now())
    job = carry_through(job, patience=30)
    assert job.activity == "2 done."
    assert len(sandbox.arrivals("departments.add_members")) == 1


def test_a_call_refused_as_a_whole_is_halved_down_to_its_row(marketing, owner, sandbox):
    """The one that Zoho will not take is refused; all others are placed."""
    people = others(marketing, 8)
    sandbox.fault("departments.add_members", status=400, body=NOT_EXIST, times=4)
    job = run(
        planned("users-department", ids(people), {"place": marketing.cliq_id}, owner.actor()), owner.actor()
    )
    counts = Counter(job.rows.values_list("status", flat=True))
    assert counts == {RowStatus.DONE: 7, RowStatus.REFUSED: 1}
    assert job.activity == "7 done, 1 refused."
    # Eight, four, two, one are refused; then the other one, two and four go through.
    assert len(sandbox.arrivals("departments.add_members")) == 7
    assert services.retry(job, actor=owner.actor()) == 1
    job = carry_through(job, patience=30)
    assert job.activity == "8 done."


NOT_EXIST = json.dumps({"code": "not_zoho_organization_user", "message": "No such user"})


def test_a_missing_permission_stops_it(marketing, owner, sandbox):
    people = others(marketing, 3)
    body = json.dumps({"code": "oauthtoken_scope_invalid", "message": "Scope"})
    sandbox.fault("departments.add_members", status=401, body=body)
    job = run(
        planned("users-department", ids(people), {"place": marketing.cliq_id}, owner.actor()), owner.actor()
    )
    assert job.status == JobStatus.PAUSED
    assert set(job.rows.values_list("status", flat=True)) == {RowStatus.PLANNED}
    jobs.resume(job, actor=owner.actor())
    assert carry_through(job, patience=30).activity == "3 done."


def test_roles_are_moved_and_admin_roles_are_an_owners(synced, owner, operator, sandbox):
    interns = Role.objects.get(name="Interns")
    query = ids(User.objects.all())
    plan = planned("users-role", query, {"role": interns.cliq_id}, operator.actor())
    sentences = set(plan.rows.filter(action="cannot").values_list("sentence", flat=True))
    assert all("only an Owner of the portal may take people out of it" in each for each in sentences)
    assert sentences
    mine = planned(
        "users-role",
        ids(User.objects.filter(cliq_id=cast.MEMBER.zuid)),
        {"role": interns.cliq_id},
        owner.actor(),
    )
    assert run(mine, owner.actor()).activity == "1 done."
    assert len(sandbox.arrivals("roles.add_users")) == 1


def test_the_portals_own_account_keeps_its_role(synced, owner, sandbox):
    """Zoho would take its admin role, and answer the portal nothing any more; whoever else is chosen goes."""
    interns = Role.objects.get(name="Interns")
    admins = User.objects.filter(cliq_id__in=[cast.ADMIN.zuid, cast.SECOND_ADMIN.zuid])
    job = run(planned("users-role", ids(admins), {"role": interns.cliq_id}, owner.actor()), owner.actor())
    counts = Counter(job.rows.values_list("status", flat=True))
    assert counts == {RowStatus.DONE: 1, RowStatus.REFUSED: 1}
    refused = job.rows.get(status=RowStatus.REFUSED)
    assert refused.key == cast.ADMIN.zuid
    assert "holds the portal's connection to Zoho" in refused.sentence


def test_a_row_that_changed_since_the_plan_is_left(marketing, owner, sandbox):
    people = others(marketing, 3)
    job = planned("users-department", ids(people), {"place": marketing.cliq_id}, owner.actor())
    User.objects.filter(pk=people[0].pk).update(gone_at=timezone.now())
    User.objects.filter(pk=people[1].pk).update(department_id=marketing.cliq_id)
    job = run(job, owner.actor())
    assert job.activity == "1 done, 1 nothing to do, 1 cannot."


def test_cancelled_while_it_waits_nothing_more_leaves(synced, owner, sandbox, settings):
    settings.CLIQ_MINUTE_SECONDS = 60
    people = list(User.objects.exclude(country="FR").order_by("pk")[:25])
    job = planned("users-details", ids(people), {"country": "FR"}, owner.actor())
    services.confirm(job, actor=owner.actor())
    # Twenty changes fill the minute; the job then waits.
    job = carry_through(job)
    assert len(sandbox.arrivals("users.update")) == 20
    assert job.activity == "Waiting for Zoho's limit of 20 calls a minute."
    jobs.cancel(job, actor=owner.actor())
    job = carry_through(job)
    assert job.status == JobStatus.CANCELLED
    assert len(sandbox.arrivals("users.update")) == 20


def test_confirmed_twice_it_runs_once(marketing, owner, sandbox):
    job = planned("users-department", "all=1", {"place": marketing.cliq_id}, owner.actor())
    services.confirm(job, actor=owner.actor())
    with pytest.raises(Refused, match="This plan has been confirmed already"):
        services.confirm(job, actor=owner.actor())


def test_a_worker_that_is_killed_while_planning_repeats_no_row(synced, owner, sandbox):
    """Rows and place are one transaction: another worker goes on where it stopped."""
    act = act_of("users-details")
    job = services.plan(act, query="all=1", values={"country": "FR"}, actor=owner.actor())
    stale = Lease(job.pk, "nobody's")
    assert Job.objects.get(pk=job.pk).state == {}
    job = carry_through(job, patience=10)
    assert job.rows.count() == 40
    assert sorted(job.rows.values_list("number", flat=True)) == list(range(1, 41))
    services.plan_again(job, actor=owner.actor())
    assert JobRow.objects.filter(job=job).count() == 0
    assert carry_through(job, patience=10).rows.count() == 40
    assert stale.job_id == job.pk


def test_the_guard_counts_what_changes(marketing, owner, settings):
    act = act_of("users-department")
    few = planned("users-department", ids(others(marketing, 8)), {"place": marketing.cliq_id}, owner.actor())
    many = planned("users-department", ids(others(marketing, 9)), {"place": marketing.cliq_id}, owner.actor())
    # Eight of forty are a fifth, which the guard lets pass.
    assert (selectors.guarded(act, few), selectors.guarded(act, many)) == (0, 9)
    settings.BULK_GUARD_PERCENT = 100
    assert selectors.guarded(act, many) == 0


def test_people_join_a_team_in_one_call_and_leave_it_one_by_one(synced, owner, sandbox):
    team = Team.objects.get(name="Zylcal")
    people = User.objects.order_by("pk")[:9]
    job = planned("users-join-team", ids(people), {"team": team.cliq_id}, owner.actor())
    coming = job.state["to_do"]
    assert job.title == "Add to the team Zylcal"
    job = run(job, owner.actor())
    assert job.rows.filter(status=RowStatus.DONE).count() == coming > 5
    assert len(sandbox.arrivals("teams.add_members")) == 1
    job = planned("users-leave-team", ids(people), {"team": team.cliq_id}, owner.actor())
    assert job.state["calls"] == 9
    job = run(job, owner.actor())
    assert job.activity == "9 done."
    assert len(sandbox.arrivals("teams.remove_member")) == 9


def test_who_is_in_the_team_is_read_before_the_plan(synced, owner, sandbox):
    """The mirror may never have met its members."""
    team = Team.objects.get(name="Zylcal")
    Team.objects.update(members_read_at=None)
    team.members.all().delete()
    read = len(sandbox.arrivals("teams.members"))
    job = planned("users-join-team", "all=1", {"team": team.cliq_id}, owner.actor())
    assert len(sandbox.arrivals("teams.members")) == read + 1
    assert job.rows.filter(action="nothing", sentence="In Zylcal already.").exists()
