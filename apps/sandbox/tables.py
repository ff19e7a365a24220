"""Codes as Zoho takes them and the names as it gives them back."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

DATA = Path(__file__).with_name("data")


def _table(name: str) -> dict[str, str]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return dict(line.split(" ", 1) for line in lines)


COUNTRIES = _table("countries.txt")
"""ISO 3166-1 alpha-2 to the English name."""
LANGUAGES = _table("languages.txt")
"""ISO 639-1 to the English name."""


@cache
def zone(name: str) -> ZoneInfo | None:
    """The IANA zone of that name, or None."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


@cache
def _offset(name: str, day: str) -> int:
    found = zone(name)
    offset = datetime.fromisoformat(day).replace(tzinfo=found).utcoffset() if found else None
    return int(offset.total_seconds() * 1000) if offset else 0


def timeoffset(name: str) -> int:
    """The zone's present distance from UTC in milliseconds."""
    return _offset(name, datetime.now(UTC).date().isoformat())


def stamp() -> str:
    """Now, as Zoho prints times: with the offset of the organisation's own zone."""
    return datetime.now(ZoneInfo("America/Los_Angeles")).isoformat(timespec="seconds")
