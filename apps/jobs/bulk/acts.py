"""What can be done to many things of a list at once; lists and acts are registered by the apps that know."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django_filters import FilterSet

from apps.audit.operation import OnIntent, OnOutcome
from apps.cliq.client import Cliq
from apps.console.forms import ConsoleForm
from apps.console.registry import Action, selections
from apps.core.actor import Actor
from apps.core.permissions import Permission
from apps.jobs.models import JobRow, RowAction

Values = Mapping[str, Any]
# How a selection stands in an address: the ids, or that all are meant that match the rest of it.
ID, ALL = "id", "all"
# The kind of an act's jobs is its name behind this.
KIND = "bulk."


@dataclass(frozen=True, slots=True)
class Selectable:
    """A list whose rows can be selected; `name` stands in the address, `rows` are all it may show."""

    name: str
    url: str
    noun: tuple[str, str]
    rows: Callable[[], QuerySet[Any]]
    filterset: type[FilterSet]
    # When what it shows was last read from Zoho.
    read_at: Callable[[], datetime | None]
    key: str = "cliq_id"

    def chosen(self, query: str) -> QuerySet[Any]:
        """The rows that a query string selects, in a lasting order."""
        given = QueryDict(query)
        rows = self.rows()
        if ALL in given:
            rows = self.filterset(data=given, queryset=rows).qs
        else:
            rows = rows.filter(**{f"{self.key}__in": given.getlist(ID)})
        return rows.order_by("pk")

    def said(self, number: int) -> str:
        """«1 user», «4,312 users»."""
        return f"{number:,} {self.noun[0] if number == 1 else self.noun[1]}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an act would do to one thing: changed, so already, or cannot; the sentence says why.

    Rows of one `group` may share a call. `diff` is field, before, after in words; `data` whatever the act
    needs again when it sends.
    """

    action: RowAction
    sentence: str = ""
    diff: Sequence[tuple[str, str, str]] = ()
    group: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Call:
    """What the service of an act takes besides what it is about: hand it on as keywords."""

    actor: Actor
    reason: str
    job_id: int
    on_intent: OnIntent
    on_outcome: OnOutcome
    cliq: Cliq

    def keywords(self) -> dict[str, Any]:
        """The keywords of a service."""
        return {
            "actor": self.actor,
            "reason": self.reason,
            "job_id": self.job_id,
            "on_intent": self.on_intent,
            "on_outcome": self.on_outcome,
            "cliq": self.cliq,
        }


class Act:
    """One act on the things of the list `on`. A subclass says what it asks, judges and sends.

    `endpoint` is the catalogued call it sends, `most` how many things one call takes, `reads` the calls made
    beside each one.
    """

    name: str
    on: str
    label: str
    icon: str
    permission: Permission
    endpoint: str
    reads: tuple[str, ...] = ()
    most: int = 1
    form_class: type[ConsoleForm] = ConsoleForm
    danger: bool = False
    order: int = 100

    def values(self, form: Any) -> dict[str, Any]:
        """What was asked for, as it is kept with the job."""
        return {name: str(each) for name, each in form.cleaned_data.items() if each not in ("", None)}

    def obstacle(self) -> str:
        """Why nobody can do it in this organisation, in a sentence; nothing if they can."""
        return ""

    def title(self, values: Values) -> str:
        """What the job is called: «Set the department to Marketing», «Archive channels»."""
        return f"{self.label} {list_of(self).noun[1]}"

    def consequences(self, values: Values, number: int) -> list[str]:
        """What a person ought to know before confirming, beside the number of calls."""
        return []

    def prepare(self, values: Values) -> None:
        """Read what judging needs and the mirror lacks; what it raises makes the plan wait or stop."""

    def judge(self, things: Sequence[Any], values: Values, actor: Actor) -> list[Verdict]:
        """One verdict for each thing, from the mirror; the plan and the run ask alike."""
        raise NotImplementedError

    def send(self, things: Sequence[Any], rows: Sequence[JobRow], values: Values, call: Call) -> object:
        """Carry it out in one call; the things share a group."""
        raise NotImplementedError

    def name_of(self, thing: Any) -> str:
        """How a row names its thing."""
        return str(thing.name)


_lists: dict[str, Selectable] = {}
_acts: dict[str, Act] = {}


def register_list(selectable: Selectable) -> None:
    """Make the rows of a list selectable; called from its app's AppConfig.ready()."""
    _lists[selectable.name] = selectable


def add_act(act: Act) -> None:
    """Offer an act on its list."""
    _acts[act.name] = act
    selections.add(
        act.on,
        Action(
            act.label,
            lambda _: reverse("jobs:plan_act", args=[act.name]),
            act.icon,
            danger=act.danger,
            permission=act.permission,
            order=act.order,
        ),
    )


def list_of(act: Act) -> Selectable:
    """The list that an act is offered on."""
    return _lists[act.on]


def act_of(name: str) -> Act | None:
    """The act of that name."""
    return _acts.get(name)
