"""The second pass: managers who are added by the same file, and roles, once a reading shows the people."""

import pytest
from django.utils import timezone

from apps.access.models import Role
from apps.access.services import syncing as roles
from apps.audit.models import Event, Operation, Stage
from apps.channels.models import Channel
from apps.channels.services import syncing as channels
from apps.connections.clients import client
from apps.core.errors import Refused
from apps.core.permissions import PortalRole
from apps.directory.models import Team, User
from apps.jobs import runner, tasks
from apps.jobs import services as jobs
from apps.jobs.models import Job, JobStatus
from apps.onboarding import services
from apps.onboarding.forecast import forecast
from apps.onboarding.models import FollowUp, Onboarding
from apps.sandbox import cast
from tests.cast import administrator
from tests.onboarding.conftest import checked, confirmed, csv_of, run, uploaded
from tests.working import carry_through

pytestmark = pytest.mark.django_db(transaction=True)

HEADER = "Email,Manager email,Cliq role"
FILE = [
    "amy@zylker.com,boss@zylker.com,Interns",
    "ben@zylker.com,boss@zylker.com,Members",
    f"boss@zylker.com,{cast.ADMIN.email},",
]


def fresh(onboarding: Onboarding) -> Onboarding:
    return Onboarding.objects.select_related("job").get(pk=onboarding.pk)


def problems(onboarding) -> dict[int, list[str]]:
    return {row.number: row.problems for row in onboarding.job.rows.all() if row.problems}


def said(job: Job) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in FollowUp.objects.filter(job=job):
        found.setdefault(each.key, []).append(each.said)
    return found


@pytest.fixture
def read(synced, owner) -> Job:
    """Users and roles read."""
    return carry_through(roles.start(owner.actor()), patience=30)


def settled(job: Job, times: int = 4) -> Job:
    """Carried on while time passes for what was left without an answer."""
    for _ in range(times):
        Operation.objects.filter(stage=Stage.UNKNOWN).update(observe_at=timezone.now())
        Job.objects.filter(pk=job.pk).update(wake_at=timezone.now())
        job = carry_through(job, patience=5)
    return job


def test_it_works(read, owner, owner_client, sandbox):
    onboarding = checked(csv_of(FILE, HEADER), owner)
    assert onboarding.counts == {"add": 3}
    interns = Role.objects.get(name="Interns").cliq_id
    assert onboarding.follow_ups == {"manager": {"": 2}, "role": {interns: 1}}
    # One call adds, one reads the invited; two managers are read and set; one role is given.
    assert forecast(onboarding).calls == 1 + 1 + 2 * 2 + 1
    url = f"/onboarding/{onboarding.pk}/"
    page = owner_client.get(url).content.decode()
    assert "Then: reports to boss@zylker.com." in page
    assert "Then: gets the role Interns." in page
    assert "6 of the calls come afterwards, once the people are there" in page
    dialog = owner_client.get(f"{url}confirm/").content.decode()
    assert "2 people report to somebody who is added by this file" in dialog

    before = {name: len(sandbox.arrivals(name)) for name in ("users.list", "roles.add_users")}
    job = run(onboarding, owner)
    assert (job.status, job.activity) == (JobStatus.FINISHED, "3 added, 2 managers set, 1 role given.")
    boss = sandbox.person("boss@zylker.com")
    assert boss["reporting_to"] == cast.ADMIN.zuid
    assert sandbox.person("amy@zylker.com")["reporting_to"] == boss["id"]
    assert sandbox.person("ben@zylker.com")["reporting_to"] == boss["id"]
    assert sandbox.person("amy@zylker.com")["role_id"] == interns
    assert len(sandbox.arrivals("users.update")) == 2
    assert len(sandbox.arrivals("roles.add_users")) - before["roles.add_users"] == 1
    pending = User.objects.filter(status="pending").count()
    assert len(sandbox.arrivals("users.list")) - before["users.list"] == -(-pending // 100)
    assert said(job) == {
        "amy@zylker.com": ["Reports to boss@zylker.com.", "Has the role Interns."],
        "ben@zylker.com": ["Reports to boss@zylker.com."],
    }
    page = owner_client.get(url).content.decode()
    assert "Has the role Interns." in page
    data = b"".join(owner_client.get(f"{url}result.csv").streaming_content).decode()
    assert "Invited; active once they accept. Reports to boss@zylker.com. Has the role Interns." in data
    done = Event.objects.filter(kind="user.updated", job_id=job.pk, stage=Stage.DONE)
    assert done.count() == 2


def test_who_reports_in_a_circle_cannot_be_added(synced, owner):
    lines = ["a@z.com,b@z.com", "b@z.com,c@z.com", "c@z.com,a@z.com", "d@z.com,c@z.com", "e@z.com,d@z.com"]
    onboarding = checked(csv_of(lines, "Email,Manager"), owner)
    assert problems(onboarding) == {
        2: ["They report to themselves through row 3: mend the manager in one of the rows between."],
        3: ["They report to themselves through row 4: mend the manager in one of the rows between."],
        4: ["They report to themselves through row 2: mend the manager in one of the rows between."],
        5: ["The manager is in row 4, which cannot be added. Mend that row first."],
        6: ["The manager is in row 5, which cannot be added. Mend that row first."],
    }
    assert onboarding.counts == {"cannot": 5}
    assert onboarding.follow_ups == {}


def test_who_waits_for_a_manager_that_cannot_be_added_waits(synced, owner):
    lines = [
        "a@zylker.com,b@zylker.com,",
        "b@zylker.com,,Nonsuch Place",
        "c@zylker.com,nobody.there@zylker.com,",
    ]
    assert problems(checked(csv_of(lines, "Email,Manager,Department"), owner)) == {
        2: ["The manager is in row 3, which cannot be added. Mend that row first."],
        3: ["There is no department “Nonsuch Place”."],
        4: ["The manager “nobody.there@zylker.com” is nobody's address in the organisation or in this file."],
    }


def changing(lines, owner, header=HEADER) -> Onboarding:
    onboarding = uploaded(csv_of(lines, header), owner)
    services.check(onboarding, mapping=onboarding.mapping, actor=owner.actor(), changes_people=True)
    carry_through(onboarding.job, patience=10)
    return fresh(onboarding)


def test_somebody_who_is_there_gets_a_new_manager_and_a_role(read, owner, sandbox):
    person = (
        User.objects.filter(status="active", gone_at=None, manager_id="")
        .exclude(email=cast.ADMIN.email)
        .first()
    )
    onboarding = changing([f"{person.email},new@zylker.com,Interns", "new@zylker.com,,"], owner)
    assert onboarding.counts == {"add": 1, "update": 1}
    job = run(onboarding, owner)
    assert job.activity == "1 added, 1 changed, 1 manager set, 1 role given."
    found = sandbox.person(person.email)
    assert found["reporting_to"] == sandbox.person("new@zylker.com")["id"]
    assert found["role_id"] == Role.objects.get(name="Interns").cliq_id
    again = changing([f"{person.email},,Interns"], owner)
    assert again.counts == {"nothing": 1}


@pytest.mark.parametrize("drop", ["after", "before"])
@pytest.mark.parametrize("operation", ["users.update", "roles.add_users"])
def test_a_lost_answer_is_found_out_by_reading(drop, operation, read, owner, sandbox):
    lines = ["boss@zylker.com,,", "amy@zylker.com,boss@zylker.com,Interns"]
    onboarding = checked(csv_of(lines, HEADER), owner)
    sandbox.fault(operation, drop=drop)
    job = settled(run(onboarding, owner, patience=5))
    assert (job.status, job.activity) == (JobStatus.FINISHED, "2 added, 1 manager set, 1 role given.")
    writes = [entry for entry in sandbox.journal() if entry.operation == operation]
    assert len(writes) == 1


def test_what_zoho_refuses_is_told_and_tried_again(read, owner, owner_client, sandbox):
    lines = ["boss@zylker.com,,", "amy@zylker.com,boss@zylker.com,"]
    onboarding = checked(csv_of(lines, HEADER), owner)
    sandbox.fault("users.update", status=400, code="not_zoho_organization_user")
    job = run(onboarding, owner)
    assert job.activity == "2 added, 0 managers set, 1 not."
    assert said(job) == {
        "amy@zylker.com": [
            "Does not report to boss@zylker.com. Zoho refused: this manager does not belong to the "
            "organisation."
        ]
    }
    page = owner_client.get(f"/onboarding/{onboarding.pk}/").content.decode()
    assert "Try 1 failed row again" in page
    assert services.retry(fresh(onboarding), actor=owner.actor()) == 1
    job = carry_through(fresh(onboarding).job, patience=20)
    assert job.activity == "2 added, 1 manager set."
    assert len([entry for entry in sandbox.journal() if entry.operation == "users.add"]) == 2


def test_a_role_for_many_is_one_call_and_halved_where_it_is_refused(read, owner, sandbox):
    lines = [f"p{number}@zylker.com,,Interns" for number in range(8)]
    onboarding = checked(csv_of(lines, HEADER), owner)
    sandbox.fault("roles.add_users", status=400, code="malformed")
    job = run(onboarding, owner)
    assert job.activity == "8 added, 8 roles given."
    assert len(sandbox.arrivals("roles.add_users")) == 3


def test_somebody_who_got_another_manager_meanwhile_keeps_them(synced, owner, sandbox, monkeypatch):
    monkeypatch.setattr(runner, "CHUNK_SECONDS", 0.0)
    onboarding = checked(
        csv_of(["boss@zylker.com,", "amy@zylker.com,boss@zylker.com"], "Email,Manager"), owner
    )
    # The second pass waits for the answer to a change, which leaves time for somebody else.
    job = confirmed(onboarding, owner)
    while not FollowUp.objects.filter(job=job).exclude(user_id="").exists():
        runner.carry_on(job.pk)
    sandbox.change("amy@zylker.com", reporting_to=cast.SECOND_ADMIN.zuid)
    job = carry_through(job, patience=20)
    assert job.activity == "2 added, 0 managers set, 1 not."
    assert said(job)["amy@zylker.com"] == [
        "Does not report to boss@zylker.com. Somebody has set another one in Zoho meanwhile."
    ]
    assert sandbox.person("amy@zylker.com")["reporting_to"] == cast.SECOND_ADMIN.zuid


def test_who_may_not_give_out_roles_cannot(read, owner, operator):
    approved = checked(csv_of(FILE, HEADER), owner)
    with pytest.raises(Refused, match="This plan gives out roles, which your role in this portal does not"):
        services.confirm(approved, plan=approved.plan_hash, actor=operator.actor())
    own = checked(csv_of(FILE, HEADER), operator)
    assert problems(own) == {
        2: [
            "Your role in this portal does not let you give out roles: leave this column out.",
        ],
        3: ["Your role in this portal does not let you give out roles: leave this column out."],
    }
    admin = administrator(PortalRole.ADMINISTRATOR, zuid="2", name="Ad", email="ad@zylker.com")
    name = Role.objects.exclude(profile_type="Members").first().name
    other = checked(csv_of([f"nobody.there@zylker.com,,{name}"], HEADER), admin)
    assert problems(other) == {
        2: [f"{name} is an admin role: only an Owner of the portal may put people into it."]
    }


def test_cancelled_before_it_nothing_follows(synced, owner, owner_client, sandbox, settings, monkeypatch):
    settings.CLIQ_USERS_PER_CALL = 1
    monkeypatch.setattr(runner, "CHUNK_SECONDS", 0.0)
    lines = [f"p{n}@zylker.com,p9@zylker.com" for n in range(9)] + ["p9@zylker.com,"]
    onboarding = checked(csv_of(lines, "Email,Manager"), owner)
    job = confirmed(onboarding, owner)
    while not sandbox.arrivals("users.add"):
        runner.carry_on(job.pk)
    jobs.cancel(job, actor=owner.actor())
    assert carry_through(job, patience=3).status == JobStatus.CANCELLED
    assert not sandbox.arrivals("users.update")
    data = b"".join(owner_client.get(f"/onboarding/{onboarding.pk}/result.csv").streaming_content).decode()
    assert "Not done: reports to p9@zylker.com." in data


@pytest.mark.parametrize(("drop", "then"), [("after", "Reports to"), ("before", "Does not report to")])
def test_what_a_cancelled_job_left_open_is_found_out(drop, then, synced, owner, owner_client, sandbox):
    lines = ["boss@zylker.com,", "amy@zylker.com,boss@zylker.com"]
    onboarding = checked(csv_of(lines, "Email,Manager"), owner)
    sandbox.fault("users.update", drop=drop)
    job = run(onboarding, owner, patience=5)
    assert job.active
    jobs.cancel(job, actor=owner.actor())
    for _ in range(4):
        Operation.objects.filter(stage=Stage.UNKNOWN).update(observe_at=timezone.now())
        tasks.tick()
    assert said(job)["amy@zylker.com"][0].startswith(f"{then} boss@zylker.com.")
    data = b"".join(owner_client.get(f"/onboarding/{onboarding.pk}/result.csv").streaming_content).decode()
    assert f"{then} boss@zylker.com." in data


PLACES = "Email,Teams,Channels"


@pytest.fixture
def places(read, owner) -> None:
    """Channels read as well."""
    carry_through(channels.start(owner.actor()), patience=30)


def some_places() -> tuple[list[Team], Channel]:
    teams = list(Team.objects.filter(gone_at=None).order_by("pk")[:2])
    names = Channel.objects.values_list("name", flat=True)
    once = [name for name in names if list(names).count(name) == 1]
    open_ones = Channel.objects.filter(status="created", name__in=once, level="organization")
    channel = open_ones.order_by("participants", "pk").first()
    assert channel is not None
    return teams, channel


def test_teams_and_channels_go_along_with_the_invitation(places, owner, owner_client, sandbox):
    (one, two), channel = some_places()
    lines = [f'amy@zylker.com,"{one.name}; {two.name.upper()}",{channel.name}', "ben@zylker.com,,"]
    onboarding = checked(csv_of(lines, PLACES), owner)
    assert problems(onboarding) == {}
    row = onboarding.job.rows.get(number=2)
    assert row.data["values"]["team_ids"] == [one.cliq_id, two.cliq_id]
    assert row.data["values"]["channel_ids"] == [channel.cliq_id]
    page = owner_client.get(f"/onboarding/{onboarding.pk}/").content.decode()
    assert f"Joins the team {one.name} with the invitation." in page
    assert forecast(onboarding).calls == 1
    assert run(onboarding, owner).activity == "2 added."
    page = owner_client.get(f"/onboarding/{onboarding.pk}/").content.decode()
    assert f"Joins the team {one.name} with the invitation." in page
    person, cliq = sandbox.person("amy@zylker.com")["id"], client(interactive=False)
    assert {team.id for team in cliq.users.teams(person)} == {one.cliq_id, two.cliq_id}
    assert person in [member.user_id for member in cliq.channels.members(channel.cliq_id)]


def test_a_team_that_is_not_known_offers_the_nearest(places, owner):
    (one, _), channel = some_places()
    wrong = f"{one.name}x"
    onboarding = checked(csv_of([f"amy@zylker.com,{wrong},{channel.name}y"], PLACES), owner)
    assert problems(onboarding) == {
        2: [
            f"There is no team “{wrong}”. Did you mean “{one.name}”?",
            f"There is no channel “{channel.name}y”. Did you mean “{channel.name}”?",
        ]
    }
    services.read_as(onboarding, column="teams", cell=wrong, actor=owner.actor())
    carry_through(onboarding.job, patience=5)
    assert len(problems(fresh(onboarding))[2]) == 1


def test_somebody_who_is_there_joins_a_team_by_one_call_for_all(places, owner, sandbox):
    (one, _), _ = some_places()
    members = one.members.values("user_id")
    outside = User.objects.filter(status="active", gone_at=None).exclude(cliq_id__in=members)
    people = list(outside.order_by("pk")[:3])
    onboarding = changing([f"{each.email},{one.name}," for each in people], owner, PLACES)
    assert onboarding.counts == {"update": 3}
    assert onboarding.follow_ups == {"team": {one.cliq_id: 3}}
    job = run(onboarding, owner)
    assert job.activity == "3 changed, 3 places in teams given."
    assert len(sandbox.arrivals("teams.add_members")) == 1
    assert changing([f"{people[0].email},{one.name},"], owner, PLACES).counts == {"nothing": 1}


def test_somebody_who_is_there_joins_a_channel_by_one_call_for_all(places, owner, sandbox):
    _, channel = some_places()
    inside = {member.user_id for member in client(interactive=False).channels.members(channel.cliq_id)}
    outside = User.objects.filter(status="active", gone_at=None).exclude(cliq_id__in=inside)
    people = list(outside.order_by("pk")[:3])
    onboarding = changing([f"{each.email},,{channel.name}" for each in people], owner, PLACES)
    assert onboarding.counts == {"update": 3}
    job = run(onboarding, owner)
    assert job.activity == "3 changed, 3 places in channels given."
    assert len(sandbox.arrivals("channels.add_members")) == 1


def test_channels_are_not_an_operators(places, operator, owner):
    _, channel = some_places()
    sentence = "Your role in this portal does not let you put people into channels: leave this column out."
    assert problems(checked(csv_of([f"amy@zylker.com,,{channel.name}"], PLACES), operator)) == {2: [sentence]}
    plan = checked(csv_of([f"amy@zylker.com,,{channel.name}"], PLACES), owner)
    with pytest.raises(Refused, match="This plan puts people into channels, which your role"):
        services.confirm(plan, plan=plan.plan_hash, actor=operator.actor())
