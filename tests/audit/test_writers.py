"""Several writers at once leave a chain without a gap."""

import threading

import pytest
from django.db import connection

from apps.audit.events import Draft, record
from apps.audit.models import Event
from apps.audit.verify import verify
from apps.core.actor import SYSTEM

WRITERS, EACH = 4, 15


@pytest.mark.django_db(transaction=True)
def test_no_gap_and_no_fork():
    """Numbers are handed out under the head's lock, on either database."""
    gate = threading.Barrier(WRITERS)
    failures: list[BaseException] = []

    def write() -> None:
        try:
            gate.wait()
            for _ in range(EACH):
                record(Draft(kind="list.exported", actor=SYSTEM))
        except BaseException as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=write) for _ in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert sorted(Event.objects.values_list("seq", flat=True)) == list(range(1, WRITERS * EACH + 1))
    assert verify().holds
