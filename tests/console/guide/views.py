"""Pages that use every piece of the toolkit, written as a domain app would write them."""

from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import django_filters
import django_tables2 as tables
from django import forms
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from apps.console.errors import NothingHere
from apps.console.forms import EditForm, Section
from apps.console.plans import Number, Segment
from apps.console.registry import PageAction
from apps.console.tables import AgoColumn, ConsoleTable, IdentityColumn, NumberColumn, StatusColumn
from apps.console.views import (
    ActionView,
    DetailView,
    DownloadView,
    EmptyState,
    FormView,
    FragmentView,
    KeysetListView,
    ListView,
    PageView,
)
from apps.core.errors import ChangedElsewhere, QuotaWait, Refused
from apps.core.permissions import Permission

from .cast import DEPARTMENTS
from .models import Event, Outcome, Person, PersonStatus


class PersonFilter(django_filters.FilterSet):
    """Search, two menus, a range and a choice of several."""

    q = django_filters.CharFilter(field_name="name", lookup_expr="icontains", label="Search")
    status = django_filters.ChoiceFilter(choices=PersonStatus.choices, label="Status")
    department = django_filters.ChoiceFilter(
        choices=[(name, name) for name in DEPARTMENTS], label="Department"
    )
    channels = django_filters.RangeFilter(label="Channels")

    class Meta:
        model = Person
        fields: list[str] = []


class PersonTable(ConsoleTable):
    """The columns of the list of people."""

    name = IdentityColumn(under="email")
    status = StatusColumn(PersonStatus)
    department = tables.Column()
    designation = tables.Column()
    channels = NumberColumn()
    seen = AgoColumn(verbose_name="Last seen")


class People(ListView):
    """The list of people."""

    permission = Permission.USERS_VIEW
    title = "Users"
    description = "Everyone in the organisation, as Zoho had them."
    active = "guide:people"
    queryset = Person.objects.order_by("pk")
    table_class = PersonTable
    filterset_class = PersonFilter
    noun = ("user", "users")

    def get_actions(self) -> list[PageAction]:
        """Two buttons, one of them not for everybody."""
        return [
            PageAction(
                "Onboard people", "/plan/", "person-plus", primary=True, permission=Permission.ONBOARDING_RUN
            ),
            PageAction("Download", "/download/", "download"),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds how fresh the list is."""
        return super().get_context_data(fresh=timezone.now() - timedelta(minutes=12), **kwargs)


class Nothing(People):
    """The same list before anybody was read."""

    title = "Departments"
    active = "guide:nothing"
    queryset = Person.objects.none()
    noun = ("department", "departments")
    empty = EmptyState(
        "No departments yet",
        "The portal has not read the organisation yet. It takes two minutes and changes nothing in Zoho.",
        "diagram-3",
        PageAction("Read from Zoho", "/job/", "arrow-repeat", primary=True),
    )


class EventTable(ConsoleTable):
    """The columns of the log."""

    sentence = tables.Column(verbose_name="What happened")
    outcome = StatusColumn(Outcome)
    moment = AgoColumn(verbose_name="When")
    seq = NumberColumn(verbose_name="No.")


class EventFilter(django_filters.FilterSet):
    """Search and outcome."""

    q = django_filters.CharFilter(field_name="sentence", lookup_expr="icontains")
    outcome = django_filters.ChoiceFilter(choices=Outcome.choices)

    class Meta:
        model = Event
        fields: list[str] = []


class Log(KeysetListView):
    """The log."""

    permission = Permission.LOG_VIEW
    title = "Log"
    description = "Who changed what, when and with what outcome."
    active = "guide:log"
    queryset = Event.objects.all()
    table_class = EventTable
    filterset_class = EventFilter
    noun = ("event", "events")


def person_or_nothing(pk: int) -> Person:
    """Zero is somebody who was there once."""
    if pk == 0:
        raise NothingHere("This person left the organisation on Friday.")
    return get_object_or_404(Person, pk=pk)


class OnePerson(DetailView):
    """One person."""

    permission = Permission.USERS_VIEW
    template_name = "guide/person.html"
    active = "guide:people"
    back = ("Users", "/")
    slot = "guide.person"

    def get_object(self) -> Person:
        """By the number in the address."""
        return person_or_nothing(self.kwargs["pk"])

    def get_actions(self) -> list[PageAction]:
        """Edit first, then what is registered."""
        edit = PageAction(
            "Edit",
            reverse("guide:edit", args=[self.object.pk]),
            "pencil",
            primary=True,
            permission=Permission.USERS_EDIT,
        )
        return [edit, *super().get_actions()]


class PersonForm(EditForm):
    """All kinds of fields."""

    sections = (
        Section(
            "Name", ("first_name", "last_name", "display_name"), "How colleagues find this person in Cliq."
        ),
        Section(
            "Work", ("department", "designation", "employee_id"), "Zoho keeps one department for each person."
        ),
        Section("Presence", ("visibility", "country", "about", "newsletter")),
    )
    first_name = forms.CharField(max_length=50)
    last_name = forms.CharField(max_length=50)
    display_name = forms.CharField(
        max_length=100, required=False, help_text="Left empty, Zoho joins first and last name."
    )
    department = forms.ChoiceField(choices=[("", "None"), *((name, name) for name in DEPARTMENTS)])
    designation = forms.CharField(max_length=30, help_text="At most 30 characters.")
    employee_id = forms.CharField(max_length=20, required=False)
    visibility = forms.ChoiceField(
        choices=[("all", "Everyone"), ("team", "Only their department"), ("none", "Nobody")],
        widget=forms.RadioSelect,
    )
    country = forms.ChoiceField(choices=[("FR", "France"), ("IN", "India"), ("JP", "Japan")])
    about = forms.CharField(max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    newsletter = forms.BooleanField(required=False, label="Tell this person about the change")


class Locked:
    """A change for which there is no room now; its job is the person's page."""

    def send(self, person: Person, *, actor: object) -> None:
        """No room."""
        raise QuotaWait(
            "Zoho takes no more than 30 changes a minute; there is room again in 40 seconds.", seconds=40
        )

    def queue(self, person: Person, *, actor: object) -> object:
        """Something with a title and an address."""
        return SimpleNamespace(title=f"Change {person}", get_absolute_url=person.get_absolute_url)


class EditPerson(FormView):
    """Edits a person; some values make Zoho refuse, lock or have changed."""

    permission = Permission.USERS_EDIT
    form_class = PersonForm
    active = "guide:people"
    counts_changes = True
    object: Person

    def get_object(self) -> Person:
        """By the number in the address."""
        return person_or_nothing(self.kwargs["pk"])

    def get_title(self) -> str:
        """Names the person."""
        return f"Edit {self.object}"

    def get_back(self) -> tuple[str, str]:
        """Back to the person."""
        return (str(self.object), self.object.get_absolute_url())

    def get_initial(self) -> dict[str, Any]:
        """What the person has now."""
        first, _, last = self.object.name.partition(" ")
        return {
            "first_name": first,
            "last_name": last,
            "department": self.object.department,
            "designation": self.object.designation,
            "visibility": "all",
            "country": "IN",
        }

    def save(self, form: PersonForm) -> str:
        """Play Zoho."""
        wanted = form.changes()
        if wanted.get("designation") == "Emperor":
            raise Refused(
                "Zoho has no designation “Emperor”. Choose one of the existing ones.", field="designation"
            )
        if wanted.get("employee_id") == "LOCK":
            self.carry(Locked(), self.object)
        if wanted.get("employee_id") == "ELSE":
            raise ChangedElsewhere(
                "Somebody changed this person meanwhile.", fields={"designation": "Analyst"}
            )
        if elsewhere := form.changed_elsewhere():
            raise ChangedElsewhere("Somebody changed this person meanwhile.", fields=elsewhere)
        self.object.designation = form.cleaned_data["designation"]
        self.object.save()
        self.say(f"Saved {len(wanted)} changes of {self.object}: {', '.join(wanted)}.", "/log/")
        return self.object.get_absolute_url()


class RemovePerson(ActionView):
    """A dangerous act."""

    permission = Permission.USERS_EDIT
    active = "guide:people"
    title = "Remove from 14 channels"
    submit = "Remove from 14 channels"
    danger = True
    reason = "required"

    def get_object(self) -> Person:
        """By the number in the address."""
        return person_or_nothing(self.kwargs["pk"])

    def get_typed_name(self) -> str:
        """The person's own name."""
        return str(self.object.name)

    def get_consequences(self) -> list[str]:
        """What will happen."""
        return [
            f"{self.object} leaves 14 channels at once and is not told.",
            "What they wrote stays. Cliq cannot put them back; each channel's administrator can.",
        ]

    def get_back(self) -> tuple[str, str]:
        """Back to the person."""
        return (str(self.object), self.object.get_absolute_url())

    def save(self, form: Any) -> str:
        """Refuse for one reason, succeed for the others."""
        if form.cleaned_data["reason"] == "refuse":
            raise Refused("Zoho refused: only an organisation admin may do this.")
        self.say(f"{self.object} was removed from 14 channels.", "/log/")
        return self.object.get_absolute_url()


CARDS = [
    Number("Add", 52, "green", "?show=add", selected=True),
    Number("Change", 11, "blue", "?show=change"),
    Number("Nothing to do", 1204, "grey", "?show=same"),
    Number("Cannot", 3, "red", "?show=cannot"),
]


class Plan(PageView):
    """A checked plan."""

    permission = Permission.ONBOARDING_VIEW
    template_name = "guide/plan.html"
    title = "joiners-november.csv"
    description = "1,270 rows, checked against the organisation; nothing has been sent yet."
    active = "guide:plan"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Numbers and a few rows."""
        people = list(Person.objects.order_by("pk")[:6])
        return super().get_context_data(
            cards=CARDS, people=people, finish=timezone.now() + timedelta(minutes=11), **kwargs
        )


class JobContext:
    """A running job."""

    def job(self) -> dict[str, Any]:
        """Its numbers."""
        return {
            "total": 600,
            "segments": [
                Segment("done", 312, "green"),
                Segment("running", 10, "blue"),
                Segment("refused", 4, "red"),
                Segment("unknown", 1, "violet"),
            ],
            "finish": timezone.now() + timedelta(minutes=6),
            "member": Outcome.RUNNING,
        }


class JobPage(JobContext, PageView):
    """A running job's page."""

    permission = Permission.JOBS_VIEW
    template_name = "guide/job.html"
    title = "Onboarding of joiners-november.csv"
    description = "Started by Amélie Fournier-Laroche."
    active = "guide:job"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the job."""
        return super().get_context_data(job=self.job(), **kwargs)


class JobProgress(JobContext, FragmentView):
    """The part of it that moves; `?done` ends it."""

    permission = Permission.JOBS_VIEW
    body_template = "guide/job_body.html"

    def get_done(self) -> bool:
        """Whether the test says so."""
        return "done" in self.request.GET

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the job."""
        return super().get_context_data(job=self.job(), **kwargs)


class Pieces(PageView):
    """Everything small on one page."""

    permission = Permission.ADMINISTRATORS_VIEW
    template_name = "guide/pieces.html"
    title = "Pieces"
    description = "Statuses, avatars, moments, changes, notices."
    active = "guide:pieces"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Some of each."""
        changes = [
            {"field": "Designation", "before": "Engineer", "after": "Senior engineer"},
            {"field": "Department", "before": "", "after": "Sales — Europe, Middle East and Africa"},
            {"field": "Reports to", "before": "王秀英", "after": ""},
        ]
        return super().get_context_data(
            statuses=[*PersonStatus, *Outcome],
            people=Person.objects.order_by("pk")[:16],
            changes=changes,
            unchanged=[{"field": "Country", "value": "India"}, {"field": "Language", "value": "English"}],
            now=timezone.now(),
            primary=PageAction("Read from Zoho", "/job/", "arrow-repeat", primary=True),
            **kwargs,
        )


class Download(DownloadView):
    """A file with a name that tries everything."""

    permission = Permission.USERS_VIEW

    def get_filename(self) -> str:
        """Quotes, a line break, a path and other scripts."""
        return 'Zylker/../"Benutzer"\r\nX: 王.csv'

    def get_chunks(self) -> Iterator[bytes]:
        """Two pieces."""
        yield b"name,email\r\n"
        yield "王秀英,xiuying.wang@zylker.com\r\n".encode()


class SignIn(PageView):
    """A page without the shell."""

    public = True
    template_name = "guide/sign_in.html"
    title = "Sign in"


def broken(request: HttpRequest) -> HttpResponse:
    """A fault of the portal."""
    raise RuntimeError("broken on purpose")


def bad(request: HttpRequest) -> HttpResponse:
    """A request that makes no sense."""
    raise SuspiciousOperation("on purpose")
