"""What can go wrong when the portal acts, as classes: each carries the sentence a person reads."""

from typing import Any


class PortalError(Exception):
    """An expected failure; `sentence` is written for the person who caused it."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Refused(PortalError):
    """Zoho understood the request and said no: nothing was changed.

    `code` is Zoho's own word, `field` the form field it belongs to where one is known, `answer` the
    vendor's body, shortened for the log.
    """

    def __init__(
        self,
        sentence: str,
        *,
        code: str = "",
        status: int | None = None,
        field: str = "",
        answer: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(sentence)
        self.code = code
        self.status = status
        self.field = field
        self.answer = answer or {}


class OutcomeUnknown(PortalError):
    """A write was sent and no dependable answer came back: it may have taken effect."""


class NotSent(PortalError):
    """The request certainly never reached Zoho: it may be repeated without care."""


class VendorFailure(PortalError):
    """A read failed on Zoho's side (an error page, a truncated body): nothing was changed."""


class QuotaWait(PortalError):
    """Zoho's limit leaves no room now; nothing was sent. Try again after `seconds`."""

    def __init__(self, sentence: str, *, seconds: float, locked: bool = False) -> None:
        super().__init__(sentence)
        self.seconds = seconds
        self.locked = locked


class GrantDead(PortalError):
    """Zoho no longer accepts the portal's grant: an Owner has to connect again."""


class NotConnected(PortalError):
    """No organisation is connected yet."""


class ChangedElsewhere(PortalError):
    """Somebody changed the same fields meanwhile: `fields` maps each to its present value.

    `labels` are their names in words, where they are none of a form's fields.
    """

    def __init__(
        self, sentence: str, *, fields: dict[str, Any], labels: dict[str, str] | None = None
    ) -> None:
        super().__init__(sentence)
        self.fields = fields
        self.labels = labels or {}


class NothingToChange(PortalError):
    """The values asked for are already so; nothing was sent."""
