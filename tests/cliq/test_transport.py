"""One HTTP request against servers that misbehave: it ends in time, and says whether it left."""

import datetime
import gzip
import ipaddress
import socket
import ssl
import time
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from apps.cliq import transport
from apps.cliq.transport import Lost
from apps.core.errors import NotSent
from tests.cliq.servers import ScriptedServer, head, reply

DEADLINE = 0.4
SLACK = 0.4


def drip(prefix: bytes, piece: bytes):
    """A script that sends a beginning and then a byte now and again, for ever."""

    def script(connection: socket.socket, request: bytes) -> None:
        connection.sendall(prefix)
        while True:
            connection.sendall(piece)
            time.sleep(0.02)

    return script


def silent(connection: socket.socket, request: bytes) -> None:
    connection.recv(1)


def closed(connection: socket.socket, request: bytes) -> None:
    connection.shutdown(socket.SHUT_RDWR)


SLOW = {
    "silence": silent,
    "slow status line": drip(b"", b"H"),
    "slow headers": drip(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n"),
    "slow body": drip(head(Content_Length=1000), b" "),
    "slow body without an end": drip(head(), b" "),
    "slow chunks": drip(head(Transfer_Encoding="chunked"), b"1\r\n \r\n"),
}
BROKEN = {
    "closed": closed,
    "closed within the status line": lambda connection, _: connection.sendall(b"HTT"),
    "truncated": lambda connection, _: connection.sendall(head(Content_Length=1000) + b'{"data":'),
    "truncated chunk": lambda connection, _: connection.sendall(
        head(Transfer_Encoding="chunked") + b"ff\r\n{"
    ),
    "no HTTP": lambda connection, _: connection.sendall(b"SSH-2.0-OpenSSH_9.2\r\n"),
    "broken gzip": reply(b"no gzip", Content_Encoding="gzip"),
}


@pytest.mark.parametrize("kind", SLOW)
def test_it_ends_at_the_deadline(scripted, kind):
    server = scripted(SLOW[kind])
    began = time.monotonic()
    with pytest.raises(Lost, match="did not answer in time"):
        transport.send("GET", server.url, deadline=DEADLINE)
    assert time.monotonic() - began < DEADLINE + SLACK


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_answer_is_lost(scripted, kind):
    with pytest.raises(Lost, match="broke off the connection"):
        transport.send("POST", scripted(BROKEN[kind]).url, deadline=5, json={})


def test_an_answer_too_large_is_lost(scripted, monkeypatch):
    monkeypatch.setattr(transport, "BODY_BYTES", 100_000)
    bomb = reply(gzip.compress(b" " * 50_000_000), Content_Encoding="gzip")
    with pytest.raises(Lost, match="sent more than an answer can hold"):
        transport.send("GET", scripted(bomb).url, deadline=5)


def test_it_works(scripted):
    server = scripted(reply({"data": 1}, X_Request_Id="abc"))
    found = transport.send(
        "PUT", server.url + "/path", deadline=5, token="1000.t", params={"a": "b c"}, json={"n": 1}
    )
    assert (found.status, found.body, found.headers["x-request-id"]) == (200, b'{"data": 1}', "abc")
    request = server.requests[0]
    assert request.startswith(b"PUT /path?a=b+c HTTP/1.1\r\n")
    assert request.endswith(b'\r\n\r\n{"n": 1}')
    assert b"\r\nAuthorization: Zoho-oauthtoken 1000.t\r\n" in request
    assert b"\r\nConnection: close\r\n" in request


def test_a_redirect_is_not_followed(scripted):
    elsewhere = scripted(reply({}))
    server = scripted(reply("", 302, Location=elsewhere.url))
    assert transport.send("GET", server.url, deadline=5, token="1000.t").status == 302
    assert elsewhere.requests == []


def test_it_sends_once_whatever_the_status(scripted):
    server = scripted(reply("busy", 503, Retry_After=0))
    assert transport.send("GET", server.url, deadline=5).status == 503
    assert len(server.requests) == 1


def test_a_password_file_does_not_replace_the_token(scripted, monkeypatch, tmp_path):
    file = tmp_path / "netrc"
    file.write_text("machine 127.0.0.1 login someone password else\n")
    file.chmod(0o600)
    monkeypatch.setenv("NETRC", str(file))
    server = scripted(reply({}))
    transport.send("GET", server.url, deadline=5, token="1000.t")
    transport.send("POST", server.url, deadline=5, form={"a": "b"})
    assert b"Zoho-oauthtoken 1000.t" in server.requests[0]
    assert b"Authorization" not in server.requests[1]


def test_a_refused_connection_was_not_sent():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(NotSent) as refused:
        transport.send("POST", f"http://127.0.0.1:{port}", deadline=5, json={})
    assert refused.value.sentence == "Zoho could not be reached: no connection. Nothing was sent."


def test_an_unknown_name_was_not_sent():
    with pytest.raises(NotSent):
        transport.send("POST", "http://nowhere.invalid", deadline=5, json={})


def test_a_deadline_that_has_passed_sends_nothing(scripted):
    server = scripted(reply({}))
    with pytest.raises(NotSent) as refused:
        transport.send("POST", server.url, deadline=0, json={})
    assert refused.value.sentence == "Zoho could not be reached: no connection in time. Nothing was sent."
    assert server.requests == []


def test_a_proxy_that_refuses_got_nothing(scripted, monkeypatch):
    proxy = scripted(reply("no", 403))
    monkeypatch.setenv("HTTPS_PROXY", proxy.url)
    monkeypatch.setenv("NO_PROXY", "")
    with pytest.raises(NotSent):
        transport.send("POST", "https://cliq.zoho.com/api/v2/users", deadline=5, token="1000.t", json={})
    assert proxy.requests[0].startswith(b"CONNECT cliq.zoho.com:443 ")
    assert b"1000.t" not in proxy.requests[0]


class TestTls:
    """A server with a certificate of its own making."""

    @pytest.fixture
    def certificate(self, tmp_path: Path) -> Path:
        return self_signed(tmp_path / "certificate.pem")

    def serve(self, script, certificate: Path) -> ScriptedServer:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        return ScriptedServer(script, context)

    def test_an_unknown_certificate_was_not_sent(self, certificate):
        with self.serve(reply({}), certificate) as server:
            with pytest.raises(NotSent) as refused:
                transport.send("POST", server.url, deadline=5, token="1000.t", json={})
            assert server.requests == []
        assert "its certificate could not be verified" in refused.value.sentence

    def test_a_known_certificate_works(self, certificate, monkeypatch):
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
        with self.serve(reply({"data": 1}), certificate) as server:
            assert transport.send("GET", server.url, deadline=5).status == 200

    def test_it_ends_at_the_deadline(self, certificate, monkeypatch):
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
        with self.serve(SLOW["slow body"], certificate) as server:
            began = time.monotonic()
            with pytest.raises(Lost, match="did not answer in time"):
                transport.send("GET", server.url, deadline=DEADLINE)
            assert time.monotonic() - began < DEADLINE + SLACK

    def test_a_handshake_that_never_ends_was_not_sent(self, scripted):
        with socket.create_server(("127.0.0.1", 0)) as mute:
            began = time.monotonic()
            with pytest.raises(NotSent):
                url = f"https://127.0.0.1:{mute.getsockname()[1]}"
                transport.send("POST", url, deadline=DEADLINE, json={})
            assert time.monotonic() - began < DEADLINE + SLACK


def self_signed(path: Path) -> Path:
    """A certificate for 127.0.0.1 with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    return path
