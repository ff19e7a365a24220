"""What each role may do in one channel, as one matrix."""

from collections.abc import Mapping
from typing import Any

from apps.channels import jobs, matrix
from apps.channels.matrix import Cell
from apps.channels.models import Channel, MemberRole
from apps.channels.services import permissions, reading
from apps.channels.views.common import ACTIVE, event_of, found, present, url
from apps.connections import selectors as connections
from apps.connections.clients import client
from apps.console.matrix import Saved
from apps.console.views import MatrixFreshView, MatrixView
from apps.core.permissions import Permission

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


class PermissionsView(MatrixView):
    """Every permission, one column a role."""

    permission, edit = Permission.CHANNELS_VIEW, Permission.CHANNELS_EDIT
    active, template_name = ACTIVE, "channels/permissions.html"
    description = "What admins, moderators and members may do in it. A super admin may do everything."
    object: Channel

    def get_object(self) -> Channel:
        """By Zoho's id, also one that is gone."""
        return found(self.kwargs["cliq_id"])

    def get_changeable(self) -> Channel:
        """One that Zoho still has."""
        return present(self.kwargs["cliq_id"])

    def get_cells(self) -> dict[str, Cell]:
        """As the mirror has them."""
        return matrix.cells(self.object.permissions)

    def get_controls(self) -> dict[str, Cell]:
        """What Zoho lets whoever connects the portal set."""
        if not self.may(self.edit):
            return {}
        return {key: cell for key, cell in self.get_cells().items() if matrix.settable(self.object, cell)}

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

    def read_first(self) -> str:
        """What was never read is read first."""
        never = not self.object.permissions and self.object.gone_at is None
        return reading.refresh_facts(self.object) if never else ""

    def read(self) -> None:
        """One call."""
        permissions.read(self.object, client(interactive=True))

    def update(self, wanted: Mapping[str, str], shown: Mapping[str, str], reason: str) -> Saved:
        """One call for one save."""
        return self.carry(jobs.PERMISSIONS, self.object, wanted, shown=shown, reason=reason)

    def get_event_url(self, event: int | None) -> str:
        """For those who may read the log."""
        return event_of(self.request.administrator, event)


class FreshView(MatrixFreshView):
    """Reads the channel again."""

    permission = Permission.CHANNELS_VIEW

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Compares before and after."""
        channel = found(self.kwargs["cliq_id"])
        before = matrix.cells(channel.permissions)
        problem = reading.refresh_facts(channel)
        told = self.differing(before, matrix.cells(channel.permissions), problem)
        return super().get_context_data(page_url=url("permissions", channel), **told, **kwargs)
