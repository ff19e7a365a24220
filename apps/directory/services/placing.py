"""Placing users: everyone has at most one department and one designation, and both are written alike.

`resource.py` says what a resource is, `departments.py` what is special about one; the acts are here, and
`placed.py` finds out about those whose answer is lost.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Unpack

from django.db.models import Q
from django.utils import timezone

from apps.audit.events import Subject
from apps.audit.models import Stage
from apps.audit.operation import Change, Outcome
from apps.cliq.catalogue import Endpoint
from apps.cliq.client import Cliq
from apps.cliq.errors import NotFound
from apps.connections.clients import client
from apps.connections.mirror import fold
from apps.core.actor import Actor
from apps.core.errors import NothingToChange, PortalError, Refused
from apps.directory.models import User
from apps.directory.services import obstacles, seen, writing
from apps.directory.services.resource import Resource, Values, carried
from apps.directory.services.writing import InJob

# Zoho documents no largest number of members a call; a page of choices is no longer either.
MOST_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Saved:
    """What a write did: the row as it is now, what of it changed or for how many, the event that tells."""

    row: Any
    changed: Values = field(default_factory=dict)
    people: int = 0
    event: int | None = None
    # Where people are moved one call each: whom it stopped at, and why.
    stopped: tuple[User, PortalError] | None = None


class Placing(Resource):
    """The acts on one resource; each raises Refused with `field`, QuotaWait, OutcomeUnknown."""

    most_removed = MOST_AT_ONCE
    # Whether taking people out is a call for each of them.
    removes_each = False
    # The bulk act that removes more than that, where there is one.
    leave_act = ""

    def refresh(self, row: Any) -> str:
        """Read one again because somebody looks at it; answers why that failed, if it did."""
        try:
            self.read(row, client(interactive=True))
        except NotFound:
            return f"Zoho no longer shows this {self.noun} to the portal: it may have been deleted there."
        except PortalError as error:
            return error.sentence
        return ""

    def create(self, *, values: Values, actor: Actor, reason: str = "", **job: Unpack[InJob]) -> Saved:
        """Make one. Judged against a reading: a name that is taken is not sent."""
        cliq, endpoint = self._ready("create", job)
        wanted = {name: str(values[name]).strip() for name in self.fields}
        self.demand_sound(None, wanted)
        key = fold(wanted["name"])[:300]
        writing.demand_settled(wanted["name"], Q(kind=f"{self.noun}.created", key=key))
        if self.same_name(cliq, wanted["name"]) is not None:
            raise Refused(f"A {self.noun} of this name exists already.", field="name")
        writing.demand_slot(cliq, endpoint, interactive="job_id" not in job)
        made: list[Any] = []
        change = Change(
            f"{self.noun}.created",
            Subject(self.noun, "", wanted["name"]),
            endpoint.name,
            key,
            after=self.told(wanted),
        )
        event = writing.carry_out(
            [change],
            call=lambda: self.api(cliq).create(**carried(wanted)),
            store=lambda wire: made.append(self.store_new(wire, wanted)),
            answered=lambda wire: Outcome(Stage.DONE, subject=self.subject(wire)),
            actor=actor,
            reason=reason,
            **writing.for_operation(job),
        )
        return Saved(made[0], wanted, event=event)

    def update(
        self,
        row: Any,
        *,
        values: Values,
        shown: Values | None = None,
        actor: Actor,
        reason: str = "",
        **job: Unpack[InJob],
    ) -> Saved:
        """Change those of `values` that differ from `shown`, judged against a fresh reading.

        ChangedElsewhere if somebody else changed the same meanwhile, NothingToChange if all is so already.
        """
        cliq, endpoint = self._ready("update", job)
        self._demand_settled(row)
        present = self.read(row, cliq)
        given = {name: str(each).strip() for name, each in values.items()}
        wanted = writing.judged(given, shown, present, noun=self.noun)
        wanted = {name: each for name, each in wanted.items() if present.get(name, "") != each}
        if not wanted:
            raise NothingToChange(f"{row.name} is so already; nothing was sent to Zoho.")
        self.demand_sound(row, wanted)
        writing.demand_slot(cliq, endpoint, interactive="job_id" not in job)
        after = {**present, **wanted}
        body = {name: each for name, each in after.items() if each or name in self.clearable}
        change = Change(
            f"{self.noun}.updated",
            Subject(self.noun, row.cliq_id, row.name),
            endpoint.name,
            row.cliq_id,
            before=self.told({name: present.get(name, "") for name in wanted}),
            after=self.told(wanted),
        )
        event = writing.carry_out(
            [change],
            call=lambda: self.api(cliq).update(row.cliq_id, **body),
            store=lambda wire: self.store(row, {**after, **carried(self.of_wire(wire))}),
            actor=actor,
            reason=reason,
            **writing.for_operation(job),
        )
        row.refresh_from_db()
        return Saved(row, wanted, event=event)

    def add_members(
        self, row: Any, *, users: Sequence[User], actor: Actor, reason: str = "", **job: Unpack[InJob]
    ) -> Saved:
        """Place people here, in one call; who is here already is left out."""
        return self._place(row, users, "added", actor, reason, job)

    def remove_members(
        self, row: Any, *, users: Sequence[User], actor: Actor, reason: str = "", **job: Unpack[InJob]
    ) -> Saved:
        """Take people out, in one call; who is not here is left out."""
        return self._place(row, users, "removed", actor, reason, job)

    def delete(self, row: Any, *, actor: Actor, reason: str, **job: Unpack[InJob]) -> Saved:
        """Delete one; its members are placed nowhere then."""
        cliq, endpoint = self._ready("delete", job)
        self._demand_settled(row)
        if why := self.undeletable(row):
            raise Refused(why)
        writing.demand_slot(cliq, endpoint, interactive="job_id" not in job)
        people = self.members(row).count()
        change = Change(
            f"{self.noun}.deleted",
            Subject(self.noun, row.cliq_id, row.name),
            endpoint.name,
            row.cliq_id,
            before={**self.told(self.of_row(row)), "members": people},
        )
        event = writing.carry_out(
            [change],
            call=lambda: self.api(cliq).delete(row.cliq_id),
            store=lambda _: self.forget(row),
            actor=actor,
            reason=reason,
            **writing.for_operation(job),
        )
        return Saved(row, people=people, event=event)

    def _place(
        self, row: Any, users: Sequence[User], act: str, actor: Actor, reason: str, job: InJob
    ) -> Saved:
        verb = {"added": "add_members", "removed": "remove_members"}[act]
        cliq, endpoint = self._ready(verb, job)
        moving = self._moving(row, users, act, cliq, job)
        if len(moving) > MOST_AT_ONCE:
            raise Refused(f"Choose at most {MOST_AT_ONCE} people at once.")
        self._demand_people_settled(row, moving)
        writing.demand_slot(cliq, endpoint, interactive="job_id" not in job)
        ids = [user.cliq_id for user in moving]
        event = writing.carry_out(
            [self._change_of(row, user, act, endpoint) for user in moving],
            call=lambda: getattr(self.api(cliq), verb)(row.cliq_id, ids),
            store=lambda _: self.put(row, ids, inside=act == "added"),
            actor=actor,
            reason=reason,
            **writing.for_operation(job),
        )
        return Saved(row, people=len(ids), event=event)

    def inside(self, row: Any, users: Sequence[User], cliq: Cliq, job: InJob) -> set[str]:
        """Who of these users is here, by what the mirror says of each."""
        return {user.cliq_id for user in users if getattr(user, self.placed) == row.cliq_id}

    def place_of(self, row: Any, user: User, act: str) -> Any:
        """Where somebody is before they are moved, for the log."""
        here = getattr(user, self.placed)
        return {"id": here, "name": getattr(user, self.named)} if here else ""

    def place_now(self, row: Any, user_id: str, cliq: Cliq) -> str:
        """The id of where Zoho shows somebody now; the mirror is brought up to it."""
        asked_at = timezone.now()
        wire = cliq.users.get(user_id)
        seen.store(self.organization(), [wire], asked_at=asked_at)
        return str(getattr(wire, self.noun).id)

    def _moving(self, row: Any, users: Sequence[User], act: str, cliq: Cliq, job: InJob) -> Sequence[User]:
        """Those whom the act would move; NothingToChange if there are none."""
        here = self.inside(row, users, cliq, job)
        moving = [user for user in users if (user.cliq_id in here) != (act == "added")]
        if not moving:
            already = "in" if act == "added" else "outside"
            raise NothingToChange(f"They are all {already} {row.name} already; nothing was sent to Zoho.")
        return moving

    def _change_of(self, row: Any, user: User, act: str, endpoint: Endpoint) -> Change:
        here = {"id": row.cliq_id, "name": row.name}
        return Change(
            f"{self.noun}.member_{act}",
            Subject("user", user.cliq_id, user.name),
            endpoint.name,
            f"{row.cliq_id}/{user.cliq_id}",
            before={self.noun: self.place_of(row, user, act)},
            after={self.noun: here if act == "added" else ""},
        )

    def _ready(self, act: str, job: InJob) -> tuple[Cliq, Endpoint]:
        """The client; refused with an explanation where it is known that Zoho would not take it."""
        endpoint = self.endpoint(act)
        if obstacle := obstacles.of(self.plural, endpoint):
            raise Refused(obstacle.sentence)
        return job.get("cliq") or client(interactive="job_id" not in job), endpoint

    def _demand_settled(self, row: Any) -> None:
        kinds = [f"{self.noun}.updated", f"{self.noun}.deleted"]
        writing.demand_settled(row.name, Q(kind__in=kinds, key=row.cliq_id))

    def _demand_people_settled(self, row: Any, users: Sequence[User]) -> None:
        kinds = [f"{self.noun}.member_added", f"{self.noun}.member_removed"]
        open_for = {key.rpartition("/")[2] for key in writing.under_way(Q(kind__in=kinds))}
        for user in users:
            if user.cliq_id in open_for:
                writing.demand_settled(user.name, Q(kind__in=kinds, key__endswith=f"/{user.cliq_id}"))
