"""Telephone numbers as people write them, and what a spreadsheet program makes of them."""

import pytest

from apps.onboarding import phones


@pytest.mark.parametrize(
    ("cell", "country"),
    [
        ("+91 98400 12345", ""),
        ("+49 (0)30 / 901820", ""),
        ("+1 202-555-0123 ext. 12", "IN"),
        ("9840012345", "IN"),
        ("09840012345", "IN"),
        ("015112345678", "DE"),
        ("(202) 555-0123", "US"),
        ("12025550123", "US"),
        ("98765432", "SG"),
        ("044 1234", ""),
        ("9840012345", ""),
        ("13025551234", ""),
    ],
)
def test_numbers_as_people_write_them(cell, country):
    assert phones.wrong_with("It", cell, country) == []


@pytest.mark.parametrize(
    ("cell", "country", "mended"),
    [
        ("15112345678", "DE", "015112345678"),
        ("30901820", "DE", "030901820"),
        ("7911123456", "GB", "07911123456"),
        ("612345678", "FR", "0612345678"),
        ("919840012345", "", "+919840012345"),
        ("919840012345", "IN", "+919840012345"),
        ("447911123456", "GB", "+447911123456"),
        ("41446681800", "CH", "+41446681800"),
    ],
)
def test_what_excel_has_taken_off(cell, country, mended):
    assert phones.wrong_with("It", cell, country) == [
        f"It has lost its beginning, as happens in Excel. Should it be “{mended}”?"
    ]


@pytest.mark.parametrize(
    ("cell", "country", "sentence"),
    [
        ("call me", "", "It is no telephone number."),
        ("12", "", "It is no telephone number."),
        ("+999 12345678", "", "It is no telephone number."),
        ("+91 984", "", "It has too few digits for India."),
        ("+49 30 901820 123456789", "", "It has too many digits for Germany."),
        ("84", "IN", "It is no telephone number."),
        ("٩٨٤٠٠١٢٣٤٥", "", "It is no telephone number."),
    ],
)
def test_what_is_none(cell, country, sentence):
    assert phones.wrong_with("It", cell, country) == [sentence]
