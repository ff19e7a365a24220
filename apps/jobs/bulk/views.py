"""The pages of a bulk act: what is asked, the plan, its confirmation, the run."""

from typing import Any, cast
from urllib.parse import urlencode

from django import forms
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django_htmx.http import HttpResponseClientRefresh, trigger_client_event

from apps.console.access import require
from apps.console.registry import PageAction
from apps.console.requests import ConsoleRequest
from apps.console.views import ActionView, ConsoleView, EmptyState, FragmentView, ListView
from apps.console.views.actions import ConfirmForm
from apps.core.actor import Actor
from apps.core.errors import Refused
from apps.core.permissions import Permission
from apps.jobs.bulk import selectors, services
from apps.jobs.bulk.acts import Act, act_of, list_of
from apps.jobs.bulk.tables import PlannedFilter, PlanTable, RowFilter, RunTable
from apps.jobs.models import Job, JobRow, JobStatus
from apps.jobs.views import job_actions

LIST = "jobs:jobs"
NOBODY = "Nothing is selected: go back to the list and tick what this is about."


def actor_of(request: ConsoleRequest) -> Actor:
    """Whoever asks."""
    return cast(Any, request.administrator).actor()


class PlanActView(ActionView):
    """Asks what an act needs to know, and has the plan made. The selection stands in the address."""

    permission = Permission.JOBS_VIEW
    submit = "Make the plan"
    object: Act

    def get_object(self) -> Act:
        """Only for whoever may do it."""
        act = act_of(self.kwargs["act"])
        if act is None:
            raise Http404
        require(self.request, act.permission)
        self.active = list_of(act).url
        return act

    @property
    def form_class(self) -> Any:  # type: ignore[override]
        """What the act asks for."""
        return self.object.form_class

    def get_title(self) -> str:
        """The act and for how many."""
        selectable = list_of(self.object)
        number = selectable.chosen(self.request.GET.urlencode()).count()
        return f"{self.object.label}: {selectable.said(number)}"

    def get_back(self) -> tuple[str, str]:
        """The list."""
        selectable = list_of(self.object)
        return selectable.noun[1].capitalize(), reverse(selectable.url)

    def get_consequences(self) -> list[str]:
        """That nothing happens yet."""
        obstacle = self.object.obstacle()
        plan = "A plan shows what would change, in how many calls and until when. Nothing is sent yet."
        return [obstacle] if obstacle else [plan]

    def save(self, form: Any) -> str:
        """Have it planned."""
        query = self.request.GET.urlencode()
        if not list_of(self.object).chosen(query).exists():
            raise Refused(NOBODY)
        values = self.object.values(form)
        job = services.plan(self.object, query=query, values=values, actor=actor_of(self.request))
        return reverse("jobs:plan", args=[job.pk])


class PlanBase(ConsoleView):
    """What the pages of one plan share."""

    active = LIST
    object: Job
    act: Act

    def get_object(self) -> Job:
        """A job of a bulk act, by its number."""
        job = get_object_or_404(Job, pk=self.kwargs["pk"])
        act = selectors.bulk_act(job)
        if act is None:
            raise Http404
        self.act = act
        return job

    def get_back(self) -> tuple[str, str]:
        """The plan."""
        return self.object.title, reverse("jobs:plan", args=[self.object.pk])


class ActOnPlan(PlanBase, ActionView):
    """For whoever may do what the plan does."""

    permission = Permission.JOBS_MANAGE

    def get_object(self) -> Job:
        """Asks for the act's own permission as well."""
        job = super().get_object()
        require(self.request, self.act.permission)
        return job


class PlanView(PlanBase, ListView):
    """The plan, then its run, then what came of it: one page that stays."""

    permission = Permission.JOBS_VIEW
    template_name = "jobs/plan.html"
    fragment_template = "jobs/plan_rows.html"
    noun = ("row", "rows")
    empty = EmptyState("Nothing was selected that is still there.")

    def get(self, request: ConsoleRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The rows as planned, or as they went."""
        self.object = self.get_object()
        running = self.object.state.get("phase") == "run"
        self.table_class = RunTable if running else PlanTable
        self.filterset_class = RowFilter if running else PlannedFilter
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> Any:
        """While they are being judged there is nothing to read in them yet."""
        rows = JobRow.objects.filter(job=self.object)
        return rows if self.object.state.get("phase") else rows.none()

    def get_title(self) -> str:
        """What it does."""
        return self.object.title

    def get_description(self) -> str:
        """Who asked for it."""
        return f"Asked for by {self.object.actor_name}."

    def get_back(self) -> tuple[str, str]:
        """All jobs."""
        return "Jobs", reverse(LIST)

    def get_actions(self) -> list[PageAction]:
        """What fits its phase."""
        job, act, args = self.object, self.act, [self.object.pk]
        found = []
        if job.status == JobStatus.DRAFT and job.state.get("phase") == "plan":
            if number := int(job.state["to_do"]):
                label = f"{act.label}: {list_of(act).said(number)}"
                url = reverse("jobs:confirm", args=args)
                found.append(PageAction(label, url, primary=True, dialog=True, permission=act.permission))
            url = reverse("jobs:plan_again", args=args)
            found.append(
                PageAction("Plan again", url, "arrow-repeat", dialog=True, permission=act.permission)
            )
        if job.status == JobStatus.FINISHED and (number := services.failed(job).count()):
            label = f"Try {number:,} failed row{'' if number == 1 else 's'} again"
            url = reverse("jobs:retry", args=args)
            found.append(PageAction(label, url, "arrow-repeat", dialog=True, permission=act.permission))
        others = job_actions(job)
        return others + found if job.status == JobStatus.PAUSED else found + others

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds what stands above the rows."""
        return super().get_context_data(**state_context(self.request, self.act, self.object), **kwargs)


class PlanProgressView(PlanBase, FragmentView):
    """The moving part of the page; when its phase is over the page is asked for again, calm."""

    permission = Permission.JOBS_VIEW
    body_template = "jobs/plan_state.html"
    shown = ""

    def get(self, request: ConsoleRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """One look."""
        self.object = self.get_object()
        if request.GET.get("seen") != seen(self.object):
            return HttpResponseClientRefresh()
        response = super().get(request, *args, **kwargs)
        if request.GET.get("shown") != self.shown:
            # The rows below are no longer what the numbers say.
            trigger_client_event(response, "rows-changed")
        return response

    def get_done(self) -> bool:
        """Whether nothing moves any more."""
        return not self.object.active

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """As on the page; the next look starts from what this one shows."""
        state = state_context(self.request, self.act, self.object)
        self.shown = state["shown"]
        return super().get_context_data(**state, **kwargs) | {"fragment_url": state["progress_url"]}


def seen(job: Job) -> str:
    """What a page was drawn for: when it changes, the page is drawn anew."""
    return f"{job.state.get('phase', '')}-{'moving' if job.active else job.status}"


def state_context(request: ConsoleRequest, act: Act, job: Job) -> dict[str, Any]:
    """What `jobs/plan_state.html` needs."""
    filtered = request.GET.get("status") or request.GET.get("action") or ""
    state = selectors.state(act, job, filtered=filtered)
    shown = ".".join(str(number.value) for number in state.numbers)
    looking = {"seen": seen(job), "status": filtered, "shown": shown}
    return {
        "shown": shown,
        "job": job,
        "job_status": JobStatus(job.status),
        "state": state,
        "progress_url": f"{reverse('jobs:plan_progress', args=[job.pk])}?{urlencode(looking)}",
    }


class NumberForm(ConfirmForm):
    """A plan beyond the guard asks for the number it changes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if typed := self.fields.get("typed"):
            typed.label = f"Type the number {self.expected} to confirm"
            typed.widget = forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"})

    def clean_typed(self) -> str:
        """However the thousands are set apart."""
        typed = str(self.cleaned_data["typed"])
        if "".join(filter(str.isdigit, typed)) != self.expected:
            raise forms.ValidationError(f"This is not the number. The plan changes {self.expected}.")
        return typed


class ConfirmView(ActOnPlan):
    """The plan becomes a run."""

    title = "Carry out this plan"
    form_class = NumberForm

    @property
    def danger(self) -> bool:  # type: ignore[override]
        """As the act is."""
        return self.act.danger

    @property
    def reason(self) -> str:  # type: ignore[override]
        """What is dangerous wants one."""
        return "required" if self.act.danger else "optional"

    def get_typed_name(self) -> str:
        """The number, where the guard asks for it."""
        return str(selectors.guarded(self.act, self.object) or "")

    def get_submit(self) -> str:
        """Verb and number."""
        return f"{self.act.label}: {list_of(self.act).said(int(self.object.state['to_do']))}"

    def get_consequences(self) -> list[str]:
        """To how many, what else it does, how long it takes."""
        job, selectable = self.object, list_of(self.act)
        number = int(job.state["to_do"])
        found = [f"{job.title}, for {selectable.said(number)}."]
        found += self.act.consequences(job.params["values"], number)
        ahead = selectors.forecast(self.act, job)
        if ahead.seconds is not None:
            found.append(f"It takes {ahead.calls_said} and {ahead.duration_said}. You may close the page.")
        if selectors.guarded(self.act, job):
            everything = selectable.said(selectable.rows().count())
            found.append(f"That is a large part of the {everything} there are: type the number to go on.")
        return found

    def save(self, form: Any) -> str:
        """Begin."""
        reason = form.cleaned_data.get("reason", "")
        services.confirm(self.object, actor=actor_of(self.request), reason=reason)
        return reverse("jobs:plan", args=[self.object.pk])


class PlanAgainView(ActOnPlan):
    """The plan made anew."""

    title, submit = "Plan again", "Plan again"

    def get_consequences(self) -> list[str]:
        """What is judged."""
        return ["Every selected row is judged anew, as the portal's copy of the organisation is now."]

    def save(self, form: Any) -> str:
        """Have it judged."""
        services.plan_again(self.object, actor=actor_of(self.request))
        return reverse("jobs:plan", args=[self.object.pk])


class RetryView(ActOnPlan):
    """The failed rows of a finished run, once more."""

    title = "Try the failed rows again"

    def get_submit(self) -> str:
        """Verb and number."""
        number = services.failed(self.object).count()
        return "Try 1 row again" if number == 1 else f"Try {number:,} rows again"

    def get_consequences(self) -> list[str]:
        """What is left alone."""
        return ["Only rows that were refused are sent again; what was done stays as it is."]

    def save(self, form: Any) -> str:
        """Begin again with them."""
        services.retry(self.object, actor=actor_of(self.request))
        return reverse("jobs:plan", args=[self.object.pk])
