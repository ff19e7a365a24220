"""What channels add to the console: their entry, and a user's channels on the user's page."""

from typing import Any

from apps.audit.shell import history_with_members
from apps.channels import selectors
from apps.console.navigation import Group
from apps.console.navigation import register as register_entry
from apps.console.registry import Panel, panels
from apps.console.requests import ConsoleRequest
from apps.core.permissions import Permission

SHOWN = 12


def of_user(request: ConsoleRequest, user: Any) -> dict[str, Any]:
    """The channels in which the portal has seen a user."""
    found = list(selectors.channels_of(user.cliq_id)[: SHOWN + 1])
    return {"channels": found[:SHOWN], "more": len(found) > SHOWN}


def register() -> None:
    """Called once all apps are loaded."""
    view, log = Permission.CHANNELS_VIEW, Permission.LOG_VIEW
    register_entry(Group.ORGANISATION, "Channels", "channels:channels", "hash", view, order=50)
    panels.add("directory.user", Panel("Channels", "channels/user_channels.html", of_user, view, order=30))
    history = Panel("History", "audit/history.html", history_with_members("channel"), log, order=50)
    panels.add("channels.channel", history)
