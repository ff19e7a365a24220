"""Benchmarks: modules `bench_*.py` beside this file hold functions under `@bench(…)`; see `make bench`."""

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

Step = Callable[[], object]


@dataclass(frozen=True)
class Bench:
    """What to measure: `prepare` returns the step that is timed; preparing is not.

    One that is `alone` connects an organisation of its own: it has a process and a database to itself.
    """

    name: str
    prepare: Callable[[], Step]
    repeat: int
    target_ms: float | None
    alone: bool = False


@dataclass(frozen=True)
class Result:
    """Times of one benchmark, in milliseconds, in the order measured."""

    bench: Bench
    times: list[float]

    @property
    def median(self) -> float:
        """Half of the runs were faster."""
        return statistics.median(self.times)

    @property
    def p95(self) -> float:
        """Nineteen of twenty runs were faster."""
        return sorted(self.times)[max(0, -(-len(self.times) * 95 // 100) - 1)]

    @property
    def verdict(self) -> str:
        """Whether the slow end keeps to the target: a good median with a bad tail is not fast."""
        if self.bench.target_ms is None:
            return ""
        return "ok" if self.p95 <= self.bench.target_ms else "TOO SLOW"


REGISTERED: list[Bench] = []


def bench(
    name: str, *, repeat: int = 30, target_ms: float | None = None, alone: bool = False
) -> Callable[[Callable[[], Step]], Callable[[], Step]]:
    """Register a function that prepares and returns the step to time."""

    def register(prepare: Callable[[], Step]) -> Callable[[], Step]:
        REGISTERED.append(Bench(name, prepare, repeat, target_ms, alone))
        return prepare

    return register


def measure(item: Bench) -> Result:
    """Time every run after one that warms up; the garbage collector stays on, as in production."""
    step = item.prepare()
    _tidy()
    step()
    gc.collect()
    times = []
    for _ in range(item.repeat):
        began = time.perf_counter()
        step()
        times.append((time.perf_counter() - began) * 1000)
    return Result(item, times)


def _tidy() -> None:
    """What PostgreSQL does by itself within a minute of so many rows being written."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def table(results: list[Result]) -> str:
    """Put the results side by side."""
    rows = [("what", "runs", "fastest", "median", "p95", "slowest", "target", "")]
    for result in results:
        target = f"{result.bench.target_ms:g} ms" if result.bench.target_ms is not None else "–"
        numbers = (min(result.times), result.median, result.p95, max(result.times))
        shown = [f"{number:.2f} ms" for number in numbers]
        rows.append((result.bench.name, str(len(result.times)), *shown, target, result.verdict))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [row[0].ljust(widths[0]), *(row[n].rjust(widths[n]) for n in range(1, 7)), row[7]]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)
