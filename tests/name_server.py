"""A name server on this machine that knows the names a test gives it."""

import socket
import threading
from collections.abc import Iterator
from typing import Self

import dns.flags
import dns.message
import dns.rcode
import dns.rrset
import pytest

Answer = list[tuple[str, str]]


class NameServer:
    """Answers over UDP; `names` maps a name to its records, `[]` is a name without records.

    A name that it does not know is answered with NXDOMAIN; with `rcode` set, everything is answered with
    that; while it is `silent`, nothing is.
    """

    def __init__(self) -> None:
        self.names: dict[str, Answer] = {}
        self.rcode: dns.rcode.Rcode | None = None
        self.silent = False
        self.asked: list[tuple[str, str]] = []
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve, name="name-server")

    @property
    def address(self) -> str:
        """Host and port, as DNS_RESOLVER names them."""
        host, port = self._socket.getsockname()
        return f"{host}:{port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        host, port = self._socket.getsockname()
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as end:
            end.sendto(b"", (host, port))
        self._thread.join()
        self._socket.close()

    def _serve(self) -> None:
        while True:
            packet, sender = self._socket.recvfrom(4096)
            if not packet:
                return
            if not self.silent:
                self._socket.sendto(self._answer(packet), sender)

    def _answer(self, packet: bytes) -> bytes:
        query = dns.message.from_wire(packet)
        question = query.question[0]
        name, kind = question.name.to_text(omit_final_dot=True), question.rdtype.name
        self.asked.append((name, kind))
        reply = dns.message.make_response(query)
        reply.flags |= dns.flags.RA
        if self.rcode is not None:
            reply.set_rcode(self.rcode)
        elif name not in self.names:
            reply.set_rcode(dns.rcode.NXDOMAIN)
        else:
            values = [value for known, value in self.names[name] if known == kind]
            if values:
                reply.answer.append(dns.rrset.from_text(question.name, 60, "IN", kind, *values))
        return reply.to_wire()


@pytest.fixture
def name_server(settings) -> Iterator[NameServer]:
    """The name server that the portal asks."""
    with NameServer() as server:
        settings.DNS_RESOLVER = server.address
        yield server
