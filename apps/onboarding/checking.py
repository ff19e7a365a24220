"""The check phase: the file is read in the worker, a few seconds at a time, into the job's rows."""

import time
from collections.abc import Generator, Iterator
from contextlib import closing
from itertools import islice
from typing import IO, cast

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from apps.core import spreadsheets
from apps.core.spreadsheets import Row, UnreadableFile
from apps.directory import selectors as directory
from apps.jobs.kinds import Again, Failed, Ready, Step
from apps.jobs.lease import Lease
from apps.jobs.models import Job, JobRow
from apps.onboarding import check, ledger
from apps.onboarding.models import Onboarding, Phase

CHUNK = 500
STEP_SECONDS = 3.0


def step(onboarding: Onboarding, job: Job, lease: Lease) -> Step:
    """Judge the next rows; what was judged before is read again only to know its addresses."""
    if not job.state.get("begun"):
        return _begin(onboarding, job, lease)
    checker = check.checker(onboarding.columns, ledger.sent_since_reading())
    judged_to = int(job.state["judged_to"])
    until = time.monotonic() + STEP_SECONDS
    try:
        with onboarding.file.open("rb") as file, closing(_rows(onboarding, file)) as rows:
            for chunk in _chunks(rows, checker, judged_to):
                _store(job, lease, checker.judge(chunk, job.pk), chunk[-1].number)
                if time.monotonic() > until:
                    return Again(f"Checking row {chunk[-1].number:,}.")
    except FileNotFoundError:
        return Failed("The uploaded file is no longer kept. Upload it again.")
    except UnreadableFile as error:
        return Failed(error.sentence)
    return _conclude(onboarding, job, lease)


def _rows(onboarding: Onboarding, file: object) -> Generator[Row, None, None]:
    return spreadsheets.read(cast(IO[bytes], file), onboarding.delimiter, len(onboarding.header))


def _begin(onboarding: Onboarding, job: Job, lease: Lease) -> Step:
    """Drop the rows of an earlier check and note what the file is compared with."""
    read_at = directory.last_full_sweep()
    with transaction.atomic():
        lease.confirm()
        JobRow.objects.filter(job=job).delete()
        Onboarding.objects.filter(pk=onboarding.pk).update(compared_with=read_at)
        Job.objects.filter(pk=job.pk).update(
            state={"begun": True, "judged_to": 0}, done=0, total=onboarding.rows_expected
        )
    return Again("Reading the file.")


def _chunks(rows: Iterator[Row], checker: check.Checker, judged_to: int) -> Iterator[list[Row]]:
    """Rows below `judged_to`, some hundred at a time."""
    for row in rows:
        if row.number > judged_to:
            yield [row, *islice(rows, CHUNK - 1)]
        else:
            checker.skip(row)


def _store(job: Job, lease: Lease, rows: list[JobRow], judged_to: int) -> None:
    with transaction.atomic():
        lease.confirm()
        JobRow.objects.bulk_create(rows, batch_size=CHUNK)
        job.done += len(rows)
        job.state["judged_to"] = judged_to
        Job.objects.filter(pk=job.pk).update(
            state=job.state, done=job.done, total=max(job.total or 0, job.done)
        )


def _conclude(onboarding: Onboarding, job: Job, lease: Lease) -> Step:
    counted = JobRow.objects.filter(job=job).values_list("action").annotate(n=Count("pk")).order_by()
    counts = dict(counted)
    total = sum(counts.values())
    if not total:
        return Failed(
            "This file has column names and no rows below them. Add the people and upload it again."
        )
    with transaction.atomic():
        lease.confirm()
        Onboarding.objects.filter(pk=onboarding.pk).update(
            phase=Phase.PLAN,
            counts=counts,
            rows_expected=total,
            rows_counted=True,
            checked_at=timezone.now(),
        )
        Job.objects.filter(pk=job.pk).update(state={}, done=0, total=counts.get("add", 0))
    return Ready("Checked. The plan waits to be confirmed.")
