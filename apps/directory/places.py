"""Countries, languages and time zones as Zoho takes them, and the names it gives back."""

from functools import cache
from pathlib import Path
from zoneinfo import available_timezones

from apps.connections.mirror import fold

DATA = Path(__file__).with_name("data")


def _table(name: str) -> dict[str, str]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return dict(line.split(" ", 1) for line in lines)


COUNTRIES = _table("countries.txt")
"""ISO 3166-1 alpha-2 to the English name."""
LANGUAGES = _table("languages.txt")
"""ISO 639-1 to the English name."""

# Names that Zoho and others write beside those of the table.
_OTHER_COUNTRIES = {
    "united states of america": "US",
    "usa": "US",
    "uk": "GB",
    "great britain": "GB",
    "viet nam": "VN",
    "russian federation": "RU",
    "republic of korea": "KR",
    "korea, republic of": "KR",
    "iran, islamic republic of": "IR",
    "czech republic": "CZ",
    "turkey": "TR",
    "ivory coast": "CI",
    "hong kong": "HK",
    "macau": "MO",
    "swaziland": "SZ",
    "macedonia": "MK",
}
# Zones that were renamed: Zoho still writes some of the old names.
_RENAMED_ZONES = {
    "Asia/Calcutta": "Asia/Kolkata",
    "Asia/Katmandu": "Asia/Kathmandu",
    "Asia/Rangoon": "Asia/Yangon",
    "Asia/Saigon": "Asia/Ho_Chi_Minh",
    "Asia/Dacca": "Asia/Dhaka",
    "Asia/Thimbu": "Asia/Thimphu",
    "Asia/Macao": "Asia/Macau",
    "Asia/Ujung_Pandang": "Asia/Makassar",
    "Asia/Istanbul": "Europe/Istanbul",
    "Atlantic/Faeroe": "Atlantic/Faroe",
    "Europe/Kiev": "Europe/Kyiv",
    "America/Buenos_Aires": "America/Argentina/Buenos_Aires",
    "US/Eastern": "America/New_York",
    "US/Central": "America/Chicago",
    "US/Mountain": "America/Denver",
    "US/Pacific": "America/Los_Angeles",
}


@cache
def _codes_by_name() -> dict[str, str]:
    table = {_plain(name): code for code, name in COUNTRIES.items()}
    return {_plain(name): code for name, code in _OTHER_COUNTRIES.items()} | table


@cache
def _languages_by_name() -> dict[str, str]:
    return {fold(name): code for code, name in LANGUAGES.items()}


@cache
def _zones_by_name() -> dict[str, str]:
    return {name.casefold(): name for name in available_timezones()}


def _plain(name: str) -> str:
    return fold(name).replace("&", "and").replace("the ", "").replace("’", "'").strip()


def country(text: str) -> str:
    """The alpha-2 code of a country given by code or English name; what is neither stays as it is."""
    code = text.strip().upper()
    return code if code in COUNTRIES else _codes_by_name().get(_plain(text), text.strip())


def language(text: str) -> str:
    """The code of a language given by code or English name; what is neither stays as it is."""
    code = text.strip().lower()
    return code if code in LANGUAGES else _languages_by_name().get(fold(text.strip()), text.strip())


def zone(text: str) -> str:
    """The present IANA name of a time zone; what is none stays as it is."""
    name = _zones_by_name().get(text.strip().casefold(), text.strip())
    return _RENAMED_ZONES.get(name, name)


def country_name(code: str) -> str:
    """The English name of a country's code."""
    return COUNTRIES.get(code, code)


def language_name(code: str) -> str:
    """The English name of a language's code."""
    return LANGUAGES.get(code, code)


@cache
def zones() -> tuple[str, ...]:
    """Time zones to choose from: those with a continent or ocean, under their present names."""
    old = set(_RENAMED_ZONES)
    kept = (name for name in available_timezones() if "/" in name and name not in old)
    foreign = ("Etc/", "SystemV/", "US/", "Canada/", "Brazil/", "Chile/", "Mexico/", "posix/", "right/")
    return ("UTC", *sorted(name for name in kept if not name.startswith(foreign)))
