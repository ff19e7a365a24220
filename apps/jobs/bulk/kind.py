"""One kind of job an act, so that each asks for its own permission and is found by its own name."""

from django.urls import reverse

from apps.jobs.bulk import planning, running
from apps.jobs.bulk.acts import KIND, Act, add_act
from apps.jobs.kinds import Ready, Step, register_kind
from apps.jobs.lease import Lease
from apps.jobs.models import Job


class BulkKind:
    """Plans first, waits for a person, then runs."""

    def __init__(self, act: Act) -> None:
        self.act = act
        self.name = f"{KIND}{act.name}"
        self.label = act.label
        self.permission = act.permission

    def step(self, job: Job, lease: Lease) -> Step:
        """Carry on the phase it is in."""
        phase = job.state.get("phase", "")
        if phase == "run":
            return running.step(self.act, job, lease)
        if phase == "plan":
            return Ready("The plan waits to be confirmed.")
        return planning.step(self.act, job, lease)

    def url(self, job: Job) -> str:
        """The plan's own page."""
        return reverse("jobs:plan", args=[job.pk])


def register_act(act: Act) -> None:
    """Offer an act on its list, as a kind of job; called from its app's AppConfig.ready()."""
    add_act(act)
    register_kind(BulkKind(act))
