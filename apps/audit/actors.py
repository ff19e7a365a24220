"""Who may stand in the log as actor, for its filter: told by the app that knows the people."""

from collections.abc import Callable, Iterable

Names = Callable[[], Iterable[tuple[str, str]]]
_sources: list[Names] = []

PORTAL = ("portal", "Portal")


def register_names(names: Names) -> None:
    """Add a source of (ZUID, name); called from an AppConfig.ready()."""
    if names not in _sources:
        _sources.append(names)


def choices() -> list[tuple[str, str]]:
    """Everybody known by name, and the portal itself."""
    return [pair for names in _sources for pair in names()] + [PORTAL]
