"""Forms about channels."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.urls import reverse_lazy

from apps.channels import config, selectors
from apps.channels.models import Level, MemberRole
from apps.channels.services.editing import NAME_LENGTH, Wanted
from apps.cliq.api.channels import MEMBERS_PER_CALL
from apps.connections.mirror import fold
from apps.console.forms import ConsoleForm, EditForm, Section
from apps.console.widgets import SuggestInput
from apps.directory import selectors as directory
from apps.directory.forms import REASON
from apps.directory.placing.forms import PickForm, reason_field

LEVEL_MEANS = {
    Level.ORGANIZATION: "Everybody in the organisation can find it.",
    Level.TEAM: "For the members of one or more teams.",
    Level.PRIVATE: "Only its members see it.",
    Level.EXTERNAL: "Also for people outside the organisation.",
}
PICTURE = "PNG or JPEG, at most 2 MB."


class ChannelField(forms.CharField):
    """An active channel, typed or picked by its name; its value is the channel's id."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=SuggestInput(reverse_lazy("channels:suggest")), max_length=100, **kwargs)

    def clean(self, value: Any) -> str:
        """The id. ValidationError where no channel, or more than one, is called so."""
        text = str(super().clean(value)).strip().removeprefix("#")
        found = list(selectors.active().filter(name_key=fold(text)[:100])[:2])
        if not found:
            raise ValidationError(
                f"No active channel is called “{text}”. Type a part of its name to see some."
            )
        if len(found) > 1:
            raise ValidationError(
                f"More than one channel is called “{text}”: use the page of the one you mean."
            )
        return found[0].cliq_id


def _name() -> forms.CharField:
    return forms.CharField(label="Name", max_length=NAME_LENGTH, help_text="Without the # in front.")


def _description() -> forms.CharField:
    return forms.CharField(
        label="Description",
        required=False,
        max_length=10_500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def _picture() -> forms.FileField:
    widget = forms.FileInput(attrs={"accept": "image/png,image/jpeg"})
    return forms.FileField(label="Picture", required=False, widget=widget, help_text=PICTURE)


def _settings(unset: str) -> dict[str, forms.Field]:
    """A field for each setting; `unset` is the choice of whoever chooses nothing, and is not sent."""
    return {
        each.name: forms.ChoiceField(label=each.label, required=False, choices=[("", unset), *each.choices])
        for each in config.SETTINGS
    }


def addresses(text: str) -> list[str]:
    """The addresses of a pasted list, each once. ValidationError names the first that is none."""
    found = list(dict.fromkeys(text.replace(",", " ").replace(";", " ").split()))
    for each in found:
        try:
            validate_email(each)
        except ValidationError:
            raise ValidationError(f"“{each}” is not an address.") from None
    if len(found) > MEMBERS_PER_CALL:
        raise ValidationError(f"At most {MEMBERS_PER_CALL} people fit in one call; these are {len(found)}.")
    return found


class CreateChannelForm(ConsoleForm):
    """A new channel of any level."""

    name = _name()
    description = _description()
    level = forms.ChoiceField(widget=forms.RadioSelect)
    team_ids = forms.MultipleChoiceField(
        label="Teams",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="For the level Team.",
    )
    invite_only = forms.BooleanField(
        label="By invitation only",
        required=False,
        help_text="For the levels Organisation and Team: whoever wants to join has to be invited.",
    )
    people = forms.CharField(
        label="Members",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Addresses, separated by commas or line breaks. More can be added later.",
    )
    picture = _picture()
    audit_reason = reason_field()
    sections = (
        Section("Channel", ("name", "description", "picture")),
        Section(
            "Level",
            ("level", "team_ids", "invite_only"),
            "The level cannot be changed later. The channel belongs to the account that connects the portal.",
        ),
        Section("Members", ("people",), "Only external channels take people outside the organisation."),
        Section(
            "Behaviour",
            config.NAMES,
            "Zoho takes these settings and never shows them: the portal cannot tell how they are. "
            "Only what is chosen here is sent.",
        ),
        Section("For the log", (REASON,)),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= _settings("As Zoho sets it")
        self._offer("level", [(level.value, f"{level.label}. {LEVEL_MEANS[level]}") for level in Level])
        teams = directory.team_choices()
        if teams:
            self._offer("team_ids", teams)
        else:
            del self.fields["team_ids"]
            levels = [(level.value, f"{level.label}. {LEVEL_MEANS[level]}") for level in Level]
            self._offer("level", [each for each in levels if each[0] != Level.TEAM])

    def clean_people(self) -> list[str]:
        """Addresses."""
        return addresses(self.cleaned_data["people"])

    def wanted(self) -> Wanted:
        """What is asked for; whoever is known goes by id."""
        data = self.cleaned_data
        known = directory.users_by_email(data["people"])
        picture = data["picture"]
        return Wanted(
            name=data["name"],
            level=data["level"],
            description=data["description"],
            invite_only=data["invite_only"],
            team_ids=data.get("team_ids", []),
            user_ids=[user.cliq_id for user in known.values()],
            emails=[each for each in data["people"] if each.casefold() not in known],
            picture=picture.read() if picture else b"",
            config=config.chosen(data),
        )

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]


class EditChannelForm(EditForm):
    """Another name, description, picture or behaviour."""

    name = _name()
    description = _description()
    picture = _picture()
    audit_reason = reason_field()
    sections = (
        Section("Channel", ("name", "description", "picture")),
        Section(
            "Behaviour",
            config.NAMES,
            "Zoho takes these settings and never shows them: the portal cannot tell how they are now. "
            "Only what is chosen here is sent.",
        ),
        Section("For the log", (REASON,)),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["picture"].show_hidden_initial = False
        # Of these nothing was shown that could be sent back.
        self.fields |= _settings("Unchanged")


class InviteForm(ConsoleForm):
    """People by address."""

    people = forms.CharField(
        label="Addresses",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=f"Separated by commas or line breaks; at most {MEMBERS_PER_CALL} at once.",
    )
    audit_reason = reason_field()

    def clean_people(self) -> list[str]:
        """Addresses."""
        return addresses(self.cleaned_data["people"])


class TakeOutForm(PickForm):
    """Members to be removed."""

    silent = forms.BooleanField(
        label="Without a message in the channel", required=False, help_text="Else Cliq says there who left."
    )


class RoleForm(EditForm):
    """Another role in the channel."""

    role = forms.ChoiceField(widget=forms.RadioSelect, choices=MemberRole.choices)
    audit_reason = reason_field()


class BotForm(ConsoleForm):
    """A bot by its unique name."""

    bot = forms.CharField(
        label="Unique name of the bot",
        max_length=100,
        help_text="As the bot's own page in Cliq shows it. Zoho does not tell which bots a channel has.",
    )
    audit_reason = reason_field()


class FollowForm(ConsoleForm):
    """Whether everybody follows every thread."""

    follow = forms.ChoiceField(
        label="Threads",
        widget=forms.RadioSelect,
        choices=[
            ("on", "Everybody follows every thread by themselves"),
            ("off", "Everybody follows the threads they choose"),
        ],
        help_text="Zoho takes this and never shows it: the portal cannot tell how it is now.",
    )
    audit_reason = reason_field()
