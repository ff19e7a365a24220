"""What may be written into a channel: attributes, permission sets, configuration, members."""

import json
from typing import Any

from apps.sandbox import channels, members, texts
from apps.sandbox.call import Call
from apps.sandbox.channels import Row
from apps.sandbox.exceptions import Malformed, NotAllowed

NAME_LENGTH = 50
DESCRIPTION_LENGTH = 10_500
IMAGE_LENGTH = 8_000_000
MOST_AT_ONCE = 100
SETS = tuple(f"{role}_permission" for role in channels.SETS)
CONFIG = {
    "reply_mode": ("normal_reply", "threads", "both"),
    "leave_join_info": ("enable", "disable"),
    "add_remove_info": ("enable", "disable"),
    "meeting_chat_type": ("channel", "thread", "host_choice"),
}


def name(given: dict[str, Any]) -> str:
    """The name without the sign that replies put before it."""
    found = texts.name(given, NAME_LENGTH + 1).removeprefix("#").strip()
    if not found or len(found) > NAME_LENGTH:
        raise Malformed("The parameter name is missing or too long.")
    return found


def unique_name(call: Call, wanted: str) -> str:
    """Letters and digits of the name, numbered where another channel has them."""
    plain = "".join(letter for letter in wanted.lower() if letter.isalnum()) or "channel"
    taken = {row["unique_name"] for row in call.db.execute("SELECT unique_name FROM channels")}
    found, number = plain, 1
    while found in taken:
        found, number = f"{plain}{number}", number + 1
    return found


def description(given: dict[str, Any], before: str = "") -> str:
    """What the channel is for."""
    return texts.text(given, "description", DESCRIPTION_LENGTH, before)


def has_image(given: dict[str, Any], before: int = 0) -> int:
    """Whether there is a picture; what it shows is not kept."""
    return int(bool(texts.text(given, "image_data", IMAGE_LENGTH))) if "image_data" in given else before


def config(given: dict[str, Any], before: str = "{}") -> str:
    """The configuration as JSON."""
    found = given.get("config", {})
    if not isinstance(found, dict) or set(found) - set(CONFIG):
        raise Malformed("The parameter config is not valid.")
    for key in found:
        texts.word(found, key, CONFIG[key])
    return json.dumps(json.loads(before) | found)


def level(given: dict[str, Any]) -> str:
    """The level, with what belongs to it: teams to `team`, `invite_only` to `organization` and `team`."""
    found = texts.word(given, "level", tuple(channels.LEVELS))
    if (found == "team") != bool(given.get("team_ids")):
        raise Malformed("The parameter team_ids is for channels of teams, and mandatory there.")
    if texts.flag(given, "invite_only") and found not in ("organization", "team"):
        raise Malformed("The parameter invite_only is for channels of the organization and of teams.")
    return found


def team_ids(call: Call, given: dict[str, Any]) -> str:
    """The teams of a team's channel, as JSON."""
    values = given.get("team_ids", [])
    if not isinstance(values, list):
        raise Malformed("The parameter team_ids is not a list.")
    known = {
        str(row["id"])
        for row in call.db.execute("SELECT id FROM teams WHERE organization_id = ?", (call.organization_id,))
    }
    if any(str(value) not in known for value in values):
        raise Malformed("A team does not exist.")
    return json.dumps([int(value) for value in values])


def permissions(call: Call, row: Row | None, given: dict[str, Any]) -> str:
    """The permission sets as JSON; a Refusal where the caller may not set one so.

    One sets the permissions of roles below one's own only, and of those only what one holds oneself.
    """
    changes: dict[str, dict[str, bool]] = json.loads(row["permissions"]) if row else {}
    present = channels.permission_sets(row) if row else {}
    own = (channels.role_in(call, row) if row else "") or "super_admin"
    for role in channels.SETS:
        wanted = given.get(f"{role}_permission", {})
        if not isinstance(wanted, dict) or set(wanted) - set(channels.PERMISSIONS):
            raise Malformed(f"The parameter {role}_permission is not valid.")
        for permission in wanted:
            value = texts.flag(wanted, permission)
            if present and value != present[role][permission]:
                _demand_rank(own, role, permission, present)
            changes.setdefault(role, {})[permission] = value
    return json.dumps(changes)


def _demand_rank(own: str, role: str, permission: str, present: dict[str, dict[str, bool]]) -> None:
    if channels.RANKS[role] >= channels.RANKS[own]:
        raise NotAllowed(f"You cannot edit the permissions of the role {role}.")
    if own != "super_admin" and not present[own][permission]:
        raise NotAllowed(f"You do not have the permission {permission} yourself.")


def named(call: Call, given: dict[str, Any], channel_level: str) -> list[int]:
    """People by id and address; an external channel takes those of other organisations too."""
    outside = channel_level == "external"
    return members.named(call, given, "user_ids", "email_ids", largest=MOST_AT_ONCE, anywhere=outside)


def join(call: Call, seq: int, user_ids: list[int], role: str = "member") -> None:
    """Make people members; whoever is one already keeps their role."""
    call.db.executemany(
        "INSERT OR IGNORE INTO channel_members VALUES (?, ?, ?)",
        ((seq, user_id, role) for user_id in user_ids),
    )


def leave(call: Call, row: Row, user_ids: list[int]) -> int:
    """Take people out, but never the last super admin; how many were in."""
    left = 0
    for user_id in user_ids:
        if channels.role_in(call, row, user_id) == "super_admin" and last_super_admin(call, row):
            raise NotAllowed("The channel would be left without a super admin.")
        left += call.db.execute(
            "DELETE FROM channel_members WHERE seq = ? AND user_id = ?", (row["seq"], user_id)
        ).rowcount
    return left


def last_super_admin(call: Call, row: Row) -> bool:
    """Whether there is but one super admin."""
    found = call.db.execute(
        "SELECT count(*) AS n FROM channel_members WHERE seq = ? AND role = 'super_admin'", (row["seq"],)
    ).fetchone()
    return int(found["n"]) < 2
