"""All onboardings, and the one page that is a plan first, then its run, then what came of it."""

from typing import Any, cast
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django_htmx.http import HttpResponseClientRefresh, trigger_client_event

from apps.console.registry import PageAction
from apps.console.requests import ConsoleRequest
from apps.console.views import (
    EmptyState,
    FragmentView,
    ListView,
)
from apps.jobs.models import JobRow, JobStatus
from apps.onboarding import following, notices, selectors
from apps.onboarding.filters import PlanFilter, RunFilter
from apps.onboarding.models import Onboarding, Phase
from apps.onboarding.tables import OnboardingTable, RowTable
from apps.onboarding.views.shared import LIST, RUN, VIEW, OnboardingBase, actions_of, said_add, said_rows
from apps.onboarding.views.upload import UPLOAD

# So many names are offered at once; the next check offers the next.
OFFERED = 8


class OnboardingList(ListView):
    """`/onboarding/`."""

    permission = VIEW
    table_class = OnboardingTable
    noun = ("onboarding", "onboardings")
    title = "Onboarding"
    description = "People added from a spreadsheet: checked first, then invited at the pace Zoho allows."
    active = LIST

    def get_queryset(self) -> Any:
        """All."""
        return selectors.listed()

    def get_actions(self) -> list[PageAction]:
        """Upload, and the template to fill in."""
        return [
            self._upload(),
            PageAction("Template", reverse("onboarding:workbook"), "download", permission=RUN),
        ]

    def get_empty(self) -> EmptyState:
        """What to prepare."""
        return EmptyState(
            "Nobody has been onboarded from a spreadsheet yet.",
            "Prepare an Excel or CSV file with one person a row: an email address, and if you like first "
            "name, last name, department and designation. Every row is checked before anything is sent to "
            "Zoho.",
            "person-plus",
            self._upload() if self._upload().allowed(self.request.administrator) else None,
        )

    def _upload(self) -> PageAction:
        return PageAction(UPLOAD, reverse("onboarding:upload"), "upload", primary=True, permission=RUN)


class OnboardingPage(OnboardingBase, ListView):
    """The plan, then its run, then what came of it: one page that stays."""

    permission = VIEW
    template_name = "onboarding/onboarding.html"
    fragment_template = "onboarding/rows.html"
    noun = ("row", "rows")
    page_size = 50
    object: Onboarding

    def get(self, request: ConsoleRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Columns come first."""
        self.object = self.get_object()
        may_map = bool(request.administrator and request.administrator.can(RUN))
        if self.object.phase == Phase.COLUMNS and not self.object.job.ended and may_map:
            return HttpResponseRedirect(reverse("onboarding:columns", args=[self.object.pk]))
        if self.object.phase == Phase.ENCODING and not self.object.job.ended and may_map:
            return HttpResponseRedirect(reverse("onboarding:encoding", args=[self.object.pk]))
        self._look(request)
        self.filterset_class = RunFilter if self.object.phase == Phase.RUN else PlanFilter
        return super().get(request, *args, **kwargs)

    def _look(self, request: ConsoleRequest) -> None:
        """Whoever confirmed has seen how it ended: the sidebar no longer says so."""
        onboarding, person = self.object, cast(Any, request.administrator)
        if person and onboarding.seen_at is None and person.zuid == onboarding.job.actor_zuid:
            notices.unseen(person.zuid).filter(pk=onboarding.pk).update(seen_at=timezone.now())

    def get_queryset(self) -> Any:
        """The rows; while they are being judged there is nothing to read in them yet."""
        if self.object.erased_at or self.object.phase in (Phase.ENCODING, Phase.COLUMNS, Phase.CHECK):
            return JobRow.objects.none()
        return JobRow.objects.filter(job_id=self.object.job_id)

    def get_table(self, rows: Any) -> Any:
        """The table knows the file's columns."""
        onboarding = self.object

        def table_class(*args: Any, **kwargs: Any) -> RowTable:
            return RowTable(*args, onboarding=onboarding, **kwargs)

        self.table_class = cast(Any, table_class)
        return super().get_table(rows)

    def get_title(self) -> str:
        """The file."""
        return self.object.filename

    def get_back(self) -> tuple[str, str]:
        """The list."""
        return ("Onboarding", reverse(LIST))

    def get_description(self) -> str:
        """Whose it is."""
        return f"{said_rows(self.object).capitalize()}, uploaded by {self.object.job.actor_name}."

    def get_actions(self) -> list[PageAction]:
        """What fits its phase: confirm, stop, or fetch what came of it."""
        onboarding, args = self.object, [self.object.pk]
        job, found = onboarding.job, []
        waiting = onboarding.phase == Phase.PLAN and job.status == JobStatus.DRAFT
        if waiting and onboarding.to_do:
            url = reverse("onboarding:confirm", args=args)
            found.append(PageAction(said_add(onboarding), url, primary=True, dialog=True, permission=RUN))
        if waiting:
            url = reverse("onboarding:columns", args=args)
            found.append(PageAction("Columns", url, "layout-three-columns", permission=RUN))
        if onboarding.phase == Phase.RUN and job.status == JobStatus.FINISHED and not onboarding.erased_at:
            failed = selectors.failed(onboarding).count() + following.failed(job.pk).count()
            if failed:
                url = reverse("onboarding:retry", args=args)
                label = f"Try {failed:,} failed row{'' if failed == 1 else 's'} again"
                found.append(PageAction(label, url, "arrow-repeat", dialog=True, permission=RUN))
        if onboarding.phase in (Phase.PLAN, Phase.RUN) and not onboarding.erased_at:
            running = onboarding.phase == Phase.RUN
            label = "Download the result" if job.ended else "Result so far" if running else "Download"
            url = reverse("onboarding:result", args=args)
            found.append(PageAction(label, url, "download", primary=job.ended, permission=VIEW))
        if job.ended:
            url = reverse("onboarding:upload")
            found.append(PageAction("Upload another", url, "upload", permission=RUN))
        if job.ended and not onboarding.erased_at:
            url = reverse("onboarding:erase", args=args)
            found.append(
                PageAction("Remove the file", url, "trash", danger=True, dialog=True, permission=RUN)
            )
        others = actions_of(onboarding)
        return others + found if job.status == JobStatus.PAUSED else found + others

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds what stands above the rows."""
        return super().get_context_data(
            **state_context(self.request, self.object), unknown=self._unknown(), **kwargs
        )

    def _unknown(self) -> list[dict[str, Any]]:
        """Names that nothing has, while another may still be taken for them."""
        if self.object.phase != Phase.PLAN or self.object.job.ended:
            return []
        return list(self.object.unknown[:OFFERED])


class Progress(OnboardingBase, FragmentView):
    """The moving part of the page; when its phase is over the page is asked for again, calm."""

    permission = VIEW
    body_template = "onboarding/state.html"
    object: Onboarding
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
        return not self.object.job.active

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """As on the page; the next look starts from what this one shows."""
        state = state_context(self.request, self.object)
        self.shown = state["shown"]
        return super().get_context_data(**state, **kwargs) | {"fragment_url": state["progress_url"]}


def seen(onboarding: Onboarding) -> str:
    """What a page was drawn for: when it changes, the page is drawn anew."""
    return f"{onboarding.phase}-{'moving' if onboarding.job.active else onboarding.job.status}"


def state_context(request: ConsoleRequest, onboarding: Onboarding) -> dict[str, Any]:
    """What `onboarding/state.html` needs."""
    query = request.GET
    url = reverse("onboarding:progress", args=[onboarding.pk])
    filtered = query.get("status") or query.get("action") or ""
    state = selectors.state(onboarding, filtered=filtered)
    shown = ".".join(str(number.value) for number in state.numbers)
    looking = {"seen": seen(onboarding), "status": filtered, "shown": shown}
    return {
        "shown": shown,
        "onboarding": onboarding,
        "job": onboarding.job,
        "state": state,
        "progress_url": f"{url}?{urlencode(looking)}",
        "check_url": reverse("onboarding:check", args=[onboarding.pk]),
        "may_run": bool(request.administrator and request.administrator.can(RUN)),
    }
