"""Waiting times as a person says them."""

import math


def spoken(seconds: float) -> str:
    """`12 seconds`, `3 minutes`, `2 hours`: rounded up, because a wait that ends early disappoints nobody."""
    whole = max(1, math.ceil(seconds))
    for size, unit in ((3600, "hour"), (60, "minute"), (1, "second")):
        if whole >= 2 * size or (whole >= size and whole % size == 0):
            count = math.ceil(whole / size)
            return f"{count} {unit}" + ("" if count == 1 else "s")
    return f"{whole} seconds"
