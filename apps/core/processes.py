"""Child processes that are watched, restarted when they die, and never left behind."""

import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

LEASH = Path(__file__).resolve().parents[2] / "portal" / "leash.py"
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
POLL_SECONDS = 0.2
# Half of the width that a terminal of 80 leaves is enough for every name.
NAME_WIDTH = 8


def leashed(command: list[str], death_signal: signal.Signals) -> list[str]:
    """Return the command wrapped so that it gets the signal when this process dies."""
    return [sys.executable, "-I", "-S", str(LEASH), str(int(death_signal)), str(os.getpid()), *command]


@dataclass
class Child:
    """One process to keep alive; `last` ones end after all others (what the others need to end well)."""

    name: str
    command: list[str]
    env: Mapping[str, str] = field(default_factory=dict)
    last: bool = False
    # A server that is killed with serve loses nothing, but Redis should write its log down first.
    death_signal: signal.Signals = signal.SIGKILL


class Running:
    """A child's process, its output and how often it had to be restarted."""

    def __init__(self, child: Child) -> None:
        self.child = child
        self.process: subprocess.Popen[bytes] | None = None
        self.output: IO[bytes] | None = None
        self.started = 0.0
        self.restart_at = 0.0
        self.failures = 0
        self.rest = b""

    def start(self) -> IO[bytes]:
        """Start the process in a session of its own (a Ctrl-C must not reach it) and return its output."""
        reading, writing = os.pipe()
        try:
            self.process = subprocess.Popen(
                leashed(self.child.command, self.child.death_signal),
                env={**os.environ, **self.child.env},
                stdin=subprocess.DEVNULL,
                stdout=writing,
                stderr=writing,
                start_new_session=True,
            )
        finally:
            os.close(writing)
        self.started = time.monotonic()
        self.rest = b""
        return os.fdopen(reading, "rb", buffering=0)

    @property
    def ended(self) -> bool:
        """Whether the process has ended; what it had started itself is ended with it."""
        if self.process is None or self.process.returncode is not None:
            return True
        # Look without reaping: while the process is a zombie its group id cannot belong to anyone else.
        if os.waitid(os.P_PID, self.process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
            return False
        self.signal(signal.SIGKILL)
        self.process.wait()
        return True

    def signal(self, number: signal.Signals, *, group: bool = True) -> None:
        """Send a signal to the process, or to its whole group."""
        if self.process is None:
            return
        try:
            (os.killpg if group else os.kill)(self.process.pid, number)
        except ProcessLookupError:
            return

    def kill(self) -> None:
        """End the process and all that it started, now."""
        self.signal(signal.SIGKILL)
        if self.process is not None:
            self.process.wait()

    def plan_restart(self, longest: float, healthy_after: float) -> float:
        """Note a death and return the seconds to wait: doubled each time, forgotten after a healthy life."""
        lived = time.monotonic() - self.started
        self.failures = 1 if lived >= healthy_after else self.failures + 1
        wait = min(longest, 0.5 * 2 ** (self.failures - 1))
        self.restart_at = time.monotonic() + wait
        self.process = None
        return wait


class Supervisor:
    """Runs children until a stop signal: restarts those that die; leaving its context ends all of them.

    Single-threaded: the kernel's death signal is tied to the thread that forked.
    """

    def __init__(
        self,
        write: Callable[[str], object],
        *,
        grace: float = 10.0,
        longest_wait: float = 30.0,
        healthy_after: float = 30.0,
    ) -> None:
        self.write = write
        self.grace = grace
        self.longest_wait = longest_wait
        self.healthy_after = healthy_after
        self.running: list[Running] = []
        self.selector = selectors.DefaultSelector()
        self.stops = 0

    def add(self, child: Child) -> None:
        """Start a child and watch it."""
        running = Running(child)
        self.running.append(running)
        self.start(running)

    def start(self, running: Running) -> None:
        """Start a child and listen to its output."""
        stream = running.start()
        os.set_blocking(stream.fileno(), False)
        self.selector.register(stream, selectors.EVENT_READ, running)
        running.output = stream

    def catch_signals(self) -> None:
        """Turn Ctrl-C, TERM and HUP into the end of `run`."""
        for number in STOP_SIGNALS:
            signal.signal(number, self.on_signal)

    def on_signal(self, number: int, _: object) -> None:
        """Count a stop signal; the second one does not wait any more."""
        self.stops += 1

    def __enter__(self) -> "Supervisor":
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def run(self, tick: Callable[[], object] = lambda: None) -> None:
        """Watch until a stop signal arrives, calling `tick` in between."""
        while not self.stops:
            self.pump()
            self.revive()
            tick()

    def pump(self) -> None:
        """Pass on what the children wrote, waiting a moment for it."""
        for key, _ in self.selector.select(POLL_SECONDS):
            self.read(key.data)

    def read(self, running: Running) -> None:
        """Pass on the complete lines of one child, at its end the incomplete one too."""
        if running.output is None:
            return
        data = os.read(running.output.fileno(), 65536)
        if not data:
            self.selector.unregister(running.output)
            running.output.close()
            running.output = None
            data = b"\n" if running.rest else b""
        *lines, running.rest = (running.rest + data).split(b"\n")
        for line in lines:
            self.tell(running.child.name, line.decode(errors="replace").rstrip())

    def tell(self, name: str, text: str) -> None:
        """Write one line under a child's name."""
        self.write(f"{name:<{NAME_WIDTH}} | {text}")

    def revive(self) -> None:
        """Restart the children that died, each after its own growing wait."""
        for running in self.running:
            if running.process is None:
                if time.monotonic() >= running.restart_at:
                    self.start(running)
            elif running.ended:
                # Its last words come before the news of its death.
                self.drain()
                code = running.process.returncode
                wait = running.plan_restart(self.longest_wait, self.healthy_after)
                self.tell(running.child.name, f"ended with {describe(code)}; starting again in {wait:g} s")

    def stop(self) -> None:
        """End all children: ask, wait, then force; the `last` ones after the others."""
        for last in (False, True):
            group = [running for running in self.running if running.child.last is last and not running.ended]
            for running in group:
                # Only the process itself: it ends its own children in its own way.
                running.signal(signal.SIGTERM, group=False)
            self.wait_for(group)
            for running in group:
                if not running.ended:
                    self.tell(running.child.name, "did not end in time and was killed")
                    running.kill()
        self.selector.close()

    def wait_for(self, group: list[Running]) -> None:
        """Wait until these have ended, the grace is over or a person asks again."""
        end = time.monotonic() + self.grace
        while any(not running.ended for running in group):
            if time.monotonic() > end or self.stops > 1:
                return
            self.pump()
        self.drain()

    def drain(self) -> None:
        """Pass on what the children have written, without waiting for more."""
        while ready := self.selector.select(0):
            for key, _ in ready:
                self.read(key.data)


def describe(code: int) -> str:
    """Put an exit status into words."""
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
