"""Creating and changing a channel, archiving and deleting it, its bots and threads."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.urls import reverse

from apps.channels import config, jobs
from apps.channels.forms import BotForm, CreateChannelForm, EditChannelForm, FollowForm
from apps.channels.models import Channel, Level
from apps.channels.services.editing import FIELDS
from apps.channels.views.common import ACTIVE, BACK, LATER, present
from apps.console.views import ActionView, FormView
from apps.core.errors import OutcomeUnknown
from apps.core.permissions import Permission
from apps.directory.facts import event_of
from apps.directory.forms import REASON
from apps.jobs.later import Write

NEVER = " Zoho never shows this, so look for it in Cliq and settle it in the log."


class Writing(FormView):
    """A page that changes one channel."""

    permission = Permission.CHANNELS_EDIT
    active = ACTIVE
    later = LATER

    def get_object(self) -> Channel:
        """One that Zoho still has."""
        return present(self.kwargs["cliq_id"])

    def get_back(self) -> tuple[str, str]:
        """The channel's page."""
        return f"#{self.object.name}", self.object.get_absolute_url()

    def carried_out(self, act: Callable[[], int | None], sentence: str, url: str = "") -> str:
        """Act, say what happened, answer where to go; where nobody knows yet, say that."""
        back = self.object.get_absolute_url() if self.object else reverse(ACTIVE)
        try:
            event = act()
        except OutcomeUnknown as error:
            messages.warning(self.request, error.sentence + self.later)
            return str(back)
        self.say(sentence, event_of(self.request.administrator, event))
        return url or str(back)


class CreateView(Writing):
    """Makes a channel."""

    title, submit, form_class = "Create a channel", "Create the channel", CreateChannelForm

    def get_object(self) -> Any:
        """A new one is none yet."""
        return None

    def get_back(self) -> tuple[str, str]:
        """The list."""
        return BACK, reverse(ACTIVE)

    def get_initial(self) -> dict[str, Any]:
        """The level that most are of."""
        return {"level": Level.ORGANIZATION}

    def save(self, form: CreateChannelForm) -> str:
        """Send now, and go to it."""
        made: list[Channel] = []

        def act() -> int | None:
            saved = self.carry(jobs.CREATE, asdict(form.wanted()), reason=form.cleaned_data[REASON])
            made.append(saved.channel)
            return saved.event

        name = form.cleaned_data["name"].lstrip("#")
        url = self.carried_out(act, f"Created the channel #{name}.")
        return made[0].get_absolute_url() if made else url


class EditView(Writing):
    """Another name, description, picture or behaviour."""

    form_class, counts_changes = EditChannelForm, True

    def get_title(self) -> str:
        """Which it is."""
        return f"Edit #{self.object.name}"

    def get_initial(self) -> dict[str, Any]:
        """What the mirror has; saving is judged against a fresh reading."""
        return {name: getattr(self.object, name) for name in FIELDS}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds how old the values are."""
        return super().get_context_data(fresh=self.object.read_at, **kwargs)

    def save(self, form: EditChannelForm) -> str:
        """Send what this person changed."""
        picture = form.cleaned_data["picture"]
        if not set(FIELDS) & set(form.changed_data):
            self.later = NEVER

        def act() -> int | None:
            saved = self.carry(
                jobs.UPDATE,
                self.object,
                values={name: form.cleaned_data[name] for name in FIELDS},
                shown={name: str(form.shown(name) or "").replace("\r\n", "\n") for name in FIELDS},
                picture=picture.read() if picture else b"",
                config=config.chosen(form.cleaned_data),
                reason=form.cleaned_data[REASON],
            )
            return saved.event

        return self.carried_out(act, f"Saved the changes of #{self.object.name}.")


class BotView(Writing):
    """Lets a bot take part."""

    form_class, submit, later = BotForm, "Add the bot", NEVER

    def get_title(self) -> str:
        """Where."""
        return f"Add a bot to #{self.object.name}"

    def save(self, form: BotForm) -> str:
        """Send now."""
        bot = form.cleaned_data["bot"]
        return self.carried_out(
            lambda: self.carry(jobs.BOT, self.object, bot, reason=form.cleaned_data[REASON]),
            f"Added {bot} to #{self.object.name}.",
        )


class FollowView(Writing):
    """Whether everybody follows every thread."""

    form_class, submit, later = FollowForm, "Save", NEVER

    def get_title(self) -> str:
        """Where."""
        return f"Threads of #{self.object.name}"

    def save(self, form: FollowForm) -> str:
        """Send now."""
        on = form.cleaned_data["follow"] == "on"
        what = "every thread by themselves" if on else "the threads they choose"
        return self.carried_out(
            lambda: self.carry(jobs.FOLLOW, self.object, on, reason=form.cleaned_data[REASON]),
            f"From now on everybody in #{self.object.name} follows {what}.",
        )


class Moving(Writing, ActionView):
    """Changes where a channel stands."""

    reason = "optional"
    move: Write[int | None]
    verb = past = ""

    def get_title(self) -> str:
        """Which it is."""
        return f"{self.verb} #{self.object.name}"

    def get_submit(self) -> str:
        """The verb."""
        return f"{self.verb} the channel"

    def get_consequences(self) -> list[str]:
        """What it means for its members."""
        raise NotImplementedError

    def members(self) -> str:
        """How many it concerns."""
        number = self.object.participants
        if number is None:
            return "Its members"
        return f"Its {number:,} {'member' if number == 1 else 'members'}"

    def save(self, form: Any) -> str:
        """Send now."""
        return self.carried_out(
            lambda: self.carry(self.move, self.object, reason=form.cleaned_data["reason"]),
            f"{self.past} #{self.object.name}.",
            reverse(ACTIVE) if self.move is jobs.DELETE else "",
        )


class ArchiveView(Moving):
    """Closes a channel for writing."""

    move, verb, past = jobs.ARCHIVE, "Archive", "Archived"

    def get_consequences(self) -> list[str]:
        """Reading stays."""
        return [
            f"{self.members()} can read what was written and write nothing more.",
            "It can be opened again.",
        ]


class UnarchiveView(Moving):
    """Opens an archived channel again."""

    move, verb, past = jobs.UNARCHIVE, "Open again", "Opened again"

    def get_submit(self) -> str:
        """The verb."""
        return "Open the channel again"

    def get_consequences(self) -> list[str]:
        """Writing begins again."""
        return [f"{self.members()} can write in it again."]


class DeleteView(Moving):
    """Deletes a channel with everything in it."""

    move, verb, past = jobs.DELETE, "Delete", "Deleted"
    danger, reason = True, "required"

    def get_typed_name(self) -> str:
        """The channel's name."""
        channel: Channel = self.object
        return channel.name

    def get_consequences(self) -> list[str]:
        """What is gone."""
        messages_ = self.object.messages
        many = f" and its {messages_:,} {'message' if messages_ == 1 else 'messages'}" if messages_ else ""
        return [
            f"#{self.object.name}{many} are gone; Zoho cannot bring them back."
            if many
            else f"#{self.object.name} is gone; Zoho cannot bring it back.",
            f"{self.members()} lose it. To keep what was written, archive it instead.",
        ]
