"""Changing the plain fields of many users."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms

from apps.connections.mirror import fold
from apps.console.forms import ConsoleForm
from apps.core.actor import Actor
from apps.core.permissions import Permission
from apps.directory import canonical, facts, places
from apps.directory.bulk.common import GONE, LIST
from apps.directory.forms import PersonField
from apps.directory.models import User
from apps.directory.services import seen, users
from apps.jobs.bulk.acts import Act, Call, Values, Verdict
from apps.jobs.models import JobRow, RowAction

# In bulk a change is judged by the mirror; a row that was read longer ago is read again first.
TRUSTED = timedelta(minutes=15)


class DetailsForm(ConsoleForm):
    """The plain fields that make sense for many; what is left empty stays as it is."""

    country = forms.ChoiceField(required=False)
    timezone = forms.ChoiceField(label="Time zone", required=False)
    language = forms.ChoiceField(required=False)
    work_location = forms.CharField(label="Seating location", max_length=300, required=False)
    reporting_to_zuid = PersonField(
        label="Reporting to", required=False, help_text="The manager's address; type a name to find it."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (
            ("country", sorted(places.COUNTRIES.items(), key=lambda each: fold(each[1]))),
            ("language", sorted(places.LANGUAGES.items(), key=lambda each: fold(each[1]))),
            ("timezone", [(zone, zone.replace("_", " ")) for zone in places.zones()]),
        ):
            self.fields[name].choices = [("", "Leave as it is"), *choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Something has to be said."""
        cleaned = super().clean() or {}
        if not self.errors and not any(cleaned.values()):
            raise forms.ValidationError("Fill in what is to be changed; what is left empty stays as it is.")
        return cleaned


class Details(Act):
    """Change plain fields of users: one call each."""

    name, on, label, icon = "users-details", LIST, "Change details", "pencil"
    permission, endpoint, form_class = Permission.USERS_EDIT, "users.update", DetailsForm
    order = 40

    def values(self, form: Any) -> dict[str, Any]:
        """In canonical form."""
        return canonical.values({name: each for name, each in form.cleaned_data.items() if each})

    def title(self, values: Values) -> str:
        """Which fields, to what."""
        told = facts.differences({}, seen.readable(values))
        said = ", ".join(f"{each.field.lower()} to {each.after}" for each in told)
        return f"Set {said}"

    def judge(self, things: Sequence[User], values: Values, actor: Actor) -> list[Verdict]:
        """By what the mirror says of each."""
        return [self._verdict(user, values) for user in things]

    def _verdict(self, user: User, values: Values) -> Verdict:
        if user.gone_at is not None:
            return GONE
        if values.get("reporting_to_zuid") == user.cliq_id:
            return Verdict(RowAction.CANNOT, "Nobody reports to themselves.")
        present = canonical.of_mirror(user)
        wanted = canonical.differences(present, values)
        if not wanted:
            return Verdict(RowAction.NOTHING, "So already.")
        before = {name: present.get(name, "") for name in wanted}
        told = facts.differences(seen.readable(before, user), seen.readable(wanted))
        diff = [(each.field, each.before, each.after) for each in told]
        return Verdict(RowAction.UPDATE, diff=diff, data={"before": before})

    def send(self, things: Sequence[User], rows: Sequence[JobRow], values: Values, call: Call) -> object:
        """One of them; read first where the mirror is old."""
        user, row = things[0], rows[0]
        wanted = {name: values[name] for name in row.data["before"]}
        return users.update(user, values=wanted, shown=row.data["before"], trusted=TRUSTED, **call.keywords())
