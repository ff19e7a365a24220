"""`manage.py cliq_endpoints`: the operations of Zoho's API that the portal knows, with their limits."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from apps.cliq.catalogue import CATALOGUE, Endpoint

COLUMNS = ("name", "method", "path", "scope", "quota", "period_seconds", "lock_seconds")


class Command(BaseCommand):
    """Print the catalogue as a table or as JSON."""

    help = "List the operations of Zoho's API that the portal knows: path, scope, limit, lock."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the form of the output."""
        parser.add_argument("--json", action="store_true", help="print a JSON list instead of a table")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one row for each operation."""
        rows = [row(endpoint) for endpoint in CATALOGUE.values()]
        if options["json"]:
            self.stdout.write(json.dumps(rows, indent=2))
            return
        table = [COLUMNS, *(tuple(str(found[column]) for column in COLUMNS) for found in rows)]
        widths = [max(map(len, column)) for column in zip(*table, strict=True)]
        for line in table:
            cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
            self.stdout.write("  ".join(cells).rstrip())


def row(endpoint: Endpoint) -> dict[str, Any]:
    """One operation by column; several scopes are joined by commas, as Zoho's consent wants them."""
    return {
        "name": endpoint.name,
        "method": endpoint.method,
        "path": endpoint.path,
        "scope": ",".join(endpoint.scopes),
        "quota": endpoint.quota,
        "period_seconds": endpoint.period,
        "lock_seconds": endpoint.lock,
    }
