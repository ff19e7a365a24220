"""Gives every request an id and finds the address it really came from."""

import ipaddress
import uuid
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from apps.core import context


def client_address(request: HttpRequest) -> str:
    """The nearest address that is not one of our own proxies.

    `X-Forwarded-For` is read from the right, and only as far as TRUSTED_PROXIES vouch for it: what
    stands left of the first stranger is whatever that stranger wrote.
    """
    chain = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    address = request.META.get("REMOTE_ADDR", "")
    while chain and _trusted(address):
        address = chain.pop()
    return address if _valid(address) else ""


def _valid(address: str) -> bool:
    try:
        ipaddress.ip_address(address)
    except ValueError:
        return False
    return True


def _trusted(address: str) -> bool:
    if not _valid(address):
        return False
    ip = ipaddress.ip_address(address)
    return any(ip in ipaddress.ip_network(proxy, strict=False) for proxy in settings.TRUSTED_PROXIES)


class RequestContextMiddleware:
    """Binds the request's id and address; the id goes back in `X-Request-ID`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # A caller's own id would let anybody write into the log: always a fresh one.
        identifier = uuid.uuid4().hex
        request.META["HTTP_X_REQUEST_ID"] = identifier
        context.bind(request_id=identifier, address=client_address(request))
        response = self.get_response(request)
        response["X-Request-ID"] = identifier
        return response
