"""Zoho Accounts beside its consent page: tokens, revocation, the signed-in person."""

import json
from typing import Any
from urllib.parse import urlsplit

from werkzeug.wrappers import Request, Response

from apps.sandbox import faults, grants, people, shapes
from apps.sandbox.api import Dropped
from apps.sandbox.grants import TokenError
from apps.sandbox.scopes import PROFILE, covers
from apps.sandbox.store import Store


def is_loopback(uri: str) -> bool:
    """Whether an address is plain HTTP or HTTPS on this machine: all that is registered here."""
    try:
        parts = urlsplit(uri)
        return parts.scheme in ("http", "https") and parts.hostname in ("localhost", "127.0.0.1", "::1")
    except ValueError:
        return False


def _json(body: dict[str, Any], status: int = 200) -> Response:
    text = json.dumps(body, ensure_ascii=False)
    return Response(text, status=status, content_type="application/json;charset=UTF-8")


class Accounts:
    """The endpoints that a client calls by itself; parameters come in the query or the form."""

    def __init__(self, store: Store, minute: float) -> None:
        self.store = store
        self.minute = minute

    def token(self, request: Request) -> Response:
        """`POST /oauth/v2/token`: most errors come with HTTP 200."""
        faulty = self._fault("oauth.token")
        if faulty is not None:
            return faulty
        values = request.values
        try:
            grants.check_client(values.get("client_id", ""), values.get("client_secret", ""))
            with self.store.transaction() as db:
                if values.get("grant_type") == "authorization_code":
                    reply = grants.exchange(db, values.get("code", ""), values.get("redirect_uri", ""))
                elif values.get("grant_type") == "refresh_token":
                    reply = grants.refresh(db, values.get("refresh_token", ""), self.minute)
                else:
                    raise TokenError("unsupported_grant_type")
        except TokenError as error:
            body = {"error": error.error}
            if error.description:
                body |= {"error_description": error.description, "status": "failure"}
            return _json(body, error.status)
        return _json(reply | {"api_domain": request.host_url.rstrip("/")})

    def revoke(self, request: Request) -> Response:
        """`POST /oauth/v2/token/revoke` of a refresh or an access token."""
        with self.store.transaction() as db:
            ended = grants.revoke(db, request.values.get("token", ""))
        return _json({"status": "success"}) if ended else _json({"error": "invalid_token"}, 400)

    def user_info(self, request: Request) -> Response:
        """`GET /oauth/user/info`: who the token belongs to; the ZUID is a number."""
        faulty = self._fault("oauth.user_info")
        if faulty is not None:
            return faulty
        token = request.headers.get("Authorization", "").partition(" ")[2]
        with self.store.transaction() as db:
            row = grants.access(db, token)
            if row is None or not grants.alive(row):
                return _json({"error": "INVALID_OAUTHTOKEN"}, 401)
            if not covers(grants.scopes_of(row), PROFILE):
                return _json({"error": "INVALID_OAUTHSCOPE"}, 401)
            person = people.by_id(db, row["user_id"])
        if person is None:
            return _json({"error": "INVALID_OAUTHTOKEN"}, 401)
        return _json(
            {
                "First_Name": person["first_name"],
                "Email": person["email_id"],
                "Last_Name": person["last_name"],
                "Display_Name": person["display_name"] or shapes.full_name(person).strip(),
                "ZUID": person["id"],
            }
        )

    def _fault(self, operation: str) -> Response | None:
        """What a planned fault answers; effects before a lost reply are not offered here."""
        with self.store.transaction() as db:
            fault = faults.take(db, operation)
        if fault is None:
            return None
        fault.wait()
        if fault.drop:
            raise Dropped
        if fault.body is not None:
            return Response(
                fault.body, status=fault.status or 200, content_type=fault.content_type or "text/html"
            )
        if fault.answers:
            return _json({"error": fault.code or "general_error"}, fault.status or 200)
        return None
