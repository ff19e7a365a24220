"""A real worker process, killed between a call and its answer: nobody is lost, nobody added twice."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from django.utils import timezone

from apps.jobs import queue
from apps.jobs.lease import DURATION
from apps.jobs.models import Job, JobStatus, RowStatus
from tests.onboarding.conftest import checked, confirmed, csv_of, people

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.worker]

PEOPLE = 12


@pytest.fixture
def worker(command_environment, sandbox) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """`worker()` starts one in a process group of its own."""
    env = {**command_environment, "CLIQ_USERS_PER_CALL": "6", "CLIQ_MINUTE_SECONDS": "2"}
    env |= {name: os.environ[name] for name in ("ZOHO_ACCOUNTS_URL", "CLIQ_BASE_URL")}
    command = [sys.executable, "-m", "celery", "--quiet", "-A", "portal", "worker"]
    command += ["--concurrency", "1", "-Q", "portal", "--loglevel", "WARNING"]
    started: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        started.append(subprocess.Popen(command, env=env, start_new_session=True))
        return started[-1]

    yield start
    for process in started:
        kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=10)


def until(condition: Callable[[], bool], seconds: float = 40.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


@pytest.mark.parametrize("fault", [{"hold": 8.0}, {"delay": 8.0}], ids=["took effect", "still on its way"])
def test_a_killed_worker_resumes(fault, worker, synced, owner, sandbox, settings):
    settings.CLIQ_USERS_PER_CALL = 6
    job = confirmed(checked(csv_of(people(PEOPLE)), owner), owner)
    sandbox.fault("users.add", **fault)
    first = worker()
    until(lambda: job.rows.filter(status=RowStatus.SENT).exists())
    # The rows are marked before the call leaves: it is on its way once the sandbox has met it.
    until(lambda: bool(sandbox.arrivals("users.add")))
    kill(first)
    assert job.rows.filter(status=RowStatus.SENT).count() == 6

    # A minute later: the lease has run out, and the tick finds the job.
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - DURATION / 60)
    second = worker()

    def ended() -> bool:
        for job_id in queue.overdue():
            queue.wake(job_id)
        job.refresh_from_db()
        return job.ended

    until(ended)
    kill(second)
    assert job.status == JobStatus.FINISHED, job.activity
    assert job.activity == f"{PEOPLE} added."
    added = Counter(entry.key for entry in sandbox.journal() if entry.operation == "users.add")
    assert added == {f"joiner{number:04d}@zylker.com": 1 for number in range(1, PEOPLE + 1)}
    assert not any(arrival.locked for arrival in sandbox.arrivals())
