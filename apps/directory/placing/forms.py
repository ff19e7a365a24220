"""Forms about a department, a designation or a team, and the choice of people."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from apps.connections.mirror import fold
from apps.console.forms import ConsoleForm, EditForm, Section
from apps.directory import selectors, tree
from apps.directory.forms import REASON, PersonField
from apps.directory.models import User
from apps.directory.services.placing import MOST_AT_ONCE

SHOWN = 50
SELECTED = mark_safe(" selected")


def reason_field() -> forms.CharField:
    """Why, for the log."""
    return forms.CharField(
        label="Reason", max_length=500, required=False, help_text="Goes into the log and stays there."
    )


class LongSelect(forms.Select):
    """A select of thousands, written in one go: Django draws a template for each option."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The same element as Django's."""
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((key, SELECTED if str(key) == str(value or "") else "", text) for key, text in self.choices),
        )
        own = flatatt({**self.build_attrs(self.attrs, attrs), "name": name})
        return format_html("<select{}>{}</select>", own, options)


class PlacingForm(EditForm):
    """The fields of a resource by the API's names; `row` is None for something new."""

    def __init__(self, *args: Any, row: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row = row

    def spoken(self, name: str, value: Any) -> str:
        """A person by name and address."""
        if isinstance(self.fields[name], PersonField):
            user = selectors.user_by_id(str(value)) if value else None
            return f"{user.name} ({user.email})" if user else str(value or "")
        return super().spoken(name, value)


class DepartmentForm(PlacingForm):
    """The base department has only a name."""

    name = forms.CharField(max_length=300)
    lead_zuid = PersonField(label="Lead", help_text="The lead's address; type a name to find it.")
    parent_department_id = forms.ChoiceField(label="Parent department", widget=LongSelect)
    audit_reason = reason_field()
    sections = (
        Section("Department", ("name", "lead_zuid", "parent_department_id")),
        Section("For the log", (REASON,)),
    )

    def __init__(self, *args: Any, row: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        if row is not None and row.is_default:
            del self.fields["lead_zuid"], self.fields["parent_department_id"]
            return
        # What would make a circle is not offered.
        kept_out = {row.cliq_id, *tree.below(row.cliq_id)} if row is not None else set()
        paths = [(cliq_id, path) for cliq_id, path in tree.paths().items() if cliq_id not in kept_out]
        parent = self.fields["parent_department_id"]
        assert isinstance(parent, forms.ChoiceField)  # noqa: S101
        parent.choices = [("", "Choose"), *sorted(paths, key=lambda each: fold(each[1]))]


class DesignationForm(PlacingForm):
    """Zoho takes no longer name."""

    name = forms.CharField(max_length=30)
    audit_reason = reason_field()
    sections = (Section("Designation", ("name",)), Section("For the log", (REASON,)))


class TeamForm(PlacingForm):
    """Zoho documents no longest name; it says so itself where one is too long."""

    name = forms.CharField(max_length=100)
    description = forms.CharField(
        max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text="What it is for."
    )
    audit_reason = reason_field()
    sections = (Section("Team", ("name", "description")), Section("For the log", (REASON,)))

    def clean_description(self) -> str:
        """A browser ends lines in its own way."""
        return str(self.cleaned_data["description"]).replace("\r\n", "\n")

    def shown(self, name: str) -> Any:
        """Likewise."""
        value = super().shown(name)
        return value.replace("\r\n", "\n") if isinstance(value, str) else value


class PeopleField(forms.MultipleChoiceField):
    """People to be ticked: those that match a search, and those ticked before it."""

    widget = forms.CheckboxSelectMultiple

    def valid_value(self, value: str) -> bool:
        """Whoever exists; the list shows only a part of them."""
        return True


class PickForm(ConsoleForm):
    """Several people out of `candidates`, found by searching."""

    q = forms.CharField(
        label="Find people",
        required=False,
        max_length=100,
        help_text="Name, address or employee ID.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    user_ids = PeopleField(label="People", error_messages={"required": "Tick at least one person."})
    audit_reason = reason_field()

    def __init__(self, *args: Any, candidates: Any, note: str, most: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.candidates, self.most = candidates, most
        picked = self._given("user_ids")
        matching = candidates
        for word in fold(" ".join(self._given("q"))).split():
            matching = matching.filter(search__contains=word)
        shown = list(matching.order_by("name_key", "pk")[: SHOWN + 1])
        self.more = len(shown) > SHOWN
        there = {user.cliq_id for user in shown[:SHOWN]}
        before = candidates.filter(cliq_id__in=[one for one in picked if one not in there][:MOST_AT_ONCE])
        people = [*before.order_by("name_key", "pk"), *shown[:SHOWN]]
        field = self.fields["user_ids"]
        assert isinstance(field, PeopleField)  # noqa: S101
        field.choices = [(user.cliq_id, _label(user, getattr(user, note))) for user in people]
        self.picked = len(set(picked) & {user.cliq_id for user in people})

    def clean_user_ids(self) -> list[User]:
        """The users themselves."""
        ids = list(dict.fromkeys(self.cleaned_data["user_ids"]))
        if len(ids) > self.most:
            raise ValidationError(f"Choose at most {self.most} people at once.")
        found = list(self.candidates.filter(cliq_id__in=ids).order_by("name_key", "pk"))
        if len(found) < len(ids):
            raise ValidationError("Some of them cannot be chosen any more. Look at the list again.")
        return found

    def _given(self, name: str) -> list[str]:
        if not self.is_bound:
            value = self.initial.get(name, [])
            return [value] if isinstance(value, str) else list(value)
        return (
            [str(each) for each in self.fields[name].widget.value_from_datadict(self.data, self.files, name)]
            if name == "user_ids"
            else [str(self.data.get(name, ""))]
        )


def _label(user: User, now: str) -> str:
    rest = ", ".join(part for part in (user.email, now) if part)
    return format_html('<span><bdi>{}</bdi> <span class="pick-note">{}</span></span>', user.name, rest)
