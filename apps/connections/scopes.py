"""Which scopes the portal asks for, computed from the operations it uses."""

from collections.abc import Iterable

from apps.cliq.catalogue import CATALOGUE

IDENTITY_SCOPE = "aaaserver.profile.READ"

# Every operation the portal calls; a feature that needs another names it here.
USED = (
    "users.list",
    "users.get",
    "users.add",
    "users.update",
    "departments.list",
    "designations.list",
    "userfields.list",
    "roles.list",
    "roles.users",
)


def needed() -> tuple[str, ...]:
    """The scopes of the consent, in a stable order; the picture's scope is left to the picture."""
    scopes = {IDENTITY_SCOPE}
    for name in USED:
        scopes.update(CATALOGUE[name].scopes)
    scopes.discard("Profile.orguserphoto.UPDATE")
    return tuple(sorted(scopes))


def missing(granted: Iterable[str]) -> tuple[str, ...]:
    """What was needed and not granted."""
    have = set(granted)
    return tuple(scope for scope in needed() if scope not in have)
