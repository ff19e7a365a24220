"""Celery's side: a wake-up that calls one service, and the tick."""

import uuid

from celery import shared_task

from apps.audit import settling
from apps.core import context
from apps.jobs import queue, runner, ticking


@shared_task(name="jobs.carry_on")
def carry_on(job_id: int) -> None:
    """Carry one job on for a few seconds."""
    context.bind(request_id=uuid.uuid4().hex)
    runner.carry_on(job_id)


@shared_task(name="jobs.tick")
def tick() -> None:
    """Every few seconds: wake what should be awake, settle what was left open."""
    context.bind(request_id=uuid.uuid4().hex)
    for job_id in queue.overdue():
        queue.wake(job_id)
    settling.settle_due(jobs=queue.ended_with_open_ends())
    ticking.do_chores()
