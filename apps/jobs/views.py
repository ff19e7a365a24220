"""The ledger's pages: all jobs, one job with its progress, and what may be done about it."""

from dataclasses import replace
from typing import Any, cast

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django_htmx.http import HttpResponseClientRefresh

from apps.console.access import require
from apps.console.registry import PageAction
from apps.console.requests import ConsoleRequest
from apps.console.views import ActionView, DetailView, EmptyState, FragmentView, ListView
from apps.console.views.actions import ConfirmForm
from apps.core.actor import Actor
from apps.core.permissions import Permission
from apps.jobs import selectors, services
from apps.jobs.filters import JobFilter, RowFilter
from apps.jobs.models import Job, JobStatus
from apps.jobs.tables import JobTable, RowTable

LIST = "jobs:jobs"


class JobsView(ListView):
    """`/jobs/`."""

    permission = Permission.JOBS_VIEW
    table_class = JobTable
    filterset_class = JobFilter
    queryset = Job.objects.order_by("-pk")
    noun = ("job", "jobs")
    title = "Jobs"
    description = "Long work, carried on in the background at the pace Zoho allows."
    active = LIST
    empty = EmptyState(
        "No job has run yet.",
        "Reading the organisation and onboarding people will appear here.",
        "list-check",
    )


class JobPage:
    """What the pages of one job share."""

    kwargs: dict[str, Any]

    def get_object(self) -> Job:
        """By its number."""
        return get_object_or_404(Job, pk=self.kwargs["pk"])

    def get_back(self) -> tuple[str, str]:
        """The list."""
        return ("Jobs", reverse(LIST))


class JobView(JobPage, DetailView):
    """The common page of one job; a kind with a page of its own is followed there."""

    permission = Permission.JOBS_VIEW
    template_name = "jobs/job.html"
    slot = "jobs.job"
    active = LIST

    def get(self, request: ConsoleRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send the browser to the kind's own page where there is one."""
        url = selectors.url_of(self.get_object())
        if url != request.path:
            return redirect(url)
        return super().get(request, *args, **kwargs)

    def get_description(self) -> str:
        """Which kind, and who asked for it."""
        return f"{selectors.label_of(self.object.kind)}, asked for by {self.object.actor_name}."

    def get_actions(self) -> list[PageAction]:
        """What fits its present state."""
        return super().get_actions() + job_actions(self.object)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds progress and the first rows."""
        return super().get_context_data(**progress_context(self.object), rows_url=self._rows_url(), **kwargs)

    def _rows_url(self) -> str:
        return reverse("jobs:rows", args=[self.object.pk]) if self.object.rows.exists() else ""


class JobProgressView(JobPage, FragmentView):
    """The part of the page that keeps itself fresh."""

    permission = Permission.JOBS_VIEW
    body_template = "jobs/progress.html"
    interval = "2s"

    def get(self, request: ConsoleRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Once nothing moves any more the whole page is asked for again: its buttons have changed too."""
        return HttpResponseClientRefresh() if self.get_done() else super().get(request, *args, **kwargs)

    def get_done(self) -> bool:
        """Whether nothing moves any more."""
        return not self.get_object().active

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The job as it is now."""
        return super().get_context_data(**progress_context(self.get_object()), **kwargs)


class RowsView(JobPage, ListView):
    """What was asked for one by one, and what became of it."""

    permission = Permission.JOBS_VIEW
    table_class = RowTable
    filterset_class = RowFilter
    noun = ("row", "rows")
    title = "Rows"
    active = LIST
    empty = EmptyState("This job has no rows.")

    def get_queryset(self) -> Any:
        """Of one job."""
        return self.get_object().rows.all()

    def get_back(self) -> tuple[str, str]:
        """The job."""
        job = self.get_object()
        return (job.title, reverse("jobs:job", args=[job.pk]))


class ActOnJob(JobPage, ActionView):
    """Pausing, resuming, cancelling: for whoever may do what the job does."""

    permission = Permission.JOBS_MANAGE
    active = LIST

    def get_object(self) -> Job:
        """Only where the person may run this kind of job."""
        job = super().get_object()
        permission = selectors.permission_of(job.kind)
        if permission is not None:
            require(self.request, permission)
        return job

    def get_back(self) -> tuple[str, str]:
        """The job."""
        return (self.object.title, selectors.url_of(self.object))

    @property
    def actor(self) -> Actor:
        """Whoever asks."""
        return cast(Any, self.request.administrator).actor()


class PauseView(ActOnJob):
    """Send nothing more for now."""

    title = "Pause this job"
    submit = "Pause"

    def get_consequences(self) -> list[str]:
        """What is still on its way."""
        return ["Nothing more is sent until somebody resumes it. The call on its way is still recorded."]

    def save(self, form: ConfirmForm) -> str:
        """Pause it."""
        services.pause(self.object, actor=self.actor)
        return selectors.url_of(self.object)


class ResumeView(ActOnJob):
    """Go on where it stopped."""

    title = "Resume this job"
    submit = "Resume"

    def get_consequences(self) -> list[str]:
        """From where."""
        return ["It goes on where it stopped; nothing that was done is done again."]

    def save(self, form: ConfirmForm) -> str:
        """Resume it."""
        services.resume(self.object, actor=self.actor)
        return selectors.url_of(self.object)


class CancelView(ActOnJob):
    """End it for good."""

    title = "Cancel this job"
    submit = "Cancel the job"
    danger = True

    def get_consequences(self) -> list[str]:
        """What stays done."""
        return [
            "What was done stays done; nothing more is sent, and the job cannot be resumed.",
            "At most the one call that is already on its way still reaches Zoho; its outcome is recorded.",
        ]

    def save(self, form: ConfirmForm) -> str:
        """Cancel it."""
        services.cancel(self.object, actor=self.actor)
        return selectors.url_of(self.object)


def job_actions(job: Job) -> list[PageAction]:
    """The buttons that fit a job's present state, for its own page and for its kind's."""
    found = []
    if job.status == JobStatus.PAUSED:
        found.append(PageAction("Resume", "resume", icon="play", primary=True, dialog=True))
    if job.active:
        found.append(PageAction("Pause", "pause", icon="pause", dialog=True))
    if not job.ended:
        found.append(PageAction("Cancel", "cancel", icon="x-lg", danger=True, dialog=True))
    manage, also = Permission.JOBS_MANAGE, selectors.permission_of(job.kind)
    return [
        replace(each, url=reverse(f"jobs:{each.url}", args=[job.pk]), permission=manage, also=also)
        for each in found
    ]


def progress_context(job: Job) -> dict[str, Any]:
    """What `jobs/progress.html` needs."""
    return {
        "job": job,
        "job_status": JobStatus(job.status),
        "progress": selectors.progress(job),
        "progress_url": reverse("jobs:progress", args=[job.pk]),
    }
