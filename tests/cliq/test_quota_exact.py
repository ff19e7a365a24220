"""The law of the quota under load: never one arrival too many in any window, and hardly a slot wasted."""

import random
import subprocess
import sys
import time
from pathlib import Path

from apps.cliq.catalogue import CATALOGUE
from tests.cliq.servers import reply

PROCESSES, THREADS, SECONDS, MINUTE = 4, 2, 6.0, 0.6
ROOT = Path(__file__).parents[2]


def test_no_window_ever_holds_more_than_zoho_allows(scripted, quota, redis_url):
    size = CATALOGUE["users.add"].quota
    arrivals: list[float] = []
    latencies: list[float] = []

    def count(connection, request):
        arrivals.append(time.monotonic())
        latencies.append(random.choice((0, 0.02, 0.1)))
        time.sleep(latencies[-1])
        reply({})(connection, request)

    server = scripted(count)
    command = [sys.executable, "-m", "tests.cliq.hammer", redis_url, quota.account, str(MINUTE), server.url]
    processes = [subprocess.Popen([*command, str(SECONDS), str(THREADS)], cwd=ROOT) for _ in range(PROCESSES)]
    assert [process.wait(timeout=30) for process in processes] == [0] * PROCESSES

    arrivals.sort()
    gaps = [late - early for early, late in zip(arrivals, arrivals[size:], strict=False)]
    assert min(gaps) > MINUTE - 0.002
    # A slot's round is the period, the way there (0.06 s on average) and the reply (0.04 s).
    possible = size * (arrivals[-1] - arrivals[0]) / (MINUTE + 0.1)
    assert len(arrivals) > 0.85 * possible
