"""One HTTP request to Zoho: certain whether it left, certain to end in time, never following a redirect.

Each request has a connection of its own. At a few calls a minute keeping one alive gains nothing, and a
kept connection that the server has just closed would leave open whether a write was carried out.
"""

import socket
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import ConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError

from apps.core.errors import NotSent

CONNECT_SECONDS = 5.0
SHORTEST_SECONDS = 0.001
BODY_BYTES = 32 * 1024 * 1024
CHUNK_BYTES = 64 * 1024
USER_AGENT = "cliq-admin-portal"


class Lost(Exception):
    """The request left, and no dependable answer came back; `reason` ends the sentence «Zoho …»."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class HttpReply:
    """A complete answer: status, headers (any case), body."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)


class Attempt:
    """One request's clock and the fact whether any byte of it has left.

    The clock closes the connection when it runs out: a timeout of the socket would start anew with each
    byte that a slow server sends. Looking up a name cannot be interrupted, nor does each of several
    addresses share one timeout; but once time is up nothing is sent any more.
    """

    def __init__(self, seconds: float) -> None:
        self.ends = time.monotonic() + seconds
        self.sent = False
        self.expired = False
        self._socket: socket.socket | None = None
        self._guard = threading.Lock()
        self._timer = threading.Timer(seconds, self._expire)
        self._timer.daemon = True

    def __enter__(self) -> "Attempt":
        self._timer.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._timer.cancel()
        with self._guard:
            if self._socket is not None:
                self._socket.close()
                self._socket = None

    @property
    def left(self) -> float:
        """Seconds until the clock runs out."""
        return self.ends - time.monotonic()

    def watch(self, connected: socket.socket) -> None:
        """Close this connection when time is up."""
        # A duplicate, because TLS takes the descriptor of the original over.
        with self._guard:
            self._socket = connected.dup()
        self.check()

    def check(self) -> None:
        """Raise TimeoutError if time is up."""
        if self.expired or self.left <= 0:
            raise TimeoutError("the call's deadline has passed")

    def _expire(self) -> None:
        with self._guard:
            self.expired = True
            if self._socket is not None:
                with suppress(OSError):
                    self._socket.shutdown(socket.SHUT_RDWR)


class _Watched(HTTPConnection):
    """A connection that tells its attempt when it is open and when the request itself begins to leave."""

    def __init__(self, *args: Any, attempt: Attempt, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._attempt = attempt
        self._connecting = False

    def _new_conn(self) -> socket.socket:
        self._attempt.check()
        self.timeout = min(CONNECT_SECONDS, self._attempt.left)
        connected = super()._new_conn()
        self._attempt.watch(connected)
        return connected

    def connect(self) -> None:
        self._connecting = True
        try:
            super().connect()
        finally:
            self._connecting = False

    def send(self, data: Any) -> None:
        if self.sock is None:
            self.connect()
        # What a proxy is told while connecting is not yet the request.
        if not self._connecting:
            self._attempt.check()
            self._attempt.sent = True
        super().send(data)


class _WatchedTls(_Watched, HTTPSConnection):
    pass


class _Adapter(HTTPAdapter):
    """Opens watched connections; repeats nothing."""

    def __init__(self, attempt: Attempt) -> None:
        self._attempt = attempt
        super().__init__(pool_connections=1, pool_maxsize=1, max_retries=0)

    def get_connection_with_tls_context(self, *args: Any, **kwargs: Any) -> ConnectionPool:
        pool: Any = super().get_connection_with_tls_context(*args, **kwargs)
        connection = _WatchedTls if isinstance(pool, HTTPSConnectionPool) else _Watched
        pool.ConnectionCls = partial(connection, attempt=self._attempt)
        return pool


class _Authorization(AuthBase):
    """Sets the header, or none; without it requests would look for a password in ~/.netrc."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if self._token:
            request.headers["Authorization"] = f"Zoho-oauthtoken {self._token}"
        return request


def send(
    method: str,
    url: str,
    *,
    deadline: float,
    token: str = "",
    params: Mapping[str, Any] | None = None,
    json: Any = None,
    form: Mapping[str, str] | None = None,
    content_type: str = "",
) -> HttpReply:
    """Send one request and read its whole answer within `deadline` seconds.

    `content_type` is for a request without a body that has to name one.
    NotSent: it certainly never left. Lost: it may have been carried out. Any status is an answer.
    """
    with Attempt(deadline) as attempt, requests.Session() as session:
        session.mount("https://", _Adapter(attempt))
        session.mount("http://", _Adapter(attempt))
        try:
            with session.request(
                method,
                url,
                params=params,
                json=json,
                data=form,
                headers=_headers(content_type),
                auth=_Authorization(token),
                timeout=(CONNECT_SECONDS, max(deadline, SHORTEST_SECONDS)),
                allow_redirects=False,
                stream=True,
            ) as response:
                body = _without(_read(response, attempt), token)
                return HttpReply(response.status_code, response.headers, body)
        except (requests.RequestException, HTTPError, OSError) as error:
            if not attempt.sent:
                raise NotSent(
                    f"Zoho could not be reached: {_why(error, attempt)}. Nothing was sent."
                ) from error
            raise Lost("did not answer in time" if attempt.expired else "broke off the connection") from error


def _headers(content_type: str) -> dict[str, str]:
    found = {"User-Agent": USER_AGENT, "Accept": "application/json", "Connection": "close"}
    if content_type:
        found |= {"Accept": f"{content_type}, application/json", "Content-Type": content_type}
    return found


def _read(response: requests.Response, attempt: Attempt) -> bytes:
    body = bytearray()
    for chunk in response.iter_content(CHUNK_BYTES):
        body += chunk
        if len(body) > BODY_BYTES:
            raise Lost("sent more than an answer can hold")
    # A body that ends with the connection looks complete when the clock cut it off.
    if attempt.expired:
        raise Lost("did not answer in time")
    return bytes(body)


def _without(body: bytes, token: str) -> bytes:
    """The body without our own token: an answer that repeats it would carry it into logs and pages."""
    return body.replace(token.encode(), b"[removed]") if token else body


def _why(error: Exception, attempt: Attempt) -> str:
    if isinstance(error, requests.exceptions.SSLError):
        return "its certificate could not be verified"
    if attempt.expired or isinstance(error, requests.exceptions.ConnectTimeout | TimeoutError):
        return "no connection in time"
    return "no connection"
