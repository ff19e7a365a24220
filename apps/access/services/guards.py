"""What has to be so before anything about a role is sent."""

from collections.abc import Iterable

from django.utils import timezone

from apps.access import selectors
from apps.access.models import ProfileType, Role
from apps.access.services import reading, seen
from apps.audit.models import Operation, Stage
from apps.cliq.client import Cliq
from apps.connections import selectors as connections
from apps.core.actor import Actor
from apps.core.errors import NotSent, Refused
from apps.core.permissions import Permission, role_allows
from apps.directory.models import User, UserStatus

OPEN = (Stage.INTENT, Stage.UNKNOWN)
ACTIVE = (UserStatus.ACTIVE, UserStatus.IMPORTED_ACTIVE, "")
OWNERS = "Only an Owner of the portal may {what}."


def demand_may(actor: Actor, role: Role, what: str) -> None:
    """A role that administers anything is the Owner's to change."""
    if role.is_admin and not _is_owner(actor):
        raise Refused(OWNERS.format(what=what))


def demand_may_make(actor: Actor, profile_type: str) -> None:
    """A role that administers anything is the Owner's to make."""
    if profile_type != ProfileType.MEMBERS and not _is_owner(actor):
        raise Refused(OWNERS.format(what=f"make a role of the type {profile_type}"))


def demand_own(role: Role) -> None:
    """Roles that came with Cliq keep their name and stay."""
    if role.is_default:
        raise Refused(f"{role.name} came with Cliq: it can be neither renamed nor deleted.")


def demand_settled(role: Role) -> None:
    """What may still be on its way is found out before anything is sent on top of it."""
    under_way = Operation.objects.filter(stage__in=OPEN, kind__startswith="role.")
    mine = under_way.filter(key=role.cliq_id) | under_way.filter(key__startswith=f"{role.cliq_id}/")
    if mine.exists():
        raise Refused(
            f"An earlier change of {role.name} has no answer yet. The portal reads Zoho within a minute "
            "or two to find out what became of it; save again after that."
        )


def demand_held(held: bool) -> None:
    """One move at a time: who stays behind is judged by reading. A job that finds none tries again."""
    if not held:
        raise NotSent("Somebody else is moving people between roles right now. Try again in a moment.")


def demand_admins(
    cliq: Cliq, actor: Actor, *, leaving: Iterable[str], into: Role | None, source: Role | None = None
) -> None:
    """Nobody but an Owner takes somebody out of an admin role, and one organisation admin always stays.

    Judged by what Zoho says now: a call for the list, one for each admin role.
    """
    leaving = set(leaving)
    _read_list(cliq, into or source)
    admins = selectors.admin_roles()
    if _is_owner(actor):
        admins = [role for role in admins if role.profile_type == ProfileType.ADMIN]
    people = {role: reading.people(role, cliq) for role in admins}
    for role, ids in people.items():
        if leaving & ids and (into is None or role.pk != into.pk):
            demand_may(actor, role, f"take people out of {role.name}, which is an admin role")
    stays = into is not None and into.profile_type == ProfileType.ADMIN
    present = {one for role, ids in people.items() if role.profile_type == ProfileType.ADMIN for one in ids}
    if not stays and leaving & present and not _acting(present - leaving):
        raise Refused(
            "This would take the last organisation admin out of their role, and nobody could give it back. "
            "Make somebody else an organisation admin first."
        )
    grant = connections.latest_grant()
    if grant and not stays and grant.zuid in leaving & present:
        raise Refused(
            f"{grant.holder_name} holds the portal's connection to Zoho: without their admin role the portal "
            "could do nothing any more. Let another organisation admin connect it first."
        )


def _acting(user_ids: Iterable[str]) -> set[str]:
    """Those who can still sign in, as far as the portal knows: somebody it never met counts."""
    ids = set(user_ids)
    known = User.objects.filter(cliq_id__in=ids).values_list("cliq_id", "status", "gone_at")
    out = {cliq_id for cliq_id, status, gone_at in known if status not in ACTIVE or gone_at is not None}
    return ids - out


def _read_list(cliq: Cliq, role: Role | None) -> None:
    """An admin role made meanwhile in Zoho's own panel counts as well."""
    if role is not None:
        asked_at = timezone.now()
        seen.store_roles(role.organization, cliq.roles.list(), asked_at=asked_at)


def _is_owner(actor: Actor) -> bool:
    return actor.kind != "administrator" or role_allows(actor.role, Permission.ROLES_ADMIN)
