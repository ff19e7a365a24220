"""One canonical form per field: what is written, read, shown and mirrored is compared in this form only.

Values are text, under the names by which Zoho's update takes them; the empty text stands for all of
Zoho's ways to say that there is nothing.
"""

from collections.abc import Callable, Mapping
from typing import Any

from apps.cliq.replies import User as WireUser
from apps.directory import places
from apps.directory.models import User

NAMES = ("display_name", "first_name", "last_name")
WORK = ("employee_id", "department_id", "designation_id", "reporting_to_zuid", "work_location")
CONTACT = ("mobile", "phone", "extension")
REGION = ("country", "timezone", "language")
FIELDS = (*NAMES, *WORK, *CONTACT, *REGION)
"""Every field the API can change on a user but the picture; custom user fields come beside them."""

UNREAD = frozenset({"phone"})
"""Written, but never given back: what it is in Zoho cannot be compared."""

LOGGED = {"department_id": "department", "designation_id": "designation", "reporting_to_zuid": "reporting_to"}
"""References as the log names them: there each stands as its id with the name it had then."""

LABELS = {
    "display_name": "Display name",
    "first_name": "First name",
    "last_name": "Last name",
    "employee_id": "Employee ID",
    "department_id": "Department",
    "designation_id": "Designation",
    "reporting_to_zuid": "Reporting to",
    "work_location": "Seating location",
    "mobile": "Mobile",
    "phone": "Phone",
    "extension": "Extension",
    "country": "Country",
    "timezone": "Time zone",
    "language": "Language",
}
_EMPTY = frozenset({"", "-", "null"})
_READERS: Mapping[str, Callable[[str], str]] = {
    "country": places.country,
    "language": places.language,
    "timezone": places.zone,
}


def value(name: str, given: Any) -> str:
    """One value in the canonical form of its field."""
    text = "" if given is None else str(given).replace("\0", "").strip()
    if text.casefold() in _EMPTY:
        return ""
    return _READERS.get(name, str)(text)


def values(given: Mapping[str, Any]) -> dict[str, str]:
    """Several values by field name, each in its canonical form."""
    return {name: value(name, each) for name, each in given.items()}


def of_wire(user: WireUser) -> dict[str, str]:
    """What a full reading of a user says; a field that is never read is there only if Zoho sent it."""
    found = {
        "department_id": user.department.id,
        "designation_id": user.designation.id,
        "reporting_to_zuid": user.reportingto.id,
    }
    found |= {name: getattr(user, name) for name in FIELDS if name not in found}
    for name in UNREAD - user.raw.keys():
        del found[name]
    return values({**user.custom_attributes, **found})


def of_mirror(user: User) -> dict[str, str]:
    """The same of a mirror row; a field that is never read holds what the portal last wrote, if it did."""
    found = {name: getattr(user, name) for name in FIELDS if name != "reporting_to_zuid"}
    found["reporting_to_zuid"] = user.manager_id
    for name in UNREAD:
        if not found[name]:
            del found[name]
    return values({**user.custom, **found})


def differences(present: Mapping[str, str], wanted: Mapping[str, Any]) -> dict[str, str]:
    """Of the values wanted, in canonical form, those that are not so already.

    What is missing from `present` was never read: a value that is wanted there always counts. A custom
    field is different: Zoho may leave an empty one out.
    """
    return {
        name: each
        for name, each in values(wanted).items()
        if present.get(name, None if name in UNREAD else "") != each
    }


def carried(user: WireUser) -> dict[str, str]:
    """Of a reply to a write, only what it really carries: what it leaves out need not be empty."""
    keys = {
        "department_id": "department",
        "designation_id": "designation",
        "reporting_to_zuid": "reportingto",
    }
    found = of_wire(user)
    sent = user.raw.keys() | user.custom_attributes.keys()
    return {name: each for name, each in found.items() if keys.get(name, name) in sent}


def logged(values: Mapping[str, str], names: Mapping[str, str]) -> dict[str, Any]:
    """Values as the log keeps them; `names` holds the name behind each id, by field."""
    return {
        LOGGED.get(name, name): {"id": each, "name": names.get(name, "")} if name in LOGGED and each else each
        for name, each in values.items()
    }


def unlogged(kept: Mapping[str, Any]) -> dict[str, str]:
    """The same back again."""
    fields = {label: name for name, label in LOGGED.items()}
    return {
        fields.get(name, name): str(each["id"] if isinstance(each, Mapping) else each)
        for name, each in kept.items()
    }
