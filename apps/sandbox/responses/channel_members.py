"""Members of channels, their roles, and bots."""

import json
from typing import Any

from apps.sandbox import channel_edits, channels, members, people, seed_channels, shapes, texts
from apps.sandbox.call import Call
from apps.sandbox.exceptions import Malformed, NotAllowed


def list_members(call: Call) -> dict[str, Any]:
    """Everybody in a channel with address and role: no paging is documented."""
    rows = call.db.execute(
        "SELECT people.*, role FROM channel_members JOIN people ON people.id = user_id"
        " WHERE seq = ? ORDER BY people.id",
        (channels.find(call)["seq"],),
    )
    found = [
        {
            "user_id": str(row["id"]),
            "email_id": row["email_id"],
            "name": shapes.full_name(row).strip() or row["display_name"],
            "user_role": row["role"],
        }
        for row in rows
    ]
    return {"members": found}


def add_members(call: Call) -> None:
    """Add up to a hundred people by ids or addresses; whoever is in already stays as they are."""
    row = _open(call, "add_participant")
    user_ids = channel_edits.named(call, call.attributes("user_ids", "email_ids"), row["level"])
    if not user_ids:
        raise Malformed("The parameter user_ids is missing or empty.")
    channel_edits.join(call, row["seq"], user_ids)
    channels.touch(call, row)
    members.record(call, row["channel_id"], user_ids)


def remove_members(call: Call) -> None:
    """Remove up to a hundred people, `silent` without telling the channel."""
    row = _open(call, "remove_participant")
    given = call.attributes("user_ids", "email_ids", "silent")
    texts.flag(given, "silent")
    user_ids = channel_edits.named(call, given, "external")
    if not user_ids:
        raise Malformed("The parameter user_ids is missing or empty.")
    channel_edits.leave(call, row, user_ids)
    channels.touch(call, row)
    members.record(call, row["channel_id"], user_ids)


def remove_member(call: Call) -> None:
    """Remove one person, by id or by address."""
    row = _open(call, "remove_participant")
    user_id = _member(call, row)
    channel_edits.leave(call, row, [user_id])
    channels.touch(call, row)
    members.record(call, row["channel_id"], [user_id])


def update_role(call: Call) -> None:
    """Give a member another role; only a super admin makes or unmakes one."""
    row, role = channels.find(call), texts.word(call.attributes("role"), "role", tuple(channels.RANKS))
    channels.demand_status(row, "created")
    user_id, own = _member(call, row), channels.role_in(call, row)
    before = channels.role_in(call, row, user_id)
    highest = channels.RANKS["super_admin" if call.by_admin else own or "member"]
    if highest < channels.RANKS["admin"] or max(channels.RANKS[role], channels.RANKS[before]) > highest:
        raise NotAllowed("You cannot change the role of a member above yours.")
    if before == "super_admin" != role and channel_edits.last_super_admin(call, row):
        raise NotAllowed("The channel would be left without a super admin.")
    call.db.execute(
        "UPDATE channel_members SET role = ? WHERE seq = ? AND user_id = ?", (role, row["seq"], user_id)
    )
    channels.touch(call, row)
    members.record(call, row["channel_id"], [user_id])


def add_bot(call: Call) -> None:
    """Let a bot take part in the channel of a unique name."""
    bot = call.path["bot_unique_name"]
    if bot not in seed_channels.BOTS:
        raise Malformed("The bot does not exist.")
    name = texts.name(call.attributes("channel_unique_name"), 100, "channel_unique_name")
    found = call.db.execute("SELECT channel_id FROM channels WHERE unique_name = ?", (name,)).fetchone()
    if found is None:
        raise Malformed("The channel does not exist.")
    row = channels.find(call, found["channel_id"])
    channels.demand_status(row, "created")
    channels.demand(call, row, "add_participant")
    bots = json.loads(row["bots"])
    channels.touch(call, row, bots=json.dumps(sorted({*bots, bot})))
    call.written.append(f"{row['channel_id']}/{bot}")


def _open(call: Call, permission: str) -> channels.Row:
    row = channels.find(call)
    channels.demand_status(row, "created")
    channels.demand(call, row, permission)
    return row


def _member(call: Call, row: channels.Row) -> int:
    """The member of the path, by id or by address."""
    key = call.path["user_id"]
    person = people.by_email(call.db, key) if "@" in key else people.by_id(call.db, key)
    if person is None or not channels.role_in(call, row, person["id"]):
        raise Malformed("The user is not a member of the channel.")
    return int(person["id"])
