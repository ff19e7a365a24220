"""Letting many users join or leave one of what users belong to many of."""

from collections.abc import Sequence
from typing import Any

from apps.cliq.client import Cliq
from apps.connections.clients import client
from apps.core.actor import Actor
from apps.directory.bulk.common import GONE, LIST
from apps.directory.models import User
from apps.jobs.bulk.acts import Act, Values, Verdict
from apps.jobs.models import RowAction


class Belonging(Act):
    """What joining and leaving share; who belongs is read before the plan.

    `noun` is also the field of the form that holds the id; a place has `members` with `user_id`.
    """

    on = LIST
    noun: str

    def place(self, values: Values) -> Any | None:
        """The row that was chosen, also one that is gone."""
        raise NotImplementedError

    def read_members(self, place: Any, cliq: Cliq) -> object:
        """Bring who belongs up to what Zoho says."""
        raise NotImplementedError

    def prepare(self, values: Values) -> None:
        """One call."""
        if place := self.place(values):
            self.read_members(place, client(interactive=False))

    def title(self, values: Values) -> str:
        """Which."""
        place = self.place(values)
        return f"{self.label} {place.name if place else 'that is gone'}"

    def judge(self, things: Sequence[User], values: Values, actor: Actor) -> list[Verdict]:
        """By who belonged when it was read last."""
        place = self.place(values)
        if place is None or place.gone_at is not None:
            gone = f"The {self.noun} was deleted in Zoho meanwhile."
            return [Verdict(RowAction.CANNOT, gone)] * len(things)
        ids = [user.cliq_id for user in things]
        inside = set(place.members.filter(user_id__in=ids).values_list("user_id", flat=True))
        return [self.verdict(user, place, inside=user.cliq_id in inside) for user in things]

    def verdict(self, user: User, place: Any, *, inside: bool) -> Verdict:
        """About one of them."""
        raise NotImplementedError


class Join(Belonging):
    """Whoever belongs already stays as they are."""

    def verdict(self, user: User, place: Any, *, inside: bool) -> Verdict:
        """Nobody joins who is gone."""
        if user.gone_at is not None:
            return GONE
        if inside:
            return Verdict(RowAction.NOTHING, f"In {place.name} already.")
        return Verdict(RowAction.UPDATE, diff=[(self.noun.capitalize(), "", place.name)])


class Leave(Belonging):
    """Whoever does not belong stays as they are."""

    danger = True

    def verdict(self, user: User, place: Any, *, inside: bool) -> Verdict:
        """Also who is gone can leave."""
        if not inside:
            return Verdict(RowAction.NOTHING, f"Not in {place.name}.")
        return Verdict(RowAction.UPDATE, diff=[(self.noun.capitalize(), place.name, "")])
