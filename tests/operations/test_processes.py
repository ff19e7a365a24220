"""The supervisor: children are restarted, told apart, ended, and never outlive it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from apps.core.processes import Child, Supervisor
from portal.environment import ROOT

PYTHON = sys.executable
# Starts a child of its own, tells its number, and waits.
FAMILY = (
    "import subprocess, sys, time;"
    "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']);"
    "print('child', child.pid, flush=True); time.sleep(60)"
)
WAIT = "import time; print('ready', flush=True); time.sleep(60)"
STUBBORN = f"import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); {WAIT}"
FAREWELL = (
    "import signal, sys, time;"
    "signal.signal(signal.SIGTERM, lambda *_: (print('ended', flush=True), sys.exit()));" + WAIT
)


def run_until(supervisor: Supervisor, condition, seconds: float = 10.0) -> None:
    """Watch until the condition holds; fail if it never does."""
    end = time.monotonic() + seconds

    def tick() -> None:
        if condition() or time.monotonic() > end:
            supervisor.stops = 1

    supervisor.run(tick)
    supervisor.stops = 0
    assert condition()


@pytest.fixture
def lines() -> list[str]:
    """What the supervisor wrote."""
    return []


def test_output_carries_the_childs_name(lines):
    """Whole lines only, the last one even without its newline."""
    with Supervisor(lines.append) as supervisor:
        supervisor.add(Child("web", [PYTHON, "-c", "print('one'); print('two', end='')"]))
        run_until(supervisor, lambda: len(lines) >= 2)
    assert lines[:2] == ["web      | one", "web      | two"]


def test_a_dead_child_is_started_again_each_time_a_little_later(lines):
    """The wait doubles while the child keeps dying."""
    with Supervisor(lines.append, longest_wait=1.0) as supervisor:
        supervisor.add(Child("worker", [PYTHON, "-c", "print('up'); raise SystemExit(3)"]))
        run_until(supervisor, lambda: lines.count("worker   | up") >= 3)
    said = [line for line in lines if "ended" in line]
    assert said[:2] == [
        "worker   | ended with exit code 3; starting again in 0.5 s",
        "worker   | ended with exit code 3; starting again in 1 s",
    ]


def test_a_killed_child_takes_its_own_children_along(lines):
    """What the dead process had started would otherwise work on unwatched."""
    with Supervisor(lines.append) as supervisor:
        supervisor.add(Child("worker", [PYTHON, "-c", FAMILY]))
        run_until(supervisor, lambda: bool(lines))
        grandchild = int(lines[0].split()[-1])
        running = supervisor.running[0]
        running.signal(signal.SIGKILL, group=False)
        run_until(supervisor, lambda: running.process is None)
        assert gone(grandchild)


def test_the_end_is_forced_on_a_child_that_ignores_it(lines):
    """Asked first, killed after the grace, and said so."""
    with Supervisor(lines.append, grace=0.3) as supervisor:
        supervisor.add(Child("worker", [PYTHON, "-c", STUBBORN]))
        run_until(supervisor, lambda: bool(lines))
        pid = supervisor.running[0].process.pid
    assert gone(pid)
    assert lines[-1] == "worker   | did not end in time and was killed"


def test_redis_ends_after_those_that_need_it(lines):
    """A worker that ends without its broker waits for it in vain."""
    with Supervisor(lines.append) as supervisor:
        supervisor.add(Child("redis", [PYTHON, "-c", FAREWELL], last=True))
        supervisor.add(Child("worker", [PYTHON, "-c", FAREWELL]))
        run_until(supervisor, lambda: len(lines) == 2)
    assert lines[2:] == ["worker   | ended", "redis    | ended"]


def test_children_die_with_a_killed_supervisor(tmp_path: Path):
    """SIGKILL leaves no time to end anything: the kernel does it."""
    script = tmp_path / "supervise.py"
    script.write_text(
        "import sys; from apps.core.processes import Child, Supervisor\n"
        "s = Supervisor(lambda line: print(line, flush=True))\n"
        f"s.add(Child('web', [sys.executable, '-c', {WAIT!r}]))\n"
        "s.run()\n"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([PYTHON, str(script)], env=env, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == "web      | ready\n"
        children = psutil.Process(parent.pid).children()
        parent.kill()
    assert children
    assert psutil.wait_procs(children, timeout=5)[1] == []


def gone(pid: int, seconds: float = 5.0) -> bool:
    """Whether a process is gone, or is within a moment."""
    try:
        process = psutil.Process(pid)
    except psutil.NoSuchProcess:
        return True
    if process.status() == psutil.STATUS_ZOMBIE:
        return True
    try:
        process.wait(seconds)
    except psutil.TimeoutExpired:
        return process.status() == psutil.STATUS_ZOMBIE
    return True
