"""The finishing time that a page shows, against the clock of the sandbox."""

import pytest

from apps.cliq.catalogue import CATALOGUE
from apps.jobs import runner
from apps.jobs.models import Job, JobStatus
from apps.onboarding.forecast import CALL_SECONDS, forecast
from apps.onboarding.models import Onboarding
from tests.onboarding.conftest import checked, confirmed, csv_of, people
from tests.working import carry_through

pytestmark = pytest.mark.django_db(transaction=True)

# A process of the tests beside others on the same cores: so late may a call of ours be.
LATE = 1.5


def test_the_end_shown_on_the_way_is_the_end(synced, owner, sandbox, settings, monkeypatch):
    """At a tenth, half and nine tenths: not before the last call, nor later than its answers may take."""
    settings.CLIQ_USERS_PER_CALL = 1
    # A look after every call.
    monkeypatch.setattr(runner, "CHUNK_SECONDS", 0.0)
    onboarding = checked(csv_of(people(30)), owner)
    shown: dict[int, float] = {}

    def look(job: Job) -> None:
        for percent in (10, 50, 90):
            if percent not in shown and job.active and job.done * 100 >= job.total * percent:
                ends = forecast(Onboarding.objects.select_related("job").get(job=job)).ends_at
                assert ends is not None
                shown[percent] = ends.timestamp()

    job = carry_through(confirmed(onboarding, owner), patience=30, each=look)
    assert job.status == JobStatus.FINISHED
    assert shown.keys() == {10, 50, 90}
    last = sandbox.arrivals("users.add")[-1].at
    for percent, ends in shown.items():
        early, late = last - ends, ends - last
        assert early <= LATE, f"at {percent} % the end was shown {early:.1f} s too early"
        assert late <= CALL_SECONDS * CATALOGUE["users.add"].quota + LATE, f"at {percent} %: {late:.1f} s"
