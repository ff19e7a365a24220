"""gunicorn's configuration: `gunicorn -c python:portal.gunicorn portal.wsgi`."""

import logging
import os
import signal
from typing import Any

from billiard.util import set_pdeathsig
from gunicorn.glogging import Logger

from portal.environment import env
from portal.logs import configure_logging

bind = f"127.0.0.1:{os.environ.get('PORT', '8000')}"
# One process with threads: pages wait for the database and for Zoho. WEB_CONCURRENCY adds processes.
worker_class = "gthread"
threads = 8
timeout = 60
graceful_timeout = 5
# It would open a socket in the home folder, where a second portal would find it.
control_socket_disable = True
# The heartbeat file belongs in memory: on a slow disk its writes block the worker.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108
# Which proxy may tell the visitor's address is decided by TRUSTED_PROXIES, in the portal itself.
forwarded_allow_ips = ""


class PortalLogger(Logger):
    """Leaves gunicorn's own lines to the portal's logging."""

    def setup(self, cfg: Any) -> None:
        """Set up without handlers and levels of its own."""
        super().setup(cfg)
        for log in (self.error_log, self.access_log):
            log.handlers.clear()
            log.propagate = True
            log.setLevel(logging.NOTSET)


logger_class = PortalLogger


def on_starting(server: Any) -> None:
    """Log as the portal does before it is loaded."""
    configure_logging(level=env("LOG_LEVEL"), readable=env("DEBUG"))


def post_fork(server: Any, worker: Any) -> None:
    """Let a worker process end with its master: a killed master cannot tell it."""
    set_pdeathsig(signal.SIGKILL)
