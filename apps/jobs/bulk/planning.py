"""The plan: every selected thing judged by the act, from the mirror; nothing is sent."""

import math
import time
from collections import Counter

from django.db import transaction

from apps.connections.mirror import fold
from apps.jobs.bulk.acts import Act, Verdict, list_of
from apps.jobs.kinds import Again, Ready, Step
from apps.jobs.lease import Lease
from apps.jobs.models import Job, JobRow, RowAction, RowStatus

CHUNK = 500
STEP_SECONDS = 3.0
STATUSES = {
    RowAction.NOTHING: RowStatus.NOTHING,
    RowAction.CANNOT: RowStatus.CANNOT,
}


def step(act: Act, job: Job, lease: Lease) -> Step:
    """Judge the next rows; a few seconds of them."""
    if "place" not in job.state:
        act.prepare(job.params["values"])
    until = time.monotonic() + STEP_SECONDS
    while True:
        things = list(
            list_of(act)
            .chosen(job.params["query"])
            .filter(pk__gt=job.state.get("place", 0))
            .order_by("pk")[:CHUNK]
        )
        if not things:
            return _conclude(act, job, lease)
        verdicts = act.judge(things, job.params["values"], job.actor)
        _store(act, job, lease, things, verdicts)
        if time.monotonic() > until:
            return Again(f"Looking at row {job.state['number']:,}.")


def _store(act: Act, job: Job, lease: Lease, things: list[object], verdicts: list[Verdict]) -> None:
    """Rows and place in one transaction, so that a killed worker neither skips nor repeats any."""
    state = {**job.state}
    number, groups = int(state.get("number", 0)), Counter(state.get("groups", {}))
    rows = []
    for thing, verdict in zip(things, verdicts, strict=True):
        number += 1
        if verdict.action not in STATUSES:
            groups[verdict.group] += 1
        rows.append(_row(act, job, number, thing, verdict))
    state |= {"number": number, "groups": dict(groups), "place": things[-1].pk}  # type: ignore[attr-defined]
    with transaction.atomic():
        lease.confirm()
        JobRow.objects.bulk_create(rows, batch_size=CHUNK)
        Job.objects.filter(pk=job.pk).update(state=state, done=number)
    job.state = state


def _row(act: Act, job: Job, number: int, thing: object, verdict: Verdict) -> JobRow:
    key = str(getattr(thing, list_of(act).key))
    name = act.name_of(thing)
    return JobRow(
        job=job,
        number=number,
        key=key,
        name=name[:300],
        search=fold(name, getattr(thing, "email", ""))[:700],
        action=verdict.action,
        status=STATUSES.get(verdict.action, RowStatus.PLANNED),
        sentence=verdict.sentence[:500],
        data={
            "group": verdict.group,
            "diff": [list(each) for each in verdict.diff],
            "under": getattr(thing, "email", ""),
            **verdict.data,
        },
    )


def _conclude(act: Act, job: Job, lease: Lease) -> Step:
    groups = job.state.get("groups", {})
    calls = sum(math.ceil(number / act.most) for number in groups.values())
    to_do = sum(groups.values())
    state = {"phase": "plan", "calls": calls, "rows": job.state.get("number", 0), "to_do": to_do}
    with transaction.atomic():
        lease.confirm()
        Job.objects.filter(pk=job.pk).update(state=state, total=to_do, done=0)
    return Ready("The plan waits to be confirmed." if to_do else "There is nothing to do.")
