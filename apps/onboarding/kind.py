"""The job kind `onboarding`: checks a spreadsheet, and adds its people once the plan is confirmed."""

from apps.core.permissions import Permission
from apps.jobs.kinds import Ready, Step
from apps.jobs.lease import Lease
from apps.jobs.models import Job
from apps.onboarding import checking, ledger, running
from apps.onboarding.models import Onboarding, Phase


class OnboardingKind:
    """One job a spreadsheet; its phase says which of the two it does."""

    name = ledger.KIND
    label = "Onboarding"
    permission = Permission.ONBOARDING_RUN

    def step(self, job: Job, lease: Lease) -> Step:
        """Carry on the phase it is in."""
        onboarding = Onboarding.objects.get(job=job)
        if onboarding.phase == Phase.CHECK:
            return checking.step(onboarding, job, lease)
        if onboarding.phase == Phase.RUN:
            return running.step(onboarding, job, lease)
        return Ready("Waits for a person.")

    def url(self, job: Job) -> str:
        """The onboarding's own page."""
        return Onboarding.objects.get(job=job).get_absolute_url()
