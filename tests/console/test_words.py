"""Names, moments and lengths of time in words."""

from datetime import UTC, datetime, timedelta

import pytest

from apps.console.names import initials, tone_of
from apps.console.plans import Segment, bar
from apps.console.times import duration, relative
from apps.console.views.files import safe_filename


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Ada Lovelace", "AL"),
        ("Amélie Fournier-Laroche", "AF"),
        ("Wolfeschlegelsteinhausenbergerdorff, Hubert Blaine", "WB"),
        ("O’Brien, Siobhán", "OS"),
        ("王秀英", "王"),
        ("田中 さくら", "田"),
        ("김민준", "김"),
        ("فاطمة الزهراء", "ف"),
        ("प्रिया शर्मा", "प"),
        ("कि लाल", "कि"),
        ("Νίκος Παπαδόπουλος", "ΝΠ"),
        ("ßtein", "SS"),
        ("“Q”", "Q"),
        ("Madonna", "M"),
        ("A\u0301da", "A\u0301"),
        ("", "?"),
        ("  ", "?"),
        ("!!!", "!"),
    ],
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_a_tone_stays_with_its_name() -> None:
    assert tone_of("Zoë") == tone_of("Zoe\u0308") == tone_of("ZOË")
    assert {tone_of(f"Person {number}") for number in range(200)} == set(range(1, 9))


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (3, "just now"),
        (-4, "just now"),
        (59, "59 seconds ago"),
        (60, "1 minute ago"),
        (-7200, "in 2 hours"),
        (86400 * 3, "3 days ago"),
        (86400 * 45, "1 month ago"),
        (86400 * 900, "2 years ago"),
    ],
)
def test_relative(seconds: int, words: str) -> None:
    now = datetime(2026, 11, 20, 12, tzinfo=UTC)
    assert relative(now - timedelta(seconds=seconds), now) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 seconds"),
        (1, "1 second"),
        (89, "89 seconds"),
        (660, "11 minutes"),
        (7500, "2 hours 5 minutes"),
        (7199, "2 hours"),
    ],
)
def test_duration(seconds: int, words: str) -> None:
    assert duration(seconds) == words


def test_a_bar_never_hides_nor_overflows() -> None:
    drawn = bar([Segment("done", 99_999, "green"), Segment("refused", 1, "red")], 100_000)
    assert [part["width"] for part in drawn["parts"]] == [996, 4]
    assert sum(part["width"] for part in drawn["parts"]) == 1000
    assert bar([], 0)["percent"] == 0


def test_a_file_name_loses_only_what_is_dangerous() -> None:
    assert safe_filename("../..\\etc/pass\r\nwd") == "etcpasswd"
    assert safe_filename("Jänner 王.csv") == "Jänner 王.csv"
    assert safe_filename("///") == "download"
