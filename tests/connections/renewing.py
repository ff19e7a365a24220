"""One of several processes whose threads need a token at once: `python -m tests.connections.renewing`.

Prints a digest of what each thread was given.
"""

import hashlib
import sys
import threading
import time


def main(grant_id: str, threads: str, begin: str) -> None:
    """Ask at the same moment as everybody else."""
    import django

    django.setup()
    from django.db import connection

    from apps.connections.tokens import GrantTokens

    found: list[str] = []

    def ask() -> None:
        time.sleep(max(0.0, float(begin) - time.time()))
        try:
            token = GrantTokens(int(grant_id)).get()
            found.append(hashlib.sha256(token.encode()).hexdigest())
        finally:
            connection.close()

    workers = [threading.Thread(target=ask) for _ in range(int(threads))]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    sys.stdout.write("\n".join(found) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
