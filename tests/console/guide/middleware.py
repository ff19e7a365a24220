"""Puts one of the cast behind the request: `?as=auditor` or the cookie of that name; `stranger` is nobody."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from apps.core.permissions import Permission, PortalRole, role_allows


@dataclass(frozen=True)
class Person:
    """A signed-in administrator as the toolkit knows one."""

    name: str
    portal_role: str

    def can(self, permission: Permission) -> bool:
        """As the portal's own administrators answer it."""
        return role_allows(self.portal_role, permission)

    def actor(self) -> "Person":
        """Who acts."""
        return self

    def get_portal_role_display(self) -> str:
        """The role's label."""
        return str(PortalRole(self.portal_role).label)


CAST = {
    "owner": Person("Amélie Fournier-Laroche", PortalRole.OWNER),
    "auditor": Person("Tomasz Wiśniewski", PortalRole.AUDITOR),
    "stranger": None,
}


def cast(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Set `request.administrator`."""

    def middleware(request: HttpRequest) -> HttpResponse:
        chosen = request.GET.get("as") or request.COOKIES.get("as") or "owner"
        request.administrator = CAST[chosen]  # type: ignore[attr-defined]
        return get_response(request)

    return middleware
