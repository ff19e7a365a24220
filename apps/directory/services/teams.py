"""Teams: a name, a description, and members. v2-rest-api.txt:2002–2181."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from apps.cliq.client import Cliq
from apps.connections.clients import client
from apps.connections.models import Organization
from apps.core.errors import PortalError, Refused
from apps.core.permissions import Permission
from apps.directory import membership
from apps.directory.models import Team
from apps.directory.services import seen
from apps.directory.services.joining import Joining
from apps.directory.services.resource import Values


class Teams(Joining):
    """Everybody may be in many."""

    noun, plural, icon = "team", "teams", "people-fill"
    edit = Permission.TEAMS_EDIT
    model = Team
    fields = ("name", "description")
    leave_act = "users-leave-team"
    clearable = ("description",)
    verbs = {
        "team.created": "created the team",
        "team.updated": "changed the team",
        "team.deleted": "deleted the team",
        "team.member_added": "changed the teams of",
        "team.member_removed": "changed the teams of",
        "team.seen": "noticed a change in Zoho of the team",
        "team.gone": "no longer found in Zoho the team",
    }

    def of_row(self, row: Any) -> dict[str, str]:
        """Name and description."""
        return {"name": row.name, "description": row.description}

    def of_wire(self, wire: Any) -> dict[str, str]:
        """Name and description."""
        return {"name": wire.name, "description": wire.description}

    def fill(self, row: Any, values: Values) -> None:
        """Name and description."""
        row.name, row.description = values["name"], values.get("description", "")

    def write(self, organization: Organization, wires: Sequence[Any], *, asked_at: datetime) -> object:
        """Store readings; what was changed in Zoho's own panel is told."""
        return seen.store_teams(organization, wires, asked_at=asked_at)

    def demand_sound(self, row: Any | None, values: Values) -> None:
        """A name is all it needs."""
        if not values.get("name", "name"):
            raise Refused("A team needs a name.", field="name")

    def read_members(self, row: Any, cliq: Cliq) -> set[str]:
        """Read who is in it; answers their ids."""
        asked_at = timezone.now()
        found = {wire.user_id: wire.is_moderator for wire in cliq.teams.members(row.cliq_id)}
        membership.write(row, found, asked_at=asked_at)
        return set(found)


TEAMS = Teams()
create, update, delete = TEAMS.create, TEAMS.update, TEAMS.delete
add_members, remove_members, remove_member = TEAMS.add_members, TEAMS.remove_members, TEAMS.remove_member


def refresh_of_user(user_id: str) -> str:
    """Read which teams one user is in; answers why that failed, if it did."""
    try:
        organization, asked_at = TEAMS.organization(), timezone.now()
        wires = client(interactive=True).users.teams(user_id)
    except PortalError as error:
        return error.sentence
    TEAMS.write(organization, wires, asked_at=asked_at)
    here = TEAMS.rows().filter(cliq_id__in=[wire.id for wire in wires])
    membership.write_teams_of(user_id, here, asked_at=asked_at)
    return ""
