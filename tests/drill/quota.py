"""The quota under what a real network and real machines do to it, counted where Zoho counts: on arrival.

`python -m tests.drill.quota` runs it with Zoho's own minute for eleven windows (about twelve minutes);
`--minute 2.4` in half a minute, as the test suite does. Five processes share one account over a network
that takes between 0 and 2 seconds a call. Meanwhile one of them is killed with calls on their way, Redis
is killed and started again over its append-only file, and one operation is locked.
"""

import argparse
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psutil
import redis

from apps.cliq.catalogue import CATALOGUE
from apps.cliq.client import Cliq
from apps.cliq.quota import Quota
from apps.cliq.tokens import FixedToken
from apps.core.errors import QuotaWait
from apps.core.redis_server import RedisServer
from apps.sandbox import cast
from apps.sandbox.control import Arrival, Control
from apps.sandbox.server import SandboxServer
from tests.drill import figures
from tests.drill.network import SlowNetwork

ROOT = Path(__file__).parents[2]
PROCESSES, LONGEST, WINDOWS = 5, 2.0, 11
CALLED = ("departments.list", "userfields.list")
LOCKED = "roles.list"
PLAN = "departments.list=7,userfields.list=3,roles.list=1"
DOWN_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a drill."""

    minute: float
    arrivals: dict[str, list[Arrival]]
    killed_with: int
    """Calls on their way when their process was killed."""
    restarted_at: float
    locked_at: float
    lock_ended_at: float


class Drill:
    """One run; every part of it is a real process or a real connection."""

    def __init__(self, folder: Path, minute: float, windows: int, longest: float) -> None:
        self.minute, self.windows = minute, windows
        self.redis = RedisServer(folder / "redis.sock", home=folder / "redis")
        self.sandbox = SandboxServer(folder / "sandbox.sqlite3", users=40, minute=minute)
        self.network = SlowNetwork(self.sandbox.url, longest)
        self.account = uuid4().hex
        self.callers: list[subprocess.Popen[bytes]] = []

    def run(self) -> Outcome:
        """Everything from the first call to the last reply."""
        with ExitStack() as stack:
            stack.enter_context(self.redis)
            stack.enter_context(self.sandbox)
            stack.enter_context(self.network)
            self.control = Control(self.sandbox.url)
            self.token = self.control.grant(cast.ADMIN.email, _scopes())["access_token"]
            stack.enter_context(self._ended_callers())
            return self._run()

    def _run(self) -> Outcome:
        locked_at, lock_ends = self._lock()
        began = time.time()
        ends = began + self.windows * self.minute + LONGEST
        for _ in range(PROCESSES):
            self._start(ends)
        _sleep_until(began + self.windows * self.minute * 0.3)
        killed_with = self._kill(self.callers[0])
        _sleep_until(began + self.windows * self.minute * 0.45)
        restarted_at = self._restart_redis()
        for caller in self.callers[1:]:
            if caller.wait(timeout=ends - time.time() + 30):
                raise RuntimeError("A caller failed.")
        arrivals = {name: self.control.arrivals(name) for name in (*CALLED, LOCKED)}
        return Outcome(self.minute, arrivals, killed_with, restarted_at, locked_at, lock_ends)

    def _lock(self) -> tuple[float, float]:
        """Have Zoho lock one operation, as if somebody else had used it up; until when."""
        quota = Quota(redis.Redis.from_url(self.redis.url), account=self.account, minute=self.minute)
        quota.prime()
        self.control.fault(LOCKED, code="request_limit_exceeded")
        try:
            Cliq(base_url=self.sandbox.url, tokens=FixedToken(self.token), quota=quota).roles.list()
        except QuotaWait as wait:
            now = time.time()
            return now, now + wait.seconds
        raise RuntimeError("The sandbox did not throttle.")

    def _start(self, ends: float) -> None:
        given = (self.redis.url, self.account, self.minute, self.network.url, self.token, ends, PLAN)
        command = [sys.executable, "-m", "tests.drill.caller", *map(str, given)]
        self.callers.append(subprocess.Popen(command, cwd=ROOT))

    def _kill(self, caller: subprocess.Popen[bytes]) -> int:
        """`kill -9` while calls of this process are on their way; how many."""
        while True:
            connections = psutil.Process(caller.pid).net_connections("tcp")
            flying = [each for each in connections if each.raddr and each.raddr.port == self.network.port]
            if flying:
                caller.kill()
                caller.wait()
                return len(flying)
            time.sleep(0.005)

    def _restart_redis(self) -> float:
        """`kill -9` Redis and start it again over the same file, half a second later."""
        assert self.redis.process is not None
        self.redis.process.send_signal(signal.SIGKILL)
        self.redis.process.wait()
        time.sleep(DOWN_SECONDS)
        self.redis.__enter__()
        return time.time()

    @contextmanager
    def _ended_callers(self) -> Iterator[None]:
        try:
            yield
        finally:
            for caller in self.callers:
                caller.kill()
                caller.wait()


def _scopes() -> list[str]:
    return sorted({scope for name in (*CALLED, LOCKED) for scope in CATALOGUE[name].scopes})


def _sleep_until(moment: float) -> None:
    time.sleep(max(0.0, moment - time.time()))


def report(outcome: Outcome) -> str:
    """The figures, a line each."""
    found = []
    for name in CALLED:
        endpoint, arrivals = CATALOGUE[name], outcome.arrivals[name]
        moments = figures.moments(arrivals)
        windows = (moments[-1] - moments[0]) / outcome.minute
        used = figures.share(moments, endpoint.quota, outcome.minute)
        found.append(
            f"{name}: {len(moments)} calls arrived in {windows:.1f} windows; at most "
            f"{figures.fullest(moments, outcome.minute)} of {endpoint.quota} in any; "
            f"{len(figures.broken(arrivals))} too many or in a lock; {used:.1%} of what is allowed was used"
        )
    late = [arrival.at for arrival in outcome.arrivals[LOCKED][1:]]
    before = sum(at < outcome.lock_ended_at for at in late)
    found.append(
        f"{LOCKED}: locked for {outcome.lock_ended_at - outcome.locked_at:.0f} s; {before} calls arrived "
        f"in the lock, {len(late) - before} after it"
    )
    found.append(f"one of {PROCESSES} processes was killed with {outcome.killed_with} calls on their way")
    return "\n".join(found)


def main() -> int:
    """Print the figures; exit 1 if a window overflowed or a call met a lock."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minute", type=float, default=60.0, help="seconds of Zoho's minute")
    parser.add_argument("--windows", type=int, default=WINDOWS)
    parser.add_argument("--latency", type=float, default=LONGEST, help="the slowest call, in seconds")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="portal-drill-") as folder:
        outcome = Drill(Path(folder), given.minute, given.windows, given.latency).run()
    sys.stdout.write(report(outcome) + "\n")
    return int(any(figures.broken(arrivals) for arrivals in outcome.arrivals.values()))


if __name__ == "__main__":
    sys.exit(main())
