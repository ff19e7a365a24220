"""What can be done to many channels of the list at once: archive, approve, reject."""

from collections.abc import Callable, Sequence
from typing import Any

from apps.channels import selectors
from apps.channels.filters import ChannelFilter
from apps.channels.models import Channel, ChannelStatus, Level
from apps.channels.services import moving, requests, telling
from apps.channels.user_bulk import JoinChannel, LeaveChannel
from apps.core.actor import Actor
from apps.core.permissions import Permission
from apps.jobs.bulk.acts import Act, Call, Selectable, Values, Verdict, register_list
from apps.jobs.bulk.kind import register_act
from apps.jobs.models import JobRow, RowAction

LIST = "channels"


class MoveMany(Act):
    """One call a channel, each judged by a reading just before it."""

    on, reads = LIST, ("channels.get",)
    before: ChannelStatus
    after: str
    already: str
    cannot: str
    carry: Callable[..., object]

    def judge(self, things: Sequence[Channel], values: Values, actor: Actor) -> list[Verdict]:
        """By where the mirror has each."""
        return [self._verdict(channel) for channel in things]

    def _verdict(self, channel: Channel) -> Verdict:
        if channel.gone_at is not None:
            return Verdict(RowAction.CANNOT, "No longer in Zoho.")
        if self.already and channel.status == self.already:
            return Verdict(RowAction.NOTHING, "So already.")
        if channel.status != self.before or (
            self.before == ChannelStatus.PENDING and channel.level != Level.ORGANIZATION
        ):
            return Verdict(RowAction.CANNOT, self.cannot)
        was = channel.status_choice.label if channel.status_choice else channel.status
        return Verdict(RowAction.UPDATE, diff=[("Status", str(was), self.after)])

    def send(self, things: Sequence[Channel], rows: Sequence[JobRow], values: Values, call: Call) -> object:
        """One call."""
        return type(self).carry(things[0], **call.keywords())


class Archive(MoveMany):
    """Closes channels for writing."""

    name, label, icon, order = "channels-archive", "Archive", "archive", 30
    permission, endpoint = Permission.CHANNELS_EDIT, "channels.archive"
    before, after, already = ChannelStatus.CREATED, "Archived", ChannelStatus.ARCHIVED
    cannot = "It still waits for approval."

    @staticmethod
    def carry(channel: Channel, **given: Any) -> object:
        """Archive one."""
        return moving.carry(channel, moving.ARCHIVE, **given)

    def consequences(self, values: Values, number: int) -> list[str]:
        """Reading stays."""
        return ["Their members can read what was written and write nothing more."]


class Approve(MoveMany):
    """Lets requested channels begin."""

    name, label, icon, order = "channels-approve", "Approve", "check-lg", 10
    permission, endpoint = Permission.CHANNELS_APPROVE, "channels.approve"
    before, after, already = ChannelStatus.PENDING, "Active", ChannelStatus.CREATED
    cannot = "It does not wait for approval."
    carry = staticmethod(requests.approve)

    def consequences(self, values: Values, number: int) -> list[str]:
        """Who gets to know."""
        return told()


class Reject(MoveMany):
    """Refuses requested channels."""

    name, label, icon, order, danger = "channels-reject", "Reject", "x-lg", 20, True
    permission, endpoint = Permission.CHANNELS_APPROVE, "channels.reject"
    before, after, already = ChannelStatus.PENDING, "Rejected", ""
    cannot = "It does not wait for approval."
    carry = staticmethod(requests.reject)

    def consequences(self, values: Values, number: int) -> list[str]:
        """Who gets to know."""
        return ["They do not begin; to have them after all, somebody has to ask again.", *told()]


def told() -> list[str]:
    """Whether requesters are told."""
    if telling.wished():
        return ["Whoever asked gets a message with the decision and the reason given here."]
    return ["Nobody is written to; the reason goes into the log."]


def register() -> None:
    """Offer them on the list of channels."""
    register_list(
        Selectable(
            LIST,
            "channels:channels",
            ("channel", "channels"),
            selectors.channels,
            ChannelFilter,
            selectors.read_at,
        )
    )
    for act in (Approve(), Reject(), Archive(), JoinChannel(), LeaveChannel()):
        register_act(act)
