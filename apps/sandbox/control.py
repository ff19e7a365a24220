"""The client of the control plane: how tests and scripts steer the sandbox and look into it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import requests

TIMEOUT = 30


@dataclass(frozen=True)
class JournalEntry:
    """One successful write, or one person of it where it names a list of people.

    `key` is the address of an added person, `OBJECT/PERSON` for everybody named in a list of members
    (of a department, designation, role, team or channel, whether the call changed them or not, so that
    a call sent twice shows), else the id in the path or the new one. People named in a create or an
    update have no entries of their own.
    """

    seq: int
    operation: str
    key: str
    at: float
    request_id: str


@dataclass(frozen=True)
class Arrival:
    """One call as it arrived; `window` is «METHOD path template», `status` None if the reply was lost."""

    at: float
    window: str
    locked: bool
    throttled: bool
    status: int | None


class Control:
    """Everything under `/_sandbox/`, one short method each."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")

    def _call(self, verb: str, **given: Any) -> Any:
        reply = requests.post(f"{self.url}/_sandbox/{verb}", json=given, timeout=TIMEOUT)
        if not reply.ok:
            raise ValueError(f"{verb}: {reply.text}")
        return reply.json()

    def reset(self, users: int = 40) -> None:
        """Begin again with that many people; tokens, journal, faults, options and locks are gone."""
        self._call("reset", users=users)

    def journal(self) -> list[JournalEntry]:
        """Every successful write, oldest first."""
        return [
            JournalEntry(row["seq"], row["operation"], row["key"], row["at"], row["request_id"])
            for row in self._call("journal")
        ]

    def arrivals(self, endpoint_name: str = "") -> list[Arrival]:
        """The calls of one operation, or of all, in the order of arrival."""
        return [
            Arrival(row["at"], row["call_window"], bool(row["locked"]), bool(row["throttled"]), row["status"])
            for row in self._call("arrivals", operation=endpoint_name)
        ]

    def fault(
        self,
        operation: str,
        *,
        times: int = 1,
        status: int | None = None,
        body: str | None = None,
        content_type: str | None = None,
        delay: float = 0.0,
        hold: float = 0.0,
        drop: str | None = None,
        code: str | None = None,
        only: str | None = None,
    ) -> None:
        """Let the next calls of an operation fail: see `faults.Fault` for what each means."""
        plan = {"status": status, "body": body, "content_type": content_type, "drop": drop, "code": code}
        plan["only"] = only
        self._call("fault", operation=operation, times=times, delay=delay, hold=hold, **plan)

    def clear_faults(self) -> None:
        """Forget every planned fault."""
        self._call("clear_faults")

    def expire_access_tokens(self) -> None:
        """End every access token as if its hour had passed."""
        self._call("expire_access_tokens")

    def revoke_grants(self) -> None:
        """End every refresh token and access token."""
        self._call("revoke_grants")

    def tokens(self) -> list[str]:
        """Every code and token that was ever minted."""
        return list(self._call("tokens"))

    def grant(self, email: str, scopes: Iterable[str]) -> dict[str, Any]:
        """Tokens for somebody, without the consent page."""
        return dict(self._call("grant", email=email, scopes=list(scopes)))

    def people(self) -> list[dict[str, Any]]:
        """Everybody of the organisation, all columns."""
        return list(self._call("people"))

    def person(self, email: str) -> dict[str, Any]:
        """One person, all columns; ValueError if nobody has that address."""
        return dict(self._call("person", email=email))

    def channels(self) -> list[dict[str, Any]]:
        """Every channel, all columns, in the order of creation."""
        return list(self._call("channels"))

    def channel(self, channel_id: str) -> dict[str, Any]:
        """One channel, all columns and `members`, role by address; ValueError if there is none."""
        return dict(self._call("channel", channel_id=channel_id))

    def teams(self) -> list[dict[str, Any]]:
        """Every team, all columns."""
        return list(self._call("teams"))

    def messages(self) -> list[dict[str, Any]]:
        """Every message, all columns, in the order of sending."""
        return list(self._call("messages"))

    def alter(self, kind: str, key: str, **columns: Any) -> None:
        """Change one of `control_plane.KINDS` as Zoho's own panel would, without a journal entry."""
        self._call("alter", kind=kind, key=key, columns=columns)

    def erase(self, kind: str, key: str) -> None:
        """Delete one of `control_plane.KINDS` as Zoho's own panel would."""
        self._call("erase", kind=kind, key=key)

    def change(self, email: str, **fields: Any) -> dict[str, Any]:
        """Change somebody as Zoho's own panel would: columns, or custom fields by unique name."""
        return dict(self._call("change", email=email, fields=fields))

    def remove(self, email: str) -> None:
        """Remove somebody from the organisation."""
        self._call("remove", email=email)

    def accept(self, email: str) -> dict[str, Any]:
        """Let somebody accept their invitation."""
        return dict(self._call("accept", email=email))

    def set_role(self, email: str, role_name: str) -> dict[str, Any]:
        """Move somebody into a role."""
        return dict(self._call("set_role", email=email, role=role_name))

    def block(self, email: str) -> None:
        """Let an address have declined too many invitations."""
        self._call("block", email=email)

    def field(self, unique_name: str, *, mandatory: bool) -> None:
        """Make a custom user field mandatory, or not."""
        self._call("field", unique_name=unique_name, mandatory=mandatory)

    def option(self, name: str, value: Any) -> None:
        """Set one of `options.DEFAULTS`."""
        self._call("option", name=name, value=value)

    def consent(self, authorize_url: str, email: str, *, accept: bool = True) -> str:
        """Press Accept or Reject on the consent page as somebody; the address it redirects to."""
        asked: Mapping[str, str] = dict(parse_qsl(urlsplit(authorize_url).query))
        form = {**asked, "person": email, "decision": "accept" if accept else "reject"}
        url = authorize_url.partition("?")[0]
        reply = requests.post(url, data=form, allow_redirects=False, timeout=TIMEOUT)
        if reply.status_code != 302:
            raise ValueError(f"no consent: {reply.status_code} {reply.text}")
        return reply.headers["Location"]
