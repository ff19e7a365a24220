"""What the pages of onboarding share."""

from dataclasses import replace
from typing import Any, cast

from django.shortcuts import get_object_or_404

from apps.console.registry import PageAction
from apps.console.views import ConsoleView
from apps.core.actor import Actor
from apps.core.permissions import Permission
from apps.jobs.models import JobStatus
from apps.jobs.views import job_actions
from apps.onboarding import selectors
from apps.onboarding.models import Onboarding

LIST = "onboarding:list"
VIEW, RUN = Permission.ONBOARDING_VIEW, Permission.ONBOARDING_RUN


class OnboardingBase(ConsoleView):
    """What the pages of one onboarding share."""

    active = LIST

    def get_object(self) -> Onboarding:
        """By its number."""
        return get_object_or_404(selectors.listed(), pk=self.kwargs["pk"])

    @property
    def actor(self) -> Actor:
        """Whoever asks."""
        return cast(Any, self.request.administrator).actor()


def said_rows(onboarding: Onboarding) -> str:
    """«1 row», «600 rows», «about 12,400 rows»."""
    count = onboarding.rows_expected
    number = f"{count:,} row" + ("" if count == 1 else "s")
    return number if onboarding.rows_counted else f"about {number}"


def said_people(count: int) -> str:
    """«1 person», «587 people»."""
    return f"{count:,} person" if count == 1 else f"{count:,} people"


def said_add(onboarding: Onboarding) -> str:
    """«Add 587 people», «Change 12 people», «Add 587 and change 12 people»."""
    add, change = onboarding.to_add, onboarding.to_change
    if add and change:
        return f"Add {add:,} and change {said_people(change)}"
    return f"Change {said_people(change)}" if change else f"Add {said_people(add)}"


def actions_of(onboarding: Onboarding) -> list[PageAction]:
    """The job's own buttons; before anything was sent, ending it only throws the upload away."""
    found = job_actions(onboarding.job)
    if onboarding.job.status == JobStatus.DRAFT:
        return [replace(action, label="Discard", icon="trash") for action in found]
    return found
