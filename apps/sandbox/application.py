"""One host for everything: accounts, API, control plane, the page at the root."""

import socket
import sqlite3
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Request, Response

from apps.sandbox import cast, journal, pages, people, seed, windows
from apps.sandbox.accounts import Accounts
from apps.sandbox.api import Api, Dropped
from apps.sandbox.consent import ConsentPage
from apps.sandbox.control_plane import ControlPlane
from apps.sandbox.store import Store

JOURNAL_SHOWN = 15
API_PATHS = ("/api/", "/maintenanceapi/", "/network/", "/company/")
LARGEST_BODY = 64 * 1024 * 1024


class Application:
    """The WSGI application over one store, seeded if it is empty."""

    def __init__(self, store: Store, *, users: int, minute: float, reset: bool = False) -> None:
        self.store = store
        with store.transaction() as db:
            if reset or not seed.populated(db):
                seed.reset(db, users)
            windows.forget_old(db)
        accounts = Accounts(store, minute)
        self.api = Api(store, minute)
        self.control = ControlPlane(store)
        consent = ConsentPage(store)
        self.routes: dict[tuple[str, str], Callable[[Request], Response]] = {
            ("GET", "/"): self.home,
            ("GET", "/sandbox.css"): lambda request: pages.asset("sandbox.css", "text/css; charset=utf-8"),
            ("GET", "/sandbox.svg"): lambda request: pages.asset("sandbox.svg", "image/svg+xml"),
            ("GET", "/oauth/v2/auth"): consent,
            ("POST", "/oauth/v2/auth"): consent,
            ("POST", "/oauth/v2/token"): accounts.token,
            ("POST", "/oauth/v2/token/revoke"): accounts.revoke,
            ("GET", "/oauth/user/info"): accounts.user_info,
        }

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer, or close the socket where the reply is to be lost."""
        request = Request(environ)
        request.max_content_length = LARGEST_BODY
        try:
            return self.dispatch(request)(environ, start_response)
        except HTTPException as error:
            return error(environ, start_response)
        except Dropped:
            connection: socket.socket = environ["werkzeug.socket"]
            connection.shutdown(socket.SHUT_RDWR)
            raise

    def dispatch(self, request: Request) -> Response:
        """The part of the host that the path belongs to."""
        if request.path.startswith("/_sandbox/"):
            return self.control(request)
        if request.path.startswith(API_PATHS):
            return self.api(request)
        route = self.routes.get((request.method, request.path))
        if route is not None:
            return route(request)
        wrong = {"title": "Page not found", "sentence": "There is nothing at this address."}
        return pages.page("error.html", {"wrong": wrong}, status=404)

    def home(self, request: Request) -> Response:
        """What this is, who can sign in, what was written last."""
        with self.store.transaction() as db:
            context = {
                "organization": cast.ORGANIZATION_NAME,
                "organization_id": cast.ORGANIZATION_ID,
                "client_id": cast.CLIENT_ID,
                "people": _number(db, "people"),
                "departments": _number(db, "departments"),
                "teams": _number(db, "teams"),
                "channels": _number(db, "channels"),
                "cast": [member for member in cast.CAST if people.by_email(db, member.email)],
                "journal": [_entry(row) for row in journal.latest(db, JOURNAL_SHOWN)],
                "blocked": cast.BLOCKED_EMAIL,
            }
        return pages.page("home.html", context)


def _number(db: sqlite3.Connection, table: str) -> int:
    row = db.execute(
        f"SELECT count(*) FROM {table} WHERE organization_id = ?",  # noqa: S608 - our own table names
        (cast.ORGANIZATION_ID,),
    ).fetchone()
    return int(row[0])


def _entry(row: sqlite3.Row) -> dict[str, str]:
    when = datetime.fromtimestamp(row["at"], UTC)
    return {
        "seq": str(row["seq"]),
        "operation": row["operation"],
        "key": row["key"],
        "subject": row["subject"] or "",
        "who": row["author"] or str(row["user_id"]),
        "at": when.strftime("%H:%M:%S"),
        "iso": when.isoformat(timespec="seconds"),
    }
