"""Moments and durations in words."""

from datetime import datetime, timedelta

from django.utils import timezone

STEPS = (
    (timedelta(minutes=1), timedelta(seconds=1), "second"),
    (timedelta(hours=1), timedelta(minutes=1), "minute"),
    (timedelta(days=1), timedelta(hours=1), "hour"),
    (timedelta(days=30), timedelta(days=1), "day"),
    (timedelta(days=365), timedelta(days=30), "month"),
    (timedelta.max, timedelta(days=365), "year"),
)


def relative(moment: datetime, now: datetime | None = None) -> str:
    """«3 minutes ago», «in 2 hours», «just now»."""
    distance = (now or timezone.now()) - moment
    length = abs(distance)
    if length < timedelta(seconds=10):
        return "just now"
    unit, name = next((unit, name) for below, unit, name in STEPS if length < below)
    number = length // unit
    words = f"{number} {name}{'' if number == 1 else 's'}"
    return f"{words} ago" if distance > timedelta(0) else f"in {words}"


def exact(moment: datetime) -> str:
    """The moment in UTC to the second, as titles show it."""
    return moment.astimezone(timezone.get_fixed_timezone(0)).strftime("%-d %b %Y, %H:%M:%S UTC")


def brief(moment: datetime) -> str:
    """The moment in UTC to the minute, as text shows it where no script runs."""
    return moment.astimezone(timezone.get_fixed_timezone(0)).strftime("%-d %b %Y, %H:%M UTC")


def machine(moment: datetime) -> str:
    """The moment as the `datetime` attribute wants it."""
    return moment.astimezone(timezone.get_fixed_timezone(0)).strftime("%Y-%m-%dT%H:%M:%SZ")


def duration(seconds: float) -> str:
    """A length of time in words: «40 seconds», «11 minutes», «2 hours 5 minutes»."""
    whole = max(0, round(seconds))
    if whole < 90:
        return f"{whole} second{'' if whole == 1 else 's'}"
    minutes = round(whole / 60)
    if minutes < 90:
        return f"{minutes} minutes"
    hours, rest = divmod(minutes, 60)
    return f"{hours} hour{'' if hours == 1 else 's'}" + (f" {rest} minutes" if rest else "")
