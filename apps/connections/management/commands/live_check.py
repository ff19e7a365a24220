"""`manage.py live_check`: ask the connected organisation what the documents leave open, by reading only."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from apps.connections import live, selectors
from apps.connections.clients import build
from apps.connections.tokens import GrantTokens
from apps.core.errors import PortalError

# A window that is full is waited for: the command has time, and takes no more than its share.
PATIENCE = 65.0


class Command(BaseCommand):
    help = "Settle by reading what only a live organisation can settle (docs/zoho.md). Never writes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--sandbox", action="store_true", help="ask the local Zoho, to try the command")

    def handle(self, *args: Any, sandbox: bool, **options: Any) -> None:
        """Print the table, or in one sentence why there is none."""
        try:
            if settings.CLIQ_BASE_URL and not sandbox:
                raise PortalError("The portal is set to the sandbox, which settles nothing.")
            if not (settings.ZOHO_CLIENT_ID and settings.ZOHO_CLIENT_SECRET):
                raise PortalError("ZOHO_CLIENT_ID and ZOHO_CLIENT_SECRET are not set.")
            grant = selectors.active_grant()
        except PortalError as error:
            self.stdout.write(f"Skipped. {error.sentence}")
            return
        cliq = build(GrantTokens(grant.pk), account=grant.zuid, interactive=False, max_wait=PATIENCE)
        self.stdout.write(live.table(live.ask(cliq, grant)))
