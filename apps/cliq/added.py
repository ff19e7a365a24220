"""The answer to adding users, which succeeds and fails row by row and comes in many forms."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from apps.cliq.envelopes import Unreadable

ALREADY = "already_availableusers"
"""Stands as the code where Zoho only lists an address under this name."""


@dataclass(frozen=True, slots=True)
class AddUsersReply:
    """Which addresses were added, refused (with Zoho's code), there before (likewise); all casefolded."""

    success: list[str]
    failed: dict[str, str]
    already: dict[str, str]

    def unnamed(self, sent: Iterable[str]) -> list[str]:
        """Of the addresses sent, those whose fate the answer does not tell: their outcome is unknown."""
        named = {*self.success, *self.failed, *self.already}
        return [address for address in map(fold, sent) if address not in named]


def fold(address: str) -> str:
    """An address as it is compared."""
    return address.strip().casefold()


def read(body: Any) -> AddUsersReply:
    """Read the answer to `users.add`; Unreadable if it names no list at all.

    `success_users`, `failed_users` and `already_availableusers` stand under `data` or beside it, as lists of
    addresses or of objects, or as an object from address to code. An address that is called both added and
    not added is left unnamed. v2-rest-api.txt:306, users.yml (UserResponse).
    """
    sources = [part for part in _places(body) if isinstance(part, Mapping)]
    names = ("success_users", "failed_users", ALREADY)
    if not any(name in part for part in sources for name in names):
        raise Unreadable("none of the lists of added users")
    success, failed, already = (
        {address: code for part in sources for address, code in _rows(part.get(name), name)} for name in names
    )
    torn = success.keys() & (failed.keys() | already.keys())
    return AddUsersReply(
        success=[address for address in success if address not in torn],
        failed={address: code for address, code in failed.items() if address not in torn},
        already={address: code for address, code in already.items() if address not in torn | failed.keys()},
    )


def _places(body: Any) -> list[Any]:
    data = body.get("data") if isinstance(body, Mapping) else None
    return [body, *(data if isinstance(data, list) else [data])]


def _rows(found: Any, name: str) -> Iterable[tuple[str, str]]:
    """Pairs of address and code out of any form; what is not an address is passed over."""
    if isinstance(found, str):
        found = [found]
    if isinstance(found, Mapping) and "email_id" not in found:
        found = [{"email_id": address, "code": detail} for address, detail in found.items()]
    elif isinstance(found, Mapping):
        found = [found]
    for row in found if isinstance(found, list) else []:
        if isinstance(row, str):
            row = {"email_id": row}
        if isinstance(row, Mapping) and "email_id" not in row:
            yield from _rows(row, name)
        elif isinstance(row, Mapping) and "@" in str(row["email_id"]):
            yield fold(str(row["email_id"])), _code(row) or (ALREADY if name == ALREADY else "")


def _code(row: Mapping[str, Any]) -> str:
    for key in ("code", "error_code", "error", "reason", "message"):
        value = row.get(key)
        if isinstance(value, Mapping):
            value = _code(value)
        if value and not isinstance(value, bool | list):
            return str(value)
    return ""
