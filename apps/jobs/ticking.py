"""Small recurring chores of other apps, done with the tick; quick where there is nothing to do."""

from collections.abc import Callable

import structlog

log = structlog.get_logger(__name__)

Chore = Callable[[], object]
_chores: dict[str, Chore] = {}


def on_tick(name: str, chore: Chore) -> None:
    """Do this at every tick; called from an app's AppConfig.ready(). Registering a name again replaces it."""
    _chores[name] = chore


def do_chores() -> None:
    """Every chore; one that fails keeps none of the others from being done."""
    for name, chore in _chores.items():
        try:
            chore()
        except Exception:
            log.exception("tick.chore_failed", chore=name)
