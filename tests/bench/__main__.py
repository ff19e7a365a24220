"""`python -m tests.bench [WORD…]`: run the benchmarks whose name holds one of the words, or all."""

import importlib
import logging
import os
import platform
import sys
from pathlib import Path

from tests.bench import REGISTERED, Result, measure, table


def main(words: list[str]) -> int:
    """Measure against a database and a Redis of their own; exit 1 if a target is missed."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()
    # A line for every request would hide the table.
    logging.getLogger().setLevel(logging.ERROR)
    from django.test.utils import setup_databases, setup_test_environment, teardown_databases

    for file in sorted(Path(__file__).parent.glob("bench_*.py")):
        importlib.import_module(f"tests.bench.{file.stem}")
    chosen = [item for item in REGISTERED if not words or any(word in item.name for word in words)]
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
