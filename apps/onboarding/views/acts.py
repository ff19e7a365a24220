"""Confirming a plan, and having it made anew."""

from typing import Any

from apps.connections import selectors as connections
from apps.console.views import (
    ActionView,
)
from apps.jobs.models import JobRow, RowAction
from apps.onboarding import following, keeping, retrying, selectors, services
from apps.onboarding.forecast import forecast
from apps.onboarding.forms import ConfirmPlanForm
from apps.onboarding.models import Onboarding
from apps.onboarding.views.shared import RUN, OnboardingBase, said_add, said_people

# So many changes are told one by one before they are made over what somebody else did.
SAID = 5


class Confirm(OnboardingBase, ActionView):
    """The plan becomes a run."""

    permission = RUN
    title = "Carry out this plan"
    form_class = ConfirmPlanForm
    reason = "optional"
    object: Onboarding

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form carries the plan that is confirmed."""
        return super().get_form_kwargs() | {"initial": {"plan": self.object.plan_hash}}

    def get_back(self) -> tuple[str, str]:
        """The plan."""
        return ("The plan", self.object.get_absolute_url())

    def get_submit(self) -> str:
        """Verb and number."""
        return said_add(self.object)

    def get_consequences(self) -> list[str]:
        """Who is invited, by whom, and how long it takes."""
        organization = connections.organization()
        add, change = self.object.to_add, self.object.to_change
        found = []
        if add:
            found.append(
                f"{said_people(add)} {'is' if add == 1 else 'are'} invited to {organization or 'Cliq'}. "
                "Zoho sends each an invitation by email; that cannot be taken back here."
            )
        if change:
            found.append(
                f"{said_people(change)} who {'is' if change == 1 else 'are'} there already "
                f"{'is' if change == 1 else 'are'} changed to what the file says. Whoever was changed in "
                "Zoho since the check is left alone."
            )
        found += said_further(self.object)
        ahead = forecast(self.object)
        if ahead.seconds is not None:
            found.append(f"It takes {ahead.calls_said} and {ahead.duration_said}. You may close the page.")
        rest = self.object.rows_expected - self.object.to_do
        if rest:
            found.append(f"{rest:,} other {'row is' if rest == 1 else 'rows are'} left as they are.")
        return found

    def save(self, form: Any) -> str:
        """Begin."""
        given = form.cleaned_data
        services.confirm(self.object, plan=given["plan"], actor=self.actor, reason=given.get("reason", ""))
        return self.object.get_absolute_url()


class ReadAs(OnboardingBase, ActionView):
    """Take the nearest name for one that nothing has, in all rows that say it."""

    permission = RUN
    confirms = False
    title = "Use another name"
    object: Onboarding

    def save(self, form: Any) -> str:
        """Check once more, reading it so."""
        told = self.request.POST
        services.read_as(
            self.object, column=told.get("column", ""), cell=told.get("cell", ""), actor=self.actor
        )
        return self.object.get_absolute_url()

    def get_back(self) -> tuple[str, str]:
        """The plan."""
        return ("The plan", self.object.get_absolute_url())


class Retry(OnboardingBase, ActionView):
    """The failed rows of a finished run, once more."""

    permission = RUN
    title = "Try the failed rows again"
    object: Onboarding

    def get_back(self) -> tuple[str, str]:
        """The run."""
        return ("The run", self.object.get_absolute_url())

    def get_submit(self) -> str:
        """Verb and number."""
        count = selectors.failed(self.object).count() + following.failed(self.object.job_id).count()
        return "Try 1 row again" if count == 1 else f"Try {count:,} rows again"

    def get_consequences(self) -> list[str]:
        """What is left alone."""
        found = [
            "Only rows that were refused, or taken out of the run, are judged anew and sent again, with what "
            "the file says.",
            "Whoever was added or changed stays as they are.",
        ]
        if selectors.failed(self.object).filter(action=RowAction.UPDATE).count() <= retrying.MOST:
            changes = retrying.overwritten(self.object)
            found += [said_change(row) for row in changes[:SAID]]
            if len(changes) > SAID:
                found.append(f"{said_people(len(changes) - SAID)} more are changed likewise.")
        return found

    def save(self, form: Any) -> str:
        """Begin again with them."""
        services.retry(self.object, actor=self.actor)
        return self.object.get_absolute_url()


def said_further(onboarding: Onboarding) -> list[str]:
    """What follows once the people are there."""
    counts = {what: sum(places.values()) for what, places in onboarding.follow_ups.items()}
    found = []
    if managers := counts.get("manager"):
        found.append(
            f"{said_people(managers)} {'reports' if managers == 1 else 'report'} to somebody who is added by "
            "this file: that is set afterwards, once Zoho shows both."
        )
    if roles := counts.get("role"):
        found.append(f"{said_people(roles)} {'gets' if roles == 1 else 'get'} a role afterwards.")
    if places := counts.get("team", 0) + counts.get("channel", 0):
        found.append(
            f"{places:,} place{'' if places == 1 else 's'} in teams and channels are given afterwards."
        )
    return found


def said_change(row: JobRow) -> str:
    """«Amelia: First name from “Elsewhere” to “Changed”.»."""
    changes = [
        f"{field} from {f'“{before}”' if before else 'nothing'} to {f'“{after}”' if after else 'nothing'}"
        for field, before, after in row.data.get("diff", [])
    ]
    return f"{row.name}: {', '.join(changes)}."


class Erase(OnboardingBase, ActionView):
    """Remove the file and what its rows hold before their time."""

    permission = RUN
    title = "Remove this file and its rows"
    submit = "Remove"
    danger = True
    reason = "optional"
    object: Onboarding

    def get_back(self) -> tuple[str, str]:
        """The run."""
        return ("The run", self.object.get_absolute_url())

    def get_consequences(self) -> list[str]:
        """What goes and what stays."""
        return [
            "The uploaded file, the names and addresses of its rows and its result are removed for good.",
            "Nobody is removed from Cliq. The numbers stay, and so does the log of who was added.",
        ]

    def save(self, form: Any) -> str:
        """Remove."""
        keeping.erase(self.object, actor=self.actor, reason=form.cleaned_data.get("reason", ""))
        return self.object.get_absolute_url()


class CheckAgain(OnboardingBase, ActionView):
    """The same file against a newer reading of the organisation."""

    permission = RUN
    title = "Check this file again"
    submit = "Check again"
    object: Onboarding

    def get_back(self) -> tuple[str, str]:
        """The plan."""
        return ("The plan", self.object.get_absolute_url())

    def get_consequences(self) -> list[str]:
        """What is thrown away."""
        return [
            "Every row is compared with the organisation as it was read last. The present plan is replaced."
        ]

    def save(self, form: Any) -> str:
        """Hand the file to a worker once more."""
        services.check(self.object, mapping=self.object.mapping, actor=self.actor)
        return self.object.get_absolute_url()
