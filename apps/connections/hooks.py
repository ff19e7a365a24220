"""What else happens once an organisation is connected: registered by the apps that do it."""

from collections.abc import Callable

from apps.connections.models import Grant
from apps.core.actor import Actor

Hook = Callable[[Grant, Actor], None]
_hooks: list[Hook] = []


def on_connected(hook: Hook) -> Hook:
    """Have `hook` run after each connecting; called from an AppConfig.ready(), usable as a decorator."""
    if hook not in _hooks:
        _hooks.append(hook)
    return hook


def connected(grant: Grant, actor: Actor) -> None:
    """Tell every hook that this grant is now the one the portal acts with."""
    for hook in _hooks:
        hook(grant, actor)


Prober = Callable[[Actor], str]
_probers: list[Prober] = []


def on_probe(prober: Prober) -> Prober:
    """Name who has the probe carried out in a job; it answers where the job can be followed."""
    _probers[:] = [prober]
    return prober


def probe(actor: Actor) -> str:
    """Have Zoho asked again what it answers; the address of what does it."""
    return _probers[0](actor)
