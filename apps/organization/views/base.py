"""What the pages of domain and mail share: one entry in the sidebar, two tabs, readings as fragments."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse

from apps.audit import selectors as log
from apps.audit.presentation import Told
from apps.audit.shell import SHOWN, line
from apps.console.requests import ConsoleRequest, administrator_of
from apps.console.views import ConsoleView, FormView, FragmentView, PageView
from apps.core.errors import OutcomeUnknown
from apps.core.permissions import Permission
from apps.directory.facts import event_url
from apps.organization.services.parts import Part

ACTIVE = "organization:domain"
TABS = (("Custom domain", "organization:domain"), ("Mail", "organization:mail"))


class About(ConsoleView):
    """A page about one part."""

    permission = Permission.ORGANIZATION_VIEW
    active = ACTIVE
    part: Part
    page: str

    def page_url(self) -> str:
        """The part's own page."""
        return reverse(self.page)

    def may(self, permission: Permission) -> bool:
        """Whether whoever asks may do something."""
        administrator = administrator_of(self.request)
        return administrator is not None and administrator.can(permission)

    def event(self, seq: int | None) -> str:
        """The page of an event, for those who may read the log."""
        return event_url(seq) if self.may(Permission.LOG_VIEW) else ""

    def history(self) -> list[dict[str, Any]]:
        """What was done to it lately."""
        if not self.may(Permission.LOG_VIEW):
            return []
        events = log.lines().filter(subject_type=self.part.kind).order_by("-seq")
        return [line(Told(event)) for event in events[:SHOWN]]


class Reading(About, PageView):
    """The page: the mirror at once, Zoho and DNS as fragments."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the tabs, the row, and whether to read it again."""
        row = self.part.kept()
        return super().get_context_data(
            row=row,
            tabs=[(label, reverse(name), name == self.page) for label, name in TABS],
            page_url=self.page_url(),
            facts_url=reverse(f"{self.page}_facts"),
            facts_trigger="" if self.part.recent() else "load",
            dns_url=reverse(f"{self.page}_dns"),
            may_edit=self.may(Permission.ORGANIZATION_EDIT),
            may_see_log=self.may(Permission.LOG_VIEW),
            events=self.history(),
            **kwargs,
        )


class Facts(About, FragmentView):
    """The facts read again from Zoho, in place of those of the mirror."""

    first = False

    def get(self, request: ConsoleRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """After the very first reading the whole page is another."""
        response = super().get(request, *args, **kwargs)
        if self.first:
            response["HX-Refresh"] = "true"
        return response

    def get_done(self) -> bool:
        """Read once is enough."""
        return True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Reads; says so where the rest of the page has become stale by that."""
        known = self.part.kept()
        before = self.part.values(known) if known else None
        problem = self.part.refresh()
        row = self.part.kept()
        self.first = known is None and row is not None
        changed = known is not None and before != self.part.values(row)
        page_url = self.page_url()
        return super().get_context_data(
            row=row, problem=problem, changed=changed, page_url=page_url, **kwargs
        )


class Dns(About, FragmentView):
    """What DNS answers; asked again by a button."""

    def get_done(self) -> bool:
        """Asked once is enough."""
        return True


class Writing(About, FormView):
    """A page that changes something."""

    permission = Permission.ORGANIZATION_EDIT

    def get_back(self) -> tuple[str, str]:
        """The part's page."""
        label = next(label for label, name in TABS if name == self.page)
        return label, self.page_url()

    def carried_out(
        self,
        act: Callable[[], Any],
        sentence: Callable[[Any], str],
        achieved: Callable[[Any], bool] = lambda _: True,
    ) -> str:
        """Act, say what happened and whether that was the aim; where nobody knows yet, say that."""
        try:
            result = act()
        except OutcomeUnknown as error:
            messages.warning(self.request, f"{error.sentence} The portal will find out by reading Zoho.")
            return self.page_url()
        if achieved(result):
            self.say(sentence(result), self.event(result.event))
        else:
            messages.warning(self.request, sentence(result))
        return self.page_url()
