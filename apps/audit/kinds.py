"""What each kind of event is called: the verb of «who did what to whom»."""

KINDS: dict[str, str] = {}


def register_kinds(kinds: dict[str, str]) -> None:
    """Add an app's kinds, `{"user.updated": "changed"}`; called from its AppConfig.ready()."""
    KINDS.update(kinds)


def verb(kind: str) -> str:
    """The verb of a kind, or the kind itself where an older version of the portal wrote it."""
    return KINDS.get(kind, kind)


def choices() -> list[tuple[str, str]]:
    """Kinds for a filter, in the order of their names."""
    return [(kind, f"{kind.split('.')[0].replace('_', ' ')}: {text}") for kind, text in sorted(KINDS.items())]
