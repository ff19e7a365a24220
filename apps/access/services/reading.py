"""Reading one role again, because somebody looks at it or is about to change it."""

from datetime import timedelta

from django.utils import timezone

from apps.access import mirror
from apps.access.models import Role
from apps.access.services import seen
from apps.cliq.client import Cliq
from apps.cliq.errors import NotAllowed, NotFound
from apps.connections.clients import client
from apps.core.errors import PortalError

# Read so recently, a role is not read again for the sake of looking.
RECENT = timedelta(seconds=10)


def is_recent(role: Role) -> bool:
    """Whether another reading would tell nothing new."""
    oldest = min(role.read_at, role.members_read_at or role.read_at)
    return role.members_read_at is not None and oldest > timezone.now() - RECENT


def facts(role: Role, cliq: Cliq) -> None:
    """Read name, description and type."""
    asked_at = timezone.now()
    wire = cliq.roles.get(role.cliq_id)
    seen.store_roles(role.organization, [wire], asked_at=asked_at)
    role.refresh_from_db()


def people(role: Role, cliq: Cliq) -> set[str]:
    """Read who is in the role; answers their ids."""
    asked_at = timezone.now()
    user_ids = cliq.roles.user_ids(role.cliq_id)
    mirror.write_members(role, user_ids, asked_at=asked_at)
    return set(user_ids)


def permissions(role: Role, cliq: Cliq) -> None:
    """Read what the role may do."""
    asked_at = timezone.now()
    modules = cliq.roles.permissions(role.cliq_id)
    seen.store_permissions(role, modules, asked_at=asked_at)


def refresh(role: Role) -> str:
    """Read facts and people; a failure leaves the mirror as it is, and the answer says why."""
    return _tried(role, facts, people)


def refresh_permissions(role: Role) -> str:
    """Read what the role may do; likewise."""
    return _tried(role, permissions)


def refresh_people(role: Role) -> str:
    """Read who is in the role; likewise."""
    return _tried(role, people)


def _tried(role: Role, *readers: object) -> str:
    try:
        cliq = client(interactive=True)
        for reader in readers:
            assert callable(reader)  # noqa: S101
            reader(role, cliq)
    except (NotAllowed, NotFound):
        return "Zoho no longer shows this role to the portal: it may have been deleted."
    except PortalError as error:
        return error.sentence
    return ""
