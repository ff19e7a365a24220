"""The request as the middleware hands it to a view, for the type checker and the reader."""

from typing import Protocol, cast

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from apps.core.permissions import Permission


class Administrator(Protocol):
    """The signed-in person, as far as a page needs to know them."""

    name: str
    portal_role: str

    def can(self, permission: Permission) -> bool:
        """Whether this person's portal role includes `permission`."""
        ...

    def get_portal_role_display(self) -> str:
        """The portal role as a person reads it."""
        ...


class ConsoleRequest(HttpRequest):
    """A request behind the portal's middleware; `administrator` is None for a stranger."""

    administrator: Administrator | None
    htmx: HtmxDetails


def administrator_of(request: HttpRequest) -> Administrator | None:
    """The signed-in administrator, also where the request never reached the middleware (error pages)."""
    found = getattr(request, "administrator", None)
    return cast(Administrator, found) if found else None


def is_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks for a piece of a page rather than the page."""
    htmx: HtmxDetails | None = getattr(request, "htmx", None)
    return htmx is not None and bool(htmx) and not htmx.boosted and not htmx.history_restore_request
