"""Carrying jobs on in the test's own process, as a worker would."""

import time
from collections.abc import Callable

import pytest
from django.utils import timezone

from apps.jobs import runner
from apps.jobs.models import Job

Work = Callable[..., Job]


@pytest.fixture
def work() -> Work:
    """`work(job)` carries it on until it waits, stops or ends; `work(job, patience=10)` sits waits out."""
    return carry_through


def carry_through(job: Job, *, patience: float = 0.0, each: Callable[[Job], object] = bool) -> Job:
    """Do every chunk that is due; waits that end within `patience` seconds are waited for.

    `each` looks at the job after every chunk.
    """
    deadline = time.monotonic() + patience
    while True:
        runner.carry_on(job.pk)
        job.refresh_from_db()
        each(job)
        if not job.active or job.wake_at is None:
            return job
        pause = (job.wake_at - timezone.now()).total_seconds()
        if pause > 0 and time.monotonic() + pause > deadline:
            return job
        # The quota's windows are real: what waits for one has to be awake when it opens.
        time.sleep(max(0.0, pause))
