"""What the pages of roles share."""

from apps.access import selectors
from apps.access.models import Role
from apps.console.access import require
from apps.console.errors import NothingHere
from apps.console.requests import ConsoleRequest
from apps.core.permissions import Permission

LATER = " The portal will find out by reading Zoho."


def found(cliq_id: str) -> Role:
    """The role of the address bar, also one that is gone."""
    role = selectors.role_by_id(cliq_id)
    if role is None:
        raise NothingHere("The portal knows no role with this id. Read the roles again if it is new.")
    return role


def present(cliq_id: str) -> Role:
    """The role of the address bar, which Zoho still has."""
    role = found(cliq_id)
    if role.gone_at is not None:
        raise NothingHere(f"{role.name} is no longer in Zoho, so nothing about it can be changed.")
    return role


def changeable(request: ConsoleRequest, cliq_id: str) -> Role:
    """Likewise; one that administers anything only for an Owner."""
    role = present(cliq_id)
    if role.is_admin:
        require(request, Permission.ROLES_ADMIN)
    return role


def permission_for(role: Role) -> Permission:
    """What changing this role asks for."""
    return Permission.ROLES_ADMIN if role.is_admin else Permission.ROLES_EDIT
