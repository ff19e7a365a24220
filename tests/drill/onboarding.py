"""Two onboardings that name the same people, carried through everything that can go wrong on the way.

`DRILL=long pytest -s tests/onboarding/test_drill.py` runs 500 people, 20 a call, with 20 kills; the test
suite runs a short one. Workers are real Celery workers in process groups of their own, killed with
SIGKILL while the sandbox holds its replies and right after its failures; Redis is killed and comes back
over its file; access tokens expire; connections drop before and after the write; calls are throttled,
answered with 500 and with HTML.
What is proven is read from the ledger and from the sandbox's journal; the log is held against the journal
and its chain walked by the fixture that every test with a sandbox has.
"""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from celery import current_app
from django.utils import timezone

from apps.core.redis_server import RedisServer
from apps.jobs import queue
from apps.jobs.lease import DURATION
from apps.jobs.models import Job, JobRow, RowStatus
from apps.jobs.tasks import carry_on
from apps.sandbox.control import Control
from portal.redis_urls import celery_url

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0
UNENDED = (RowStatus.PLANNED, RowStatus.SENT, RowStatus.UNKNOWN)
# One after the other, between the kills: what happens to the next call that adds people.
HELD: dict[str, object] = {"hold": 8.0}
FAULTS: tuple[dict[str, object], ...] = (
    {"drop": "before"},
    {"drop": "after"},
    {"status": 500, "body": "<h1>Oops</h1>", "content_type": "text/html"},
    {"status": 200, "body": "<html>Welcome</html>", "content_type": "text/html"},
    {"status": 200, "body": '{"data": {"success_', "content_type": "application/json"},
    {"code": "request_limit_exceeded"},
)


@dataclass(slots=True)
class Outcome:
    """What was done to the portal, and what the ledger and the journal say afterwards."""

    seconds: float = 0.0
    kills: int = 0
    landed: int = 0
    """Kills between a call's arrival and its reply."""
    faults: int = 0
    redis_restarts: int = 0
    added: Counter[str] = field(default_factory=Counter)
    """How often the sandbox has added each address."""
    told: Counter[str] = field(default_factory=Counter)
    """How many rows say that they added this address."""
    unended: int = 0
    into_locks: int = 0
    calls: int = 0

    def report(self) -> str:
        """The figures, on a line each."""
        return (
            f"{len(self.added)} people added by {self.calls} calls in {self.seconds:.0f} s\n"
            f"{self.kills} kills, {self.landed} of them between arrival and reply\n"
            f"{self.faults} faults (drops, throttle, 500, HTML, cut short), Redis killed "
            f"{self.redis_restarts} times\n"
            f"added more than once: {sum(n > 1 for n in self.added.values())}, rows lost: {self.unended}, "
            f"calls into a lock: {self.into_locks}, ledger and journal agree: {self.added == self.told}"
        )


class Drill:
    """One run over jobs that are confirmed and not begun."""

    def __init__(self, jobs: list[Job], control: Control, env: dict[str, str], folder: Path) -> None:
        self.jobs, self.control = jobs, control
        self.redis = RedisServer(folder / "redis.sock", home=folder / "redis")
        self.env = {**env, "REDIS_URL": self.redis.url}
        self.workers: list[subprocess.Popen[bytes]] = []
        self.outcome = Outcome()

    def run(self, kills: int) -> Outcome:
        """Kill so often, every second time with a call on its way; then let it end."""
        began = time.monotonic()
        with ExitStack() as stack:
            stack.enter_context(self.redis)
            stack.enter_context(self._ended())
            for number in range(kills):
                if self._over():
                    break
                self._round(number)
            self.control.clear_faults()
            self._start()
            self._until(self._over, PATIENCE * 4)
        self.outcome.seconds = time.monotonic() - began
        return self._judged()

    def _round(self, number: int) -> None:
        """One worker's life: something goes wrong beside it, then it is killed."""
        if number % 4 == 1:
            self.control.expire_access_tokens()
        if number % 5 == 2:
            self._restart_redis()
        fault = FAULTS[number // 2 % len(FAULTS)] if number % 2 else HELD
        self.control.fault("users.add", **fault)
        before = len(self.control.arrivals("users.add"))
        worker = self._start()
        self._until(lambda: self._over() or len(self.control.arrivals("users.add")) > before, PATIENCE)
        self.outcome.faults += number % 2
        self._kill(worker)
        self.outcome.kills += 1
        if not number % 2:
            # It had arrived, its reply was held, and the ledger has none.
            sent = JobRow.objects.filter(job__in=self.jobs, status=RowStatus.SENT)
            self.outcome.landed += sent.exists()
        # A minute later: the leases of whoever is gone have run out.
        Job.objects.filter(pk__in=self.pks, lease_until__gt=timezone.now()).update(
            lease_until=timezone.now() - DURATION / 60
        )

    @property
    def pks(self) -> list[int]:
        """The jobs."""
        return [job.pk for job in self.jobs]

    def _over(self) -> bool:
        self._pump()
        return not Job.objects.filter(pk__in=self.pks, status__in=["queued", "running"]).exists()

    def _pump(self) -> None:
        """What the tick does, oftener: wake whatever should be awake."""
        Job.objects.filter(pk__in=self.pks, enqueued_at__lt=timezone.now()).update(enqueued_at=None)
        due = [pk for pk in queue.overdue() if pk in self.pks]
        with current_app.connection_for_write(celery_url(self.redis.url)) as connection:
            for job_id in due:
                carry_on.apply_async(args=[job_id], connection=connection)
                Job.objects.filter(pk=job_id).update(enqueued_at=timezone.now())

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "celery", "--quiet", "-A", "portal", "worker"]
        command += ["--concurrency", "2", "-Q", "portal", "--loglevel", "ERROR"]
        quiet = {**self.env, "LOG_LEVEL": "ERROR"}
        self.workers.append(subprocess.Popen(command, cwd=ROOT, env=quiet, start_new_session=True))
        return self.workers[-1]

    def _kill(self, worker: subprocess.Popen[bytes]) -> None:
        if worker.poll() is None:
            os.killpg(worker.pid, signal.SIGKILL)
            worker.wait(timeout=10)

    def _restart_redis(self) -> None:
        """`kill -9` Redis; it starts again over what it had written."""
        assert self.redis.process is not None
        self.redis.process.send_signal(signal.SIGKILL)
        self.redis.process.wait()
        self.redis.__enter__()
        self.outcome.redis_restarts += 1

    def _until(self, condition: Callable[[], bool], seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > deadline:
                raise RuntimeError(f"It did not come so far: {self._state()}")
            time.sleep(0.05)

    def _state(self) -> list[tuple[str, str]]:
        return list(Job.objects.filter(pk__in=self.pks).values_list("status", "activity"))

    @contextmanager
    def _ended(self) -> Iterator[None]:
        try:
            yield
        finally:
            for worker in self.workers:
                self._kill(worker)

    def _judged(self) -> Outcome:
        rows = JobRow.objects.filter(job__in=self.jobs)
        outcome = self.outcome
        added = [entry.key.casefold() for entry in self.control.journal() if entry.operation == "users.add"]
        outcome.added = Counter(added)
        outcome.told = Counter(rows.filter(status=RowStatus.DONE).values_list("key", flat=True))
        outcome.unended = rows.filter(status__in=UNENDED).count()
        arrivals = self.control.arrivals()
        outcome.into_locks = sum(arrival.locked and not arrival.throttled for arrival in arrivals)
        outcome.calls = len(self.control.arrivals("users.add"))
        return outcome
