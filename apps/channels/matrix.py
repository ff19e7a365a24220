"""What each role may do in a channel, as single cells: `member/send_message`.

A super admin may do everything, so there is no set of theirs. One sets only what roles below one's own
may do, and of that only what one may do oneself: who asks Zoho is whoever connects the portal.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString

from apps.channels.models import Channel, MemberRole
from apps.connections.mirror import fold
from apps.console import matrix
from apps.console.matrix import DISABLED, ENABLED, SWITCH

Sets = Mapping[str, Mapping[str, bool]]
ROLES = {MemberRole.ADMIN: "Admins", MemberRole.MODERATOR: "Moderators", MemberRole.MEMBER: "Members"}
# Who can set what a role may do.
SETTERS = {
    MemberRole.ADMIN: "set by super admins only",
    MemberRole.MODERATOR: "set by admins and above",
    MemberRole.MEMBER: "set by moderators and above",
}
OTHER = "Other"
GROUPS: Mapping[str, Mapping[str, str]] = {
    "Messages": {
        "send_message": "Send messages",
        "post_reply": "Post replies",
        "edit_my_msg": "Edit their own messages",
        "delete_my_msg": "Delete their own messages",
        "delete_others_message": "Delete others’ messages",
        "clear_all_messages": "Clear all messages",
        "sticky_message": "Set a sticky message",
        "close_thread": "Close threads",
    },
    "Mentions": {
        "mention_users": "Mention people",
        "special_mentions": "Mention many at once, as @all does",
    },
    "People": {
        "add_participant": "Add people",
        "remove_participant": "Remove people",
        "leave_channel": "Leave the channel",
    },
    "Calls": {
        "audio_conference": "Start an audio conference",
        "video_conference": "Start a video conference",
        "prime_time": "Use Prime Time",
    },
    "The channel itself": {
        "edit_channel_info": "Edit the channel’s information",
        "archive_channel": "Archive the channel",
        "unarchive_channel": "Open the archived channel again",
        "delete_channel": "Delete the channel",
    },
}
LABELS = {name: label for names in GROUPS.values() for name, label in names.items()}


@dataclass(frozen=True, slots=True)
class Cell:
    """Whether a role may do one thing."""

    role: str
    name: str
    value: str

    @property
    def key(self) -> str:
        """Role and permission."""
        return f"{self.role}/{self.name}"

    @property
    def title(self) -> str:
        """Role and permission in words."""
        return f"{ROLES[MemberRole(self.role)]}: {words(self.name)}"

    def spoken(self, value: str) -> str:
        """On or Off."""
        return SWITCH.get(value, value)

    def canonical(self, text: str) -> str:
        """On or Off, nothing else."""
        if text.strip() not in SWITCH:
            raise ValueError("Choose On or Off.")
        return text.strip()


@dataclass(frozen=True, slots=True)
class Row:
    """One permission and its controls, one a role."""

    label: str
    search: str
    cells: list[SafeString]


@dataclass(frozen=True, slots=True)
class Group:
    """Permissions under one heading."""

    title: str
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Column:
    """A role's heading, and who can set it where that is not the portal."""

    label: str
    why: str


def words(name: str) -> str:
    """A permission as a person reads it; one that nobody has heard of by its own name."""
    return LABELS.get(name) or name.replace("_", " ").strip().capitalize() or name


def grouped(sets: Sets) -> dict[str, list[str]]:
    """Every permission that any role's set names, in groups; no group is empty."""
    named = dict.fromkeys(name for given in sets.values() for name in given)
    found = {title: [name for name in names if name in named] for title, names in GROUPS.items()}
    found[OTHER] = sorted(name for name in named if name not in LABELS)
    return {title: names for title, names in found.items() if names}


def cells(sets: Sets) -> dict[str, Cell]:
    """Every cell by its key, permission by permission."""
    names = [name for group in grouped(sets).values() for name in group]
    found = [
        Cell(role.value, name, ENABLED if sets[role][name] else DISABLED)
        for name in names
        for role in ROLES
        if name in sets.get(role, {})
    ]
    return {cell.key: cell for cell in found}


def values(sets: Sets) -> dict[str, bool]:
    """Whether it is allowed, by the key of every cell."""
    return {key: cell.value == ENABLED for key, cell in cells(sets).items()}


def changed(sets: Sets, after: Mapping[str, bool]) -> dict[str, dict[str, bool]]:
    """The sets with these cells changed."""
    found = {role: dict(given) for role, given in sets.items()}
    for key, allowed in after.items():
        role, _, name = key.partition("/")
        found.setdefault(role, {})[name] = allowed
    return found


def wire(after: Mapping[str, bool]) -> dict[str, dict[str, bool]]:
    """The body of one call that makes these changes, and nothing else."""
    return {f"{role}_permission": given for role, given in changed({}, after).items()}


def is_above(channel: Channel, role: str) -> bool:
    """Whether a role is not below that of whoever connects the portal; not where they are in no role."""
    order = MemberRole.values
    return channel.own_role in order and order.index(role) <= order.index(channel.own_role)


def is_withheld(channel: Channel, name: str) -> bool:
    """Whether the role of whoever connects the portal may not do this itself."""
    return channel.permissions.get(channel.own_role, {}).get(name) is False


def settable(channel: Channel, cell: Cell) -> bool:
    """Whether Zoho lets whoever connects the portal set this; where they are no member, it alone knows."""
    if channel.is_archived or channel.gone_at is not None:
        return False
    return not is_above(channel, cell.role) and not is_withheld(channel, cell.name)


def columns(channel: Channel, *, editing: bool) -> list[Column]:
    """The headings; with the reason where somebody may edit and Zoho would not take it."""
    return [
        Column(label, SETTERS[role] if editing and is_above(channel, role) else "")
        for role, label in ROLES.items()
    ]


def drawn(
    channel: Channel, controls: Iterable[str], *, editing: bool, wanted: Mapping[str, str], search: str
) -> list[Group]:
    """Every permission in its group; with `search` those whose names hold all its words.

    `controls` are the keys of the cells that can be changed; with `editing` the others say why not.
    """
    known, may = cells(channel.permissions), set(controls)
    found = []
    for title, names in grouped(channel.permissions).items():
        rows = []
        for name in names:
            text = fold(name, words(name), title)
            if all(word in text for word in fold(search).split()):
                its = [known.get(f"{role.value}/{name}") for role in ROLES]
                drawings = [_drawn(channel, cell, may, editing, wanted) for cell in its]
                rows.append(Row(words(name), text, drawings))
        if rows:
            found.append(Group(title, rows))
    return found


def _drawn(
    channel: Channel, cell: Cell | None, controls: set[str], editing: bool, wanted: Mapping[str, str]
) -> SafeString:
    if cell is None:
        return matrix.NONE
    if cell.key in controls:
        return matrix.switch(cell, wanted.get(cell.key, cell.value))
    shown = matrix.fixed(cell, cell.value)
    if not editing or is_above(channel, cell.role) or not is_withheld(channel, cell.name):
        return shown
    own = ROLES[MemberRole(channel.own_role)].lower()
    return format_html('{}<span class="matrix-why">{} may not</span>', shown, own)
