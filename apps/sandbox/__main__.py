"""`python -m apps.sandbox`: a local stand-in for Zoho as a process, without the portal around it."""

import contextlib
import signal
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from types import FrameType

from apps.sandbox import server

DEFAULT_PORT = 8021


def add_arguments(parser: ArgumentParser) -> None:
    """Declare what can be chosen; `manage.py sandbox` takes the same."""
    parser.add_argument("--port", type=int, default=DEFAULT_PORT)
    parser.add_argument("--state", type=Path, default=Path("var/sandbox.sqlite3"), help="its SQLite file")
    parser.add_argument("--users", type=int, default=300, help="people of a fresh organisation")
    parser.add_argument("--minute", type=float, default=60.0, help="seconds of the API's minute")
    parser.add_argument("--reset", action="store_true", help="begin with a fresh organisation")


def run(options: Namespace) -> None:
    """Serve until Ctrl-C or TERM; ends the process with a sentence where the port is taken."""
    # First of all: whoever started it may end it before it listens.
    signal.signal(signal.SIGTERM, _stop)
    with contextlib.suppress(KeyboardInterrupt):
        _serve(options)


def _serve(options: Namespace) -> None:
    try:
        running = server.listen(
            options.state,
            port=options.port,
            users=options.users,
            minute=options.minute,
            reset=options.reset,
        )
    except OSError as error:
        sys.exit(
            f"The sandbox cannot listen on port {options.port}: {error.strerror}. "
            "End what uses it, or choose another with --port."
        )
    sys.stdout.write(f"Sandbox (a stand-in for Zoho) on http://{server.HOST}:{server.port_of(running)}/\n")
    sys.stdout.flush()
    try:
        running.serve_forever(poll_interval=0.1)
    finally:
        running.server_close()


def _stop(number: int, frame: FrameType | None) -> None:
    """Leave as Ctrl-C does."""
    raise KeyboardInterrupt


def main() -> None:
    """Read the command line and serve."""
    parser = ArgumentParser(description=__doc__)
    add_arguments(parser)
    run(parser.parse_args())


if __name__ == "__main__":
    main()
