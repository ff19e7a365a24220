"""Reading the mirror of roles."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.db.models import Count, Max, Min, QuerySet
from django.db.models.fields.json import KeyTransform

from apps.access.models import ProfileType, Role, RoleMember
from apps.directory import selectors as directory
from apps.directory.models import User
from apps.jobs.models import ENDED, Job

SYNC = "access.sync"
CHUNK = 500
# Seconds; another reading makes another key at once.
REMEMBERED = 3600


def roles() -> QuerySet[Role]:
    """Every role Zoho still has, by name, without what no list shows."""
    return Role.objects.filter(gone_at=None).defer("permissions", "raw", "search").order_by("name_key", "pk")


def role_by_id(cliq_id: str) -> Role | None:
    """The role of that id, also one that is gone."""
    return Role.objects.filter(cliq_id=cliq_id).defer("raw").first()


def default_members() -> Role | None:
    """The role that people fall back to when theirs is deleted."""
    return roles().filter(is_default=True, profile_type=ProfileType.MEMBERS).first()


def admin_roles(*types: str) -> list[Role]:
    """Roles of these types, of every type but Members where none is named."""
    found = roles()
    return list(found.filter(profile_type__in=types) if types else found.exclude(profile_type="Members"))


def role_of(user_id: str) -> Role | None:
    """The role the mirror last saw this user in."""
    member = RoleMember.objects.filter(user_id=user_id).select_related("role").first()
    return member.role if member else None


def roles_of(user_ids: Iterable[str]) -> dict[str, Role]:
    """The role of each of these users, for those of whom it is known."""
    ids = sorted(set(user_ids))
    found: dict[str, Role] = {}
    for start in range(0, len(ids), CHUNK):
        members = RoleMember.objects.filter(user_id__in=ids[start : start + CHUNK]).select_related("role")
        found |= {member.user_id: member.role for member in members.defer("role__permissions", "role__raw")}
    return found


def people_of(role: Role) -> QuerySet[User]:
    """The users in a role whom the directory knows, by name."""
    ids = RoleMember.objects.filter(role=role).values("user_id")
    return directory.users().filter(cliq_id__in=ids).order_by("name_key", "pk")


def users_by_id(user_ids: Iterable[str]) -> dict[str, User]:
    """Users by Zoho's id, for those whom the directory knows."""
    ids = sorted(set(user_ids))
    found: dict[str, User] = {}
    for start in range(0, len(ids), CHUNK):
        for user in User.objects.filter(cliq_id__in=ids[start : start + CHUNK]).defer("raw", "custom"):
            found[user.cliq_id] = user
    return found


def read_at() -> datetime | None:
    """When the list of roles was last read: the oldest of what it shows."""
    found = Role.objects.filter(gone_at=None).aggregate(oldest=Min("read_at"))["oldest"]
    return found if isinstance(found, datetime) else None


def open_job() -> Job | None:
    """The job that reads the roles, running or stopped, if there is one."""
    return Job.objects.filter(kind=SYNC).exclude(status__in=ENDED).order_by("-pk").first()


def roles_with(module: str) -> list[tuple[Role, dict[str, Any]]]:
    """Every role by name, with what it may do in one module; the database picks that out."""
    found = roles().annotate(what=KeyTransform(module, "permissions"))
    return [(role, what if isinstance(what := role.what, dict) else {}) for role in found]


def known_actions() -> dict[str, list[str]]:
    """Every module that any role has, with the actions of any of them; remembered until one is read again."""
    newest = Role.objects.filter(gone_at=None).aggregate(at=Max("permissions_read_at"), number=Count("pk"))
    key = f"access.actions:{newest['at']}:{newest['number']}".replace(" ", "T")
    known: dict[str, list[str]] | None = cache.get(key)
    if known is None:
        union: dict[str, dict[str, None]] = {}
        for permissions in Role.objects.filter(gone_at=None).values_list("permissions", flat=True):
            for module, what in permissions.items():
                union.setdefault(module, {}).update(dict.fromkeys(what.get("actions", {})))
        known = {module: list(actions) for module, actions in union.items()}
        cache.set(key, known, REMEMBERED)
    return known
