"""Editing a user: every field the API can change but the picture."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.dateparse import parse_date

from apps.connections import selectors as connection
from apps.connections.mirror import fold
from apps.console.forms import EditForm, Section
from apps.console.widgets import SuggestInput
from apps.core.errors import ChangedElsewhere, PortalError
from apps.directory import canonical, places, selectors
from apps.directory.models import User, UserField

REASON = "audit_reason"
Choices = list[tuple[str, str]]


class PersonField(forms.CharField):
    """A user, typed or picked by address; its value is the user's id."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=SuggestInput(reverse_lazy("directory:suggest")), max_length=320, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """The address of an id; what is no id is shown as it was typed."""
        user = selectors.user_by_id(str(value)) if value else None
        return user.email if user and user.email else value

    def to_python(self, value: Any) -> str:
        """The id of an address; what is neither stays for `validate` to refuse."""
        text = str(super().to_python(value) or "")
        user = selectors.users_by_email([text]).get(text.casefold()) if text else None
        return user.cliq_id if user else text

    def validate(self, value: Any) -> None:
        """Only users of the organisation."""
        super().validate(value)
        if value and selectors.user_by_id(str(value)) is None:
            raise ValidationError(f"No user has the address “{value}”. Type a name to see addresses.")


class EditUserForm(EditForm):
    """Fields by the API's names; custom user fields by their unique name."""

    display_name = forms.CharField(max_length=300, required=False, help_text="What Cliq shows to others.")
    first_name = forms.CharField(max_length=300, required=False)
    last_name = forms.CharField(max_length=300, required=False)
    employee_id = forms.CharField(label="Employee ID", max_length=100, required=False)
    department_id = forms.ChoiceField(label="Department", required=False)
    designation_id = forms.ChoiceField(label="Designation", required=False)
    reporting_to_zuid = PersonField(
        label="Reporting to", required=False, help_text="The manager's address; type a name to find it."
    )
    work_location = forms.CharField(label="Seating location", max_length=300, required=False)
    mobile = forms.CharField(max_length=100, required=False)
    phone = forms.CharField(
        max_length=100,
        required=False,
        help_text="Zoho takes it and never shows it: this is what the portal last wrote.",
    )
    extension = forms.CharField(max_length=100, required=False)
    country = forms.ChoiceField(required=False)
    timezone = forms.ChoiceField(label="Time zone", required=False)
    language = forms.ChoiceField(required=False)
    audit_reason = forms.CharField(
        label="Reason", max_length=500, required=False, help_text="Goes into the log and stays there."
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self._offer("department_id", selectors.department_choices(), user.department_name)
        self._offer("designation_id", selectors.designation_choices(), user.designation_name)
        self._offer("country", sorted(places.COUNTRIES.items(), key=lambda each: fold(each[1])))
        self._offer("language", sorted(places.LANGUAGES.items(), key=lambda each: fold(each[1])))
        self._offer("timezone", [(zone, zone.replace("_", " ")) for zone in places.zones()])
        if connection.capabilities().zoho_people:
            self._leave_to_zoho_people("department_id", "designation_id")
        self.custom = self._add_custom_fields()
        self.sections = (
            Section("Name", canonical.NAMES),
            Section("Work", canonical.WORK),
            Section("Contact", canonical.CONTACT),
            Section("Region", canonical.REGION),
            Section("Organisation's own fields", self.custom, "Defined by the organisation in Zoho."),
            Section("For the log", (REASON,)),
        )
        if not self.custom:
            self.sections = tuple(section for section in self.sections if section.fields)

    def clean_reporting_to_zuid(self) -> str:
        """Nobody is their own manager."""
        chosen = str(self.cleaned_data["reporting_to_zuid"])
        if chosen == self.user.cliq_id and chosen != self.initial.get("reporting_to_zuid"):
            raise ValidationError(f"{self.user.name} cannot report to themselves.")
        return chosen

    def values(self) -> dict[str, str]:
        """What the form says now, in canonical form."""
        return canonical.values({name: self.cleaned_data[name] for name in self._api_names()})

    def values_shown(self) -> dict[str, str]:
        """What it said when it was shown."""
        return canonical.values({name: self.shown(name) for name in self._api_names()})

    def add_refusal(self, error: PortalError) -> None:
        """What has changed elsewhere becomes the value shown, so that saving again is a decision."""
        if isinstance(error, ChangedElsewhere):
            self.initial.update(error.fields)
            for name in error.fields:
                # The bound field remembers the former value.
                self._bound_fields_cache.pop(name, None)  # type: ignore[attr-defined]
        super().add_refusal(error)

    def spoken(self, name: str, value: Any) -> str:
        """A manager by name and address."""
        if isinstance(self.fields[name], PersonField):
            user = selectors.user_by_id(str(value)) if value else None
            return f"{user.name} ({user.email})" if user else str(value or "")
        return super().spoken(name, value)

    def _api_names(self) -> list[str]:
        return [name for name in self.fields if name != REASON]

    def _leave_to_zoho_people(self, *names: str) -> None:
        """Shown, explained, and not to be changed here."""
        for name in names:
            self.fields[name].disabled = True
            self.fields[name].help_text = "Zoho People manages it for this organisation: change it there."

    def _offer(self, name: str, choices: Choices, known_as: str = "") -> None:
        """The choices of a select, with the present value even where it is none of them."""
        present = str(self.initial.get(name) or "")
        if present and present not in (value for value, _ in choices):
            choices = [(present, known_as or present), *choices]
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = [("", "None"), *choices]

    def _add_custom_fields(self) -> tuple[str, ...]:
        names = []
        for custom in selectors.custom_fields():
            if custom.unique_name not in self.fields:
                present = str(self.initial.get(custom.unique_name) or "")
                field = _custom_field(custom, present)
                field.show_hidden_initial = True
                self.fields[custom.unique_name] = field
                names.append(custom.unique_name)
        return tuple(names)


def _custom_field(custom: UserField, present: str) -> forms.Field:
    """By type; one nobody has seen yet is text. A date in another notation stays text as well."""
    common: dict[str, Any] = {"label": custom.name, "required": custom.mandatory}
    if custom.type == "drop_down":
        names = [str(option["name"]) for option in custom.options]
        kept = [present] if present and present not in names else []
        choices = [("", "None"), *((each, each) for each in (*kept, *names))]
        return forms.ChoiceField(choices=choices, **common)
    if custom.type == "date_picker" and (not present or _is_date(present)):
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        return forms.DateField(widget=widget, input_formats=["%Y-%m-%d"], **common)
    return forms.CharField(max_length=300, **common)


def _is_date(text: str) -> bool:
    try:
        return parse_date(text) is not None
    except ValueError:
        return False
