"""Adding many users to a team, and taking them out of it."""

from collections.abc import Sequence
from typing import Any

from django import forms

from apps.cliq.catalogue import CATALOGUE
from apps.cliq.client import Cliq
from apps.console.forms import ConsoleForm
from apps.core.permissions import Permission
from apps.directory.bulk.belonging import Belonging, Join, Leave
from apps.directory.models import User
from apps.directory.services import obstacles
from apps.directory.services.placing import MOST_AT_ONCE
from apps.directory.services.teams import TEAMS
from apps.jobs.bulk.acts import Call, Values
from apps.jobs.models import JobRow


class TeamForm(ConsoleForm):
    """Which team."""

    team = forms.ChoiceField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = TEAMS.rows().order_by("search").values_list("cliq_id", "name")
        self.fields["team"].choices = [("", "Choose one"), *choices]  # type: ignore[attr-defined]


class InTeam(Belonging):
    """Both are a team's."""

    noun, permission, form_class = "team", Permission.TEAMS_EDIT, TeamForm

    def obstacle(self) -> str:
        """A permission of the grant may be missing."""
        found = obstacles.of("teams", CATALOGUE[self.endpoint])
        return found.sentence if found else ""

    def place(self, values: Values) -> Any | None:
        """By Zoho's id."""
        return TEAMS.row(values["team"])

    def read_members(self, place: Any, cliq: Cliq) -> None:
        """One call."""
        TEAMS.read_members(place, cliq)


class JoinTeam(InTeam, Join):
    """A hundred a call."""

    name, label, icon, order = "users-join-team", "Add to the team", "people-fill", 50
    endpoint, most = "teams.add_members", MOST_AT_ONCE

    def send(self, things: Sequence[User], rows: Sequence[JobRow], values: Values, call: Call) -> object:
        """One call for all of them."""
        return TEAMS.add_members(self.place(values), users=things, **call.keywords())


class LeaveTeam(InTeam, Leave):
    """One call each: Zoho takes no list."""

    name, label, icon, order = "users-leave-team", "Remove from the team", "person-dash", 51
    endpoint = "teams.remove_member"

    def send(self, things: Sequence[User], rows: Sequence[JobRow], values: Values, call: Call) -> object:
        """One of them."""
        return TEAMS.remove_member(self.place(values), user=things[0], **call.keywords())
