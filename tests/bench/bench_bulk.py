"""A plan over 50,000 members, and the calls of each bulk act beside the least possible."""

import math
import sys
import tempfile
import time
from functools import cache
from pathlib import Path
from unittest import mock

from django.conf import settings

from apps.access.models import Role
from apps.access.services import syncing as roles
from apps.connections import connecting
from apps.core.actor import SYSTEM
from apps.directory.models import Department, Designation
from apps.directory.services import syncing
from apps.jobs import queue, runner
from apps.jobs import services as jobs
from apps.jobs.bulk import services
from apps.jobs.bulk.acts import KIND, act_of
from apps.jobs.models import Job, JobStatus
from apps.sandbox import cast
from apps.sandbox.control import Control
from apps.sandbox.server import SandboxServer
from tests.bench import Step, bench
from tests.bench.bench_onboarding import carried
from tests.bench.bench_users import browser, organization
from tests.cast import REDIRECT, consented

PEOPLE = 300
DEPARTMENT = "7"


def judged() -> Job:
    """Everybody into one department, judged as a worker does it."""
    organization()
    values = {"place": DEPARTMENT}
    job = jobs.create(
        f"{KIND}users-department",
        title="Set the department",
        actor=SYSTEM,
        params={"query": "all=1", "values": values},
    )
    while True:
        runner.carry_on(job.pk)
        job.refresh_from_db()
        if not job.active:
            return job


@cache
def plan() -> Job:
    """One that waits to be confirmed."""
    began = time.perf_counter()
    job = judged()
    took = time.perf_counter() - began
    sys.stderr.write(f"  {job.rows.count():,} rows planned in {took:.1f} s, {job.state['calls']} calls\n")
    return job


def opening(path: str, shows: bytes) -> Step:
    """A page of the plan that has to show something."""
    job = plan()
    client = browser()

    def step() -> None:
        page = client.get(path.format(pk=job.pk))
        if page.status_code != 200 or shows not in page.content:
            raise RuntimeError(f"{path} does not show what it should.")

    return step


@bench("a plan over 50,000 users: open it", target_ms=100)
def opened() -> Step:
    return opening("/jobs/{pk}/plan/", b"row-what")


@bench("a plan over 50,000 users: search it", target_ms=100)
def searched() -> Step:
    return opening("/jobs/{pk}/plan/?q=49999", b"49999")


@bench("a plan over 50,000 users: what is so already", target_ms=100)
def filtered() -> Step:
    return opening("/jobs/{pk}/plan/?action=nothing", b"already")


@bench("a plan over 50,000 users: ask to confirm", target_ms=100)
def confirming() -> Step:
    return opening("/jobs/{pk}/confirm/", b"typed")


def asked() -> dict[str, dict[str, str]]:
    """What each act is asked for."""
    return {
        "users-department": {"place": Department.objects.get(name="Marketing").cliq_id},
        "users-designation": {"place": Designation.objects.get(name="Intern").cliq_id},
        "users-role": {"role": Role.objects.get(name="Interns").cliq_id},
        "users-details": {"country": "FR"},
    }


def counted() -> None:
    """Run each act for everybody it may change, and count what arrives."""
    with (
        tempfile.TemporaryDirectory() as folder,
        SandboxServer(Path(folder) / "sandbox.sqlite3", users=PEOPLE, minute=0.5) as server,
        mock.patch.multiple(
            settings, ZOHO_ACCOUNTS_URL=server.url, CLIQ_BASE_URL=server.url, CLIQ_MINUTE_SECONDS=0.5
        ),
        mock.patch.object(queue, "wake"),
    ):
        control = Control(server.url)
        connecting.connect(code=consented(control, cast.ADMIN.email), redirect_uri=REDIRECT)
        carried(syncing.start(SYSTEM).pk)
        carried(roles.start(SYSTEM).pk)
        for name, values in asked().items():
            act = act_of(name)
            assert act is not None
            # Admins keep their roles: the run is about calls, not about who may be moved.
            query = "all=1" if name != "users-role" else members_query()
            job = carried(services.plan(act, query=query, values=values, actor=SYSTEM).pk)
            services.confirm(job, actor=SYSTEM)
            job = carried(job.pk)
            if job.status != JobStatus.FINISHED:
                raise RuntimeError(job.activity)
            done = job.rows.filter(status="done").count()
            calls, least = len(control.arrivals(act.endpoint)), math.ceil(done / act.most)
            sys.stderr.write(f"  {name}: {done} changed in {calls} calls, the least possible {least}\n")
            if calls > least:
                raise RuntimeError(f"{name} takes more calls than it needs.")


def members_query() -> str:
    """Everybody who is in no admin role."""
    people = Role.objects.filter(profile_type="Members").values_list("members__user_id", flat=True)
    return "&".join(f"id={one}" for one in people if one)


@bench("bulk acts: calls beside the least possible", repeat=1, alone=True)
def calls() -> Step:
    turns = iter([lambda: None, counted])
    return lambda: next(turns)()
