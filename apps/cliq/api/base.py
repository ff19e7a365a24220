"""What the typed operations share: the caller they use and the answer it gives."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from apps.cliq import envelopes
from apps.cliq.catalogue import Endpoint
from apps.cliq.envelopes import Unreadable
from apps.cliq.errors import without_answer
from apps.cliq.paging import Page
from apps.cliq.replies import Wire
from apps.core.errors import PortalError

W = TypeVar("W", bound=Wire)


@dataclass(frozen=True, slots=True)
class Reply:
    """A successful answer; `body` is JSON values, plain text, or None where Zoho sent nothing.

    An answer that has not the promised shape is as good as none: VendorFailure for a read,
    OutcomeUnknown for a write.
    """

    endpoint: Endpoint
    status: int
    body: Any
    request_id: str = ""

    def object(self, kind: type[W]) -> W:
        """The one object of the answer."""
        try:
            return kind.read(envelopes.data_of(self.body))
        except Unreadable as error:
            raise self.unreadable() from error

    def items(self, kind: type[W]) -> list[W]:
        """The objects of a list."""
        return self.page(kind).items

    def page(self, kind: type[W]) -> Page[W]:
        """The objects of one page and the token of the next."""
        try:
            items = [kind.read(item) for item in envelopes.items_of(self.body)]
            return Page(items, envelopes.token_of(self.body))
        except Unreadable as error:
            raise self.unreadable() from error

    def unreadable(self) -> PortalError:
        """The error of an answer that cannot be used."""
        return without_answer(self.endpoint, "sent an answer the portal cannot read")


def given(**values: Any) -> dict[str, Any]:
    """A body of what was given: None is not sent."""
    return {key: value for key, value in values.items() if value is not None}


def ids(values: Iterable[str], most: int = 0) -> list[str]:
    """Ids or addresses as a list without repetitions; ValueError if there are none, or more than `most`."""
    found = list(dict.fromkeys(map(str, values)))
    if not found or (most and len(found) > most):
        raise ValueError(f"{len(found)} are not {f'1 to {most}' if most else 'at least one'}")
    return found


class Caller(Protocol):
    """Does one operation; see `Cliq.call`."""

    def call(
        self,
        endpoint: Endpoint,
        *,
        path: Mapping[str, Any] = ...,
        params: Mapping[str, Any] = ...,
        json: Any = ...,
    ) -> Reply:
        """Do one operation."""


class Api:
    """The operations of one module."""

    def __init__(self, caller: Caller) -> None:
        self._call = caller.call
