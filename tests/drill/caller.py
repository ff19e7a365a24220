"""One of several processes that call as often as the quota lets them: `python -m tests.drill.caller …`.

It uses the portal's own client, as a job does: a call that is not admitted waits as long as it is told.
"""

import random
import sys
import threading
import time

import redis

from apps.cliq.catalogue import CATALOGUE, Endpoint
from apps.cliq.client import Cliq
from apps.cliq.quota import Quota
from apps.cliq.tokens import FixedToken
from apps.core.errors import NotSent, PortalError, QuotaWait

DEADLINE = 4.0
"""Seconds a call may take in all: more than the slowest network needs."""
AGAIN = 0.05
"""After a failure to reach Redis, and at most this much apart when several wake at once."""


def call_until(ends: float, cliq: Cliq, endpoint: Endpoint) -> None:
    """Call one operation, one call at a time, until the time is up."""
    while time.time() < ends:
        try:
            cliq.call(endpoint, params={"limit": 1} if endpoint.page_limit else {})
        except QuotaWait as wait:
            time.sleep(max(0.0, min(wait.seconds, ends - time.time())) + random.uniform(0, AGAIN))
        except NotSent:
            time.sleep(AGAIN)
        except PortalError:
            continue


def main(redis_url: str, account: str, minute: str, url: str, token: str, ends: str, plan: str) -> None:
    """`plan` names operations and how many threads call each: `departments.list=5,userfields.list=3`."""
    quota = Quota(redis.Redis.from_url(redis_url), account=account, minute=float(minute))
    cliq = Cliq(base_url=url, tokens=FixedToken(token), quota=quota, deadline=DEADLINE)
    threads = []
    for part in plan.split(","):
        name, count = part.split("=")
        for _ in range(int(count)):
            given = (float(ends), cliq, CATALOGUE[name])
            threads.append(threading.Thread(target=call_until, args=given))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main(*sys.argv[1:])
