"""The way of one API call: token, threshold, fault, scope, handler, journal, reply."""

import json
import secrets
import sqlite3
from dataclasses import dataclass
from typing import Any

from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.wrappers import Request, Response

from apps.cliq.catalogue import CATALOGUE, Endpoint
from apps.sandbox import cast, faults, grants, journal, options, people, quirks, windows
from apps.sandbox.call import Call, Text
from apps.sandbox.exceptions import InvalidToken, NotAllowed, Refusal, ScopeInvalid, Throttled
from apps.sandbox.faults import Fault
from apps.sandbox.scopes import covers
from apps.sandbox.store import Store
from apps.sandbox.urls import API, HANDLERS, VARIANTS
from apps.sandbox.windows import Arrival

ACTIVE = ("active", "imported_active")


class Dropped(ConnectionError):
    """The connection is to be closed without a reply."""


@dataclass(frozen=True)
class Incoming:
    """One counted request to a known operation, by the holder of a known token."""

    request: Request
    body: bytes
    endpoint: Endpoint
    path: dict[str, str]
    token: str
    arrival: Arrival


class Api:
    """Cliq's REST API over one store; `minute` is the length of Zoho's minute in seconds."""

    def __init__(self, store: Store, minute: float) -> None:
        self.store = store
        self.minute = minute

    def __call__(self, request: Request) -> Response:
        """Answer one request; Dropped where the answer is to be lost."""
        request_id = secrets.token_hex(8)
        try:
            incoming = self._admit(request)
        except Refusal as refusal:
            return self._refused(refusal, request_id)
        try:
            response = self._answer(incoming, request_id)
        except Refusal as refusal:
            response = self._refused(refusal, request_id)
        except Dropped:
            self._note(incoming.arrival, None)
            raise
        self._note(incoming.arrival, response.status_code)
        return response

    def _admit(self, request: Request) -> Incoming:
        """Count the call of whoever holds the token, even one that has expired since."""
        body = request.get_data()
        try:
            name, path = API.bind_to_environ(request.environ).match(path_info=_below_prefix(request.path))
        except NotFound:
            raise Refusal("request_url_invalid", "The requested URL is not valid.", status=404) from None
        except MethodNotAllowed:
            raise Refusal("method_not_allowed", "The URL does not support the method.", status=405) from None
        kind, _, token = request.headers.get("Authorization", "").partition(" ")
        endpoint = CATALOGUE[VARIANTS[name](request.args, body) if name in VARIANTS else name]
        with self.store.transaction() as db:
            row = grants.access(db, token.strip()) if kind in ("Zoho-oauthtoken", "Bearer") else None
            if row is None:
                raise InvalidToken
            arrival = windows.arrive(db, endpoint, row["user_id"], self.minute)
        return Incoming(request, body, endpoint, dict(path), token.strip(), arrival)

    def _note(self, arrival: Arrival, status: int | None) -> None:
        with self.store.transaction() as db:
            windows.answered(db, arrival, status)

    def _answer(self, incoming: Incoming, request_id: str) -> Response:
        """Threshold, then whatever fault is planned, then the effect, then the reply."""
        with self.store.transaction() as db:
            if not incoming.arrival.admitted:
                raise Throttled(options.get(db, "throttle_status"))
            text = incoming.body.decode("utf-8", "replace")
            fault = faults.take(db, incoming.endpoint.name, text) or Fault()
        fault.wait()
        if fault.drop == "before":
            raise Dropped
        if fault.answers and fault.drop != "after":
            return self._faulty(fault, incoming, request_id)
        response = self._effect(incoming, request_id)
        fault.wait_after()
        if fault.drop == "after":
            if not fault.answers:
                raise Dropped
            return self._faulty(fault, incoming, request_id)
        return response

    def _effect(self, incoming: Incoming, request_id: str) -> Response:
        """What the call does, with its journal entries, in one transaction."""
        with self.store.transaction() as db:
            call = _checked(db, incoming)
            found = HANDLERS[incoming.endpoint.name](call)
            journal.write(db, incoming.endpoint.name, call.written, request_id, call.person["id"])
            found = quirks.reply(db, incoming.endpoint, found)
        if isinstance(found, Text):
            return Response(found.body, headers={"X-Request-Id": request_id}, content_type=found.content_type)
        if found is None:
            return Response(status=204, headers={"X-Request-Id": request_id})
        return _reply(found, 200, request_id)

    def _faulty(self, fault: Fault, incoming: Incoming, request_id: str) -> Response:
        """The fault's own answer; a throttle reply locks as a real one does."""
        if fault.code == "request_limit_exceeded":
            with self.store.transaction() as db:
                row = grants.access(db, incoming.token)
                if row is not None:
                    windows.start_lock(db, incoming.endpoint, row["user_id"], self.minute)
        if fault.code is None:
            kind = fault.content_type or "text/html;charset=UTF-8"
            return Response(fault.body or "", status=fault.status or 200, content_type=kind)
        refusal = Throttled() if fault.code == "request_limit_exceeded" else Refusal(fault.code, "Refused.")
        refusal.status = fault.status or refusal.status
        return self._refused(refusal, request_id)

    def _refused(self, refusal: Refusal, request_id: str) -> Response:
        with self.store.transaction() as db:
            shape = options.get(db, "error_shape")
        body = quirks.error(shape, refusal)
        if isinstance(body, Text):
            return Response(body.body, status=refusal.status, content_type=body.content_type)
        return _reply(body, refusal.status, request_id)


def _below_prefix(path: str) -> str:
    """The path without what names a network or, before an export, the company."""
    first, _, rest = path.removeprefix("/").partition("/")
    name, _, rest = rest.partition("/")
    known = first == "network" and name in (cast.NETWORK_NAME, cast.NETWORK_ID)
    known = known or (
        first == "company" and name == cast.ORGANIZATION_ID and rest.startswith("maintenanceapi/")
    )
    return f"/{rest}" if known else path


def _checked(db: sqlite3.Connection, incoming: Incoming) -> Call:
    """The call with its token, scope and person checked."""
    row = grants.access(db, incoming.token)
    if row is None or not grants.alive(row):
        raise InvalidToken
    scopes, endpoint = grants.scopes_of(row), incoming.endpoint
    needed = endpoint.scopes + (endpoint.people_scopes if options.get(db, "zoho_people") else ())
    if not all(covers(scopes, scope) for scope in needed):
        raise ScopeInvalid
    person = people.by_id(db, row["user_id"])
    if person is None:
        raise NotAllowed("The user does not belong to an organization.")
    if person["status"] not in ACTIVE:
        raise Refusal("inactive_appaccount_user", "The user is inactive.", status=403)
    return Call(
        db,
        endpoint,
        person,
        incoming.path,
        incoming.request.args,
        incoming.body,
        scopes,
        incoming.request.mimetype,
    )


def _reply(body: Any, status: int, request_id: str) -> Response:
    text = json.dumps(body, ensure_ascii=False)
    headers = {"X-Request-Id": request_id}
    return Response(text, status=status, headers=headers, content_type="application/json;charset=UTF-8")
