"""What each role may do in one channel, as one matrix."""

from collections.abc import Mapping
from typing import Any

from apps.channels import jobs, matrix
from apps.channels.matrix import Cell
from apps.channels.models import Channel, MemberRole
from apps.channels.services import permissions, reading
from apps.channels.views.common import ACTIVE, found, present, url
from apps.connections import selectors as connections
from apps.connections.clients import client
from apps.console.views import MatrixFreshView, MatrixView, OfMatrix
from apps.core.permissions import Permission
from apps.directory.facts import event_of

OWN = {
    MemberRole.ADMIN: "is an admin of this channel. Zoho lets them set what moderators and members may do, "
    "and of that only what admins may do themselves.",
    MemberRole.MODERATOR: "is a moderator of this channel. Zoho lets them set what members may do, and of "
    "that only what moderators may do themselves.",
    MemberRole.MEMBER: "is a member of this channel, so Zoho lets the portal set nothing here. Make them an "
    "admin of the channel first.",
}
OUTSIDE = (
    "is not in this channel. Zoho does not say whether it takes changes from outside: if it refuses, "
    "nothing is changed and you are told."
)


class OfChannel(OfMatrix):
    """What both pages ask of a channel."""

    permission = Permission.CHANNELS_VIEW

    def find(self, cliq_id: str) -> Channel:
        """Also one that is gone."""
        return found(cliq_id)

    def cells_of(self, thing: Channel) -> dict[str, Cell]:
        """As the mirror has them."""
        return matrix.cells(thing.permissions)

    def refresh(self, thing: Channel) -> str:
        """One call."""
        return reading.refresh_facts(thing)


class PermissionsView(OfChannel, MatrixView):
    """Every permission, one column a role."""

    edit, write = Permission.CHANNELS_EDIT, jobs.PERMISSIONS
    active, template_name = ACTIVE, "channels/permissions.html"
    description = "What admins, moderators and members may do in it. A super admin may do everything."
    object: Channel

    def get_changeable(self) -> Channel:
        """One that Zoho still has."""
        return present(self.kwargs["cliq_id"])

    def get_controls(self) -> dict[str, Cell]:
        """What Zoho lets whoever connects the portal set."""
        if not self.may(self.edit):
            return {}
        return {
            key: cell
            for key, cell in self.cells_of(self.object).items()
            if matrix.settable(self.object, cell)
        }

    def get_matrix(self, wanted: Mapping[str, str], search: str) -> dict[str, Any]:
        """Permissions in their groups."""
        channel, editing = self.object, self.may(self.edit)
        groups = matrix.drawn(channel, self.get_controls(), editing=editing, wanted=wanted, search=search)
        check = channel.gone_at is None and not reading.is_recent(channel)
        return {
            "groups": groups,
            "columns": matrix.columns(channel, editing=editing),
            "rows": sum(len(names) for names in matrix.grouped(channel.permissions).values()),
            "matching": sum(len(group.rows) for group in groups),
            "noun": "permissions",
            "fresh": channel.read_at,
            "fresh_url": url("permissions-fresh", channel) if check else "",
            "limits": self.get_limits() if editing else "",
        }

    def get_limits(self) -> str:
        """Why not everything can be set, and what to do about it."""
        channel = self.object
        if channel.gone_at is not None:
            return "Zoho no longer has this channel. Shown is what the portal knew last."
        if channel.is_archived:
            return "This channel is archived: open it again before changing what people may do in it."
        if channel.own_role == MemberRole.SUPER_ADMIN:
            return ""
        grant = connections.latest_grant()
        holder = grant.holder_name if grant else "Whoever connects the portal to Zoho"
        own = OWN[MemberRole(channel.own_role)] if channel.own_role in MemberRole.values else OUTSIDE
        return f"{holder} holds the portal's connection to Zoho and {own}"

    def never_read(self) -> bool:
        """A list may name a channel without them."""
        return not self.object.permissions and self.object.gone_at is None

    def read(self) -> None:
        """One call."""
        permissions.read(self.object, client(interactive=True))

    def get_event_url(self, event: int | None) -> str:
        """For those who may read the log."""
        return event_of(self.request.administrator, event)


class FreshView(OfChannel, MatrixFreshView):
    """Reads the channel again."""

    def get_page_url(self, thing: Channel) -> str:
        """The matrix."""
        return url("permissions", thing)
