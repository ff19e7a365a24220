"""What the connection adds to the console's shell and to the dashboard."""

from typing import Any

from apps.connections import scopes, selectors
from apps.connections.models import Grant, GrantStatus
from apps.console import navigation
from apps.console.registry import Panel, panels
from apps.console.requests import ConsoleRequest
from apps.core.permissions import Permission


def health(request: ConsoleRequest, _: object) -> dict[str, Any]:
    """The connection in two lines, for the dashboard."""
    grant = selectors.latest_grant()
    return {
        "grant": grant,
        "status": GrantStatus(grant.status) if grant else None,
        "lacking": _lacking(grant) if grant else (),
    }


def _lacking(grant: Grant) -> tuple[str, ...]:
    return scopes.missing(grant.scopes, people=bool(grant.organization.findings.get("zoho_people")))


def trouble(request: ConsoleRequest) -> int:
    """One thing waits here while the grant is dead."""
    grant = selectors.latest_grant()
    return int(grant is not None and grant.status == GrantStatus.DEAD)


def register() -> None:
    """Called once all apps are loaded."""
    navigation.register(
        navigation.Group.GOVERNANCE,
        "Connection",
        "connections:connection",
        "plug",
        Permission.CONNECTION_VIEW,
        count=trouble,
        order=30,
    )
    panels.add(
        "home.dashboard",
        Panel("Connection", "connections/card.html", health, Permission.CONNECTION_VIEW, order=60),
    )
