"""Every reply holds what Zoho's OpenAPI files print, and nothing that only we made up."""

import json
from pathlib import Path

import pytest

from apps.sandbox import cast
from apps.sandbox.urls import HANDLERS

DISTILLATE = Path(__file__).resolve().parents[1] / "cliq" / "distillate"
PERSON = f"/users/{cast.MEMBER.zuid}"
ADDED = {"users": [{"email_id": "amy@zylker.com"}]}

# Operation, call, path in the distillate, keys that the reference's text shows and OpenAPI lacks.
CALLS = {
    "users.list": ("GET", "/users?limit=5", "/users", ()),
    "users.get": ("GET", f"{PERSON}?fields=all", "/users/{USER_ID}", ("custom_attributes",)),
    "users.add": ("POST", "/users", "/users", ()),
    "users.layout": ("GET", "/users/layout", "/users/layout", ()),
    "departments.list": ("GET", "/departments?limit=5", "/departments", ()),
    "departments.get": ("GET", "/departments/1901318000001424003", "/departments/{DEPARTMENT_ID}", ()),
    "departments.members": (
        "GET",
        "/departments/1901318000001424003/members",
        "/departments/{DEPARTMENT_ID}/members",
        (),
    ),
    "designations.list": ("GET", "/designations", "/designations", ()),
    "designations.get": ("GET", "/designations/1901318000001072007", "/designations/{DESIGNATION_ID}", ()),
    "designations.members": (
        "GET",
        "/designations/1901318000001072007/members?limit=100",
        "/designations/{DESIGNATION_ID}/members",
        (),
    ),
    "userfields.list": (
        "GET",
        "/userfields",
        "/userfields",
        ("list.options", "list.options.id", "list.options.name"),
    ),
    "roles.list": ("GET", "/profiles", "/profiles", ()),
    "roles.get": ("GET", "/profiles/1901318000000004051", "/profiles/{PROFILE_ID}", ()),
    "roles.users": ("GET", "/profiles/1901318000000004047/users", "/profiles/{PROFILE_ID}/users", ()),
}

# Operation and why its documented shape is not compared.
ELSEWHERE = {
    "users.update": "OpenAPI prints the reply of adding; the text's is asserted in test_users_update",
    "users.teams": "an empty list has no keys",
    "userfields.get": "a drop-down's field is asserted whole in test_userfields",
    "roles.permissions": "modules are keys",
}


def documented(method: str, path: str) -> set[str]:
    for file in DISTILLATE.glob("*.json"):
        for operation in json.loads(file.read_text(encoding="utf-8")):
            if (operation["method"], operation["path"]) == (method, path):
                return set(operation["response"])
    raise LookupError(f"{method} {path}")


def keys(
    found: object, above: str = "", opaque: tuple[str, ...] = ("custom_attributes", "failed_users")
) -> set[str]:
    """Dotted names of everything in a reply; a list's items count as one."""
    if isinstance(found, list):
        return set().union(*(keys(item, above) for item in found))
    if not isinstance(found, dict):
        return set()
    names = set()
    for name, value in found.items():
        path = f"{above}.{name}" if above else name
        names |= {path} | (set() if name in opaque else keys(value, path))
    return names


@pytest.mark.parametrize("operation", CALLS)
def test_the_reply_is_as_documented(admin, operation):
    method, url, path, more = CALLS[operation]
    reply = admin.request(method, url, json=ADDED if method == "POST" else None)
    assert reply.status_code == 200
    assert keys(reply.json()) - set(more) == documented(method, path)


def test_every_operation_is_compared_or_said_why_not():
    assert set(CALLS) | set(ELSEWHERE) == set(HANDLERS)
