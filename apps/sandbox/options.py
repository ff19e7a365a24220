"""Switches of the stand-in: what differs between organisations, and quirks seen in the wild."""

import json
import sqlite3
from typing import Any

DEFAULTS: dict[str, Any] = {
    # Zoho People owns departments and designations, and asks for scopes of its own.
    "zoho_people": False,
    # Most people `POST /users` takes in one call; Zoho documents none.
    "users_per_call": 100,
    # Ids come as JSON numbers instead of strings.
    "ids_as_numbers": False,
    # Where `already_availableusers` stands: "data" or "root"; and its shape: "object" or "list".
    "already_place": "data",
    "already_shape": "object",
    "failed_shape": "object",
    # Permissions of a role: "list" (of one object, as real replies are) or "object" (as documented).
    "permissions_shape": "list",
    # Whether administrators see channels that they are no members of.
    "admins_see_every_channel": True,
    # A sign before the names of channels in replies, as Zoho puts it there.
    "channel_hash": True,
    # "text", or "openapi": private channels are called `personal` in replies.
    "channel_level_words": "text",
    # Exports: "csv" (as in the text) or "json" (as in OpenAPI), and most rows of one page.
    "export_form": "csv",
    "export_page": 1000,
    # Whether the DNS records of domain and mail are there; None: from the second look on.
    "dns_verified": None,
    # "seconds", "milliseconds" (with `expires_in` only) or "both" (milliseconds, and `expires_in_sec`).
    "expires_in": "seconds",
    # Scopes that a consent leaves out although they were asked for.
    "narrow_scopes": [],
    # HTTP status of the throttle reply: 400, or 429.
    "throttle_status": 400,
    # One object comes as a list that holds it, as a role's permissions really do.
    "list_for_object": False,
    # Countries of profiles come as a "name" or as a "code".
    "country_form": "name",
    # Shape of an error's body: "code", "nested", "error", or "html" for a page.
    "error_shape": "code",
    # Organisations where administrators may not edit other people's profiles.
    "edit_others": True,
}


def get(db: sqlite3.Connection, name: str) -> Any:
    """The option's present value; KeyError where there is no such option."""
    row = db.execute("SELECT value FROM options WHERE name = ?", (name,)).fetchone()
    return json.loads(row["value"]) if row else DEFAULTS[name]


def set_value(db: sqlite3.Connection, name: str, value: Any) -> None:
    """Set an option until the next reset; KeyError where there is no such option."""
    if name not in DEFAULTS:
        raise KeyError(name)
    db.execute("INSERT OR REPLACE INTO options VALUES (?, ?)", (name, json.dumps(value)))
