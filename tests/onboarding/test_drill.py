"""The drill of `make drill`, short: everybody is added exactly once, whatever happens on the way."""

import os

import pytest

from apps.jobs.models import Job, JobStatus
from tests.drill.onboarding import Drill
from tests.onboarding.conftest import checked, confirmed, csv_of, people

LONG = os.environ.get("DRILL") == "long"
PEOPLE, KILLS, LANDED = (500, 20, 10) if LONG else (100, 4, 2)
CALL = 20

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.worker, pytest.mark.slow]


def test_everybody_is_added_exactly_once(synced, owner, sandbox, settings, command_environment, tmp_path):
    settings.CLIQ_USERS_PER_CALL = CALL
    first = checked(csv_of(people(PEOPLE)), owner)
    second = checked(csv_of(people(PEOPLE // 5, start=PEOPLE - PEOPLE // 10 + 1)), owner, "more.csv")
    jobs = [confirmed(each, owner) for each in (first, second)]
    env = {**command_environment, "CLIQ_USERS_PER_CALL": str(CALL)}
    drill = Drill(jobs, sandbox, env, tmp_path)

    outcome = drill.run(KILLS)
    if LONG:
        print(f"\n{outcome.report()}")  # noqa: T201

    everybody = {f"joiner{n:04d}@zylker.com" for n in range(1, PEOPLE + PEOPLE // 10 + 1)}
    assert outcome.added.keys() == everybody
    assert set(outcome.added.values()) == {1}, "somebody was added twice"
    assert outcome.told == outcome.added
    assert outcome.unended == 0
    assert outcome.into_locks == 0
    assert outcome.landed >= LANDED, outcome.report()
    ended = Job.objects.filter(pk__in=[job.pk for job in jobs])
    assert set(ended.values_list("status", flat=True)) == {JobStatus.FINISHED}
