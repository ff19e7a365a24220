"""Forms about a user field."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField

from apps.console.forms import ConsoleForm, EditForm, Section
from apps.core.errors import PortalError, Refused
from apps.directory.acting import many_of
from apps.directory.forms import REASON
from apps.directory.mirror import FLAGS
from apps.directory.models import FieldType, UserField
from apps.directory.placing.forms import reason_field
from apps.directory.services.userfields import OPTION

LONGEST, LONGEST_OPTION = 30, 100
REMOVE = "remove_"
HELP = {
    "mandatory": "Whoever fills in a profile has to fill it in.",
    "encrypted": "For what is sensitive: Zoho keeps it encrypted.",
    "edit_permission": "Otherwise only admins fill it in.",
}
LABELS = {
    "mandatory": "Mandatory",
    "encrypted": "Encrypted",
    "edit_permission": "People may fill it in for themselves",
}


def _flag(name: str) -> forms.BooleanField:
    return forms.BooleanField(label=LABELS[name], help_text=HELP[name], required=False)


def _options_field(**kwargs: Any) -> forms.CharField:
    return forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 4}), **kwargs)


def _lines(text: str) -> list[str]:
    """What was typed, line by line; ValidationError for one that is too long."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for line in lines:
        if len(line) > LONGEST_OPTION:
            raise ValidationError(f"“{line[:40]}…” is longer than {LONGEST_OPTION} characters.")
    return lines


class NewFieldForm(ConsoleForm):
    """A field of the organisation's own."""

    name = forms.CharField(max_length=LONGEST)
    type = forms.ChoiceField(choices=FieldType.choices, widget=forms.RadioSelect, initial=FieldType.TEXT)
    options = _options_field(label="Options of the drop-down", help_text="One a line, for a drop-down only.")
    mandatory, encrypted, edit_permission = (_flag(name) for name in FLAGS)
    audit_reason = reason_field()
    sections = (
        Section("User field", ("name", "type", "options"), "The type cannot be changed afterwards."),
        Section("Rules", FLAGS),
        Section("For the log", (REASON,)),
    )

    def clean_options(self) -> list[str]:
        """One a line."""
        return _lines(self.cleaned_data["options"])

    def clean(self) -> dict[str, Any]:
        """Options are a drop-down's, which has to have some."""
        cleaned = super().clean() or {}
        of_drop_down = cleaned.get("type") == FieldType.DROP_DOWN
        if of_drop_down and cleaned.get("options") == []:
            self.add_error("options", "A drop-down needs at least one option.")
        if not of_drop_down and cleaned.get("options"):
            self.add_error("options", "Only a drop-down has options. Choose that type, or empty this.")
        return cleaned


class EditFieldForm(EditForm):
    """Name, flags and options of one; of those that come with Cliq only what Zoho lets anybody change.

    `held` is how many people have each option, by its name.
    """

    def __init__(self, *args: Any, row: UserField, held: Mapping[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row, self.held = row, held
        flags = FLAGS if not row.system_defined else tuple(flag for flag in FLAGS if flag != "encrypted")
        if not row.system_defined:
            self.fields["name"] = forms.CharField(max_length=LONGEST)
        self.fields |= {flag: _flag(flag) for flag in flags}
        self.plain = (*(() if row.system_defined else ("name",)), *flags)
        if row.type == FieldType.DROP_DOWN and not row.system_defined:
            self._add_options()
        self.fields[REASON] = reason_field()
        for field in self.fields.values():
            field.show_hidden_initial = True

    def plain_fields(self) -> Iterator[BoundField]:
        """Name and flags."""
        yield from (self[name] for name in self.plain)

    def option_rows(self) -> Iterator[tuple[BoundField, BoundField]]:
        """Each option beside the box that removes it."""
        for name in self.fields:
            if name.startswith(OPTION):
                yield self[name], self[f"{REMOVE}{name.removeprefix(OPTION)}"]

    def values(self) -> dict[str, Any]:
        """What the form says now, without options that go."""
        names = [name for name in self.fields if name in self.plain or name.startswith(OPTION)]
        gone = {f"{OPTION}{key}" for key in self.removed()}
        return {name: self.cleaned_data[name] for name in names if name not in gone}

    def values_shown(self) -> dict[str, Any]:
        """What it said when it was shown."""
        return {name: self.shown(name) for name in self.values()}

    def removed(self) -> list[str]:
        """The ids of the options to be removed."""
        given = self.data if self.is_bound else {}
        names = [name for name in self.fields if name.startswith(REMOVE)]
        return [name.removeprefix(REMOVE) for name in names if given.get(name)]

    def added(self) -> list[str]:
        """The names of new options."""
        return list(self.cleaned_data.get("new_options", []))

    def clean_new_options(self) -> list[str]:
        """One a line."""
        return _lines(self.cleaned_data["new_options"])

    def clean_typed(self) -> str:
        """Whoever removes options has read what is lost."""
        typed = str(self.cleaned_data["typed"]).strip()
        if typed != self.row.name.strip():
            raise ValidationError(f"{self.loss()} Type “{self.row.name.strip()}” to remove it all the same.")
        return typed

    def loss(self) -> str:
        """What removing these options takes from how many people, by what the portal has read."""
        gone = [str(each["name"]) for each in self.row.options if str(each["id"]) in self.removed()]
        people = sum(self.held.get(name, 0) for name in gone)
        named = " and ".join(f"“{name}”" for name in gone)
        if not people:
            return f"You remove {named}. Nobody has it; it cannot be brought back."
        held = many_of(people, "person has", "people have")
        return f"You remove {named}. {held} it; what they have is lost, and Zoho cannot bring it back."

    def add_refusal(self, error: PortalError) -> None:
        """What Zoho says of the options stands where new ones are typed."""
        if isinstance(error, Refused) and error.field == "options" and "new_options" in self.fields:
            error.field = "new_options"
        super().add_refusal(error)

    def _add_options(self) -> None:
        for option in self.row.options:
            name, people = str(option["name"]), self.held.get(str(option["name"]), 0)
            self.fields[f"{OPTION}{option['id']}"] = forms.CharField(
                label=f"Option “{name}”", max_length=LONGEST_OPTION
            )
            self.fields[f"{REMOVE}{option['id']}"] = forms.BooleanField(
                label=f"Remove “{name}”",
                required=False,
                help_text=f"{many_of(people, 'person has', 'people have')} it."
                if people
                else "Nobody has it.",
            )
        self.fields["new_options"] = _options_field(label="New options", help_text="One a line.")
        if self.removed():
            self.fields["typed"] = forms.CharField(
                label=f"Type “{self.row.name.strip()}” to remove",
                required=False,
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )
