"""Adding the people of a plan: every one exactly once, whatever happens on the way."""

from collections import Counter

import pytest
from django.utils import timezone

from apps.audit.models import Event, Operation, Stage
from apps.core.errors import Refused
from apps.jobs import runner, tasks
from apps.jobs import services as jobs
from apps.jobs.models import Job, JobStatus, Reservation, RowStatus
from apps.onboarding import plans, services
from apps.sandbox import cast
from tests.onboarding.conftest import checked, confirmed, csv_of, outcomes, people, run
from tests.working import carry_through

pytestmark = pytest.mark.django_db(transaction=True)


def added(sandbox) -> Counter[str]:
    return Counter(entry.key for entry in sandbox.journal() if entry.operation == "users.add")


def everybody(count: int, start: int = 1) -> Counter[str]:
    return Counter({f"joiner{n:04d}@zylker.com": 1 for n in range(start, start + count)})


def test_it_works(synced, owner, sandbox):
    lines = [*people(43), f"{cast.BLOCKED_EMAIL},Declined,Thrice,,", f"{cast.STRANGER.email},Kiran,Rao,,"]
    job = run(checked(csv_of(lines), owner), owner)

    assert job.status == JobStatus.FINISHED
    assert job.activity == "43 added, 2 refused."
    assert (job.done, job.total) == (45, 45)
    assert added(sandbox) == everybody(43)
    assert len(sandbox.arrivals("users.add")) == 3
    refused = {row.key: row.sentence for row in job.rows.filter(status=RowStatus.REFUSED)}
    assert refused == {
        cast.BLOCKED_EMAIL: "Zoho refused: this person has declined the invitation too often. "
        "Use another address.",
        cast.STRANGER.email: "Zoho refused: this address already has a Zoho account elsewhere. "
        "Use another address.",
    }
    assert not Reservation.objects.exists()


def test_the_quota_is_kept(synced, owner, sandbox, settings):
    settings.CLIQ_USERS_PER_CALL = 2
    job = run(checked(csv_of(people(24)), owner), owner)
    assert job.activity == "24 added."
    assert added(sandbox) == everybody(24)
    assert not any(arrival.throttled for arrival in sandbox.arrivals())


def test_the_same_file_again_changes_nothing(synced, owner, sandbox):
    data = csv_of(people(5))
    run(checked(data, owner), owner)
    again = checked(data, owner)
    assert again.counts == {"nothing": 5}
    assert again.job.rows.first().sentence == "Invited by an earlier onboarding."
    with pytest.raises(Refused, match="Nobody in this file is to be added"):
        services.confirm(again, plan=again.plan_hash, actor=owner.actor())
    assert added(sandbox) == everybody(5)


def test_a_call_lost_after_it_took_effect_counts_as_done(synced, owner, sandbox):
    sandbox.fault("users.add", drop="after")
    job = run(checked(csv_of(people(25)), owner), owner)
    assert job.activity == "25 added."
    assert added(sandbox) == everybody(25)
    assert len(sandbox.arrivals("users.add")) == 2
    sentences = Counter(job.rows.values_list("sentence", flat=True))
    assert sentences == {
        "Invited: Zoho shows this person, although its answer never arrived.": 20,
        "Invited; active once they accept.": 5,
    }


def test_few_lost_people_are_searched_for(synced, owner, sandbox):
    sandbox.fault("users.add", drop="after")
    job = run(checked(csv_of(people(3)), owner), owner)
    assert job.activity == "3 added."
    assert len(sandbox.arrivals("users.add")) == 1


def test_a_call_lost_before_it_took_effect_is_sent_again(synced, owner, sandbox):
    sandbox.fault("users.add", drop="before")
    job = run(checked(csv_of(people(4)), owner), owner)
    assert job.activity == "4 added."
    assert added(sandbox) == everybody(4)
    assert len(sandbox.arrivals("users.add")) == 2
    stages = Counter(Event.objects.filter(kind="user.added").values_list("stage", flat=True))
    assert stages == {Stage.INTENT: 8, Stage.UNKNOWN: 4, Stage.NOT_DONE: 4, Stage.DONE: 4}


def test_a_lost_call_is_never_sent_before_two_readings(synced, owner, sandbox):
    sandbox.fault("users.add", drop="before")
    before = len(sandbox.arrivals("users.list"))
    run(checked(csv_of(people(1)), owner), owner)
    # Two readings of two searches each.
    readings = sandbox.arrivals("users.list")[before:]
    assert len(readings) == 4
    assert readings[-1].at < sandbox.arrivals("users.add")[-1].at


@pytest.mark.parametrize(
    "fault",
    [
        {"status": 500, "body": "<html><h1>Oops</h1></html>", "content_type": "text/html"},
        {"status": 200, "body": "<html>Welcome</html>", "content_type": "text/html"},
        {"status": 200, "body": '{"data": {"success_', "content_type": "application/json"},
    ],
    ids=["html 500", "html 200", "truncated"],
)
def test_an_answer_that_is_none_is_unknown(fault, synced, owner, sandbox):
    sandbox.fault("users.add", **fault)
    job = run(checked(csv_of(people(3)), owner), owner)
    assert job.activity == "3 added."
    assert added(sandbox) == everybody(3)


def test_a_throttle_reply_only_delays(synced, owner, sandbox):
    sandbox.fault("users.add", code="request_limit_exceeded")
    job = confirmed(checked(csv_of(people(3)), owner), owner)
    job = carry_through(job)
    assert job.status == JobStatus.RUNNING
    assert "lock" in job.activity.lower()
    job = carry_through(job, patience=30)
    assert job.activity == "3 added."
    assert added(sandbox) == everybody(3)
    assert [arrival.locked for arrival in sandbox.arrivals("users.add")] == [False, False]


def test_a_row_the_answer_does_not_name_is_looked_for(synced, owner, sandbox):
    body = '{"data": {"success_users": [], "failed_users": {}}}'
    sandbox.fault("users.add", status=200, body=body, content_type="application/json")
    job = run(checked(csv_of(people(2)), owner), owner)
    assert job.activity == "2 added."
    assert added(sandbox) == everybody(2)


def test_a_refusal_that_names_no_row_is_halved_down_to_it(synced, owner, sandbox):
    onboarding = checked(csv_of(people(20)), owner)
    bad = onboarding.job.rows.get(number=8)
    bad.data["values"]["timezone"] = "Nowhere/Land"
    bad.save()
    onboarding.plan_hash = plans.digest(onboarding.job_id)
    onboarding.save()
    job = run(onboarding, owner)
    assert job.activity == "19 added, 1 refused."
    assert outcomes(job)["joiner0007@zylker.com"] == RowStatus.REFUSED
    assert added(sandbox) == everybody(20) - Counter(["joiner0007@zylker.com"])
    assert job.state["groups"] == []


def test_refusals_that_are_about_nobody_stop_the_job(synced, owner, sandbox):
    sandbox.fault("users.add", status=403, body='{"code": "not_an_organization_admin", "message": "no"}')
    job = run(checked(csv_of(people(3)), owner), owner)
    assert job.status == JobStatus.PAUSED
    assert job.activity == (
        "Zoho refused: the account that connects the portal is not an admin of the organisation."
    )
    assert set(outcomes(job).values()) == {RowStatus.PLANNED}
    jobs.resume(job, actor=owner.actor())
    assert carry_through(job, patience=10).activity == "3 added."


def test_refusing_one_by_one_does_not_burn_the_quota(synced, owner, sandbox):
    sandbox.field("workplace_name", mandatory=True)
    job = run(checked(csv_of(people(20)), owner), owner)
    assert job.status == JobStatus.PAUSED
    assert job.activity.startswith("Zoho has refused 5 people one by one")
    assert Counter(outcomes(job).values()) == {RowStatus.REFUSED: 5, RowStatus.PLANNED: 15}
    sandbox.field("workplace_name", mandatory=False)


def some_sent(job: Job, sandbox, monkeypatch) -> Job:
    """Carried on until three calls have left, however busy the machine is."""
    monkeypatch.setattr(runner, "CHUNK_SECONDS", 0.0)
    while len(sandbox.arrivals("users.add")) < 3:
        runner.carry_on(job.pk)
    job.refresh_from_db()
    assert job.status == JobStatus.RUNNING
    return job


def test_cancelling_sends_nothing_more(synced, owner, sandbox, settings, monkeypatch):
    settings.CLIQ_USERS_PER_CALL = 1
    job = some_sent(confirmed(checked(csv_of(people(9)), owner), owner), sandbox, monkeypatch)
    jobs.cancel(job, actor=owner.actor())
    arrived = len(sandbox.arrivals("users.add"))
    assert carry_through(job, patience=3).status == JobStatus.CANCELLED
    assert len(sandbox.arrivals("users.add")) == arrived < 9
    assert not Reservation.objects.exists()


def test_paused_and_resumed_goes_on_where_it_was(synced, owner, sandbox, settings, monkeypatch):
    settings.CLIQ_USERS_PER_CALL = 1
    job = some_sent(confirmed(checked(csv_of(people(7)), owner), owner), sandbox, monkeypatch)
    jobs.pause(job, actor=owner.actor())
    jobs.resume(job, actor=owner.actor())
    assert carry_through(job, patience=30).activity == "7 added."
    assert added(sandbox) == everybody(7)


def test_two_jobs_naming_the_same_people(synced, owner, sandbox):
    first, second = (checked(csv_of(people(30)), owner, name) for name in ("a.csv", "b.csv"))
    one, two = confirmed(first, owner), confirmed(second, owner)
    for _ in range(60):
        one, two = carry_through(one), carry_through(two)
    one, two = carry_through(one, patience=20), carry_through(two, patience=20)
    assert added(sandbox) == everybody(30)
    assert {one.status, two.status} == {JobStatus.FINISHED}
    counts = Counter([*outcomes(one).values(), *outcomes(two).values()])
    assert counts == {RowStatus.DONE: 30, RowStatus.NOTHING: 30}


def test_a_job_waits_for_one_that_holds_the_address(synced, owner, sandbox):
    other = checked(csv_of(people(1)), owner, "other.csv")
    holder = confirmed(other, owner)
    mine = confirmed(checked(csv_of(people(1)), owner), owner)
    Reservation.objects.create(key="joiner0001@zylker.com", job=holder)
    assert carry_through(mine).activity == "Waiting for “other.csv”, which names the same people."
    jobs.pause(holder, actor=owner.actor())
    mine = carry_through(mine, patience=5)
    assert mine.activity == "1 could not be added."
    assert mine.rows.get().sentence == (
        "“other.csv” is adding this address and is paused. Resume or cancel it, then upload this again."
    )


def test_who_joined_since_the_check_is_left_alone(synced, owner, sandbox, work):
    from apps.directory.services import syncing

    onboarding = checked(csv_of(people(2)), owner)
    run(checked(csv_of(people(1)), owner, "first.csv"), owner)
    carry_through(syncing.start(owner.actor()), patience=10)
    job = run(onboarding, owner)
    assert job.activity == "1 added, 1 already there."
    assert job.rows.get(number=2).sentence == "Invited already, not yet accepted."


def test_confirming_twice_is_refused(synced, owner, sandbox):
    onboarding = checked(csv_of(people(1)), owner)
    confirmed(onboarding, owner)
    with pytest.raises(Refused, match="This plan has been confirmed already"):
        services.confirm(onboarding, plan=onboarding.plan_hash, actor=owner.actor())


def test_rows_that_changed_since_they_were_confirmed_are_not_sent(synced, owner, sandbox):
    onboarding = checked(csv_of(people(2)), owner)
    job = confirmed(onboarding, owner)
    row = job.rows.get(number=3)
    row.data["values"]["first_name"] = "Somebody else"
    row.save()
    job = carry_through(job)
    assert job.status == JobStatus.PAUSED
    assert job.activity == (
        "The rows of this plan are not those that were confirmed, so nothing was sent. Cancel this and "
        "upload the file again; the log says who confirmed which plan."
    )
    jobs.resume(job, actor=owner.actor())
    assert carry_through(job).status == JobStatus.PAUSED
    assert not sandbox.arrivals("users.add")
    event = Event.objects.get(kind="onboarding.confirmed")
    assert onboarding.plan_hash in event.body


def test_another_plan_than_the_one_shown_is_not_confirmed(synced, owner):
    onboarding = checked(csv_of(people(2)), owner)
    shown = onboarding.plan_hash
    services.check(onboarding, mapping={"0": "email_id"}, actor=owner.actor())
    carry_through(onboarding.job, patience=5)
    onboarding.refresh_from_db()
    assert onboarding.plan_hash not in ("", shown)
    with pytest.raises(Refused, match="This file was checked again since the page was shown"):
        services.confirm(onboarding, plan=shown, actor=owner.actor())
    services.confirm(onboarding, plan=onboarding.plan_hash, actor=owner.actor())


def test_a_call_that_is_never_answered_is_halved_down_to_the_row(synced, owner, sandbox):
    sandbox.fault("users.add", times=99, status=500, only="joiner0007")
    job = run(checked(csv_of(people(20)), owner), owner, patience=120)
    sandbox.clear_faults()
    assert job.activity == "19 added, 1 unknown."
    assert added(sandbox) == everybody(20) - Counter(["joiner0007@zylker.com"])
    assert job.rows.get(status=RowStatus.UNKNOWN).key == "joiner0007@zylker.com"


def test_when_nothing_is_answered_the_job_stops(synced, owner, sandbox):
    sandbox.fault("users.add", times=99, status=500)
    job = run(checked(csv_of(people(40)), owner), owner, patience=120)
    arrived = len(sandbox.arrivals("users.add"))
    assert (job.status, arrived) == (JobStatus.PAUSED, 8)
    assert job.activity.startswith("Zoho has given no answer that can be used to 8 calls in a row")
    sandbox.clear_faults()
    jobs.resume(job, actor=owner.actor())
    assert carry_through(job, patience=60).activity == "40 added."
    assert added(sandbox) == everybody(40)


def test_never_answered_is_left_to_a_person(synced, owner, sandbox):
    sandbox.fault("users.add", times=9, drop="before")
    job = run(checked(csv_of(people(1)), owner), owner)
    sandbox.clear_faults()
    assert job.activity == "1 unknown."
    assert job.rows.get().sentence.startswith("Sent 5 times, never answered")
    assert len(sandbox.arrivals("users.add")) == 5


def test_it_finds_out_late_that_the_first_call_took_effect(synced, owner, sandbox, settings):
    # The call takes effect only after both readings: the second attempt is told «invited already».
    sandbox.fault("users.add", delay=4, drop="after")
    settings.CLIQ_MINUTE_SECONDS = 1.0
    job = run(checked(csv_of(people(1)), owner), owner)
    assert job.activity == "1 added."
    assert added(sandbox) == everybody(1)


def test_it_goes_on_when_redis_lost_everything(synced, owner, sandbox, redis_connection, settings):
    settings.CLIQ_USERS_PER_CALL = 1
    job = carry_through(confirmed(checked(csv_of(people(8)), owner), owner))
    redis_connection.flushdb()
    job = carry_through(job, patience=10)
    assert job.activity == "8 added."
    assert added(sandbox) == everybody(8)
    assert not any(arrival.throttled for arrival in sandbox.arrivals())


def test_a_dead_grant_pauses_with_the_reason(synced, owner, sandbox):
    onboarding = checked(csv_of(people(2)), owner)
    sandbox.revoke_grants()
    job = run(onboarding, owner, patience=3)
    assert job.status == JobStatus.PAUSED
    assert "connect" in job.activity
    assert set(outcomes(job).values()) == {RowStatus.PLANNED}


def test_an_expired_token_is_renewed_on_the_way(synced, owner, sandbox):
    onboarding = checked(csv_of(people(2)), owner)
    sandbox.expire_access_tokens()
    assert run(onboarding, owner).activity == "2 added."


@pytest.mark.parametrize(
    ("drop", "status"), [("after", RowStatus.DONE), ("before", RowStatus.REFUSED)], ids=["arrived", "lost"]
)
def test_a_cancelled_job_learns_what_became_of_its_last_call(drop, status, synced, owner, sandbox):
    sandbox.fault("users.add", drop=drop)
    job = carry_through(confirmed(checked(csv_of(people(1)), owner), owner))
    assert outcomes(job) == {"joiner0001@zylker.com": RowStatus.UNKNOWN}
    jobs.cancel(job, actor=owner.actor())
    for _ in range(3):
        Operation.objects.filter(stage=Stage.UNKNOWN).update(observe_at=timezone.now())
        tasks.tick()
    assert outcomes(job) == {"joiner0001@zylker.com": status}
    assert not Operation.objects.filter(stage__in=[Stage.INTENT, Stage.UNKNOWN]).exists()
