"""`manage.py serve` as a person runs it: it comes up whole, mends itself, and leaves nothing behind."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import psutil
import pytest

from portal.environment import ROOT
from tests.operations.test_redis_server import client

READY = "The portal answers at"
PARTS = {"redis", "gunicorn", "worker", "beat"}


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Serve:
    """A running `serve` with its own data folder, Redis and database."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.port = free_port()
        self.folder = folder
        self.lines: list[str] = []
        env = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            "DATA_FOLDER": str(folder),
            "DATABASE_URL": f"sqlite:///{folder / 'portal.sqlite3'}",
            "REDIS_URL": "",
            "PUBLIC_URL": f"http://localhost:{self.port}",
        }
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "serve", "--port", str(self.port), *arguments],
            cwd=ROOT,
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        Thread(target=self.listen, daemon=True).start()

    def listen(self) -> None:
        """Keep what serve writes."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))

    @property
    def output(self) -> str:
        """All that serve has written."""
        return "\n".join(self.lines)

    def wait_for(self, text: str, seconds: float = 40.0) -> None:
        """Wait until serve has written this."""
        end = time.monotonic() + seconds
        while text not in self.output:
            assert time.monotonic() < end, self.output
            assert self.process.poll() is None, self.output
            time.sleep(0.05)

    def family(self) -> list[psutil.Process]:
        """Return every process that serve has started, and theirs."""
        return psutil.Process(self.process.pid).children(recursive=True)

    def part(self, name: str) -> psutil.Process:
        """Return the topmost process of one part."""
        return next(
            process
            for process in psutil.Process(self.process.pid).children()
            if re.search(rf"\b{name}\b", " ".join(process.cmdline()))
        )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One data folder for all: only the first start collects static files."""
    return tmp_path_factory.mktemp("serve")


@pytest.fixture
def serve(folder: Path) -> Iterator[Serve]:
    """A `serve` that answers."""
    running = Serve(folder)
    try:
        running.wait_for(READY)
        yield running
    finally:
        if running.process.poll() is None:
            running.process.kill()
        running.process.wait()


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP, signal.SIGKILL])
def test_nothing_is_left_behind(serve: Serve, number: signal.Signals):
    """However it ends: Ctrl-C, a closed terminal, or SIGKILL, which it cannot see coming; TERM is below."""
    family = serve.family()
    assert {name for name in PARTS if serve.part(name)} == PARTS
    serve.process.send_signal(number)
    assert serve.process.wait(20) == (-signal.SIGKILL if number is signal.SIGKILL else 0)
    assert psutil.wait_procs(family, timeout=10)[1] == []


@pytest.mark.slow
def test_a_killed_part_comes_back_and_redis_keeps_its_memory(serve: Serve):
    """Worker, web and Redis, each killed once; other commands join the same socket."""
    with client(serve.folder / "redis" / "redis.sock") as connection:
        connection.set("window", "3")
    for name, title in (("worker", "worker"), ("gunicorn", "web"), ("redis", "redis")):
        before = serve.part(name)
        children = before.children(recursive=True)
        before.kill()
        serve.wait_for(f"{title:<8} | ended with signal SIGKILL; starting again in 0.5 s")
        assert psutil.wait_procs([before, *children], timeout=5)[1] == []
        wait_until(lambda name=name, before=before: serve.part(name).pid != before.pid)
    with client(serve.folder / "redis" / "redis.sock") as connection:
        wait_until(lambda: answers(connection))
        assert connection.get("window") == "3"
    family = serve.family()
    serve.process.terminate()
    assert serve.process.wait(20) == 0
    assert psutil.wait_procs(family, timeout=10)[1] == []


def answers(connection) -> bool:
    """Whether Redis is up again."""
    import redis

    try:
        return bool(connection.ping())
    except redis.ConnectionError:
        return False


def wait_until(condition, seconds: float = 10.0) -> None:
    """Wait for something that happens soon."""
    end = time.monotonic() + seconds
    while True:
        try:
            if condition():
                return
        except (StopIteration, psutil.NoSuchProcess):
            pass
        assert time.monotonic() < end
        time.sleep(0.05)


def test_a_taken_port_is_one_sentence(folder: Path):
    """Said before anything starts."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        running = Serve(folder, "--port", str(port))
        assert running.process.wait(20) == 1
    running.process.stdout.close()
    assert running.lines[-1] == (
        f"CommandError: Port {port} cannot be used (Address already in use): end what listens there, "
        f"or choose another with --port {port + 1} (make demo PORT={port + 1})."
    )
