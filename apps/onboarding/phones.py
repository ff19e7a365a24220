"""Telephone numbers: what is none, and what a spreadsheet program has made of one."""

import re

import phonenumbers
from phonenumbers import Leniency, NumberParseException, PhoneNumber, PhoneNumberMatcher, ValidationResult

from apps.directory import places

_LOOKS = re.compile(
    r"\+?[0-9 ().\-/\u2010\u2011\u00a0]+(\s*(ext|x|#)\.?\s*[0-9]+)?\Z", re.IGNORECASE | re.ASCII
)
_FEWEST, _MOST = 4, 20
# So long is no number within a country: it has lost its plus.
_INTERNATIONAL = 12
_WHY = {
    ValidationResult.TOO_SHORT: "has too few digits",
    ValidationResult.TOO_LONG: "has too many digits",
    ValidationResult.INVALID_COUNTRY_CODE: "begins with a country code that does not exist",
    ValidationResult.INVALID_LENGTH: "has a number of digits that none has",
}


def wrong_with(said: str, cell: str, country: str) -> list[str]:
    """Problems of one number; `said` names it in a sentence, `country` is the row's alpha-2 code or empty.

    A number that begins with a plus is judged by the rules of its country. Any other is judged by those of
    the row's, and where that is not known only by its look.
    """
    digits = sum(character.isdigit() for character in cell)
    if not (_LOOKS.match(cell) and _FEWEST <= digits <= _MOST):
        return [f"{said} is no telephone number."]
    if cell.isdigit() and (mended := _damaged(cell, country)):
        return [f"{said} has lost its beginning, as happens in Excel. Should it be “{mended}”?"]
    if not (cell.startswith("+") or country):
        return []
    number = _parsed(cell, country)
    if number is None:
        return [f"{said} is no telephone number."]
    why = _WHY.get(phonenumbers.is_possible_number_with_reason(number))
    if why is None:
        return []
    region = (
        country
        if not cell.startswith("+")
        else phonenumbers.region_code_for_country_code(number.country_code or 0)
    )
    of = f" for {places.country_name(region)}" if region in places.COUNTRIES else ""
    return [f"{said} {why}{of}."]


def _damaged(cell: str, country: str) -> str:
    """What a cell of digits was before a spreadsheet program took it for a number; empty if it is whole."""
    abroad = _parsed(f"+{cell}", "")
    valid_abroad = abroad is not None and phonenumbers.is_valid_number(abroad)
    if not country:
        return f"+{cell}" if len(cell) >= _INTERNATIONAL and valid_abroad else ""
    at_home = _parsed(cell, country)
    if at_home is None or not phonenumbers.is_valid_number_for_region(at_home, country):
        # Zeros may be part of what is dialled at home, as in Italy.
        return f"+{cell}" if valid_abroad and _is_of(abroad, country) else _zeroed(cell, country)
    if _begins_with_code(cell, at_home, country):
        return f"+{cell}"
    return "" if _is_written(cell, country) else _zeroed(cell, country)


def _begins_with_code(cell: str, number: PhoneNumber, country: str) -> bool:
    """Whether the country's own code stands in front, which people dial at home in America only."""
    code = str(number.country_code)
    at_home = phonenumbers.ndd_prefix_for_region(country, True)
    return cell == f"{code}{number.national_number}" and code != at_home


def _zeroed(cell: str, country: str) -> str:
    return f"0{cell}" if not cell.startswith("0") and _is_written(f"0{cell}", country) else ""


def _is_of(number: PhoneNumber | None, country: str) -> bool:
    return number is not None and number.country_code == phonenumbers.country_code_for_region(country)


def _is_written(cell: str, country: str) -> bool:
    """Whether a valid number stands there as people of that country write it, trunk prefix included."""
    matcher = PhoneNumberMatcher(cell, country, leniency=Leniency.VALID)
    return bool(matcher.has_next())


def _parsed(cell: str, country: str) -> PhoneNumber | None:
    try:
        return phonenumbers.parse(cell, country or None)
    except NumberParseException:
        return None
