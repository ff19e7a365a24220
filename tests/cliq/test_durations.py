"""Waiting times as a person says them."""

import pytest

from apps.cliq.durations import spoken


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (0, "1 second"),
        (0.2, "1 second"),
        (1.2, "2 seconds"),
        (59, "59 seconds"),
        (60, "1 minute"),
        (61, "61 seconds"),
        (119, "119 seconds"),
        (121, "3 minutes"),
        (600, "10 minutes"),
        (3600, "1 hour"),
        (5400, "90 minutes"),
        (9000, "3 hours"),
    ],
)
def test_it_is_rounded_up(seconds, expected):
    assert spoken(seconds) == expected
