"""The server: as a thread for tests, as the process behind `manage.py sandbox`."""

import logging
import socket
import threading
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from apps.sandbox.application import Application
from apps.sandbox.store import Store

HOST = "127.0.0.1"
logger = logging.getLogger(__name__)


class QuietHandler(WSGIRequestHandler):
    """Writes no line for every request, and none for a connection that was closed on purpose."""

    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        if type == "error":
            logger.error(message, *args)

    def connection_dropped(self, error: BaseException, environ: Any = None) -> None:
        self.close_connection = True


def listen(
    state: Path, *, port: int, users: int, minute: float, reset: bool = False, host: str = HOST
) -> BaseWSGIServer:
    """A server bound to its port, seeded and ready to serve; OSError where the port is taken."""
    # Bound here, since the library ends the process when it cannot bind.
    with socket.create_server((host, port)) as bound:
        application = Application(Store(state), users=users, minute=minute, reset=reset)
        return make_server(
            host, port, application, threaded=True, request_handler=QuietHandler, fd=bound.fileno()
        )


def port_of(server: BaseWSGIServer) -> int:
    """The port it listens on."""
    return int(server.socket.getsockname()[1])


class SandboxServer:
    """A sandbox in a thread of this process, on a port of its own."""

    def __init__(
        self, state_path: Path | str, *, users: int = 40, minute: float = 1.0, port: int = 0
    ) -> None:
        self._server = listen(Path(state_path), port=port, users=users, minute=minute)
        self._thread = threading.Thread(target=self._serve, name="sandbox", daemon=True)

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://{HOST}:{port_of(self._server)}"

    def _serve(self) -> None:
        self._server.serve_forever(poll_interval=0.02)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
