"""Where a call's access token comes from."""

from typing import Protocol

from apps.core.errors import GrantDead


class TokenSource(Protocol):
    """Keeps one grant's access token; shared by all processes that use the grant."""

    def get(self) -> str:
        """An access token that should still be good."""

    def renew(self, rejected: str) -> str:
        """Another token than `rejected`, which Zoho has just refused; GrantDead if there is none."""


class FixedToken:
    """A token that was just minted and is used before the grant is kept: it cannot be renewed."""

    def __init__(self, access_token: str) -> None:
        self._access_token = access_token

    def get(self) -> str:
        """The token."""
        return self._access_token

    def renew(self, rejected: str) -> str:
        """Never: who made the token has to make another."""
        raise GrantDead("Zoho did not accept the access it had just granted. Sign in again.")
