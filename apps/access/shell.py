"""What roles add to the console: their entry, and a user's role on the user's page."""

from typing import Any

from apps.access import selectors
from apps.audit import selectors as log
from apps.audit.models import Event, Operation
from apps.audit.presentation import Told
from apps.audit.shell import line
from apps.connections.mirror import fold
from apps.console.navigation import Group
from apps.console.navigation import register as register_entry
from apps.console.registry import Panel, panels
from apps.console.requests import ConsoleRequest
from apps.core.permissions import Permission

SHOWN = 8
MOVES = ("role.user_added", "role.user_removed")


def of_user(request: ConsoleRequest, user: Any) -> dict[str, Any]:
    """The role a user was last seen in."""
    return {"role": selectors.role_of(user.cliq_id)}


def history(request: ConsoleRequest, role: Any) -> dict[str, Any]:
    """What was done to a role: itself, its permissions, and who was moved in or out."""
    moves = Operation.objects.filter(kind__in=MOVES, key__startswith=f"{role.cliq_id}/")
    about = log.of_subject("role", [role.cliq_id, fold(role.name)])
    moved = log.lines().filter(operation_id__in=moves.values("pk"))
    newest = sorted([*about[:SHOWN], *moved[:SHOWN]], key=_seq, reverse=True)
    return {"events": [line(Told(event)) for event in newest[:SHOWN]], "more_url": ""}


def _seq(event: Event) -> int:
    return event.seq


def register() -> None:
    """Called once all apps are loaded."""
    view = Permission.ROLES_VIEW
    register_entry(Group.ORGANISATION, "Roles", "access:roles", "shield-lock", view, order=40)
    panels.add("directory.user", Panel("Role", "access/user_role.html", of_user, view, order=20))
    panels.add("access.role", Panel("History", "audit/history.html", history, Permission.LOG_VIEW, order=50))
