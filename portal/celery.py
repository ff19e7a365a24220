"""The Celery application `portal`: configured from Django's settings, with each app's `tasks.py`."""

import os
import signal
from typing import Any

from billiard.util import set_pdeathsig
from celery import Celery
from celery.signals import setup_logging, worker_process_init

from portal.redis_urls import celery_url

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@app.on_after_configure.connect(weak=False)
def adapt_to_kombu(source: Any, **_: Any) -> None:
    """Spell the broker's address as kombu reads it, and look for a killed worker's tasks at every sweep."""
    source.broker_url = celery_url(source.broker_url)
    # kombu scans only at each tenth sweep unless told otherwise: a killed worker's task waited 107 s.
    source.broker_transport_options = {"unacked_restore_throttle": 1, **source.broker_transport_options}


@setup_logging.connect(weak=False)
def keep_logging(**_: Any) -> None:
    """Leave logging as `portal.logs` has set it; a receiver is what keeps Celery from setting up its own."""


@worker_process_init.connect(weak=False)
def die_with_worker(**_: Any) -> None:
    """Let a prefork child end with its worker: a killed worker cannot tell its children."""
    set_pdeathsig(signal.SIGKILL)
