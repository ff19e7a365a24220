"""What to do first in a fresh installation."""

from dataclasses import dataclass

from django.urls import reverse

from apps.accounts.models import Administrator
from apps.console.registry import may_see
from apps.console.requests import Administrator as Person
from apps.core.permissions import Permission
from apps.directory import selectors as directory
from apps.jobs.models import JobStatus
from apps.jobs.selectors import url_of
from apps.onboarding.models import Onboarding


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do; the first that is not done is the one to do now."""

    title: str
    text: str
    done: bool
    url: str = ""
    label: str = ""
    now: bool = False


def shown(person: Person | None) -> list[Step]:
    """The first steps, until they are done; only for whoever may take them."""
    if not may_see(Permission.CONNECTION_MANAGE, person):
        return []
    found = [_connected(), _read(), _onboarded(), _admitted()]
    if all(step.done for step in found):
        return []
    first = next(step for step in found if not step.done)
    return [_now(step) if step is first else step for step in found]


def _now(step: Step) -> Step:
    return Step(step.title, step.text, step.done, step.url, step.label, now=True)


def _connected() -> Step:
    return Step("Connect the organisation", "Done when you set the portal up.", done=True)


def _read() -> Step:
    fresh = directory.directory_freshness()
    if fresh.read_at:
        return Step("Read the organisation", "People, departments and designations are here.", done=True)
    job = fresh.job
    if job is None:
        text = "Lists and plans work on what was read."
        return Step("Read the organisation", text, False, reverse("directory:users"), "Read it")
    paused = job.status == JobStatus.PAUSED
    text = job.activity or ("Stopped." if paused else "Running now; it takes a minute or two.")
    return Step("Read the organisation", text, False, url_of(job), "See why" if paused else "Watch it")


def _onboarded() -> Step:
    return Step(
        "Onboard people from a spreadsheet",
        "Upload a file, see what would happen, confirm.",
        Onboarding.objects.exclude(confirmed_at=None).exists(),
        reverse("onboarding:upload"),
        "Upload a file",
    )


def _admitted() -> Step:
    return Step(
        "Admit colleagues",
        "A second Owner, so that nobody is locked out; operators and auditors as needed.",
        Administrator.objects.filter(is_active=True).count() > 1,
        reverse("accounts:admit"),
        "Admit somebody",
    )
