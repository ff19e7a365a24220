"""Every reply holds what Zoho's OpenAPI files print, and nothing that only we made up."""

import json
from pathlib import Path
from typing import Any

import pytest
import requests

from apps.cliq.catalogue import CATALOGUE
from apps.sandbox import cast
from apps.sandbox.urls import HANDLERS

DISTILLATE = Path(__file__).resolve().parents[1] / "cliq" / "distillate"
PERSON = f"/users/{cast.MEMBER.zuid}"
ENGINEERING = "/departments/1901318000001424003"
WRITER = "/designations/1901318000001072007"
SHIFT, EMPLOYMENT = "/userfields/1901318000001264027", "/userfields/1901318000001264033"
INTERNS = "/profiles/1901318000000004053"
CHANNEL = "/channels/O1775998000013036075"
WAITING = "/channels/O1775998000013036101"
MESSAGE_TO = f"/buddies/{cast.MEMBER.email}/message"
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
    "channels.list": ("/channels?limit=5", None, ()),
    "channels.get": (CHANNEL, None, ()),
    "channels.create": (
        "/channels",
        {"name": "Poets", "level": "private", "description": "Rhymes", "image_data": "aGVsbG8="},
        (),
    ),
    "channels.update": (CHANNEL, {"description": "News"}, ()),
    "channels.update_permissions": (CHANNEL, {"member_permission": {"send_message": False}}, ()),
    "channels.join": (f"{CHANNEL}/join", None, ()),
    "channels.members": (f"{CHANNEL}/members", None, ()),
    "threads.auto_follow": (CHANNEL, {"auto_follow_threads": "enable"}, ()),
    "custom_domain.add": ("/customdomain", {"name": "chat.zylker.org"}, ()),
    "mail.get": ("/mailconfigurations/global", None, ()),
    "mail.update": (
        "/mailconfigurations/global",
        {"name": "Zylker", "email_id": "cliq@zylker.org", "cname_status": "verified"},
        (),
    ),
    "messages.post_to_user": (MESSAGE_TO, {"text": "Hi", "sync_message": True}, ()),
}

# Exports as JSON: path, fields.
EXPORTS = {
    "maintenance.chats": ("/chats", "title,chat_id"),
    "maintenance.channels": ("/channels", "name,channel_id,participant_count"),
    "maintenance.members": ("/chats/1775998000013036075/members", "name,email_id"),
    "maintenance.messages": ("/chats/1277744317795524701/messages", ""),
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
    "channels.delete": (CHANNEL, None),
    "channels.approve": (WAITING + "/approve", None),
    "channels.reject": (WAITING + "/reject", None),
    "channels.archive": (f"{CHANNEL}/archive", None),
    "channels.add_members": (f"{CHANNEL}/members", SOME),
    "channels.remove_members": (f"{CHANNEL}/members", SOME),
    "channels.add_bot": ("/bots/standupbot/associate", {"channel_unique_name": "announcements"}),
    "teams.delete": ("/teams/655249742", None),
}

# Operation and why its documented shape is not compared.
ELSEWHERE = {
    "users.update": "OpenAPI prints the reply of adding; the text's is asserted in test_users_update",
    "status.of_user": "OpenAPI prints one's own status; the text's is asserted in test_quirks",
    "users.teams": "the file shows another reply; the text's is asserted in test_teams",
    "teams.list": "there is no OpenAPI file of teams; the text's replies are asserted in test_teams",
    "teams.get": "as teams.list",
    "teams.create": "as teams.list",
    "teams.update": "as teams.list",
    "teams.members": "as teams.list",
    "teams.add_members": "as teams.list",
    "teams.remove_member": "as teams.list",
    "channels.unarchive": "needs an archived channel; asserted in test_channels_decide",
    "channels.leave": "needs a member who can leave; asserted in test_channels_decide",
    "channels.remove_member": "needs a member; asserted in test_channel_members",
    "channels.update_member_role": "needs a member; asserted in test_channel_members",
    "custom_domain.get": "there is none at first; asserted in test_organization",
    "custom_domain.verify": "as custom_domain.get",
    "custom_domain.delete": "as custom_domain.get",
    "messages.post_to_chat": "needs a chat; asserted in test_messages",
    "messages.post_to_channel_by_name": "needs a member; asserted in test_messages",
    "v3_messages.delete_many": "there is no OpenAPI file of version 3; asserted in test_messages",
    "v3_messages.search": "as v3_messages.delete_many",
    "roles.permissions": "modules are keys; asserted in test_permissions",
}


def documented(operation: str) -> list[set[str]]:
    """What the files print for the operation's method and path; some print it in two modules."""
    endpoint = CATALOGUE[operation]
    path = endpoint.path.removeprefix("/api/v2")
    found = [
        set(one["response"])
        for file in DISTILLATE.glob("*.json")
        for one in json.loads(file.read_text(encoding="utf-8"))
        if (one["method"], one["path"].partition("?")[0].casefold()) == (endpoint.method, path)
    ]
    assert found, f"no file prints {operation}"
    return found


def keys(
    found: object, above: str = "", opaque: tuple[str, ...] = ("custom_attributes", "failed_users", "teams")
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
def test_the_reply_is_as_documented(admin, control, operation):
    path, body, more = CALLS[operation]
    reply = admin.request(CATALOGUE[operation].method, path, json=body)
    assert reply.status_code == 200
    assert keys(reply.json()) - set(more) in documented(operation)
    entered = {entry.operation for entry in control.journal()}
    assert entered == ({operation} if CATALOGUE[operation].writes else set())


@pytest.mark.parametrize("operation", EXPORTS)
def test_the_export_is_as_documented(admin, control, operation):
    control.option("export_form", "json")
    path, fields = EXPORTS[operation]
    params = {"fields": fields} if fields else {}
    url = f"{control.url}/maintenanceapi/v2{path}"
    reply = requests.get(url, params=params, headers=dict(admin.headers), timeout=30)
    assert keys(reply.json()) in documented(operation)


@pytest.mark.parametrize("operation", SILENT)
def test_the_reply_is_empty(admin, control, operation):
    path, body = SILENT[operation]
    reply = admin.request(CATALOGUE[operation].method, path, json=body)
    assert (reply.status_code, reply.content) == (204, b"")
    assert {entry.operation for entry in control.journal()} == {operation}


def test_every_operation_is_compared_or_said_why_not():
    assert set(CALLS) | set(EXPORTS) | set(SILENT) | set(ELSEWHERE) == set(HANDLERS)
