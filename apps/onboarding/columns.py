"""Which column is which: recognised by its name, or told by a person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from apps.directory import selectors as directory


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
        _field(
            "reporting_to",
            "Reporting to (address)",
            "reportingto reportsto manager manageremail manageremailid manageremailaddress managermail "
            "reportingmanager reportingmanageremail linemanager supervisor supervisoremail vorgesetzter",
            320,
        ),
        _field(
            "employee_id",
            "Employee ID",
            "employeeid employeenumber employeeno empid empno empcode employeecode staffid staffnumber "
            "personnelnumber personalnummer matricule",
            100,
        ),
        _field(
            "work_location",
            "Seating location",
            "worklocation seatinglocation location office officelocation workplace site seat",
            250,
        ),
        _field(
            "mobile",
            "Mobile",
            "mobile mobilenumber mobileno mobilephone cell cellphone cellnumber handy portable",
            50,
        ),
        _field(
            "phone",
            "Phone",
            "phone phonenumber phoneno telephone telephonenumber tel workphone officephone telefon",
            50,
        ),
        _field("teams", "Teams", "teams team teamname teamnames cliqteam cliqteams", 1_000),
        _field("channels", "Channels", "channels channel channelname channelnames cliqchannels", 1_000),
        _field("role", "Cliq role", "cliqrole cliqprofile zohorole userrole rolename role", 100),
        _field("extension", "Extension", "extension ext extn phoneextension durchwahl", 50),
        _field("country", "Country", "country countrycode countryname nation land pays", 100),
        _field("timezone", "Time zone", "timezone tz timezoneid zeitzone", 100),
        _field("language", "Language", "language languagecode lang preferredlanguage locale sprache", 100),
    )
}
CUSTOM = "custom:"
"""Stands before the unique name of the organisation's own fields, so that neither hides the other."""
LONGEST_CUSTOM = 250

# What the portal itself adds to a result file: never read, replaced when the next one is written.
RESULT_COLUMNS = ("Result", "What happened", "Operation")
_OWN = frozenset(name.casefold() for name in RESULT_COLUMNS)


def is_own(name: str) -> bool:
    """Whether a column comes from an earlier result file."""
    return name.strip().casefold() in _OWN


def plain(name: str) -> str:
    """A column's name without case, spaces, underscores, dashes and the like."""
    return "".join(character for character in name.casefold() if character.isalnum())


def fields() -> dict[str, Field]:
    """Everything a column may hold, the organisation's own fields included."""
    own = {}
    for custom in directory.custom_fields():
        name = f"{CUSTOM}{custom.unique_name}"
        names = frozenset((plain(custom.name), plain(custom.unique_name)))
        own[name] = Field(name, custom.name, names, LONGEST_CUSTOM)
    return {**FIELDS, **own}


def fingerprint(header: Sequence[str]) -> str:
    """The same for every file with the same columns, in whatever order."""
    return sha256("\n".join(sorted(plain(name) for name in header)).encode()).hexdigest()


def by_name(header: Sequence[str], mapping: Mapping[str, str]) -> dict[str, str]:
    """A mapping as it is remembered: plain column name to field, empty for what is left out."""
    return {plain(name): mapping.get(str(index), "") for index, name in enumerate(header) if plain(name)}


def recalled(header: Sequence[str], remembered: Mapping[str, str]) -> dict[str, str]:
    """The same for this file; fields that are gone meanwhile are left out."""
    known = fields()
    found = {str(index): remembered.get(plain(name), "") for index, name in enumerate(header)}
    return {index: field for index, field in found.items() if field in known}


def recognise(header: Sequence[str]) -> dict[str, str]:
    """Column index (as text) to field; of two columns for one field the first counts."""
    known = fields()
    found: dict[str, str] = {}
    for index, name in enumerate(header):
        key = plain(name)
        left = (field.name for field in known.values() if field.name not in found.values())
        if field := next((name for name in left if key in known[name].names), ""):
            found[str(index)] = field
    return found


def problem(mapping: Mapping[str, str]) -> str:
    """Why this mapping cannot be used, as a sentence; empty if it can."""
    chosen, known = list(mapping.values()), fields()
    for name in chosen:
        if name not in known:
            return "A field that you chose was removed in Zoho meanwhile. Look at the columns again."
        if chosen.count(name) > 1:
            return f"Two columns are both “{known[name].label}”: choose one of them."
    if "email_id" not in chosen:
        return "Say which column holds the email address: without one nobody can be added."
    return ""
