"""A network that takes its time: a TCP proxy that holds each request and each reply on its way."""

import random
import socket
import threading
import time
from contextlib import suppress
from urllib.parse import urlsplit

from tests.cliq.servers import read_request


class SlowNetwork:
    """Stands before a server; each call takes between 0 and `longest` seconds more, split at random.

    A request that has been taken in arrives even if its sender dies meanwhile, as on a real network.
    """

    def __init__(self, upstream: str, longest: float) -> None:
        parts = urlsplit(upstream)
        self._upstream = (parts.hostname or "", parts.port or 80)
        self.longest = longest
        # The first line of each request, in the order they were taken in.
        self.carried: list[str] = []
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._listener.getsockname()[1])

    @property
    def url(self) -> str:
        """What callers take for the server."""
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> "SlowNetwork":
        self._thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._ended.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(timeout=5)

    def _serve(self) -> None:
        while not self._ended.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._carry, args=(connection,), daemon=True).start()

    def _carry(self, connection: socket.socket) -> None:
        total = random.uniform(0, self.longest)
        there = random.uniform(0, total)
        with connection, suppress(OSError):
            request = read_request(connection)
            self.carried.append(request.partition(b"\r\n")[0].decode())
            time.sleep(there)
            with socket.create_connection(self._upstream) as upstream:
                upstream.sendall(request)
                reply = b"".join(iter(lambda: upstream.recv(65536), b""))
            time.sleep(total - there)
            connection.sendall(reply)
