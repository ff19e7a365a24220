"""The log: its lines, one event, and changes whose outcome somebody has to say."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from apps.audit import seal, selectors, settling
from apps.audit.filters import EventFilter
from apps.audit.forms import SettleForm
from apps.audit.models import ChainLink, Event, Operation, Stage
from apps.audit.operation import Outcome
from apps.audit.presentation import Told
from apps.audit.tables import EventTable, OpenOperationTable
from apps.console.registry import PageAction
from apps.console.requests import administrator_of
from apps.console.views import ActionView, DetailView, EmptyState, KeysetListView, ListView
from apps.console.views.actions import ConfirmForm
from apps.core.errors import Refused
from apps.core.permissions import Permission

LOG = "audit:log"


class LogView(KeysetListView):
    """`/log/`: newest first."""

    permission = Permission.LOG_VIEW
    template_name = "audit/log.html"
    table_class = EventTable
    filterset_class = EventFilter
    downloads = True
    noun = ("event", "events")
    title = "Log"
    description = "Who did what to whom, when, and how it ended. Nothing here can be edited."
    active = LOG
    empty = EmptyState(
        "Nothing has happened yet.", "Every sign-in and every change will stand here.", "journal"
    )

    def get_queryset(self) -> Any:
        """Intents only while they are pending."""
        return selectors.lines()

    def get_actions(self) -> list[PageAction]:
        """Prove it; and settle what is open."""
        check = PageAction("Check the log", reverse("audit:check"), icon="shield-check", dialog=True)
        opened = selectors.open_operations().count()
        if not opened:
            return [check]
        return [check, PageAction(f"{opened} open", reverse("audit:open"), icon="question-circle")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the last verdict."""
        return super().get_context_data(seal=seal.last(), length=seal.length(), **kwargs)


class EventView(DetailView):
    """One event: what changed first, its proof last."""

    permission = Permission.LOG_VIEW
    template_name = "audit/event.html"
    slot = "audit.event"
    active = LOG

    def get_object(self) -> Event:
        """By its number."""
        return get_object_or_404(Event, seq=self.kwargs["seq"])

    def get_title(self) -> str:
        """Who did what to whom, and how it ended."""
        told = Told(self.object)
        return f"{told.sentence}: what was asked for" if self._is_answered() else told.title

    def _is_answered(self) -> bool:
        """Whether this is an intent whose outcome stands in an event of its own."""
        return self.object.stage == Stage.INTENT and selectors.siblings(self.object).exists()

    def get_back(self) -> tuple[str, str]:
        """The list."""
        return ("Log", reverse(LOG))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the event's text, its siblings, its link in the chain."""
        operation = Operation.objects.filter(pk=self.object.operation_id).first()
        return super().get_context_data(
            told=Told(self.object),
            answered=self._is_answered(),
            siblings=[Told(event) for event in selectors.siblings(self.object)],
            link=ChainLink.objects.filter(pk=self.object.pk).first(),
            operation=operation,
            settleable=operation is not None and operation.stage in selectors.OPEN,
            job_url=reverse("jobs:job", args=[self.object.job_id]) if self.object.job_id else "",
            seal=seal.last(),
            **kwargs,
        )


class CheckView(ActionView):
    """Walk the chain now, as far as a request can."""

    permission = Permission.LOG_VIEW
    title = "Check the log"
    submit = "Check now"
    active = LOG

    def get_back(self) -> tuple[str, str]:
        """The list."""
        return ("Log", reverse(LOG))

    def get_consequences(self) -> list[str]:
        """What is checked and what that proves."""
        length = seal.length()
        reach = f"All {length:,} events are" if length <= seal.CAP else f"The newest {seal.CAP:,} events are"
        sentences = [
            f"{reach} compared with their digests and with the chain that binds each to the one before it.",
            "An event that was edited, removed, added or moved without the portal’s key is found and named.",
        ]
        if length > seal.CAP:
            sentences.append("The whole log is proven on the server by «manage.py audit_verify».")
        return sentences

    def save(self, form: ConfirmForm) -> str:
        """Check; the verdict stands on the log's page."""
        found = seal.check()
        if found.broken is not None:
            raise Refused(f"The log does not hold. {found.sentence}")
        self.say(found.sentence)
        return reverse(LOG)


class OpenOperationsView(ListView):
    """Changes whose outcome is not known."""

    permission = Permission.LOG_VIEW
    table_class = OpenOperationTable
    noun = ("open change", "open changes")
    title = "Open changes"
    description = "Sent to Zoho, but no dependable answer came back. None of them is sent again by itself."
    active = LOG
    empty = EmptyState("Nothing is open.", "Every change that was sent has its outcome.", "check2-circle")

    def get_queryset(self) -> Any:
        """Oldest first."""
        return selectors.open_operations()

    def get_back(self) -> tuple[str, str]:
        """The list."""
        return ("Log", reverse(LOG))


class SettleView(ActionView):
    """A person says what became of a change that reading could not settle."""

    permission = Permission.LOG_SETTLE
    form_class = SettleForm  # type: ignore[assignment]
    submit = "Settle it"
    active = LOG
    template_name = "audit/settle.html"

    def get_object(self) -> Operation:
        """Only while it is open."""
        operation = get_object_or_404(Operation, pk=self.kwargs["pk"])
        if operation.stage not in selectors.OPEN:
            raise Http404("This change has its outcome already; the log tells which.")
        return operation

    def get_title(self) -> str:
        """What was asked for."""
        return f"Settle: {Told(self.intent).sentence}"

    def get_back(self) -> tuple[str, str]:
        """The list."""
        return ("Open changes", reverse("audit:open"))

    @property
    def intent(self) -> Event:
        """What was asked for."""
        return Event.objects.get(seq=self.object.intent_seq)

    def get_consequences(self) -> list[str]:
        """What to look at, and what saying so does."""
        follows = settling.follows(self.object.kind)
        last = f"the change is not sent again. {follows}" if follows else "nothing is sent to Zoho."
        return [
            "Look at the person or thing in Zoho’s own panel before you answer.",
            f"Your answer becomes the outcome in the log, with your name; {last}",
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds what the change was."""
        return super().get_context_data(told=Told(self.intent), **kwargs)

    def save(self, form: SettleForm) -> str:
        """Record it."""
        person: Any = administrator_of(self.request)
        settled = settling.settle_by_person(
            self.object,
            Outcome(Stage(form.cleaned_data["outcome"])),
            actor=person.actor(),
            reason=form.cleaned_data["reason"],
        )
        if not settled:
            raise Refused("This change was settled a moment ago; the log tells how.")
        self.object.refresh_from_db()
        self.say("The change is settled.", reverse("audit:event", args=[self.object.outcome_seq]))
        return reverse("audit:open") if selectors.open_operations().exists() else reverse(LOG)
