"""`python -m tests.bench [WORD…]`: run the benchmarks whose name holds one of the words, or all."""

import importlib
import logging
import os
import platform
import subprocess
import sys
from pathlib import Path

from tests.bench import REGISTERED, Bench, Result, measure, table

ALONE = "--alone"


def main(words: list[str]) -> int:
    """Measure against databases and a Redis of their own; exit 1 if a target is missed."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()
    # A line for every request and every event would hide the table.
    logging.disable(logging.WARNING)
    for file in sorted(Path(__file__).parent.glob("bench_*.py")):
        importlib.import_module(f"tests.bench.{file.stem}")
    if words[:1] == [ALONE]:
        return measured([item for item in REGISTERED if item.name == words[1]])
    chosen = [item for item in REGISTERED if not words or any(word in item.name for word in words)]
    together = [item for item in chosen if not item.alone]
    codes = [measured(together)] if together else []
    for item in chosen:
        if item.alone:
            # Ours: the name was registered above.
            command = [sys.executable, "-m", "tests.bench", ALONE, item.name]
            codes.append(subprocess.run(command, check=False).returncode)
    return max(codes, default=0)


def measured(chosen: list[Bench]) -> int:
    """One after the other in this process; 1 if a target is missed."""
    from django.test.utils import setup_databases, setup_test_environment, teardown_databases

    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    results: list[Result] = []
    try:
        for item in chosen:
            sys.stderr.write(f"measuring {item.name} …\n")
            results.append(measure(item))
    finally:
        teardown_databases(databases, verbosity=0)
    load = os.getloadavg()[0]
    machine = f"CPython {platform.python_version()}, {os.cpu_count()} cores, load {load:.1f}, one process"
    sys.stdout.write(f"{machine}\n{table(results)}\n")
    return 1 if any(result.verdict == "TOO SLOW" for result in results) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
