"""A spreadsheet of invented joiners, as varied as real ones, mistakes included."""

from collections.abc import Sequence
from pathlib import Path

from apps.core import spreadsheets

HEADER = ("Email ID", "First Name", "Last Name", "Dept", "Job title", "Notes")
DOMAIN = "zylker.com"
MEMBER = "olivia.palmer@zylker.com"

# Address before the @, first name, last name.
JOINERS = (
    ("maria.lindqvist", "Maria", "Lindqvist"),
    ("jose.nunez", "José", "Núñez"),
    ("priya.raghavan", "Priya", "Raghavan"),
    ("siobhan.oconnor", "Siobhán", "O’Connor"),
    ("wei.zhang", "伟", "张"),
    ("yuki.tanaka", "由紀", "田中"),
    ("fatima.alzahra", "فاطمة", "الزهراء"),
    ("tomas.dvorak", "Tomáš", "Dvořák"),
    ("elena.petrova", "Елена", "Петрова"),
    ("d'artagnan", "Charles", "d'Artagnan"),
    ("ingrid.thorsdottir", "Ingrid", "Þórsdóttir"),
    ("maximiliana", "Maximiliana Alexandrina", "von Hohenstein-Wolfenbüttel"),
    ("lakshmi", "லட்சுமி", ""),
    ("kwame.mensah", "Kwame", "Mensah"),
    ("hye-jin.park", "혜진", "박"),
    ("aisha.mohammed", "Aisha", "Mohammed"),
    ("noah.fischer", "Noah", "Fischer"),
    ("lucia.rossi", "Lucia", "Rossi"),
    ("jan.vandenberg", "Jan", "van den Berg"),
    ("sam.lee", "Sam", "Lee"),
)


def write(path: Path, departments: Sequence[str], designations: Sequence[str]) -> None:
    """Write 24 people: 20 to add; a member already, one twice, a mistyped department, a bad address."""
    rows = [
        [f"{local}@{DOMAIN}", first, last, _turn(departments, number), _turn(designations, number), ""]
        for number, (local, first, last) in enumerate(JOINERS)
    ]
    rows[3][5] = "+353 1 555 0142"
    rows.insert(4, [MEMBER.upper(), "Olivia", "Palmer", _turn(departments, 0), "", "has been here for years"])
    rows.insert(9, [rows[1][0].title(), "Jose", "Nunez", rows[1][3], rows[1][4], "sent in twice"])
    rows.insert(14, [f"mia.olsen@{DOMAIN}", "Mia", "Olsen", _mistyped(_turn(departments, 1)), "", ""])
    rows.insert(19, [f"ravi.shankar(at){DOMAIN}", "Ravi", "Shankar", _turn(departments, 2), "", ""])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"".join(spreadsheets.write([HEADER, *rows])))


def _turn(names: Sequence[str], number: int) -> str:
    return names[number % len(names)] if names else ""


def _mistyped(name: str) -> str:
    """The name with two letters in each other's place."""
    return name[:2] + name[3:4] + name[2:3] + name[4:] if len(name) > 4 else f"{name}x"
