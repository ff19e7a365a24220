"""A job that wants every call Zoho allows, and a person who clicks meanwhile."""

import threading
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from apps.cliq.catalogue import CATALOGUE
from apps.cliq.tokens import FixedToken
from apps.connections import connecting, scopes
from apps.connections.clients import build, client
from apps.connections.selectors import active_grant
from apps.core.permissions import Permission
from apps.jobs import kinds, queue, services
from apps.jobs.kinds import Again, Finished
from apps.jobs.models import Job, JobStatus
from apps.sandbox import cast
from apps.sandbox.control import Control
from apps.sandbox.server import SandboxServer
from tests.cast import REDIRECT, consented
from tests.drill import figures
from tests.working import carry_through

# An operation that connecting does not use: nobody has asked for it yet.
ENDPOINT = CATALOGUE["designations.list"]
MINUTE = 5.0
# Three rounds of the whole quota alone, then two more with a person at the same operation.
ALONE, IN_ALL = 3 * ENDPOINT.quota + 1, 5 * ENDPOINT.quota
CLICKS, APART = 4, 2.0
# Waking up, one call and its reply, on a machine that does other things too.
GRACE = 0.4


class Reading:
    """One call a step, as many as it is told, and no work between them."""

    name, label, permission = "tests.reading", "Read on and on", Permission.SYNC_RUN

    def __init__(self, alone: threading.Event) -> None:
        self.alone = alone

    def step(self, job, lease):
        client(interactive=False).call(ENDPOINT, params={"limit": 1})
        Job.objects.filter(pk=job.pk).update(done=job.done + 1)
        if job.done + 1 == ALONE:
            self.alone.set()
        return Finished("Read.") if job.done + 1 >= IN_ALL else Again()

    def url(self, job):
        return ""


class Person(threading.Thread):
    """Clicks now and then; remembers what the portal foretold and how long each click really waited."""

    def __init__(self, cliq, alone: threading.Event) -> None:
        super().__init__()
        self.cliq, self.alone = cliq, alone
        self.clicks: list[tuple[float, float]] = []

    def run(self) -> None:
        assert self.alone.wait(60)
        for _ in range(CLICKS):
            time.sleep(APART)
            foretold = self.cliq.quota.wait(ENDPOINT, interactive=True)
            began = time.monotonic()
            self.cliq.call(ENDPOINT, params={"limit": 1})
            self.clicks.append((foretold, time.monotonic() - began))


@pytest.fixture
def zoho(db, settings, tmp_path):
    """A connected organisation in a sandbox whose minute is long enough to measure against."""
    with SandboxServer(tmp_path / "sandbox.sqlite3", users=40, minute=MINUTE) as server:
        settings.CLIQ_BASE_URL = settings.ZOHO_ACCOUNTS_URL = server.url
        settings.CLIQ_MINUTE_SECONDS = MINUTE
        control = Control(server.url)
        connecting.connect(code=consented(control, cast.ADMIN.email), redirect_uri=REDIRECT)
        yield control


@pytest.mark.slow
def test_it_uses_what_is_allowed_and_gives_way_to_a_person(zoho, owner):
    alone = threading.Event()
    kinds.register_kind(Reading(alone))
    grant = active_grant()
    # Their own token: a page's client, without the database of this test's thread.
    token = zoho.grant(cast.ADMIN.email, grant.scopes)["access_token"]
    person = Person(build(FixedToken(token), account=grant.zuid, interactive=True, max_wait=MINUTE), alone)
    person.start()
    job = services.create(Reading.name, title="Read on and on", actor=owner.actor())
    job = carry_through(job, patience=120)
    person.join()
    assert job.status == JobStatus.FINISHED, job.activity

    arrivals = zoho.arrivals(ENDPOINT.name)
    moments = figures.moments(arrivals)
    used = figures.share(moments[:ALONE], ENDPOINT.quota, MINUTE)
    assert figures.broken(arrivals) == []
    assert figures.fullest(moments, MINUTE) == ENDPOINT.quota
    assert used >= 0.97
    # The first click gets the very next slot that comes free; later ones find one that was left for them.
    assert len(person.clicks) == CLICKS
    assert all(waited < foretold + GRACE for foretold, waited in person.clicks)
    assert all(waited < GRACE for _, waited in person.clicks[1:])


def test_a_wait_for_a_whole_window_is_timed_by_the_broker(zoho, owner, settings):
    """Left to the tick it would end up to five seconds late, a twelfth of what Zoho allows."""
    job = services.create("directory.sync", title="Read the organisation", actor=owner.actor())
    window = max(endpoint.period for endpoint in CATALOGUE.values() if endpoint.name in scopes.USED)
    queue.wake(job.pk, after=window)
    job.refresh_from_db()
    assert job.enqueued_at - timezone.now() > timedelta(seconds=window - 5)
    # A message that is held longer than this is delivered a second time.
    assert settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"] / 2 > queue.LONGEST_COUNTDOWN
