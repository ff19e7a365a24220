"""What can be done to many users of the list at once."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms

from apps.connections.mirror import fold
from apps.console.forms import ConsoleForm
from apps.core.actor import Actor
from apps.core.permissions import Permission
from apps.directory import canonical, facts, places, selectors
from apps.directory.filters import UserFilter
from apps.directory.forms import PersonField
from apps.directory.models import User
from apps.directory.services import obstacles, seen, users
from apps.directory.services.departments import DEPARTMENTS
from apps.directory.services.designations import DESIGNATIONS
from apps.directory.services.placing import MOST_AT_ONCE, Placing
from apps.jobs.bulk.acts import Act, Call, Selectable, Values, Verdict, register_list
from apps.jobs.bulk.kind import register_act
from apps.jobs.models import JobRow, RowAction

LIST = "users"
# In bulk a change is judged by the mirror; a row that was read longer ago is read again first.
TRUSTED = timedelta(minutes=15)
GONE = Verdict(RowAction.CANNOT, "No longer in Zoho.")


class PlaceForm(ConsoleForm):
    """Where to: one of those that exist."""

    place = forms.ChoiceField()
    placing: Placing

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["place"]
        field.label = self.placing.noun.capitalize()
        choices = self.placing.rows().order_by("search").values_list("cliq_id", "name")
        field.choices = [("", "Choose one"), *choices]  # type: ignore[attr-defined]


class Place(Act):
    """Put users into one department, or give them one designation: a hundred a call."""

    on, most = LIST, MOST_AT_ONCE
    placing: Placing

    def __init__(self, placing: Placing, order: int) -> None:
        self.placing, self.order = placing, order
        self.name, self.label = f"users-{placing.noun}", f"Set {placing.noun}"
        self.icon, self.permission = placing.icon, placing.edit
        self.endpoint = f"{placing.plural}.add_members"
        self.form_class = type("Form", (PlaceForm,), {"placing": placing})

    def obstacle(self) -> str:
        """Zoho People may own them."""
        found = obstacles.of(self.placing.plural, self.placing.endpoint("add_members"))
        return found.sentence if found else ""

    def title(self, values: Values) -> str:
        """Where to."""
        row = self.placing.row(values["place"])
        return f"Set the {self.placing.noun} to {row.name if row else 'one that is gone'}"

    def judge(self, things: Sequence[User], values: Values, actor: Actor) -> list[Verdict]:
        """By where the mirror has them."""
        row = self.placing.row(values["place"])
        if row is None or row.gone_at is not None:
            gone = f"The {self.placing.noun} was removed in Zoho meanwhile."
            return [Verdict(RowAction.CANNOT, gone)] * len(things)
        return [self._verdict(user, row) for user in things]

    def _verdict(self, user: User, row: Any) -> Verdict:
        if user.gone_at is not None:
            return GONE
        if getattr(user, self.placing.placed) == row.cliq_id:
            return Verdict(RowAction.NOTHING, f"In {row.name} already.")
        before = getattr(user, self.placing.named)
        return Verdict(RowAction.UPDATE, diff=[(self.placing.noun.capitalize(), before, row.name)])

    def send(self, things: Sequence[User], rows: Sequence[JobRow], values: Values, call: Call) -> object:
        """One call for all of them."""
        row = self.placing.row(values["place"])
        return self.placing.add_members(row, users=things, **call.keywords())


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


def register() -> None:
    """The list of users, and what can be done to many of them."""
    register_list(
        Selectable(
            LIST,
            "directory:users",
            ("user", "users"),
            lambda: selectors.users().defer("raw", "search"),
            UserFilter,
            selectors.last_full_sweep,
        )
    )
    for act in (Place(DEPARTMENTS, 10), Place(DESIGNATIONS, 20), Details()):
        register_act(act)
