"""The request being served, for log lines and events written far below the view."""

from contextvars import ContextVar

_request_id: ContextVar[str] = ContextVar("request_id", default="")
_client_address: ContextVar[str] = ContextVar("client_address", default="")


def request_id() -> str:
    """The id of the request or task that is being served, or an empty string outside of one."""
    return _request_id.get()


def client_address() -> str:
    """The network address of the person being served, or an empty string."""
    return _client_address.get()


def bind(*, request_id: str, address: str = "") -> None:
    """Set both for whatever runs next in this context."""
    _request_id.set(request_id)
    _client_address.set(address)
