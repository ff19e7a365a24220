"""`manage.py sandbox`: a process whose state outlives it."""

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from apps.cliq.catalogue import CATALOGUE
from apps.sandbox import cast
from apps.sandbox.control import Control

from .conftest import SCOPES, Caller

ROOT = Path(__file__).resolve().parents[2]
COMMAND = (sys.executable, "manage.py", "sandbox", "--users", "40")


@pytest.fixture
def start(tmp_path):
    """`start(*arguments)`: a running sandbox over this test's state, and its control."""
    running: list[subprocess.Popen[str]] = []

    def begin(*arguments: str) -> tuple[subprocess.Popen[str], Control]:
        process = subprocess.Popen(
            [*COMMAND, "--port", "0", "--state", str(tmp_path / "state.sqlite3"), *arguments],
            cwd=ROOT,
            env=dict(os.environ, DJANGO_SETTINGS_MODULE="portal.settings"),
            stdout=subprocess.PIPE,
            text=True,
        )
        running.append(process)
        assert process.stdout is not None
        found = re.search(r"http://\S+", process.stdout.readline())
        assert found
        return process, Control(found.group())

    yield begin
    for process in running:
        process.kill()
        process.wait()


def test_people_tokens_windows_and_locks_survive_a_kill(start):
    process, control = start()
    token = control.grant(cast.ADMIN.email, SCOPES)["access_token"]
    admin = Caller(control.url, token)
    admin.post("/users", json={"users": [{"email_id": "amy@zylker.com"}]})
    for _ in range(CATALOGUE["userfields.list"].quota + 1):
        admin.get("/userfields")
    process.kill()
    process.wait()

    _, control = start()
    admin = Caller(control.url, token)
    assert control.person("amy@zylker.com")["status"] == "pending"
    assert [entry.key for entry in control.journal()] == ["amy@zylker.com"]
    assert admin.get("/userfields").json()["code"] == "request_limit_exceeded"
    assert [call.locked for call in control.arrivals("userfields.list")][-1] is True
    left = CATALOGUE["users.add"].quota - 1
    replies = [admin.post("/users", data=b"{}").json()["code"] for _ in range(left + 1)]
    assert replies == ["invalid_parameters"] * left + ["request_limit_exceeded"]


def test_reset_begins_again(start):
    process, control = start()
    control.remove(cast.MEMBER.email)
    process.kill()
    process.wait()
    _, control = start("--reset")
    assert control.person(cast.MEMBER.email)["display_name"] == "Amelia Burrows"


def test_term_ends_it(start):
    process, _ = start()
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=10) == 0


def test_a_port_in_use_is_one_sentence(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        command = [*COMMAND, "--port", port, "--state", str(tmp_path / "state.sqlite3")]
        env = dict(os.environ, DJANGO_SETTINGS_MODULE="portal.settings")
        ended = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert ended.stderr.strip().endswith("End what uses it, or choose another with --port.")
    assert "Traceback" not in ended.stderr
