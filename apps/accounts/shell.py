"""What the accounts and the connection add to the console's shell."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from apps.accounts.lists import ListMemory
from apps.accounts.models import Administrator
from apps.accounts.selectors import names
from apps.audit.actors import register_names
from apps.connections import selectors
from apps.console import navigation
from apps.console.context import register_context
from apps.console.registry import Action, actions
from apps.console.remembering import register_memory
from apps.console.requests import ConsoleRequest
from apps.core.permissions import Permission


def organisation(request: ConsoleRequest) -> dict[str, Any]:
    """The organisation's name and data centre, for the top bar."""
    connected = selectors.organization()
    return {"organisation": connected.name, "data_centre": connected.data_centre} if connected else {}


def admit_url(user: Any) -> str:
    """Where the user of a page in the directory can be admitted to the portal; nowhere if they are in it."""
    if Administrator.objects.filter(zuid=user.cliq_id, is_active=True).exists():
        return ""
    return f"{reverse('accounts:admit')}?{urlencode({'email': user.email})}"


def register() -> None:
    """Called once all apps are loaded."""
    register_context(organisation)
    register_memory(ListMemory())
    register_names(names)
    navigation.register(
        navigation.Group.GOVERNANCE,
        "Administrators",
        "accounts:administrators",
        "person-badge",
        Permission.ADMINISTRATORS_VIEW,
        order=20,
    )
    actions.add(
        "directory.user",
        Action(
            "Admit to the portal",
            admit_url,
            icon="person-badge",
            permission=Permission.ADMINISTRATORS_MANAGE,
            order=90,
        ),
    )
