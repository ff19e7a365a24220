"""Cells that are sent as they stand: what is wrong with a text, a number, a date; what Excel has damaged."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

from apps.directory.models import UserField
from apps.onboarding import phones
from apps.onboarding.choices import shortened
from apps.onboarding.columns import Field

TEXTS = ("first_name", "last_name", "display_name", "employee_id", "work_location", "extension")
PHONES = ("mobile", "phone")
NUMBERS = (*PHONES, "employee_id", "extension")
_POWER = re.compile(r"[0-9]([.,][0-9]+)?[eE]\+?[0-9]{1,3}\Z")
_ERROR = re.compile(r"(#(DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!|SPILL!|CALC!)|Err:[0-9]{3})\Z")
_FRACTION = re.compile(r"[0-9]+[.,]0+\Z")


def wrong_with(field: Field, cell: str) -> list[str]:
    """Problems of any text."""
    found = []
    if _ERROR.match(cell):
        return [f"The {lowered(field.label)} shows the error {cell} of a formula."]
    if len(cell) > field.longest:
        found.append(
            f"The {lowered(field.label)} has {len(cell):,} characters; {field.longest} are the most."
        )
    if any(unicodedata.category(character) == "Cc" for character in cell):
        found.append(
            f"The {lowered(field.label)} holds a line break or another character that cannot be seen."
        )
    return found


def wrong_with_number(field: Field, cell: str, country: str = "") -> list[str]:
    """Problems of what looks like a number to a spreadsheet program and is none.

    `country` is the alpha-2 code of the row's, where it has one: telephone numbers are read by its rules.
    """
    said = f"The {lowered(field.label)} “{shortened(cell)}”"
    if _POWER.match(cell):
        return [
            f"{said} is what Excel makes of a long number: its digits are lost. Format the column as text "
            "and type it again."
        ]
    if _FRACTION.match(cell):
        return [f"{said} has become a fraction. Format the column as text and type it again."]
    return phones.wrong_with(said, cell, country) if field.name in PHONES else []


def id_width(ids: Iterable[str]) -> int:
    """How many digits all employee ids of the organisation have, where some begin with a zero; else 0."""
    known = [each for each in ids if each.isdigit()]
    widths = {len(each) for each in known}
    return widths.pop() if len(widths) == 1 and any(each.startswith("0") for each in known) else 0


def wrong_with_id(cell: str, width: int) -> list[str]:
    """An employee id that has lost its leading zeros."""
    if width and cell.isdigit() and len(cell) < width:
        return [
            f"The employee ID “{cell}” has {len(cell)} digits, those of the organisation have {width}: Excel "
            f"has probably dropped zeros. Should it be “{cell.zfill(width)}”?"
        ]
    return []


def wrong_with_custom(custom: UserField, cell: str) -> list[str]:
    """Problems of a value of one of the organisation's own fields."""
    if custom.type == "date_picker":
        try:
            date.fromisoformat(cell)
        except ValueError:
            return [f"{custom.name} “{shortened(cell)}” is no date. Write it like 2026-03-31."]
    if custom.type == "numeric_field" and not cell.isdecimal():
        return [f"{custom.name} “{shortened(cell)}” is no number."]
    if custom.type == "url_field" and not cell.startswith(("http://", "https://")):
        return [f"{custom.name} “{shortened(cell)}” is no web address; those begin with https://."]
    return []


def lowered(sentence: str) -> str:
    """A sentence as the second half of another."""
    return sentence[:1].lower() + sentence[1:]
