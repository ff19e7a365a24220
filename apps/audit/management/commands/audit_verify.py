"""`manage.py audit_verify`: walk the chain and say whether the log is as it was written."""

import json
import re
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from apps.audit import seal
from apps.audit.chain import Head
from apps.audit.verify import verify


class Command(BaseCommand):
    help = "Prove that the log was not edited: exit code 0 if it holds, 1 if not."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--log", type=Path, help="a file with the portal's log stream, holding its heads")
        parser.add_argument("--json", action="store_true", help="print the verdict as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        verdict = verify(_heads(options["log"]) if options["log"] else ())
        seal.keep(verdict)
        if options["json"]:
            answer = {"holds": verdict.holds, "checked": verdict.checked, "broken": verdict.broken}
            self.stdout.write(json.dumps({**answer, "sentence": verdict.sentence}))
        else:
            self.stdout.write(verdict.sentence)
        if not verdict.holds:
            raise SystemExit(1)


def _heads(path: Path) -> Iterator[Head]:
    """Every `audit.head` line of a log stream, in JSON or readable form."""
    for line in path.read_text(errors="replace").splitlines():
        if "audit.head" not in line:
            continue
        seq = re.search(r"\bseq\W{1,4}(\d+)", line)
        mac = re.search(r"\bmac\W{1,4}([0-9a-f]{64})", line)
        if seq and mac:
            yield Head(int(seq[1]), mac[1])
