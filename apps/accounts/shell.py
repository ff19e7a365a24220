"""What the accounts and the connection add to the console's shell."""

from typing import Any

from apps.connections import selectors
from apps.console.context import register_context
from apps.console.requests import ConsoleRequest


def organisation(request: ConsoleRequest) -> dict[str, Any]:
    """The organisation's name and data centre, for the top bar."""
    connected = selectors.organization()
    return {"organisation": connected.name, "data_centre": connected.data_centre} if connected else {}


def register() -> None:
    """Called once all apps are loaded."""
    register_context(organisation)
