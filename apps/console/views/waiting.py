"""What a page asks of Zoho: done now, or, where the person chose so, when Zoho's limit allows."""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from django.contrib import messages

from apps.core.actor import Actor

from .base import ConsoleView

LATER = "later"
Result = TypeVar("Result", covariant=True)


class Write(Protocol[Result]):
    """A change that can wait; `apps.jobs.later` has what it is and how it waits."""

    @property
    def send(self) -> Callable[..., Result]:
        """The service that makes it now; it takes `actor`."""
        ...

    def queue(self, *args: Any, actor: Actor, **kwargs: Any) -> Any:
        """The job that calls the service likewise, later. PortalError where it cannot wait."""
        ...


class Queued(Exception):
    """The change waits: nothing that a page says after it is so yet, so what comes after it is left out."""

    def __init__(self, job: Any) -> None:
        super().__init__(job)
        self.job = job


class Waiting(ConsoleView):
    """A page that changes something through `carry`, and therefore offers to send it later.

    A change that the page makes without it, because it must not wait, is never offered so.
    """

    can_wait = False

    @property
    def waits(self) -> bool:
        """Whether the person chose to have it sent when there is room."""
        return LATER in self.request.POST

    def carry(self, write: Write[Result], *args: Any, **kwargs: Any) -> Result:
        """Make a change as whoever asks. Queued where it was left to wait."""
        administrator: Any = self.request.administrator
        actor = administrator.actor()
        if self.waits:
            raise Queued(write.queue(*args, actor=actor, **kwargs))
        self.can_wait = True
        return write.send(*args, actor=actor, **kwargs)

    def queued(self, job: Any) -> str:
        """Say that it is sent later; go to where that can be followed."""
        self.say(f"“{job.title}” is sent as soon as Zoho’s limit allows.")
        return str(job.get_absolute_url())

    def say(self, sentence: str, url: str = "", link: str = "See the event") -> None:
        """Show a sentence on the next page, with a link to what was recorded."""
        messages.success(self.request, sentence, extra_tags=f"{url} {link}" if url else "")
