"""The consent page: who signs in, what the application asks for, accept or reject."""

import sqlite3
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from apps.sandbox import cast, grants, pages, people, scopes
from apps.sandbox.accounts import is_loopback
from apps.sandbox.grants import Consent
from apps.sandbox.store import Store

LOCATION = "us"
SIGN_IN = ("active", "imported_active")
PARAMETERS = (
    "response_type", "client_id", "scope", "redirect_uri", "state", "access_type", "prompt",
)  # fmt: skip


@dataclass(frozen=True)
class Wrong:
    """Why a request for consent is answered with an error page instead."""

    title: str
    sentence: str


class ConsentPage:
    """`/oauth/v2/auth`; it remembers nobody."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def __call__(self, request: Request) -> Response:
        """Show the page, or carry out what was pressed on it."""
        values = request.values
        wrong = _wrong(values)
        if wrong:
            return pages.page("error.html", {"wrong": wrong}, status=400)
        if request.method != "POST":
            return self._page(values)
        if values.get("decision") != "accept":
            return _back(values, request, {"error": "access_denied"})
        with self.store.transaction() as db:
            person = _signing_in(db, values)
            if person is None:
                problem = f"Nobody with the address {values.get('other', '')} can sign in here."
            else:
                return _back(values, request, {"code": grants.grant_code(db, _consent(values, person))})
        return self._page(values, problem)

    def _page(self, values: Any, problem: str = "") -> Response:
        asked = scopes.split(values["scope"])
        chosen = values.get("person") or values.get("login_hint") or cast.ADMIN.email
        with self.store.transaction() as db:
            choices = [_choice(db, member, chosen) for member in cast.CAST]
        context = {
            "application": cast.CLIENT_NAME,
            "identity_only": asked == (scopes.PROFILE,),
            "hidden": [(name, values[name]) for name in PARAMETERS if name in values],
            "choices": choices,
            "permissions": scopes.in_words(asked),
            "offline": values.get("access_type") == "offline",
            "back_to": values["redirect_uri"].split("/")[2],
            "other": values.get("other", ""),
            "problem": problem,
        }
        return pages.page("consent.html", context, status=422 if problem else 200)


def _wrong(values: Any) -> Wrong | None:
    if values.get("client_id") != cast.CLIENT_ID:
        return Wrong("Invalid client ID", "No application with this client ID is registered.")
    if not is_loopback(values.get("redirect_uri", "")):
        return Wrong(
            "Invalid redirect URI",
            "The redirect URI is not the one registered for this application; here, only addresses on this"
            " computer are.",
        )
    if values.get("response_type") != "code":
        return Wrong("Invalid response type", "The response_type must be «code».")
    asked = scopes.split(values.get("scope", ""))
    if not asked:
        return Wrong("Invalid OAuth scope", "The request names no scope.")
    unknown = [scope for scope in asked if not scopes.exists(scope)]
    if unknown:
        return Wrong("Invalid OAuth scope", f"The scope does not exist: {', '.join(unknown)}")
    return None


def _choice(db: sqlite3.Connection, member: cast.CastMember, chosen: str) -> dict[str, Any]:
    """One of the cast as the page shows them; who cannot sign in any more is greyed."""
    person = people.by_email(db, member.email)
    return {
        "email": member.email,
        "name": person["display_name"] if person else member.name,
        "about": member.about,
        "initials": member.first_name[0] + member.last_name[0],
        "checked": member.email == chosen,
        "absent": person is None or person["status"] not in SIGN_IN,
    }


def _signing_in(db: sqlite3.Connection, values: Any) -> sqlite3.Row | None:
    """The chosen person: an address typed in wins over the list."""
    person = people.by_email(db, values.get("other", "").strip() or values.get("person", ""))
    return person if person is not None and person["status"] in SIGN_IN else None


def _consent(values: Any, person: sqlite3.Row) -> Consent:
    return Consent(
        user_id=person["id"],
        client_id=values["client_id"],
        redirect_uri=values["redirect_uri"],
        scopes=scopes.split(values["scope"]),
        offline=values.get("access_type") == "offline",
        again=values.get("prompt") == "consent",
    )


def _back(values: Any, request: Request, found: dict[str, str]) -> Response:
    """To the application, with the state it sent and this server as the accounts server."""
    answer = dict(found)
    if values.get("state"):
        answer["state"] = values["state"]
    if "code" in found:
        answer |= {"location": LOCATION, "accounts-server": request.host_url.rstrip("/")}
    uri = values["redirect_uri"]
    glue = "&" if "?" in uri else "?"
    return redirect(f"{uri}{glue}{urlencode(answer)}", code=302)
