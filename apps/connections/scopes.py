"""Which scopes the portal asks for, computed from the operations it uses."""

from collections.abc import Iterable

from apps.cliq.catalogue import CATALOGUE
from apps.cliq.catalogue.users import PHOTO_SCOPE

IDENTITY_SCOPE = "aaaserver.profile.READ"

# Every operation the portal calls; a feature that needs another names it here.
USED = (
    "users.list",
    "users.get",
    "users.add",
    "users.update",
    "status.of_user",
    "departments.list",
    "departments.get",
    "departments.create",
    "departments.update",
    "departments.delete",
    "departments.add_members",
    "departments.remove_members",
    "designations.list",
    "designations.get",
    "designations.create",
    "designations.update",
    "designations.delete",
    "designations.add_members",
    "designations.remove_members",
    "userfields.list",
    "userfields.get",
    "userfields.create",
    "userfields.update",
    "userfields.delete",
    "users.layout",
    "users.teams",
    "teams.list",
    "teams.get",
    "teams.create",
    "teams.update",
    "teams.delete",
    "teams.members",
    "teams.add_members",
    "teams.remove_member",
    "roles.list",
    "roles.users",
    "roles.get",
    "roles.create",
    "roles.update",
    "roles.delete",
    "roles.permissions",
    "roles.update_permissions",
    "roles.add_users",
    "roles.remove_users",
    "channels.list",
    "channels.get",
    "channels.members",
    "channels.update_permissions",
    "custom_domain.get",
    "custom_domain.add",
    "custom_domain.verify",
    "custom_domain.delete",
    "mail.get",
    "mail.update",
    "channels.create",
    "channels.update",
    "channels.add_members",
    "channels.remove_members",
    "channels.update_member_role",
    "channels.add_bot",
    "threads.auto_follow",
    "channels.approve",
    "channels.reject",
    "channels.archive",
    "channels.unarchive",
    "channels.delete",
    "messages.post_to_user",
)


# Without these it cannot be shown who consents: a consent that leaves one out connects nothing.
ESSENTIAL = ("users.get", "roles.list", "roles.users")


def needed(*, people: bool = False) -> tuple[str, ...]:
    """The scopes of the consent, in a stable order.

    `people`: the organisation uses Zoho People, whose own scopes some operations then need as well.
    """
    scopes = {IDENTITY_SCOPE, PHOTO_SCOPE}
    for name in USED:
        scopes.update(CATALOGUE[name].scopes)
        if people:
            scopes.update(CATALOGUE[name].people_scopes)
    return tuple(sorted(scopes))


def missing(granted: Iterable[str], *, people: bool = False) -> tuple[str, ...]:
    """What is needed and was not granted."""
    have = set(granted)
    return tuple(scope for scope in needed(people=people) if scope not in have)


def essential_missing(granted: Iterable[str]) -> tuple[str, ...]:
    """What was not granted of what connecting itself needs."""
    have = set(granted)
    wanted = {IDENTITY_SCOPE}.union(*(CATALOGUE[name].scopes for name in ESSENTIAL))
    return tuple(sorted(wanted - have))
