"""The way of one API call: token, threshold, fault, scope, handler, journal, reply."""

import json
import secrets
import time
from typing import Any

from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.wrappers import Request, Response

from apps.cliq.catalogue import CATALOGUE, Endpoint
from apps.sandbox import faults, grants, journal, options, people, windows
from apps.sandbox.call import Call
from apps.sandbox.exceptions import InvalidToken, NotAllowed, Refusal, ScopeInvalid, Throttled
from apps.sandbox.faults import Fault
from apps.sandbox.scopes import covers
from apps.sandbox.store import Store
from apps.sandbox.urls import API, HANDLERS
from apps.sandbox.windows import Arrival

ID_KEYS = frozenset({"id", "zuid", "zoid", "organization_id", "lead_zuid", "user_id", "parent_department_id"})
ACTIVE = ("active", "imported_active")


class Dropped(ConnectionError):
    """The connection is to be closed without a reply."""


class Api:
    """Cliq's REST API over one store; `minute` is the length of Zoho's minute in seconds."""

    def __init__(self, store: Store, minute: float) -> None:
        self.store = store
        self.minute = minute

    def __call__(self, request: Request) -> Response:
        """Answer one request; Dropped where the answer is to be lost."""
        request_id = secrets.token_hex(8)
        body = request.get_data()
        try:
            name, path = API.bind_to_environ(request.environ).match()
            endpoint = CATALOGUE[name]
            token, arrival = self._admit(request, endpoint)
        except NotFound:
            refusal = Refusal("request_url_invalid", "The requested URL is not valid.", status=404)
            return self._refused(refusal, request_id)
        except MethodNotAllowed:
            refusal = Refusal("method_not_allowed", "The method is not allowed for this URL.", status=405)
            return self._refused(refusal, request_id)
        except Refusal as refusal:
            return self._refused(refusal, request_id)
        try:
            response = self._answer(request, body, endpoint, path, token, arrival, request_id)
        except Refusal as refusal:
            response = self._refused(refusal, request_id)
        except Dropped:
            self._note(arrival, None)
            raise
        self._note(arrival, response.status_code)
        return response

    def _admit(self, request: Request, endpoint: Endpoint) -> tuple[str, Arrival]:
        """Count the call of whoever holds the token, even one that has expired since."""
        kind, _, token = request.headers.get("Authorization", "").partition(" ")
        with self.store.transaction() as db:
            row = grants.access(db, token.strip()) if kind in ("Zoho-oauthtoken", "Bearer") else None
            if row is None:
                raise InvalidToken
            return token.strip(), windows.arrive(db, endpoint, row["user_id"], self.minute)

    def _note(self, arrival: Arrival, status: int | None) -> None:
        with self.store.transaction() as db:
            windows.answered(db, arrival, status)

    def _answer(
        self,
        request: Request,
        body: bytes,
        endpoint: Endpoint,
        path: Any,
        token: str,
        arrival: Arrival,
        request_id: str,
    ) -> Response:
        with self.store.transaction() as db:
            if not arrival.admitted:
                raise Throttled(options.get(db, "throttle_status"))
            fault = faults.take(db, endpoint.name) or Fault()
        fault.wait()
        if fault.drop == "before":
            raise Dropped
        if fault.answers and fault.drop != "after":
            return self._faulty(fault, endpoint, token, request_id)
        with self.store.transaction() as db:
            call = self._call(db, request, body, endpoint, path, token)
            found = HANDLERS[endpoint.name](call)
            journal.write(db, endpoint.name, call.written, request_id, call.person["id"])
            as_numbers = options.get(db, "ids_as_numbers")
        time.sleep(fault.hold)
        if fault.drop == "after":
            if not fault.answers:
                raise Dropped
            return self._faulty(fault, endpoint, token, request_id)
        return self._reply(_with_number_ids(found) if as_numbers else found, 200, request_id)

    def _call(
        self, db: Any, request: Request, body: bytes, endpoint: Endpoint, path: Any, token: str
    ) -> Call:
        """The call with its token, scope and person checked."""
        row = grants.access(db, token)
        if row is None or not grants.alive(row):
            raise InvalidToken
        scopes = grants.scopes_of(row)
        needed = endpoint.scopes + (endpoint.people_scopes if options.get(db, "zoho_people") else ())
        if not all(covers(scopes, scope) for scope in needed):
            raise ScopeInvalid
        person = people.by_id(db, row["user_id"])
        if person is None:
            raise NotAllowed("The user does not belong to an organization.")
        if person["status"] not in ACTIVE:
            raise Refusal("inactive_appaccount_user", "The user is inactive.", status=403)
        return Call(db, endpoint, person, path, request.args, body, scopes)

    def _faulty(self, fault: Fault, endpoint: Endpoint, token: str, request_id: str) -> Response:
        if fault.code == "request_limit_exceeded":
            with self.store.transaction() as db:
                row = grants.access(db, token)
                if row is not None:
                    windows.start_lock(db, endpoint, row["user_id"], self.minute)
        if fault.body is not None:
            kind = fault.content_type or "text/html;charset=UTF-8"
            return Response(fault.body, status=fault.status or 200, content_type=kind)
        code, status = fault.code or "internal_error", fault.status or 400
        return self._refused(Refusal(code, f"Refused: {code}", status=status), request_id)

    def _refused(self, refusal: Refusal, request_id: str) -> Response:
        with self.store.transaction() as db:
            shape = options.get(db, "error_shape")
        body: dict[str, Any] = refusal.body()
        if shape == "nested":
            body = {"error": body, "status": {"code": refusal.status}}
        elif shape == "error":
            body = {"error": refusal.code}
        return self._reply(body, refusal.status, request_id)

    def _reply(self, body: Any, status: int, request_id: str) -> Response:
        text = json.dumps(body, ensure_ascii=False)
        headers = {"X-Request-Id": request_id}
        return Response(text, status=status, headers=headers, content_type="application/json;charset=UTF-8")


def _with_number_ids(found: Any) -> Any:
    """The same reply with ids as JSON numbers."""
    if isinstance(found, list):
        return [_with_number_ids(item) for item in found]
    if not isinstance(found, dict):
        return found
    return {
        key: int(value)
        if key in ID_KEYS and isinstance(value, str) and value.isdigit()
        else _with_number_ids(value)
        for key, value in found.items()
    }
