"""What the jobs add to the console's shell and to the dashboard."""

from typing import Any

from apps.console import navigation
from apps.console.registry import Panel, panels
from apps.console.requests import ConsoleRequest
from apps.core.permissions import Permission
from apps.jobs import selectors
from apps.jobs.models import Job, JobStatus

UNDER_WAY = (JobStatus.QUEUED, JobStatus.RUNNING, JobStatus.PAUSED)


def stopped(request: ConsoleRequest) -> int:
    """Paused jobs wait for a person."""
    return Job.objects.filter(status=JobStatus.PAUSED).count()


def under_way(request: ConsoleRequest, _: object) -> dict[str, Any]:
    """Jobs that run or wait, for the dashboard."""
    jobs = Job.objects.filter(status__in=UNDER_WAY).order_by("-pk")[:5]
    return {
        "jobs": [{"job": job, "url": selectors.url_of(job), "status": JobStatus(job.status)} for job in jobs]
    }


def register() -> None:
    """Called once all apps are loaded."""
    view = Permission.JOBS_VIEW
    navigation.register(
        navigation.Group.WORK, "Jobs", "jobs:jobs", "list-check", view, count=stopped, order=20
    )
    panels.add("home.dashboard", Panel("Under way", "jobs/card.html", under_way, view, order=30))
