"""Roles, which the API calls profiles; administrators only."""

from typing import Any

from apps.sandbox import shapes
from apps.sandbox.call import Call
from apps.sandbox.exceptions import Malformed

# Module, is an admin module, actions.
MODULES = (
    ("extensions", True, ("manage",)),
    ("user_status", False, ()),
    ("group_audio_call", False, ("forward_recordings", "start", "download_recordings")),
    ("organisation_member", True, ("attachments", "invite")),
    ("direct_message", False, ("send",)),
    ("channels", False, ("create", "archive")),
)
REPLY_CONFIG = {
    "name": "profile_based_restricted_reply_time_frame",
    "label": "Restricted reply time frame",
    "type": "number",
    "value": 345600000,
}


def _one(call: Call) -> Any:
    call.demand_admin()
    row = call.db.execute(
        "SELECT * FROM roles WHERE id = ? AND organization_id = ?",
        (call.path["profile_id"], call.organization_id),
    ).fetchone()
    if row is None:
        raise Malformed("The profile does not exist.")
    return row


def list_roles(call: Call) -> dict[str, Any]:
    """All roles of the organisation."""
    call.demand_admin()
    rows = call.db.execute(
        "SELECT * FROM roles WHERE organization_id = ? ORDER BY CAST(id AS INTEGER)", (call.organization_id,)
    )
    return {"data": [shapes.role(row) for row in rows]}


def get_role(call: Call) -> dict[str, Any]:
    """One role."""
    return {"data": shapes.role(_one(call))}


def role_users(call: Call) -> dict[str, Any]:
    """The ids of everybody in a role: no paging is documented."""
    rows = call.db.execute("SELECT id FROM people WHERE role_id = ? ORDER BY id", (_one(call)["id"],))
    return {"data": [{"user_id": str(row["id"])} for row in rows]}


def role_permissions(call: Call) -> list[dict[str, Any]]:
    """What a role may do: real replies are a list of one object, not the object of the reference."""
    plain = _one(call)["profile_type"] == "Members"
    modules: dict[str, Any] = {}
    for name, for_admins, actions in MODULES:
        status = "disabled" if plain and for_admins else "enabled"
        modules[name] = {"is_admin_module": for_admins, "status": status}
        if actions:
            modules[name]["actions"] = dict.fromkeys(actions, status)
    modules["direct_message"]["configs"] = [REPLY_CONFIG]
    return [modules]
