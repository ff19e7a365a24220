"""Every field that Zoho documents in a reply is one the portal knows by name."""

import json
from pathlib import Path

import pytest

from apps.cliq.replies import Department, Designation, Role, Team, User, UserField

DISTILLATE = Path(__file__).parent / "distillate"

# Documented, kept in `raw`, of no use by name.
UNUSED = {
    "users": set(),
    "departments": set(),
    "designations": set(),
    "userfields": {"creation_time", "last_modified_time"},
    "roles": {"creation_time", "last_modified_time"},
    "teams": {"creation_time", "organization_id"},
}


def documented(module: str, method: str, path: str, prefix: str) -> set[str]:
    """First-level field names below `prefix` of one operation's reply."""
    operations = json.loads((DISTILLATE / f"{module}.json").read_text("utf-8"))
    reply = next(each["response"] for each in operations if (each["method"], each["path"]) == (method, path))
    names = {name.removeprefix(prefix) for name in reply if name.startswith(prefix)}
    return {name for name in names if "." not in name}


@pytest.mark.parametrize(
    ("kind", "module", "method", "path", "prefix"),
    [
        (User, "users", "GET", "/users", "data."),
        (User, "users", "GET", "/users/{USER_ID}", "data."),
        (Department, "departments", "GET", "/departments", "data."),
        (Department, "departments", "GET", "/departments/{DEPARTMENT_ID}", "data."),
        (Designation, "designations", "GET", "/designations", "data."),
        (UserField, "userfields", "GET", "/userfields", "list."),
        (Role, "roles", "GET", "/profiles", "data."),
        (Team, "teams", "GET", "/users/{USER_ID}/teams", "data."),
    ],
)
def test_documented_fields_have_names(kind, module, method, path, prefix):
    found = documented("users" if module == "teams" else module, method, path, prefix)
    assert found
    assert found - kind.model_fields.keys() <= UNUSED[module]
