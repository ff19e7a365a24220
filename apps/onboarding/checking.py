"""The check phase: the file is read in the worker, a few seconds at a time, into the job's rows."""

import time
from contextlib import closing
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from apps.core.spreadsheets import UnreadableFile
from apps.directory import selectors as directory
from apps.jobs.kinds import Again, Failed, Ready, Step
from apps.jobs.lease import Lease
from apps.jobs.models import Job, JobRow
from apps.onboarding import check, following, ledger, managers, plans, reading
from apps.onboarding.models import Onboarding, Phase

CHUNK = 500
STEP_SECONDS = 3.0


def step(onboarding: Onboarding, job: Job, lease: Lease) -> Step:
    """Read the file into lines first, then judge the next of them."""
    if not job.state.get("begun"):
        return _begin(onboarding, job, lease)
    try:
        if "place" not in job.state:
            return _read(onboarding, job, lease)
        return _judge(onboarding, job, lease)
    except FileNotFoundError:
        return Failed("The uploaded file is no longer kept. Upload it again.")
    except UnreadableFile as error:
        return Failed(error.sentence)


def _read(onboarding: Onboarding, job: Job, lease: Lease) -> Step:
    """The whole file at once: the lease is renewed meanwhile, and a cancelled job stops here."""

    def pulse(number: int) -> None:
        lease.confirm()
        Job.objects.filter(pk=job.pk).update(activity=f"Reading row {number:,}.")

    reading.forget(onboarding)
    name = reading.prepare(onboarding, check.key_of, pulse)
    with transaction.atomic():
        lease.confirm()
        Onboarding.objects.filter(pk=onboarding.pk).update(rows_file=name)
        job.state["place"] = 0
        Job.objects.filter(pk=job.pk).update(state=job.state)
    return Again("Checking.")


def _judge(onboarding: Onboarding, job: Job, lease: Lease) -> Step:
    checker = check.checker(onboarding, ledger.sent_since_reading())
    until = time.monotonic() + STEP_SECONDS
    with closing(reading.again(onboarding.rows_file, int(job.state["place"]))) as lines:
        while chunk := list(islice(lines, CHUNK)):
            judged = checker.judge([line for line, _ in chunk], job.pk)
            job.state["unknown"] = _added(job.state.get("unknown", []), checker)
            _store(job, lease, judged, chunk[-1][1])
            if time.monotonic() > until:
                return Again(f"Checking row {judged[-1].number:,}.")
    return _conclude(onboarding, job, lease)


def _added(told: list[dict[str, Any]], checker: check.Checker) -> list[dict[str, Any]]:
    """Unknown names of these rows beside those of the rows before."""
    found = {(each["column"], each["cell"]): each for each in told}
    for (column, cell, near), rows in checker.unknown.items():
        if (column, cell) in found:
            found[column, cell]["rows"] += rows
        elif len(found) < check.MOST_UNKNOWN:
            found[column, cell] = {"column": column, "cell": cell, "near": near, "rows": rows}
    checker.unknown.clear()
    return list(found.values())


def _begin(onboarding: Onboarding, job: Job, lease: Lease) -> Step:
    """Drop the rows of an earlier check and note what the file is compared with."""
    read_at = directory.last_full_sweep()
    with transaction.atomic():
        lease.confirm()
        JobRow.objects.filter(job=job).delete()
        Onboarding.objects.filter(pk=onboarding.pk).update(compared_with=read_at)
        Job.objects.filter(pk=job.pk).update(state={"begun": True}, done=0, total=onboarding.rows_expected)
    return Again("Reading the file.")


def _store(job: Job, lease: Lease, rows: list[JobRow], place: int) -> None:
    with transaction.atomic():
        lease.confirm()
        JobRow.objects.bulk_create(rows, batch_size=CHUNK)
        job.done += len(rows)
        job.state["place"] = place
        Job.objects.filter(pk=job.pk).update(
            state=job.state, done=job.done, total=max(job.total or 0, job.done)
        )


def _conclude(onboarding: Onboarding, job: Job, lease: Lease) -> Step:
    managers.settle(job.pk)
    counted = JobRow.objects.filter(job=job).values_list("action").annotate(n=Count("pk")).order_by()
    counts = dict(counted)
    total = sum(counts.values())
    if not total:
        return Failed(
            "This file has column names and no rows below them. Add the people and upload it again."
        )
    digest = plans.digest(job.pk)
    with transaction.atomic():
        lease.confirm()
        Onboarding.objects.filter(pk=onboarding.pk).update(
            phase=Phase.PLAN,
            counts=counts,
            plan_hash=digest,
            follow_ups=following.planned(job.pk),
            unknown=sorted(job.state.get("unknown", []), key=lambda each: -int(each["rows"])),
            rows_expected=total,
            rows_counted=True,
            checked_at=timezone.now(),
        )
        Job.objects.filter(pk=job.pk).update(
            state={}, done=0, total=counts.get("add", 0) + counts.get("update", 0)
        )
    reading.forget(onboarding)
    to_do = counts.get("add", 0) + counts.get("update", 0)
    return Ready("Checked. The plan waits to be confirmed." if to_do else "Checked. There is nothing to do.")
