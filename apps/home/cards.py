"""Cards of the dashboard about the domains; the machinery below registers its own."""

from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from apps.console.plans import Number
from apps.console.registry import Panel, panels
from apps.console.requests import ConsoleRequest
from apps.core.permissions import Permission
from apps.directory import selectors as directory
from apps.directory.models import UserStatus
from apps.jobs.models import JobStatus
from apps.onboarding.models import Onboarding, Phase


def people(request: ConsoleRequest, _: object) -> dict[str, Any]:
    """People by status, and how old that is."""
    counts = dict(directory.users().order_by().values_list("status").annotate(Count("pk")))
    url = reverse("directory:users")
    numbers = [
        Number(str(status.label), counts[status], status.tone, url=f"{url}?status={status}")
        for status in UserStatus
        if counts.get(status)
    ]
    fresh = directory.directory_freshness()
    return {"numbers": numbers, "total": sum(counts.values()), "read_at": fresh.read_at, "url": url}


def waiting(request: ConsoleRequest, _: object) -> dict[str, Any]:
    """Onboardings that somebody has to map or confirm."""
    waits = Q(phase__in=[Phase.ENCODING, Phase.COLUMNS]) | Q(phase=Phase.PLAN, job__total__gt=0)
    found = Onboarding.objects.filter(waits).exclude(
        job__status__in=[JobStatus.CANCELLED, JobStatus.FAILED, JobStatus.FINISHED]
    )
    return {
        "onboardings": found.select_related("job")[:5],
        "url": reverse("onboarding:list"),
    }


def register() -> None:
    """Called once all apps are loaded."""
    panels.add("home.dashboard", Panel("People", "home/people.html", people, Permission.USERS_VIEW, order=10))
    panels.add(
        "home.dashboard",
        Panel("Onboardings that wait", "home/waiting.html", waiting, Permission.ONBOARDING_VIEW, order=20),
    )
