"""Adding many users to a team, and taking them out of it."""

from collections.abc import Sequence
from typing import Any

from django import forms

from apps.cliq.catalogue import CATALOGUE
from apps.connections.clients import client
from apps.console.forms import ConsoleForm
from apps.core.actor import Actor
from apps.core.permissions import Permission
from apps.directory.bulk.common import GONE, LIST
from apps.directory.models import Team, User
from apps.directory.services import obstacles
from apps.directory.services.placing import MOST_AT_ONCE
from apps.directory.services.teams import TEAMS
from apps.jobs.bulk.acts import Act, Call, Values, Verdict
from apps.jobs.models import JobRow, RowAction


class TeamForm(ConsoleForm):
    """Which team."""

    team = forms.ChoiceField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = TEAMS.rows().order_by("search").values_list("cliq_id", "name")
        self.fields["team"].choices = [("", "Choose one"), *choices]  # type: ignore[attr-defined]


class InTeam(Act):
    """What adding to a team and taking out of it share; who is in it is read before the plan."""

    on, permission, form_class = LIST, Permission.TEAMS_EDIT, TeamForm

    def obstacle(self) -> str:
        """A permission of the grant may be missing."""
        found = obstacles.of("teams", CATALOGUE[self.endpoint])
        return found.sentence if found else ""

    def prepare(self, values: Values) -> None:
        """One call."""
        if team := TEAMS.row(values["team"]):
            TEAMS.read_members(team, client(interactive=False))

    def title(self, values: Values) -> str:
        """Which."""
        team = TEAMS.row(values["team"])
        return f"{self.label} {team.name if team else 'that is gone'}"

    def judge(self, things: Sequence[User], values: Values, actor: Actor) -> list[Verdict]:
        """By who was in it when it was read last."""
        team = TEAMS.row(values["team"])
        if team is None or team.gone_at is not None:
            return [Verdict(RowAction.CANNOT, "The team was deleted in Zoho meanwhile.")] * len(things)
        ids = [user.cliq_id for user in things]
        inside = set(team.members.filter(user_id__in=ids).values_list("user_id", flat=True))
        return [self.verdict(user, team, inside=user.cliq_id in inside) for user in things]

    def verdict(self, user: User, team: Team, *, inside: bool) -> Verdict:
        """About one of them."""
        raise NotImplementedError


class JoinTeam(InTeam):
    """A hundred a call."""

    name, label, icon, order = "users-join-team", "Add to the team", "people-fill", 50
    endpoint, most = "teams.add_members", MOST_AT_ONCE

    def verdict(self, user: User, team: Team, *, inside: bool) -> Verdict:
        """Whoever is in it stays as they are."""
        if user.gone_at is not None:
            return GONE
        if inside:
            return Verdict(RowAction.NOTHING, f"In {team.name} already.")
        return Verdict(RowAction.UPDATE, diff=[("Team", "", team.name)])

    def send(self, things: Sequence[User], rows: Sequence[JobRow], values: Values, call: Call) -> object:
        """One call for all of them."""
        return TEAMS.add_members(TEAMS.row(values["team"]), users=things, **call.keywords())


class LeaveTeam(InTeam):
    """One call each: Zoho takes no list."""

    name, label, icon, order = "users-leave-team", "Remove from the team", "person-dash", 51
    endpoint, danger = "teams.remove_member", True

    def verdict(self, user: User, team: Team, *, inside: bool) -> Verdict:
        """Whoever is not in it stays as they are."""
        if not inside:
            return Verdict(RowAction.NOTHING, f"Not in {team.name}.")
        return Verdict(RowAction.UPDATE, diff=[("Team", team.name, "")])

    def send(self, things: Sequence[User], rows: Sequence[JobRow], values: Values, call: Call) -> object:
        """One of them."""
        return TEAMS.remove_member(TEAMS.row(values["team"]), user=things[0], **call.keywords())
