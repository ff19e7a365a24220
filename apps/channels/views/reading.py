"""The list of channels, one channel, and who is in it."""

from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse

from apps.channels import selectors
from apps.channels.filters import ChannelFilter, MemberFilter
from apps.channels.models import Channel, ChannelStatus
from apps.channels.services import reading, syncing
from apps.channels.tables import ChannelTable, MemberTable
from apps.channels.views.common import ACTIVE, BACK, found, url
from apps.connections.mirror import fold
from apps.console.registry import PageAction
from apps.console.requests import ConsoleRequest, administrator_of
from apps.console.views import ActionView, ConsoleView, DetailView, EmptyState, FragmentView, ListView
from apps.core.permissions import Permission
from apps.directory import selectors as directory
from apps.jobs.models import Job

NAMED = SUGGESTED = 12


class ChannelsView(ListView):
    """Every channel the portal is shown, fifty to a page."""

    permission = Permission.CHANNELS_VIEW
    template_name = "channels/channels.html"
    title, active, noun = "Channels", ACTIVE, ("channel", "channels")
    description = "Where people talk: of the organisation, of teams, personal, and with other organisations."
    table_class, filterset_class = ChannelTable, ChannelFilter
    selection, downloads = "channels", True

    def get_queryset(self) -> Any:
        """Channels by name."""
        return selectors.channels().order_by("name_key", "pk")

    def get_actions(self) -> list[PageAction]:
        """Creating first; reading again is offered by the page itself before the first reading."""
        link, may = reverse("channels:create"), Permission.CHANNELS_EDIT
        create = PageAction("Create a channel", link, "plus-lg", primary=True, permission=may)
        return [create, self._reading()] if self.read_at else []

    def get_empty(self) -> EmptyState:
        """Before the first reading, the next step is to read."""
        return EmptyState(
            "No channel has been read yet",
            "The portal keeps a copy of the channels, to be searched and filtered at once.",
            "hash",
            self._reading(primary=True),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds how fresh the list is."""
        running = self.job if self.job and self.job.active else None
        return super().get_context_data(
            fresh=self.read_at,
            freshness=f"Being read now. {running.activity}" if running else "",
            stopped=self.job if self.job and not running else None,
            **kwargs,
        )

    @cached_property
    def job(self) -> Job | None:
        """The job that reads the channels."""
        return selectors.open_job()

    @cached_property
    def read_at(self) -> datetime | None:
        """When the channels were read."""
        return selectors.read_at()

    def _reading(self, *, primary: bool = False) -> PageAction:
        job = self.job
        if job is not None:
            may = Permission.JOBS_VIEW
            link = job.get_absolute_url()
            return PageAction("See the job", link, "hourglass-split", primary=primary, permission=may)
        return PageAction(
            "Read again" if self.read_at else syncing.TITLE,
            reverse("channels:read"),
            "arrow-repeat",
            primary=primary,
            dialog=True,
            permission=Permission.SYNC_RUN,
        )


class ReadView(ActionView):
    """Starts the job that reads the channels."""

    permission = Permission.SYNC_RUN
    title, submit, active = syncing.TITLE, syncing.TITLE, ACTIVE

    def get_back(self) -> tuple[str, str]:
        """The list."""
        return BACK, reverse(ACTIVE)

    def get_consequences(self) -> list[str]:
        """What it costs; it changes nothing."""
        return [
            "The list of channels is read from Zoho; who is in one is read when somebody opens it.",
            syncing.cost(),
            "Nothing is changed in Zoho. What was changed there since the last reading goes into the log.",
        ]

    def save(self, form: Any) -> str:
        """Start, or join the one under way."""
        administrator: Any = self.request.administrator
        return syncing.start(administrator.actor()).get_absolute_url()


class ChannelView(DetailView):
    """One channel."""

    permission = Permission.CHANNELS_VIEW
    active, slot = ACTIVE, "channels.channel"
    template_name = "channels/channel.html"

    def get_object(self) -> Channel:
        """By Zoho's id, also one that is gone."""
        return found(self.kwargs["cliq_id"])

    def get_back(self) -> tuple[str, str]:
        """The list."""
        return BACK, reverse(ACTIVE)

    def get_description(self) -> str:
        """What it is for."""
        return self.object.description

    def get_actions(self) -> list[PageAction]:
        """What its status allows; a request is decided first."""
        channel: Channel = self.object
        if channel.gone_at is not None:
            return []
        edit, active = Permission.CHANNELS_EDIT, channel.status == ChannelStatus.CREATED
        offered = [
            ("Add members", "add", "person-plus", active),
            ("Edit", "edit", "pencil", channel.status != ChannelStatus.ARCHIVED),
            ("Add a bot", "bot", "robot", active and bool(channel.unique_name)),
            ("Threads", "threads", "chat-square-text", active),
            ("Archive", "archive", "archive", active),
            ("Open again", "unarchive", "arrow-counterclockwise", channel.status == ChannelStatus.ARCHIVED),
        ]
        buttons = [
            PageAction(
                label,
                url(page, channel),
                icon,
                primary=page in ("add", "unarchive"),
                dialog="archive" in page,
                permission=edit,
            )
            for label, page, icon, offered_now in offered
            if offered_now
        ]
        return [*self._deciding(channel), *buttons, *super().get_actions()]

    def _deciding(self, channel: Channel) -> list[PageAction]:
        if not channel.waits:
            return []
        may, query = Permission.CHANNELS_APPROVE, urlencode({"channel": channel.cliq_id})
        approve, reject = (f"{reverse(f'channels:{page}')}?{query}" for page in ("approve", "reject"))
        return [
            PageAction("Approve", approve, "check-lg", primary=True, dialog=True, permission=may),
            PageAction("Reject", reject, "x-lg", danger=True, dialog=True, permission=may),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the mirror's facts, and when to read them again: at once, unless just read."""
        channel: Channel = self.object
        administrator = administrator_of(self.request)
        may = administrator is not None and administrator.can(Permission.CHANNELS_EDIT)
        delete = PageAction("Delete the channel", url("delete", channel), "trash", danger=True, dialog=True)
        settled = channel.gone_at is not None or (channel.members_read_at and reading.is_recent(channel))
        return super().get_context_data(
            **facts_context(channel),
            facts_url=url("facts", channel),
            facts_trigger="" if settled else "load",
            delete=delete if may and channel.gone_at is None else None,
            **kwargs,
        )


def facts_context(channel: Channel) -> dict[str, Any]:
    """What the facts of a channel show."""
    return {
        "channel": channel,
        "creator": directory.user_by_id(channel.creator_id) if channel.creator_id else None,
        "members": list(selectors.members_of(channel)[:NAMED]),
        "members_url": url("members", channel),
    }


class FactsView(FragmentView):
    """The facts and members read again from Zoho, in place of those of the mirror."""

    permission = Permission.CHANNELS_VIEW
    body_template = "channels/facts.html"

    def get_done(self) -> bool:
        """Read once is enough."""
        return True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Reads."""
        channel = found(self.kwargs["cliq_id"])
        problem = "" if channel.gone_at else reading.refresh(channel)
        return super().get_context_data(problem=problem, **facts_context(channel), **kwargs)


class MembersView(ListView):
    """Everybody in one channel, fifty to a page."""

    permission = Permission.CHANNELS_VIEW
    active, noun = ACTIVE, ("member", "members")
    table_class, filterset_class, downloads = MemberTable, MemberFilter, True
    empty = EmptyState(
        "The portal does not know who is in it", "Open the channel to read its members.", "people"
    )

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """The channel of the address bar."""
        if administrator_of(request) is not None:
            self.channel = found(kwargs["cliq_id"])
        return super().dispatch(request, *args, **kwargs)

    def get_title(self) -> str:
        """Which channel it is."""
        return f"Members of {self.channel.name}"

    def get_back(self) -> tuple[str, str]:
        """The channel's page."""
        return self.channel.name, self.channel.get_absolute_url()

    def get_queryset(self) -> Any:
        """Whoever Zoho named when it was last asked."""
        return selectors.members_of(self.channel)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds how fresh the list is."""
        return super().get_context_data(fresh=self.channel.members_read_at, **kwargs)

    def get_table(self, rows: Any) -> Any:
        """With a link to change a role for whoever may."""
        table = super().get_table(rows)
        if not self._changes():
            table.columns.hide("change")
        return table

    def get_actions(self) -> list[PageAction]:
        """Adding and removing."""
        if not self._changes():
            return []
        offered = [
            ("Add members", "add", "person-plus"),
            ("Add by address", "invite", "envelope-plus"),
            ("Remove members", "take_out", "person-dash"),
        ]
        return [
            PageAction(label, url(page, self.channel), icon, primary=page == "add")
            for label, page, icon in offered
            if page != "take_out" or self.channel.members.exists()
        ]

    def _changes(self) -> bool:
        administrator = administrator_of(self.request)
        may = administrator is not None and administrator.can(Permission.CHANNELS_EDIT)
        return may and self.channel.gone_at is None and self.channel.status == ChannelStatus.CREATED


class SuggestView(ConsoleView):
    """Options for a field that names a channel: active ones whose name holds what was typed."""

    permission = Permission.CHANNELS_EDIT
    template_name = "channels/suggestions.html"

    def get(self, request: ConsoleRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A dozen at most."""
        text = next((str(value) for value in request.GET.values() if value), "")
        matching = selectors.active().only("name", "participants")
        for word in fold(text.removeprefix("#")).split():
            matching = matching.filter(search__contains=word)
        return self.render_to_response({"channels": matching[:SUGGESTED] if len(text) > 1 else []})
