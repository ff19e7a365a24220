"""What higher apps do once the organisation is connected."""

from collections.abc import Callable

import structlog

from apps.connections.models import Grant
from apps.core.actor import Actor
from apps.core.errors import PortalError

log = structlog.get_logger(__name__)

Hook = Callable[[Grant, Actor], object]
_hooks: list[Hook] = []


def on_connected(hook: Hook) -> None:
    """Have `hook(grant, actor)` called after every connection; from an AppConfig.ready()."""
    if hook not in _hooks:
        _hooks.append(hook)


def connected(grant: Grant, actor: Actor) -> None:
    """Tell everybody; the connection stands even where one of them cannot do its part."""
    for hook in _hooks:
        try:
            hook(grant, actor)
        except PortalError as error:
            log.warning("connection.hook_failed", reason=error.sentence)
