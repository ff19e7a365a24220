"""What channels add to the console: their entry, and a user's channels on the user's page."""

from typing import Any

from django.urls import reverse

from apps.audit.shell import history_with_members
from apps.channels import selectors
from apps.channels.models import Channel
from apps.console.navigation import Group
from apps.console.navigation import register as register_entry
from apps.console.registry import Action, Panel, actions, panels
from apps.console.requests import ConsoleRequest
from apps.core.permissions import Permission

SHOWN = 12
CARD = 4


def of_user(request: ConsoleRequest, user: Any) -> dict[str, Any]:
    """The channels in which the portal has seen a user."""
    found = list(selectors.channels_of(user.cliq_id)[: SHOWN + 1])
    return {"channels": found[:SHOWN], "more": len(found) > SHOWN}


def waiting(request: ConsoleRequest) -> int:
    """Requests wait for whoever may decide about them."""
    administrator = request.administrator
    may = administrator is not None and administrator.can(Permission.CHANNELS_APPROVE)
    return selectors.waiting().count() if may else 0


def waiting_card(request: ConsoleRequest, _: object) -> dict[str, Any]:
    """The longest waiting requests, for the dashboard."""
    found = list(selectors.waiting()[: CARD + 1])
    return {"requests": found[:CARD], "more": len(found) > CARD}


def permissions_url(channel: Channel) -> str:
    """Where one sees what each role may do in a channel; of one that is gone nothing is offered."""
    return "" if channel.gone_at else reverse("channels:permissions", args=[channel.cliq_id])


def register() -> None:
    """Called once all apps are loaded."""
    view, log = Permission.CHANNELS_VIEW, Permission.LOG_VIEW
    register_entry(Group.ORGANISATION, "Channels", "channels:channels", "hash", view, order=50)
    register_entry(
        Group.WORK, "Channel requests", "channels:requests", "inbox", view, count=waiting, order=15
    )
    card = Panel(
        "Channel requests", "channels/card.html", waiting_card, Permission.CHANNELS_APPROVE, order=25
    )
    panels.add("home.dashboard", card)
    panels.add("directory.user", Panel("Channels", "channels/user_channels.html", of_user, view, order=30))
    actions.add(
        "channels.channel", Action("Permissions", permissions_url, "sliders", permission=view, order=20)
    )
    history = Panel("History", "audit/history.html", history_with_members("channel"), log, order=50)
    panels.add("channels.channel", history)
