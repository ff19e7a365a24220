"""Who may open a page, and the sentence for who may not."""

from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url

from apps.core.permissions import ROLE_PERMISSIONS, Permission, PortalRole

from .requests import administrator_of, is_fragment
from .responses import redirect_to


class MissingPermission(PermissionDenied):
    """Refused for want of one permission of the portal; `permission` is what the log records."""

    def __init__(self, sentence: str, permission: Permission) -> None:
        super().__init__(sentence)
        self.permission = permission


def roles_with(permission: Permission) -> list[str]:
    """The labels of the portal roles that include `permission`, in the order of their rank."""
    return [str(role.label) for role in PortalRole if permission in ROLE_PERMISSIONS[role]]


def missing_sentence(role_label: str, permission: Permission) -> str:
    """What a person reads who may not do something: what is missing and who can give it."""
    holders = roles_with(permission)
    listed = holders[0] if len(holders) == 1 else ", ".join(holders[:-1]) + " and " + holders[-1]
    return (
        f"Your role in the portal, {role_label}, may not {permission.label}. "
        f"{listed} may; an Owner of the portal can change your role."
    )


def require(request: HttpRequest, permission: Permission) -> None:
    """Raise `MissingPermission` unless the signed-in administrator holds `permission`."""
    administrator = administrator_of(request)
    if administrator is None or not administrator.can(permission):
        role = administrator.get_portal_role_display() if administrator else "none"
        raise MissingPermission(missing_sentence(role, permission), permission)


def sign_in_first(request: HttpRequest) -> HttpResponse:
    """Send a stranger to the sign-in page and, after it, back to what they asked for."""
    url = resolve_url(settings.LOGIN_URL)
    if request.method == "GET" and not is_fragment(request):
        url += "?" + urlencode({"next": request.get_full_path()})
    return redirect_to(request, url)
