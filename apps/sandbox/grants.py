"""Codes, refresh tokens and access tokens, with the limits that Zoho Accounts puts on them."""

import secrets
import sqlite3
import time
from dataclasses import dataclass
from typing import Any

from apps.sandbox import cast, options
from apps.sandbox.scopes import split

CODE_SECONDS = 120
ACCESS_SECONDS = 3600
REFRESH_TOKENS_PER_USER = 20
ACCESS_TOKENS_PER_REFRESH = 10
BUDGET_MINUTES = 10


class TokenError(Exception):
    """An error of the token endpoint, answered with HTTP 200 unless a status says otherwise."""

    def __init__(self, error: str, *, status: int = 200, description: str = "") -> None:
        super().__init__(error)
        self.error = error
        self.status = status
        self.description = description


@dataclass(frozen=True)
class Consent:
    """What somebody said yes to on the consent page."""

    user_id: int
    client_id: str
    redirect_uri: str
    scopes: tuple[str, ...]
    offline: bool
    again: bool
    """`prompt=consent`: mint a refresh token although there is one."""


def _secret() -> str:
    return f"1000.{secrets.token_hex(16)}.{secrets.token_hex(16)}"


def grant_code(db: sqlite3.Connection, consent: Consent) -> str:
    """A code for one exchange within two minutes."""
    code = _secret()
    first_time = not db.execute(
        "SELECT 1 FROM refresh_tokens WHERE user_id = ? AND client_id = ?",
        (consent.user_id, consent.client_id),
    ).fetchone()
    narrowed = set(options.get(db, "narrow_scopes"))
    scopes = " ".join(scope for scope in consent.scopes if scope not in narrowed)
    refresh = consent.offline and (consent.again or first_time)
    db.execute(
        "INSERT INTO codes (code, user_id, client_id, redirect_uri, scopes, refresh, created_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (code, consent.user_id, consent.client_id, consent.redirect_uri, scopes, int(refresh), time.time()),
    )
    return code


def check_client(client_id: str, client_secret: str) -> None:
    """A TokenError unless it is the registered client with its secret."""
    if client_id != cast.CLIENT_ID:
        raise TokenError("invalid_client")
    if not secrets.compare_digest(client_secret.encode(), cast.CLIENT_SECRET.encode()):
        raise TokenError("invalid_client_secret")


def exchange(db: sqlite3.Connection, code: str, redirect_uri: str) -> dict[str, Any]:
    """Tokens for a code."""
    row = db.execute("SELECT * FROM codes WHERE code = ? AND used = 0", (code,)).fetchone()
    if row is None or row["created_at"] < time.time() - CODE_SECONDS:
        raise TokenError("invalid_code")
    if row["redirect_uri"] != redirect_uri:
        raise TokenError("invalid_redirect_uri")
    db.execute("UPDATE codes SET used = 1 WHERE code = ?", (code,))
    refresh = mint_refresh(db, row["user_id"], row["client_id"], row["scopes"]) if row["refresh"] else None
    reply = mint_access(db, row["user_id"], row["scopes"], refresh)
    return reply | ({"refresh_token": refresh} if refresh else {})


def refresh(db: sqlite3.Connection, token: str, minute: float) -> dict[str, Any]:
    """A new access token; at most ten in ten minutes."""
    row = db.execute("SELECT * FROM refresh_tokens WHERE token = ? AND revoked = 0", (token,)).fetchone()
    if row is None:
        raise TokenError("invalid_code")
    since = time.time() - BUDGET_MINUTES * minute
    minted = db.execute(
        "SELECT count(*) AS n FROM access_tokens WHERE refresh_token = ? AND created_at > ?", (token, since)
    ).fetchone()["n"]
    if minted >= ACCESS_TOKENS_PER_REFRESH:
        raise TokenError(
            "Access Denied",
            status=400,
            description="You have made too many requests continuously. Please try again after some time.",
        )
    return mint_access(db, row["user_id"], row["scopes"], token)


def mint_refresh(db: sqlite3.Connection, user_id: int, client_id: str, scopes: str) -> str:
    """A refresh token; one too many for a person silently ends the oldest."""
    token = _secret()
    db.execute(
        "INSERT INTO refresh_tokens (token, user_id, client_id, scopes) VALUES (?, ?, ?, ?)",
        (token, user_id, client_id, scopes),
    )
    alive = db.execute(
        "SELECT token FROM refresh_tokens WHERE user_id = ? AND revoked = 0 ORDER BY seq DESC", (user_id,)
    ).fetchall()
    for oldest in alive[REFRESH_TOKENS_PER_USER:]:
        revoke(db, oldest["token"])
    return token


def mint_access(
    db: sqlite3.Connection, user_id: int, scopes: str, refresh_token: str | None
) -> dict[str, Any]:
    """The token endpoint's reply with a new access token."""
    token, now = _secret(), time.time()
    db.execute(
        "INSERT INTO access_tokens VALUES (?, ?, ?, ?, ?, ?)",
        (token, refresh_token, user_id, scopes, now, now + ACCESS_SECONDS),
    )
    reply = {"access_token": token, "scope": scopes, "token_type": "Bearer"}
    milliseconds = ACCESS_SECONDS * 1000
    expiry = {
        "seconds": {"expires_in": ACCESS_SECONDS},
        "milliseconds": {"expires_in": milliseconds},
        "both": {"expires_in": milliseconds, "expires_in_sec": ACCESS_SECONDS},
    }[options.get(db, "expires_in")]
    return reply | expiry


def revoke(db: sqlite3.Connection, token: str) -> bool:
    """End a refresh token with its access tokens, or one access token; whether there was one."""
    ended = db.execute(
        "UPDATE refresh_tokens SET revoked = 1 WHERE token = ? AND revoked = 0", (token,)
    ).rowcount
    ended += db.execute(
        "UPDATE access_tokens SET expires_at = 0 WHERE (token = ? OR refresh_token = ?) AND expires_at > 0",
        (token, token),
    ).rowcount
    return ended > 0


def access(db: sqlite3.Connection, token: str) -> sqlite3.Row | None:
    """The access token's row, expired or not."""
    row: sqlite3.Row | None = db.execute("SELECT * FROM access_tokens WHERE token = ?", (token,)).fetchone()
    return row


def alive(row: sqlite3.Row) -> bool:
    """Whether an access token may still be used."""
    return bool(row["expires_at"] > time.time())


def scopes_of(row: sqlite3.Row) -> tuple[str, ...]:
    """The scopes of a token."""
    return split(row["scopes"])


def secrets_minted(db: sqlite3.Connection) -> list[str]:
    """Every code and token that ever left this server."""
    return [
        row[0]
        for row in db.execute(
            "SELECT code FROM codes UNION SELECT token FROM refresh_tokens"
            " UNION SELECT token FROM access_tokens"
        )
    ]
