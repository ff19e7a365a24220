"""Tells the person once that everything answers, and how to claim an unclaimed installation."""

import http.client
import time
from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.utils.module_loading import import_string

SECONDS_BETWEEN = 0.2


class Herald:
    """Asks each address until all answer, then speaks, once."""

    def __init__(
        self, addresses: Sequence[tuple[str, int, str]], notice: str, say: Callable[[str], object]
    ) -> None:
        self.waiting = list(addresses)
        self.notice = notice
        self.say = say
        self.next = 0.0
        self.done = False

    def tick(self) -> None:
        """Ask those that have not answered yet; speak when none is left."""
        if self.done or time.monotonic() < self.next:
            return
        self.waiting = [address for address in self.waiting if not answers(*address)]
        self.next = time.monotonic() + SECONDS_BETWEEN
        if not self.waiting:
            self.done = True
            self.say(self.notice or f"\nThe portal answers at {settings.PUBLIC_URL} (Ctrl-C ends it).\n")
            if sentence := claim_sentence():
                self.say(sentence)


def answers(host: str, port: int, path: str) -> bool:
    """Whether a GET succeeds; asked under the public name, the only one that Django may accept."""
    connection = http.client.HTTPConnection(reachable(host), port, timeout=2)
    try:
        connection.request("GET", path, headers={"Host": urlsplit(settings.PUBLIC_URL).netloc})
        return connection.getresponse().status < 400
    except OSError:
        return False
    except http.client.HTTPException:
        return False
    finally:
        connection.close()


def reachable(host: str) -> str:
    """Return an address to ask for one to listen on."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104


def claim_sentence() -> str:
    """Say how to claim the installation, if nobody has."""
    if not apps.is_installed("apps.accounts"):
        return ""
    # By name: this room stands below the one that knows.
    code = import_string("apps.accounts.claim.code_to_print")()
    if not code:
        return ""
    return f"Nobody owns this installation yet: open {settings.PUBLIC_URL} and enter the code {code}\n"
