"""A server of bytes: it reads one request and then does to the connection whatever its script says."""

import json
import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

Script = Callable[[socket.socket, bytes], None]


class ScriptedServer:
    """Listens on a free port; `requests` holds what arrived, head and body, one entry a request."""

    def __init__(self, script: Script, context: ssl.SSLContext | None = None) -> None:
        self.script = script
        self.requests: list[bytes] = []
        self.context = context
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)

    @property
    def url(self) -> str:
        """Where it listens."""
        host, port = self._listener.getsockname()
        return f"{'https' if self.context else 'http'}://{host}:{port}"

    def __enter__(self) -> "ScriptedServer":
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
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with suppress(OSError):
            if self.context:
                connection = self.context.wrap_socket(connection, server_side=True)
            with connection:
                request = read_request(connection)
                if request:
                    self.requests.append(request)
                    self.script(connection, request)


def read_request(connection: socket.socket) -> bytes:
    """One whole request."""
    found = b""
    while b"\r\n\r\n" not in found:
        piece = connection.recv(65536)
        if not piece:
            return found
        found += piece
    head, _, body = found.partition(b"\r\n\r\n")
    length = next(
        (
            int(line.split(b":")[1])
            for line in head.split(b"\r\n")
            if line.lower().startswith(b"content-length")
        ),
        0,
    )
    while len(body) < length:
        body += connection.recv(65536)
    return head + b"\r\n\r\n" + body


def head(status: int = 200, kind: str = "application/json", **headers: Any) -> bytes:
    """A reply's head; keywords are further headers, with underscores for hyphens."""
    lines = [f"HTTP/1.1 {status} Something", f"Content-Type: {kind}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode()


def reply(body: Any, status: int = 200, kind: str = "application/json", **headers: Any) -> Script:
    """A script that answers with one whole body: text and bytes as they are, anything else as JSON."""
    text = body if isinstance(body, str | bytes) else json.dumps(body)
    content = text.encode() if isinstance(text, str) else text

    def script(connection: socket.socket, request: bytes) -> None:
        connection.sendall(head(status, kind, Content_Length=len(content), **headers) + content)

    return script


def in_turn(*scripts: Script) -> Script:
    """A script for each connection in the order of arrival; the last one stays."""
    left = list(scripts)

    def script(connection: socket.socket, request: bytes) -> None:
        (left.pop(0) if len(left) > 1 else left[0])(connection, request)

    return script
