"""Every reply holds what Zoho's OpenAPI files print, and nothing that only we made up."""

import json
from pathlib import Path
from typing import Any

import pytest

from apps.cliq.catalogue import CATALOGUE
from apps.sandbox import cast
from apps.sandbox.urls import HANDLERS

DISTILLATE = Path(__file__).resolve().parents[1] / "cliq" / "distillate"
PERSON = f"/users/{cast.MEMBER.zuid}"
ENGINEERING = "/departments/1901318000001424003"
WRITER = "/designations/1901318000001072007"
SHIFT, EMPLOYMENT = "/userfields/1901318000001264027", "/userfields/1901318000001264033"
INTERNS = "/profiles/1901318000000004053"
LED = {"lead_zuid": cast.ADMIN.zuid, "parent_department_id": "1901318000001424001"}
SOME = {"user_ids": [cast.MEMBER.zuid]}
OPTIONS = ("list.options", "list.options.id", "list.options.name")

# Operation: path, body, keys that the reference's text shows and OpenAPI lacks.
CALLS: dict[str, tuple[str, Any, tuple[str, ...]]] = {
    "users.list": ("/users?limit=5", None, ()),
    "users.get": (f"{PERSON}?fields=all", None, ("custom_attributes",)),
    "users.add": ("/users", {"users": [{"email_id": "amy@zylker.com"}]}, ()),
    "users.layout": ("/users/layout", None, ()),
    "departments.list": ("/departments?limit=5", None, ()),
    "departments.get": (ENGINEERING, None, ()),
    "departments.create": ("/departments", LED | {"name": "Labs"}, ()),
    "departments.update": (ENGINEERING, {"name": "Labs"}, ()),
    "departments.members": (f"{ENGINEERING}/members", None, ()),
    "designations.list": ("/designations", None, ()),
    "designations.get": (WRITER, None, ()),
    "designations.create": ("/designations", {"name": "Poet"}, ()),
    "designations.update": (WRITER, {"name": "Poet"}, ()),
    "designations.members": (f"{WRITER}/members?limit=100", None, ()),
    "userfields.list": ("/userfields", None, OPTIONS),
    "userfields.get": (SHIFT, None, ()),
    "userfields.create": ("/userfields", {"name": "Vaccinated", "type": "drop_down", "options": ["Yes"]}, ()),
    "userfields.update": (EMPLOYMENT, {"name": "Contract"}, ()),
    "roles.list": ("/profiles", None, ()),
    "roles.get": (INTERNS, None, ()),
    "roles.create": ("/profiles", {"name": "Kings", "profile_type": "Admin", "description": "Few"}, ()),
    "roles.users": ("/profiles/1901318000000004047/users", None, ()),
}

# Operations that are answered 204, where OpenAPI declares a 200 with «Response Code»: path, body.
SILENT: dict[str, tuple[str, Any]] = {
    "departments.delete": ("/departments/1901318000001424005", None),
    "departments.add_members": (f"{ENGINEERING}/members", SOME),
    "departments.remove_members": (f"{ENGINEERING}/members", SOME),
    "designations.delete": (WRITER, None),
    "designations.add_members": (f"{WRITER}/members", SOME),
    "designations.remove_members": (f"{WRITER}/members", SOME),
    "userfields.delete": (SHIFT, None),
    "roles.update": (INTERNS, {"name": "Trainees"}),
    "roles.delete": (INTERNS, None),
    "roles.add_users": (f"{INTERNS}/users", SOME),
    "roles.remove_users": (f"{INTERNS}/users", SOME),
    "roles.update_permissions": (
        f"{INTERNS}/permissions",
        {"list": [{"module": "video_call", "status": "disabled"}]},
    ),
}

# Operation and why its documented shape is not compared.
ELSEWHERE = {
    "users.update": "OpenAPI prints the reply of adding; the text's is asserted in test_users_update",
    "users.teams": "an empty list has no keys",
    "roles.permissions": "modules are keys; asserted in test_permissions",
}


def documented(operation: str) -> set[str]:
    endpoint = CATALOGUE[operation]
    path = endpoint.path.removeprefix("/api/v2")
    for file in DISTILLATE.glob("*.json"):
        for found in json.loads(file.read_text(encoding="utf-8")):
            if found["method"] == endpoint.method and found["path"].casefold() == path:
                return set(found["response"])
    raise LookupError(operation)


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
    path, body, more = CALLS[operation]
    reply = admin.request(CATALOGUE[operation].method, path, json=body)
    assert reply.status_code == 200
    assert keys(reply.json()) - set(more) == documented(operation)


@pytest.mark.parametrize("operation", SILENT)
def test_the_reply_is_empty(admin, control, operation):
    path, body = SILENT[operation]
    reply = admin.request(CATALOGUE[operation].method, path, json=body)
    assert (reply.status_code, reply.content) == (204, b"")
    assert {entry.operation for entry in control.journal()} == {operation}


def test_every_operation_is_compared_or_said_why_not():
    assert set(CALLS) | set(SILENT) | set(ELSEWHERE) == set(HANDLERS)
