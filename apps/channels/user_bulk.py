"""Adding many users of the list to a channel, and taking them out of it."""

from collections.abc import Sequence

from apps.channels import selectors
from apps.channels.forms import ChannelField
from apps.channels.models import Channel
from apps.channels.services import members, reading
from apps.cliq.api.channels import MEMBERS_PER_CALL
from apps.connections.clients import client
from apps.console.forms import ConsoleForm
from apps.core.actor import Actor
from apps.core.permissions import Permission
from apps.directory.bulk import GONE, LIST
from apps.directory.models import User
from apps.jobs.bulk.acts import Act, Call, Values, Verdict
from apps.jobs.models import JobRow, RowAction


class ChannelForm(ConsoleForm):
    """Which channel."""

    channel = ChannelField(help_text="Type a part of its name to see some.")


class InChannel(Act):
    """What adding to a channel and taking out of it share; who is in it is read before the plan."""

    on, permission, form_class = LIST, Permission.CHANNELS_EDIT, ChannelForm
    most, reads = MEMBERS_PER_CALL, ("channels.members",)

    def prepare(self, values: Values) -> None:
        """One call."""
        if channel := selectors.channel_by_id(values["channel"]):
            reading.members(channel, client(interactive=False))

    def title(self, values: Values) -> str:
        """Which."""
        channel = selectors.channel_by_id(values["channel"])
        return f"{self.label} {channel.name if channel else 'that is gone'}"

    def judge(self, things: Sequence[User], values: Values, actor: Actor) -> list[Verdict]:
        """By who was in it when it was read last."""
        channel = selectors.channel_by_id(values["channel"])
        if channel is None or channel.gone_at is not None:
            return [Verdict(RowAction.CANNOT, "The channel was deleted in Zoho meanwhile.")] * len(things)
        ids = [user.cliq_id for user in things]
        inside = set(channel.members.filter(user_id__in=ids).values_list("user_id", flat=True))
        return [self.verdict(user, channel, inside=user.cliq_id in inside) for user in things]

    def verdict(self, user: User, channel: Channel, *, inside: bool) -> Verdict:
        """About one of them."""
        raise NotImplementedError


class JoinChannel(InChannel):
    """A hundred a call."""

    name, label, icon, order = "users-join-channel", "Add to the channel", "hash", 60
    endpoint = "channels.add_members"

    def verdict(self, user: User, channel: Channel, *, inside: bool) -> Verdict:
        """Whoever is in it stays as they are."""
        if user.gone_at is not None:
            return GONE
        if inside:
            return Verdict(RowAction.NOTHING, f"In {channel.name} already.")
        return Verdict(RowAction.UPDATE, diff=[("Channel", "", channel.name)])

    def send(self, things: Sequence[User], rows: Sequence[JobRow], values: Values, call: Call) -> object:
        """One call for all of them."""
        channel = selectors.channel_by_id(values["channel"])
        assert channel is not None  # noqa: S101
        return members.add(channel, things, **call.keywords())


class LeaveChannel(InChannel):
    """A hundred a call; the last super admin stays."""

    name, label, icon, order = "users-leave-channel", "Remove from the channel", "person-dash", 61
    endpoint, danger = "channels.remove_members", True

    def verdict(self, user: User, channel: Channel, *, inside: bool) -> Verdict:
        """Whoever is not in it stays as they are."""
        if not inside:
            return Verdict(RowAction.NOTHING, f"Not in {channel.name}.")
        return Verdict(RowAction.UPDATE, diff=[("Channel", channel.name, "")])

    def send(self, things: Sequence[User], rows: Sequence[JobRow], values: Values, call: Call) -> object:
        """One call for all of them."""
        channel = selectors.channel_by_id(values["channel"])
        assert channel is not None  # noqa: S101
        leaving = channel.members.filter(user_id__in=[user.cliq_id for user in things])
        return members.remove(channel, list(leaving), **call.keywords())
