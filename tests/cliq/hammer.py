"""One of several processes that call as fast as the quota lets them: `python -m tests.cliq.hammer …`."""

import random
import sys
import threading
import time

import redis

from apps.cliq import transport
from apps.cliq.catalogue import CATALOGUE
from apps.cliq.quota import Quota
from apps.core.errors import QuotaWait

HOLD = 2.0


def hammer(quota: Quota, url: str, ends: float) -> None:
    """Call until the time is up; each call is slow on its way, now and then."""
    endpoint = CATALOGUE["users.add"]
    while time.monotonic() < ends:
        try:
            slot = quota.admit(endpoint, interactive=False, hold=HOLD)
        except QuotaWait as wait:
            time.sleep(wait.seconds)
            continue
        time.sleep(random.choice((0, 0, 0.05, 0.2)))
        transport.send("POST", url, deadline=HOLD, json={})
        slot.release()


def main(redis_url: str, account: str, minute: str, url: str, seconds: str, threads: str) -> None:
    """Hammer with several threads."""
    quota = Quota(redis.Redis.from_url(redis_url), account=account, minute=float(minute))
    ends = time.monotonic() + float(seconds)
    workers = [threading.Thread(target=hammer, args=(quota, url, ends)) for _ in range(int(threads))]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()


if __name__ == "__main__":
    main(*sys.argv[1:])
