"""Adding many users of the list to a channel, and taking them out of it."""

from collections.abc import Sequence

from apps.channels import selectors
from apps.channels.forms import ChannelField
from apps.channels.models import Channel
from apps.channels.services import members, reading
from apps.cliq.api.channels import MEMBERS_PER_CALL
from apps.cliq.client import Cliq
from apps.console.forms import ConsoleForm
from apps.core.permissions import Permission
from apps.directory.bulk.belonging import Belonging, Join, Leave
from apps.directory.models import User
from apps.jobs.bulk.acts import Call, Values
from apps.jobs.models import JobRow


class ChannelForm(ConsoleForm):
    """Which channel."""

    channel = ChannelField(help_text="Type a part of its name to see some.")


class InChannel(Belonging):
    """A hundred a call."""

    noun, permission, form_class = "channel", Permission.CHANNELS_EDIT, ChannelForm
    most, reads = MEMBERS_PER_CALL, ("channels.members",)

    def place(self, values: Values) -> Channel | None:
        """By Zoho's id."""
        return selectors.channel_by_id(values["channel"])

    def read_members(self, place: Channel, cliq: Cliq) -> None:
        """One call."""
        reading.members(place, cliq)


class JoinChannel(InChannel, Join):
    """A hundred a call."""

    name, label, icon, order = "users-join-channel", "Add to the channel", "hash", 60
    endpoint = "channels.add_members"

    def send(self, things: Sequence[User], rows: Sequence[JobRow], values: Values, call: Call) -> object:
        """One call for all of them."""
        channel = self.place(values)
        assert channel is not None  # noqa: S101
        return members.add(channel, things, **call.keywords())


class LeaveChannel(InChannel, Leave):
    """A hundred a call; the last super admin stays."""

    name, label, icon, order = "users-leave-channel", "Remove from the channel", "person-dash", 61
    endpoint = "channels.remove_members"

    def send(self, things: Sequence[User], rows: Sequence[JobRow], values: Values, call: Call) -> object:
        """One call for all of them."""
        channel = self.place(values)
        assert channel is not None  # noqa: S101
        leaving = channel.members.filter(user_id__in=[user.cliq_id for user in things])
        return members.remove(channel, list(leaving), **call.keywords())
