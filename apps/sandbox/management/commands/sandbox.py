"""`manage.py sandbox`: what `python -m apps.sandbox` does, beside the portal's other commands."""

from argparse import ArgumentParser, Namespace
from typing import Any

from django.core.management.base import BaseCommand

from apps.sandbox import __main__ as process


class Command(BaseCommand):
    help = "Serve a local stand-in for Zoho Accounts and Cliq, with people to try the portal on."
    # It has its own state and starts before the portal is configured.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        process.add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Serve until Ctrl-C or TERM."""
        process.run(Namespace(**options))
