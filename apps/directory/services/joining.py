"""Joining: what users may belong to many of, members coming and going by calls of their own.

The acts are those of `placing.py`; who belongs is a table of its own, read when it is needed.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Unpack

from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet
from django.utils import timezone

from apps.cliq.client import Cliq
from apps.cliq.errors import NotAllowed, NotFound, ScopeMissing
from apps.connections.clients import client
from apps.core.actor import Actor
from apps.core.errors import PortalError, Refused
from apps.directory import membership
from apps.directory.models import User
from apps.directory.services import writing
from apps.directory.services.placing import Placing, Saved
from apps.directory.services.writing import InJob

# Each costs a call: so many are sent while a person waits.
MOST_REMOVED = 5


class Joining(Placing):
    """The acts on one resource whose `members` are rows with `user_id` and `is_moderator`."""

    writes = ("create", "update", "delete", "add_members", "remove_member")
    most_removed = MOST_REMOVED
    removes_each = True

    @property
    def joining(self) -> str:
        """Nothing is left for it."""
        return f"Whoever is added stays in every other {self.noun}."

    @property
    def leaving(self) -> str:
        """One call each."""
        return (
            f"Zoho takes one call for each person: more than {MOST_REMOVED} become a plan to confirm. "
            f"They stay in every other {self.noun}."
        )

    @property
    def note(self) -> str:
        """Users carry nothing of it."""
        return "department_name"

    def becomes(self, row: Any, number: int) -> str:
        """They only leave it."""
        leave = "person leaves" if number == 1 else "people leave"
        stay = f"and stay in the organisation and in every other {self.noun}"
        return f"{number:,} {leave} it {stay}." if number else "Nobody is in it."

    def beware(self, number: int) -> list[str]:
        """What is not documented is said."""
        return [f"Zoho does not say what becomes of channels that belong to the {self.noun}: look first."]

    def known_since(self, row: Any, since: timedelta) -> bool:
        """With its members."""
        members = row.members_read_at
        return super().known_since(row, since) and bool(members and members > timezone.now() - since)

    def members(self, row: Any) -> QuerySet[User]:
        """The users who are in it, as far as the directory knows them; moderators are marked."""
        people = User.objects.filter(gone_at=None, cliq_id__in=row.members.values("user_id"))
        # Asked once for all of them: an Exists would be asked of each before they are sorted.
        moderators = Q(cliq_id__in=row.members.filter(is_moderator=True).values("user_id"))
        return people.annotate(is_moderator=ExpressionWrapper(moderators, BooleanField()))

    def size(self, row: Any) -> int:
        """As Zoho counted them, where nobody has read who they are."""
        return super().size(row) if row.members_read_at else row.members_count or 0

    def others(self, row: Any) -> QuerySet[User]:
        """The users who are not."""
        return User.objects.filter(gone_at=None).exclude(cliq_id__in=row.members.values("user_id"))

    def numbered(self) -> Any:
        """With the number that Zoho gave or the portal counted."""
        return self.rows().annotate(number=F("members_count"))

    def renamed(self, row: Any) -> None:
        """Users carry nothing of it."""

    def emptied(self, row: Any) -> None:
        """Nobody is in it any more."""
        row.members.all().delete()
        row.members_count = 0

    def put(self, row: Any, ids: Sequence[str], *, inside: bool) -> None:
        """Let users join or leave in the mirror."""
        (membership.join if inside else membership.leave)(row, ids)

    def read_members(self, row: Any, cliq: Cliq) -> set[str]:
        """Read who is in it; answers their ids."""
        raise NotImplementedError

    def inside(self, row: Any, users: Sequence[User], cliq: Cliq, job: InJob) -> set[str]:
        """Read from Zoho for a person; a job trusts what the mirror has, of which its plan tells the age."""
        if "job_id" in job and row.members_read_at is not None:
            ids = [user.cliq_id for user in users]
            return set(row.members.filter(user_id__in=ids).values_list("user_id", flat=True))
        return self.read_members(row, cliq)

    def place_of(self, row: Any, user: User, act: str) -> Any:
        """Coming, somebody was not in it; what else they are in is another matter."""
        return "" if act == "added" else {"id": row.cliq_id, "name": row.name}

    def place_now(self, row: Any, user_id: str, cliq: Cliq) -> str:
        """Its id where somebody is in it, else nothing."""
        return str(row.cliq_id) if user_id in self.read_members(row, cliq) else ""

    def there(self, cliq_id: str, cliq: Cliq) -> bool:
        """Zoho documents no code for one that is gone: it is refused, and the list does not name it."""
        try:
            self.api(cliq).get(cliq_id)
        except (ScopeMissing, NotAllowed):
            raise
        except Refused:
            return any(wire.id == cliq_id for wire in self.api(cliq).list())
        return True

    def found(self, cliq: Cliq, name: str) -> Sequence[Any]:
        """There is no search: all of them."""
        return list(self.api(cliq).list())

    def refresh(self, row: Any) -> str:
        """With who is in it."""
        if problem := super().refresh(row):
            return problem
        try:
            self.read_members(row, client(interactive=True))
        except (NotFound, PortalError) as error:
            return error.sentence
        row.refresh_from_db()
        return ""

    def remove_member(
        self, row: Any, *, user: User, actor: Actor, reason: str = "", **job: Unpack[InJob]
    ) -> Saved:
        """Take one person out, the only way the API has."""
        cliq, _ = self._ready("remove_member", job)
        self._moving(row, [user], "removed", cliq, job)
        return self._remove(row, user, cliq, actor, reason, job)

    def remove_members(
        self, row: Any, *, users: Sequence[User], actor: Actor, reason: str = "", **job: Unpack[InJob]
    ) -> Saved:
        """Take people out, one call and one recorded change each; who is not in it is left out.

        The first that fails is raised; a later one ends it, and the answer says how far it came. A job is
        always told by raising: it asks again for those who are left.
        """
        if "job_id" not in job and len(users) > MOST_REMOVED:
            raise Refused(
                f"Choose at most {MOST_REMOVED} people at once: Zoho takes one call for each of them."
            )
        cliq, _ = self._ready("remove_member", job)
        saved = Saved(row)
        for user in self._moving(row, users, "removed", cliq, job):
            try:
                event = self._remove(row, user, cliq, actor, reason, job).event
            except PortalError as error:
                if not saved.people or "job_id" in job:
                    raise
                return Saved(row, people=saved.people, event=saved.event, stopped=(user, error))
            saved = Saved(row, people=saved.people + 1, event=saved.event or event)
        return saved

    def _remove(self, row: Any, user: User, cliq: Cliq, actor: Actor, reason: str, job: InJob) -> Saved:
        endpoint = self.endpoint("remove_member")
        self._demand_people_settled(row, [user])
        writing.demand_slot(cliq, endpoint, interactive="job_id" not in job)
        event = writing.carry_out(
            [self._change_of(row, user, "removed", endpoint)],
            call=lambda: self.api(cliq).remove_member(row.cliq_id, user.cliq_id),
            store=lambda _: self.put(row, [user.cliq_id], inside=False),
            actor=actor,
            reason=reason,
            **writing.for_operation(job),
        )
        return Saved(row, people=1, event=event)

    def _demand_people_settled(self, row: Any, users: Sequence[User]) -> None:
        kinds = [f"{self.noun}.member_added", f"{self.noun}.member_removed"]
        of_row = Q(kind__in=kinds, key__startswith=f"{row.cliq_id}/")
        open_for = {key.rpartition("/")[2] for key in writing.under_way(of_row)}
        for user in users:
            if user.cliq_id in open_for:
                writing.demand_settled(user.name, Q(kind__in=kinds, key=f"{row.cliq_id}/{user.cliq_id}"))
