"""Users: list, one, add, update, teams, layouts."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from apps.sandbox import options, people, profiles, shapes, structure
from apps.sandbox.call import Call
from apps.sandbox.exceptions import Malformed, NotAllowed, ScopeInvalid
from apps.sandbox.responses import teams
from apps.sandbox.scopes import covers

EXTRA_FIELDS = ("display_name", "mobile", "department", "designation")
LIVE = (
    ("available", "web", "Opportunities don't happen. You create them."),
    ("busy", "web", "In a meeting"),
    ("available", "mobile", ""),
    ("invisible", "", ""),
    ("idle", "web", "Lunch"),
)
PHOTO_SCOPE = "Profile.orguserphoto.UPDATE"


def _fields(call: Call) -> set[str]:
    asked = {name.strip() for name in call.params.get("fields", "").split(",")} - {""}
    if asked - {"all", *EXTRA_FIELDS}:
        raise Malformed("The parameter fields is not valid.")
    return asked


def _item(call: Call, row: Any, fields: set[str]) -> dict[str, Any]:
    """Seven fields, and those that were asked for."""
    found = shapes.brief(row)
    if not fields:
        return found
    full = shapes.profile(call.db, row)
    if "all" in fields:
        return found | full | {"custom_attributes": shapes.custom_attributes(call.db, row)}
    return found | {name: full[name] for name in EXTRA_FIELDS if name in fields and name in full}


def _modified_after(call: Call) -> float | None:
    text = call.params.get("modified_after", "")
    if not text:
        return None
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        raise Malformed("The parameter modified_after is not a timestamp.") from None
    return (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp()


def list_users(call: Call) -> dict[str, Any]:
    """A page of people with `next_token` and `has_more`."""
    fields = _fields(call)
    call.choice("sort_by", ("usage",))
    query = people.Query(
        organization_id=call.organization_id,
        status=call.choice("status", people.STATUSES),
        search=call.params.get("search", ""),
        plan_type=call.choice("plan_type", ("paid", "free")),
        modified_after=_modified_after(call),
        after=call.after(),
        limit=call.limit(default=100, largest=100),
    )
    rows = people.page(call.db, query)
    shown, more = rows[: query.limit], len(rows) > query.limit
    reply: dict[str, Any] = {"next_token": call.next_token(shown[-1]["id"])} if more else {}
    return reply | {"has_more": more, "data": [_item(call, row, fields) for row in shown]}


def _found(call: Call) -> Any:
    row = people.by_id(call.db, call.path["user_id"], call.organization_id)
    if row is None:
        raise NotAllowed("The user does not belong to your organization.")
    return row


def get_user(call: Call) -> dict[str, Any]:
    """One person; without `fields` the seven of a list, with `fields=all` all."""
    row, fields = _found(call), _fields(call)
    if "all" in fields:
        return {
            "data": shapes.profile(call.db, row),
            "custom_attributes": shapes.custom_attributes(call.db, row),
        }
    return {"data": _item(call, row, fields)}


def which(params: Mapping[str, str], body: bytes) -> str:
    """Whether `GET /users/{id}` asks for the person or for their status."""
    return "status.of_user" if params.get("fields") == "chat_status" else "users.get"


def live_status(call: Call) -> dict[str, Any]:
    """What one person does at the moment, as others see it: made up from their number."""
    row = _found(call)
    if row["status"] not in ("active", "imported_active"):
        return {"data": {"state": "offline", "activity": "", "text": ""}}
    state, activity, text = LIVE[row["id"] % len(LIVE)]
    return {"data": {"state": state, "activity": activity, "text": text}}


def add_users(call: Call) -> dict[str, Any]:
    """Invite a list of people, each with an outcome of their own."""
    call.demand_admin()
    users = call.json().get("users")
    if not isinstance(users, list) or not users:
        raise Malformed("The parameter users is missing or empty.")
    _demand_photo_scope(call, users)
    added, refused = people.add(call.db, users, call.organization_id)
    call.written += added
    already = {
        address: code
        for address, code in refused.items()
        if code in ("email.activeuser", "email.pendinguser")
    }
    failed = {address: code for address, code in refused.items() if address not in already}
    reply: dict[str, Any] = {
        "data": {"success_users": added, "failed_users": _listed(call, "failed_shape", failed)}
    }
    if already:
        place = reply["data"] if options.get(call.db, "already_place") == "data" else reply
        place["already_availableusers"] = _listed(call, "already_shape", already)
    return reply


def _listed(
    call: Call, option: str, found: dict[str, str]
) -> dict[str, str] | list[dict[str, str]] | list[str]:
    """Address to code; as a list where the option says so: of objects if failed, else of addresses."""
    if options.get(call.db, option) == "object":
        return found
    if option == "already_shape":
        return list(found)
    return [{"email_id": address, "code": code} for address, code in found.items()]


def _demand_photo_scope(call: Call, users: list[Any]) -> None:
    pictured = any(isinstance(user, dict) and "image_data" in user for user in users)
    if pictured and not covers(call.scopes, PHOTO_SCOPE):
        raise ScopeInvalid


def update_user(call: Call) -> dict[str, Any]:
    """Change one person's profile; the custom attributes stand beside `data`."""
    row, given = _found(call), call.json()
    another = row["id"] != call.person["id"]
    if another and not (call.by_admin and options.get(call.db, "edit_others")):
        raise NotAllowed("You cannot update another user's profile.")
    if not given:
        raise Malformed("The request body is empty.")
    _demand_photo_scope(call, [given])
    columns = profiles.columns(call.db, given, call.organization_id, adding=False)
    if not call.by_admin:
        profiles.demand_editable(call.db, columns.get("custom", {}))
    row = people.change(call.db, row, columns)
    call.written.append(str(row["id"]))
    return {
        "data": shapes.profile(call.db, row, rich_manager=True),
        "custom_attributes": shapes.custom_attributes(call.db, row),
    }


def user_teams(call: Call) -> dict[str, Any]:
    """The teams of one person, under `data`."""
    return {"data": teams.user_teams(call, _found(call)["id"])}


def layouts(call: Call) -> dict[str, Any]:
    """The sections of a profile, for each place that shows one."""
    only = call.choice("unique_name", structure.LAYOUTS)
    fields = {row["unique_name"]: row for row in call.db.execute("SELECT * FROM fields")}
    sections = [
        {
            "sequence_number": number,
            "label": label,
            "unique_name": unique_name,
            "system_defined": True,
            "fields": [
                {
                    "status": "enabled",
                    "sequence_number": place,
                    "label": fields[name]["name"],
                    "unique_name": name,
                    "system_defined": True,
                    "id": fields[name]["id"],
                }
                for place, name in enumerate(names, 1)
            ],
        }
        for number, (label, unique_name, names) in enumerate(structure.SECTIONS, 1)
    ]
    return {
        "data": [
            {"unique_name": name, "sections": sections} for name in structure.LAYOUTS if only in ("", name)
        ]
    }
