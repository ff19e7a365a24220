"""What arrivals say about a quota: how full the fullest window was, how much of what is allowed was used."""

from bisect import bisect_left
from collections.abc import Sequence

from apps.sandbox.control import Arrival


def fullest(moments: Sequence[float], period: float) -> int:
    """The most arrivals in any window of `period` seconds, wherever it begins; its end is outside."""
    ordered = sorted(moments)
    return max(
        (bisect_left(ordered, begin + period) - place for place, begin in enumerate(ordered)),
        default=0,
    )


def share(moments: Sequence[float], size: int, period: float) -> float:
    """How much of the allowed rate was used: the period over the mean time from an arrival to the one
    `size` places later. Exactly 1 means that each slot was taken again the moment it was free."""
    ordered = sorted(moments)
    gaps = [late - early for early, late in zip(ordered, ordered[size:], strict=False)]
    return period * len(gaps) / sum(gaps) if gaps else 0.0


def moments(arrivals: Sequence[Arrival]) -> list[float]:
    """When the calls arrived, in seconds."""
    return [arrival.at for arrival in arrivals]


def broken(arrivals: Sequence[Arrival]) -> list[Arrival]:
    """Arrivals that Zoho would have thrown back: above the limit, or in a lock."""
    return [arrival for arrival in arrivals if arrival.locked or arrival.throttled]
