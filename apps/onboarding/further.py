"""What is done for somebody beside their own fields: their manager, role, teams and channels."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from apps.access import selectors as access
from apps.access.models import Role
from apps.channels.models import ChannelMember
from apps.core.actor import Actor
from apps.core.permissions import Permission, role_allows
from apps.directory.models import TeamMember, User
from apps.jobs.models import JobRow, RowAction

NEEDS = {"teams": Permission.TEAMS_EDIT, "channels": Permission.CHANNELS_EDIT}


@dataclass(frozen=True, slots=True)
class Present:
    """What people have already, by Zoho's id: their role, and the ids of their teams and channels."""

    roles: Mapping[str, Role]
    places: Mapping[str, set[str]]
    # Whoever is new begins in it.
    default: Role | None

    @classmethod
    def of(cls, users: Iterable[User], columns: Collection[str]) -> "Present":
        """Asked once for many, and only where a column is about it."""
        ids = [user.cliq_id for user in users]
        places: dict[str, set[str]] = {}
        inside: list[tuple[str, str]] = []
        if "teams" in columns:
            found = TeamMember.objects.filter(user_id__in=ids, team__gone_at=None)
            inside += found.values_list("user_id", "team__cliq_id")
        if "channels" in columns:
            joined = ChannelMember.objects.filter(user_id__in=ids, channel__gone_at=None)
            inside += joined.values_list("user_id", "channel__cliq_id")
        for user_id, place in inside:
            places.setdefault(user_id, set()).add(place)
        if "role" not in columns:
            return cls({}, places, None)
        return cls(access.roles_of(ids), places, access.default_members())


def arrange(row: JobRow, user: User | None, has: Present) -> None:
    """Drop what follows where nothing is done for somebody, and what is so already."""
    after, places = row.data.pop("after", []), row.data.pop("places", {})
    if row.action == RowAction.ADD and places:
        row.data["places"] = places
        for column, field_name in (("teams", "team_ids"), ("channels", "channel_ids")):
            if column in places:
                row.data["values"][field_name] = [identifier for identifier, _ in places[column]]
    if row.action not in (RowAction.ADD, RowAction.UPDATE):
        return
    if user is not None:
        here = has.places.get(user.cliq_id, set())
        for what, column in (("team", "teams"), ("channel", "channels")):
            after += [[what, *each, ""] for each in places.get(column, []) if each[0] not in here]
    present = has.roles.get(user.cliq_id) if user is not None else has.default
    left = [each for each in after if not (each[0] == "role" and present and each[1] == present.cliq_id)]
    if left:
        row.data["after"] = left


def closed(actor: Actor) -> dict[str, str]:
    """Roles that this actor may not give out and columns they may not use, with the sentence that says so."""
    found = {
        column: f"Your role in this portal does not let you put people into {column}: leave this column out."
        for column, permission in NEEDS.items()
        if not role_allows(actor.role, permission)
    }
    return found | _closed_roles(actor)


def _closed_roles(actor: Actor) -> dict[str, str]:
    if not role_allows(actor.role, Permission.ROLES_EDIT):
        sentence = "Your role in this portal does not let you give out roles: leave this column out."
        return {role.cliq_id: sentence for role in access.roles()}
    if role_allows(actor.role, Permission.ROLES_ADMIN):
        return {}
    return {
        role.cliq_id: f"{role.name} is an admin role: only an Owner of the portal may put people into it."
        for role in access.admin_roles()
    }
