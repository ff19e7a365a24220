"""Checking 100,000 rows, and adding 5,000 people at the pace the quota allows."""

import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from unittest import mock

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import connection
from django.utils import timezone

from apps.connections import connecting
from apps.connections.clients import client
from apps.core.actor import SYSTEM
from apps.directory.selectors import SYNC
from apps.directory.services import syncing
from apps.jobs import queue, runner
from apps.jobs.models import Job, JobStatus
from apps.onboarding import services
from apps.onboarding.forecast import forecast
from apps.onboarding.models import Onboarding, Phase
from apps.onboarding.sending import ADD
from apps.sandbox import cast
from apps.sandbox.control import Control
from apps.sandbox.server import SandboxServer
from tests.bench import Step, bench
from tests.bench.bench_users import organization
from tests.cast import REDIRECT, consented

HEADER = "Email,First name,Last name,Department,Designation,Mobile,Country,Time zone,Employee ID"
ROWS, FEW = 100_000, 10_000
MEMORY_MB, GROWTH_MB = 300, 30
MINUTE, JOINERS, CALL = 10.0, 5_000, 100


def rows(count: int) -> bytes:
    """As many joiners; every fiftieth is there already, every hundredth names no department there is."""
    lines = [HEADER]
    for n in range(count):
        email = f"person.{n}@zylker.com" if n % 50 == 0 else f"new.joiner.{n}@zylker.com"
        department = f"Departmnt {n % 90}" if n % 100 == 7 else f"Department {n % 500}"
        lines.append(
            f"{email},Zoë {n % 700},Wiśniewski {n},{department},Designation {n % 30},+91 98{n:08d},"
            f"{('India', 'DE', 'United States')[n % 3]},Asia/Kolkata,K-{n:06d}"
        )
    return "\n".join(lines).encode()


def waiting(count: int) -> Onboarding:
    """An upload of so many rows, handed to the check."""
    organization()
    if not Job.objects.filter(kind=SYNC).exists():
        now = timezone.now()
        read = Job.objects.create(kind=SYNC, title="Read", status=JobStatus.FINISHED, finished_at=now)
        Job.objects.filter(pk=read.pk).update(state={"users_from": now.isoformat()})
    file = ContentFile(rows(count), name="joiners.csv")
    onboarding = services.upload(file, actor=SYSTEM)  # type: ignore[arg-type]
    Onboarding.objects.filter(pk=onboarding.pk).update(phase=Phase.CHECK)
    Job.objects.filter(pk=onboarding.job_id).update(status=JobStatus.QUEUED, wake_at=timezone.now())
    return onboarding


def carried(job_id: int, each: Callable[[Job], object] = bool) -> Job:
    """Every chunk, as one worker after the other would do them; `each` looks at the job between them."""
    while True:
        runner.carry_on(job_id)
        job = Job.objects.get(pk=job_id)
        each(job)
        if not job.active:
            return job
        pause = (job.wake_at - timezone.now()).total_seconds() if job.wake_at else 0
        time.sleep(max(0.0, pause))


def peak_mb(count: int) -> float:
    """The most memory that a process of its own held while it checked so many rows."""
    onboarding = waiting(count)
    connection.close()
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        job = carried(onboarding.job_id)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        os.write(writing, f"{peak if job.status == JobStatus.DRAFT else 1e9}".encode())
        os._exit(0)
    os.waitpid(child, 0)
    return float(os.read(reading, 64))


@bench("100,000 rows: check", repeat=1, target_ms=60_000)
def check() -> Step:
    few, many = peak_mb(FEW), peak_mb(ROWS)
    sys.stderr.write(f"  peak memory: {few:.0f} MB with {FEW:,} rows, {many:.0f} MB with {ROWS:,}\n")
    if many > MEMORY_MB or many - few > GROWTH_MB:
        raise RuntimeError("The check takes more memory than it may, or grows with the rows.")
    turns = iter([waiting(FEW), waiting(ROWS)])

    def step() -> None:
        job = carried(next(turns).job_id)
        if job.status != JobStatus.DRAFT:
            raise RuntimeError(job.activity)

    return step


def added(count: int) -> None:
    """Add so many people against a sandbox with a short minute, and hold the time against the floor."""
    with (
        tempfile.TemporaryDirectory() as folder,
        SandboxServer(Path(folder) / "sandbox.sqlite3", users=40, minute=MINUTE) as server,
        mock.patch.multiple(
            settings,
            ZOHO_ACCOUNTS_URL=server.url,
            CLIQ_BASE_URL=server.url,
            CLIQ_MINUTE_SECONDS=MINUTE,
            CLIQ_USERS_PER_CALL=CALL,
        ),
        mock.patch.object(queue, "wake"),
    ):
        control = Control(server.url)
        connecting.connect(code=consented(control, cast.ADMIN.email), redirect_uri=REDIRECT)
        carried(syncing.start(SYSTEM).pk)
        lines = [f"joiner.{n}@of-{count}.zylker.com" for n in range(count)]
        file = ContentFile("\n".join(["Email", *lines]).encode(), name="joiners.csv")
        onboarding = services.upload(file, actor=SYSTEM)  # type: ignore[arg-type]
        services.check(onboarding, mapping=onboarding.mapping, actor=SYSTEM)
        carried(onboarding.job_id)
        onboarding.refresh_from_db()
        # Calls of the run before still count: the floor holds from a window that is free.
        time.sleep(client(interactive=False).quota.estimate(ADD, ADD.quota))
        services.confirm(onboarding, plan=onboarding.plan_hash, actor=SYSTEM)
        shown: dict[int, float] = {}
        job = carried(onboarding.job_id, each=lambda job: foretold(job, shown))
        arrivals = control.arrivals("users.add")
        report(job, [arrival.at for arrival in arrivals], sum(arrival.throttled for arrival in arrivals))
        for percent, ends in shown.items():
            sys.stderr.write(
                f"  end shown at {percent} %: {ends - arrivals[-1].at:+.1f} s from the last call\n"
            )


def foretold(job: Job, shown: dict[int, float]) -> None:
    """What the page says about the end when a tenth, half and nine tenths are done."""
    for percent in (10, 50, 90):
        if percent not in shown and job.total and job.done * 100 >= job.total * percent:
            ends = forecast(Onboarding.objects.select_related("job").get(job=job)).ends_at
            shown[percent] = ends.timestamp() if ends else 0.0


def report(job: Job, at: list[float], throttled: int) -> None:
    """The time between the first call and the last beside what the quota alone dictates."""
    calls = len(at)
    floor = (-(-calls // 5) - 1) * MINUTE
    if not floor:
        return
    took = at[-1] - at[0]
    sys.stderr.write(
        f"  {job.activity} {calls} calls, floor {floor:.1f} s, took {took:.1f} s "
        f"({(took / floor - 1) * 100:+.1f} %), throttle replies: {throttled}\n"
    )
    if throttled:
        raise RuntimeError("Zoho would have throttled the run.")


@bench("5,000 people: add at a minute of 10 s", repeat=1, target_ms=None, alone=True)
def add() -> Step:
    turns = iter([CALL, JOINERS])
    return lambda: added(next(turns))
