"""Single values of a request's body: a name, a flag, one of a few words."""

from typing import Any

from apps.sandbox.exceptions import Malformed


def name(given: dict[str, Any], longest: int, attribute: str = "name") -> str:
    """A mandatory name without blanks around it; `longest` is in characters."""
    found = text(given, attribute, longest)
    if not found:
        raise Malformed(f"The parameter {attribute} is missing or empty.")
    return found


def text(given: dict[str, Any], attribute: str, longest: int, default: str = "") -> str:
    """An optional text without blanks around it."""
    value = given.get(attribute, default)
    if not isinstance(value, str):
        raise Malformed(f"The parameter {attribute} is not a string.")
    if len(value.strip()) > longest or "\x00" in value:
        raise Malformed(f"The parameter {attribute} is too long or not valid.")
    return value.strip()


def flag(given: dict[str, Any], attribute: str, *, default: bool = False) -> bool:
    """An optional boolean."""
    value = given.get(attribute, default)
    if not isinstance(value, bool):
        raise Malformed(f"The parameter {attribute} is not a boolean.")
    return value


def word(given: dict[str, Any], attribute: str, allowed: tuple[str, ...], default: str = "") -> str:
    """One of a few words; mandatory where no default is given."""
    value = given.get(attribute, default)
    if value not in allowed:
        raise Malformed(f"The parameter {attribute} is not valid.")
    return str(value)


def pattern(search: str) -> str:
    """What is searched for as a LIKE pattern, to be escaped by a backslash."""
    return "%" + search.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
