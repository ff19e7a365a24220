"""The drill in short: five processes, a slow network, a killed caller, a killed Redis, a lock."""

import pytest

from apps.cliq.catalogue import CATALOGUE
from tests.drill import figures
from tests.drill.quota import CALLED, LOCKED, LONGEST, PROCESSES, Drill

pytestmark = pytest.mark.slow

MINUTE, WINDOWS = 2.4, 12


def test_never_one_call_too_many_whatever_happens(tmp_path):
    """Counted by the sandbox on arrival, over more than ten windows; nothing arrives in a lock."""
    assert PROCESSES - 1 >= 4
    outcome = Drill(tmp_path, MINUTE, WINDOWS, LONGEST).run()
    assert outcome.killed_with >= 1
    for name in CALLED:
        arrivals, size = outcome.arrivals[name], CATALOGUE[name].quota
        moments = figures.moments(arrivals)
        assert figures.broken(arrivals) == []
        assert figures.fullest(moments, MINUTE) == size
        assert moments[-1] - moments[0] > 10 * MINUTE
        assert max(moments) > outcome.restarted_at + MINUTE, "nobody called after Redis came back"
        # A slot is taken for the way there and back, a second on average, and one period.
        possible = MINUTE / (MINUTE + LONGEST / 2)
        assert figures.share(moments, size, MINUTE) > 0.85 * possible
    locked = figures.moments(outcome.arrivals[LOCKED])
    assert figures.broken(outcome.arrivals[LOCKED]) == []
    first, *others = locked
    assert first < outcome.restarted_at < outcome.lock_ended_at, "Redis died while the lock lasted"
    assert others, "the lock was never opened"
    assert min(others) > outcome.lock_ended_at - 0.1


def test_the_figures_count_as_they_say():
    """Half-open windows, wherever they begin; an even stream that is as fast as allowed is a share of 1."""
    assert figures.fullest([0, 0.5, 1.0, 1.4, 1.49], period=1.0) == 4
    assert figures.fullest([0, 1.0, 2.0], period=1.0) == 1
    assert figures.fullest([], period=1.0) == 0
    even = [each / 10 for each in range(100)]
    assert figures.share(even, size=10, period=1.0) == pytest.approx(1)
    assert figures.share([each * 1.1 for each in even], size=10, period=1.0) == pytest.approx(1 / 1.1)
