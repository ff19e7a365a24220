"""The inbox of requested channels: what waits, deciding about one or many."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.urls import reverse

from apps.channels import jobs, selectors, similar
from apps.channels.models import Channel
from apps.channels.services import reading, telling
from apps.channels.services.requests import Decision
from apps.channels.views.common import LATER, found
from apps.cliq.catalogue import CATALOGUE
from apps.console.errors import NothingHere
from apps.console.forms import ConsoleForm
from apps.console.registry import PageAction
from apps.console.requests import administrator_of
from apps.console.views import ActionView, FormView, FragmentView, PageView, Queued
from apps.core.errors import NothingToChange, OutcomeUnknown, PortalError, QuotaWait
from apps.core.permissions import Permission
from apps.directory import selectors as directory
from apps.directory.facts import event_of

ACTIVE = "channels:requests"
BACK = "Channel requests"
PAGE = 25
# What Zoho takes in a minute: with more, the last would wait.
MOST = CATALOGUE["channels.approve"].quota
NAMED = 24


class RequestsView(PageView):
    """What waits, the longest first, with all that a decision needs beside it."""

    permission = Permission.CHANNELS_VIEW
    template_name, title, active = "channels/requests.html", BACK, ACTIVE
    description = "Channels of the organisation that somebody asked for."

    def get_actions(self) -> list[PageAction]:
        """Whether requesters are told, and reading again."""
        edit = Permission.CHANNELS_EDIT
        return [
            PageAction("Settings", reverse("channels:settings"), "gear", permission=edit),
            PageAction(
                "Read again",
                reverse("channels:read"),
                "arrow-repeat",
                dialog=True,
                permission=Permission.SYNC_RUN,
            ),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the requests, who asks, and what exists already."""
        waiting = selectors.waiting()
        shown = list(waiting[: PAGE + 1])
        administrator = administrator_of(self.request)
        return super().get_context_data(
            cards=cards(shown[:PAGE]),
            number=waiting.count() if len(shown) > PAGE else len(shown),
            most=MOST,
            decides=administrator is not None and administrator.can(Permission.CHANNELS_APPROVE),
            tells=telling.wished(),
            fresh=selectors.read_at(),
            approve_url=reverse("channels:approve"),
            reject_url=reverse("channels:reject"),
            **kwargs,
        )


def cards(waiting: Sequence[Channel]) -> list[dict[str, Any]]:
    """Each request with who asks and what is named alike."""
    alike = similar.to(waiting)
    people = {user.cliq_id: user for user in directory.users_by_id([each.creator_id for each in waiting])}
    return [
        {"channel": each, "user": people.get(each.creator_id), "similar": alike[each.pk]} for each in waiting
    ]


class WhoView(FragmentView):
    """Who is in a requested channel, read when somebody asks."""

    permission = Permission.CHANNELS_VIEW
    body_template = "channels/request_members.html"

    def get_done(self) -> bool:
        """Read once is enough."""
        return True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Reads, unless it was read just now."""
        channel = found(self.kwargs["cliq_id"])
        problem = reading.refresh_members(channel)
        members = list(selectors.members_of(channel)[: NAMED + 1])
        return super().get_context_data(
            channel=channel,
            members=members[:NAMED],
            more=max(0, (channel.participants or 0) - NAMED),
            problem=problem,
            **kwargs,
        )


class _Deciding(ActionView):
    """A decision about the channels in the address bar."""

    permission = Permission.CHANNELS_APPROVE
    active = ACTIVE
    verb = past = ""

    def get_object(self) -> list[Channel]:
        """Those that the portal knows; one that was decided meanwhile is found out about on sending."""
        ids = list(dict.fromkeys(self.request.GET.getlist("channel")))
        if not ids:
            raise NothingHere("No request was chosen. Go back and tick at least one.")
        if len(ids) > MOST:
            raise NothingHere(f"Zoho takes {MOST} decisions a minute: choose at most {MOST} at once.")
        return [found(each) for each in ids]

    def get_back(self) -> tuple[str, str]:
        """The inbox."""
        return BACK, reverse(ACTIVE)

    def get_title(self) -> str:
        """Which, or how many."""
        return f"{self.verb} {said(self.object)}"

    def get_submit(self) -> str:
        """The verb and the number."""
        number = len(self.object)
        return f"{self.verb} {number} channels" if number > 1 else f"{self.verb} the channel"

    def told(self) -> list[str]:
        """Who gets to know."""
        names = ", ".join(dict.fromkeys(each.creator_name or each.creator_id for each in self.object))
        if telling.wished():
            return [f"{names} gets a message that it was {self.past}, with the reason below, by you."]
        return [f"Nobody is written to: {names} sees it in Cliq. The reason goes into the log."]

    def decide(self, channel: Channel, reason: str) -> Decision:
        """Send one decision."""
        raise NotImplementedError

    def save(self, form: Any) -> str:
        """One call for each, now or later; one that is refused does not stop the others."""
        reason = form.cleaned_data["reason"]
        single = len(self.object) == 1
        done: list[Decision] = []
        left_to_wait = 0
        for number, channel in enumerate(self.object):
            try:
                done.append(self.decide(channel, reason))
            except Queued:
                if single:
                    raise
                left_to_wait += 1
            except OutcomeUnknown as error:
                then = " Whoever asked is told then, if it took effect." if telling.wished() else ""
                messages.warning(self.request, f"{channel.name}: {error.sentence}{LATER}{then}")
            except QuotaWait as error:
                if not number:
                    raise
                left = ", ".join(each.name for each in self.object[number:])
                messages.warning(self.request, f"{error.sentence} Still waiting: {left}.")
                break
            except NothingToChange as error:
                messages.warning(self.request, error.sentence)
            except PortalError as error:
                if single:
                    raise
                messages.error(self.request, f"{channel.name}: {error.sentence}")
        self._tell(done)
        if left_to_wait:
            decisions = "1 decision is" if left_to_wait == 1 else f"{left_to_wait} decisions are"
            self.say(f"{decisions} sent as soon as Zoho’s limit allows.")
        return reverse(ACTIVE)

    def _tell(self, done: Sequence[Decision]) -> None:
        if done:
            sentence = f"{self.past.capitalize()} {said([each.channel for each in done])}."
            known = [each.message.name for each in done if each.message and not each.message.problem]
            if known:
                sentence += f" {', '.join(dict.fromkeys(known))} {'was' if len(known) == 1 else 'were'} told."
            administrator: Any = self.request.administrator
            self.say(sentence, event_of(administrator, done[0].event))
        for each in done:
            if each.message and each.message.problem:
                messages.warning(
                    self.request,
                    f"The message to {each.message.name} about {each.channel.name} was not delivered for "
                    f"certain: {each.message.problem}",
                )


class ApproveView(_Deciding):
    """Lets channels begin."""

    verb, past, reason = "Approve", "approved", "optional"

    def get_consequences(self) -> list[str]:
        """It begins at once."""
        one = len(self.object) == 1
        return [f"{'The channel begins' if one else 'The channels begin'} at once.", *self.told()]

    def decide(self, channel: Channel, reason: str) -> Decision:
        """One call."""
        return self.carry(jobs.APPROVE, channel, reason=reason)


class RejectView(_Deciding):
    """Refuses channels."""

    verb, past, reason, danger = "Reject", "rejected", "required", True

    def get_consequences(self) -> list[str]:
        """It cannot be taken back here."""
        one = len(self.object) == 1
        return [
            f"{'The channel does' if one else 'The channels do'} not begin; to have "
            f"{'it' if one else 'them'} after all, somebody has to ask again.",
            *self.told(),
        ]

    def decide(self, channel: Channel, reason: str) -> Decision:
        """One call."""
        return self.carry(jobs.REJECT, channel, reason=reason)


def said(channels: Sequence[Channel]) -> str:
    """One by name, several by number."""
    return f"#{channels[0].name}" if len(channels) == 1 else f"{len(channels)} channels"


class SettingsForm(ConsoleForm):
    """Whether requesters are told."""

    tells_requesters = forms.BooleanField(
        label="Send whoever asked a message with the decision and its reason",
        required=False,
        help_text="Cliq shows it as written by the account that connects the portal; it names who decided.",
    )


class SettingsView(FormView):
    """How requests are handled."""

    permission = Permission.CHANNELS_EDIT
    title, active, form_class, submit = "Settings of channel requests", ACTIVE, SettingsForm, "Save"

    def get_back(self) -> tuple[str, str]:
        """The inbox."""
        return BACK, reverse(ACTIVE)

    def get_initial(self) -> dict[str, Any]:
        """As it is."""
        return {"tells_requesters": telling.wished()}

    def save(self, form: SettingsForm) -> str:
        """Keep it, and tell the log."""
        administrator: Any = self.request.administrator
        on = form.cleaned_data["tells_requesters"]
        seq = telling.wish(on, actor=administrator.actor())
        sentence = "Requesters are told from now on." if on else "Requesters are no longer told."
        self.say(sentence, event_of(administrator, seq))
        return reverse(ACTIVE)
