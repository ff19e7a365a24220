"""`manage.py demo`: the whole portal against the sandbox, with nothing set up before."""

import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand

from apps.core import demo


class Command(BaseCommand):
    """Prepares an all-local environment and becomes `serve --sandbox` in it."""

    help = "Run the portal against a local Zoho with invented people."
    # The settings seen here are those of the shell; serve checks the demo's own.
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="port of the portal")
        parser.add_argument("--sandbox-port", type=int, default=8021, help="port of the local Zoho")

    def handle(self, *args: Any, **options: Any) -> None:
        port, sandbox_port = options["port"], options["sandbox_port"]
        demo.write_spreadsheet(demo.SPREADSHEET)
        command = [
            sys.executable,
            str(Path(settings.BASE_DIR) / "manage.py"),
            *("serve", "--sandbox", "--port", str(port), "--sandbox-port", str(sandbox_port)),
            *("--notice", demo.notice(port)),
        ]
        # Settings are read when Django starts: only a new process sees the demo's environment.
        os.execve(sys.executable, command, {**os.environ, **demo.environment(port, sandbox_port)})  # noqa: S606
