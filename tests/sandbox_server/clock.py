"""Moments for `time_machine`: the server runs in this process and shares its clock."""

from datetime import UTC, datetime, timedelta


def later(seconds: float) -> datetime:
    return datetime.now(UTC) + timedelta(seconds=seconds)
