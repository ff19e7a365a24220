"""`manage.py sandbox`: a local stand-in for Zoho, as a process."""

import contextlib
import signal
from argparse import ArgumentParser
from pathlib import Path
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.sandbox import server

DEFAULT_PORT = 8021


class Command(BaseCommand):
    help = "Serve a local stand-in for Zoho Accounts and Cliq, with people to try the portal on."
    # It has its own state and starts before the portal is configured.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=DEFAULT_PORT)
        parser.add_argument("--state", type=Path, default=Path("var/sandbox.sqlite3"), help="its SQLite file")
        parser.add_argument("--users", type=int, default=300, help="people of a fresh organisation")
        parser.add_argument("--minute", type=float, default=60.0, help="seconds of the API's minute")
        parser.add_argument("--reset", action="store_true", help="begin with a fresh organisation")

    def handle(self, *args: Any, **options: Any) -> None:
        """Serve until Ctrl-C or TERM."""
        # First of all: whoever started it may end it before it listens.
        signal.signal(signal.SIGTERM, _stop)
        with contextlib.suppress(KeyboardInterrupt):
            self.serve(**options)

    def serve(self, **options: Any) -> None:
        """Listen, say where, and answer."""
        try:
            running = server.listen(
                options["state"],
                port=options["port"],
                users=options["users"],
                minute=options["minute"],
                reset=options["reset"],
            )
        except OSError as error:
            raise CommandError(
                f"The sandbox cannot listen on port {options['port']}: {error.strerror}. "
                "End what uses it, or choose another with --port."
            ) from error
        self.stdout.write(f"Sandbox (a stand-in for Zoho) on http://{server.HOST}:{server.port_of(running)}/")
        self.stdout.flush()
        try:
            running.serve_forever(poll_interval=0.1)
        finally:
            running.server_close()


def _stop(number: int, frame: FrameType | None) -> None:
    """Leave as Ctrl-C does."""
    raise KeyboardInterrupt
