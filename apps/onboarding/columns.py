"""Which column is which: recognised by its name, or told by a person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    """Something a column may hold; `names` are spellings without case, spaces and punctuation."""

    name: str
    label: str
    names: frozenset[str]
    longest: int


def _field(name: str, label: str, names: str, longest: int) -> Field:
    return Field(name, label, frozenset(names.split()), longest)


FIELDS: Mapping[str, Field] = {
    field.name: field
    for field in (
        _field(
            "email_id",
            "Email address",
            "email emailid emailaddress emailaddr emails mail mailid mailaddress address workemail "
            "workemailaddress businessemail officialemail officialemailid companyemail correo courriel",
            254,
        ),
        _field(
            "first_name", "First name", "firstname first givenname given forename fname vorname prenom", 100
        ),
        _field(
            "last_name", "Last name", "lastname last surname familyname family sname lname nachname nom", 100
        ),
        _field(
            "display_name",
            "Display name",
            "displayname fullname name employeename completename username personname",
            200,
        ),
        _field(
            "department", "Department", "department dept departmentname deptname abteilung departement", 300
        ),
        _field(
            "designation",
            "Designation",
            "designation jobtitle title designationname position role jobrole jobposition",
            300,
        ),
    )
}
# What the portal itself adds to a result file: never read, replaced when the next one is written.
RESULT_COLUMNS = ("Result", "What happened", "Operation")
_OWN = frozenset(name.casefold() for name in RESULT_COLUMNS)


def is_own(name: str) -> bool:
    """Whether a column comes from an earlier result file."""
    return name.strip().casefold() in _OWN


def plain(name: str) -> str:
    """A column's name without case, spaces, underscores, dashes and the like."""
    return "".join(character for character in name.casefold() if character.isalnum())


def recognise(header: Sequence[str]) -> dict[str, str]:
    """Column index (as text) to field; of two columns for one field the first counts."""
    found: dict[str, str] = {}
    for index, name in enumerate(header):
        key = plain(name)
        field = next((field.name for field in FIELDS.values() if key in field.names), "")
        if field and field not in found.values():
            found[str(index)] = field
    return found


def problem(mapping: Mapping[str, str]) -> str:
    """Why this mapping cannot be used, as a sentence; empty if it can."""
    chosen = list(mapping.values())
    for name in chosen:
        if chosen.count(name) > 1:
            return f"Two columns are both “{FIELDS[name].label}”: choose one of them."
    if "email_id" not in chosen:
        return "Say which column holds the email address: without one nobody can be added."
    return ""
