"""Setting the department or the designation of many users."""

from collections.abc import Sequence
from typing import Any

from django import forms

from apps.console.forms import ConsoleForm
from apps.core.actor import Actor
from apps.directory.bulk.common import GONE, LIST
from apps.directory.models import User
from apps.directory.services import obstacles
from apps.directory.services.placing import MOST_AT_ONCE, Placing
from apps.jobs.bulk.acts import Act, Call, Values, Verdict
from apps.jobs.models import JobRow, RowAction


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
