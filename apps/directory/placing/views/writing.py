"""Making, changing and deleting one."""

from typing import Any

from apps.console.views import ActionView
from apps.directory.acting import many_of
from apps.directory.forms import REASON
from apps.directory.placing.forms import PlacingForm
from apps.directory.placing.views.base import Writing

NAMED = 8


class NewView(Writing):
    """Makes one."""

    form_class = PlacingForm

    def get_title(self) -> str:
        """What it makes."""
        return f"New {self.placing.noun}"

    @property
    def submit(self) -> str:  # type: ignore[override]
        """What saving does."""
        return f"Create the {self.placing.noun}"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Adds what it is about."""
        return {**super().get_form_kwargs(), "row": self.object}

    def save(self, form: PlacingForm) -> str:
        """Send now."""
        reason = form.cleaned_data[REASON]
        return self.carried_out(
            lambda: self.carry(self.writes.create, values=form.values(), reason=reason),
            lambda saved: f"Created {saved.row.name}.",
        )


class EditView(NewView):
    """Changes one."""

    submit = "Save"
    counts_changes = True

    def get_title(self) -> str:
        """What it changes."""
        return f"Edit {self.object.name}"

    def get_initial(self) -> dict[str, Any]:
        """What the mirror has; saving is judged against a fresh reading."""
        return self.placing.of_row(self.object)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds how old the values are."""
        return super().get_context_data(fresh=self.object.read_at, **kwargs)

    def save(self, form: PlacingForm) -> str:
        """Only what this person changed."""
        return self.carried_out(
            lambda: self.carry(
                self.writes.update,
                self.object,
                values=form.values(),
                shown=form.values_shown(),
                reason=form.cleaned_data[REASON],
            ),
            lambda saved: f"Saved {many_of(len(saved.changed), 'change')} of {saved.row.name}.",
        )


class DeleteView(Writing, ActionView):
    """Deletes one, after saying what becomes of its members."""

    danger, reason = True, "required"

    def get_title(self) -> str:
        """What goes."""
        return f"Delete {self.object.name}"

    def get_submit(self) -> str:
        """The verb and what it is done to."""
        return f"Delete the {self.placing.noun}"

    def get_typed_name(self) -> str:
        """So that nobody deletes the wrong one."""
        return str(self.object.name).strip()

    def get_consequences(self) -> list[str]:
        """What becomes of whom."""
        members = self.placing.members(self.object)
        names = list(members.order_by("name_key").values_list("name", flat=True)[:NAMED])
        total = self.placing.size(self.object)
        said = [self.placing.becomes(self.object, total)]
        if names:
            more = f" and {total - NAMED:,} more" if total > NAMED else ""
            said = [f"{said[0].removesuffix('.')}: {', '.join(names)}{more}."]
        return [*said, *self.placing.beware(total), f"The {self.placing.noun} cannot be brought back."]

    def save(self, form: Any) -> str:
        """Send now."""
        reason = form.cleaned_data["reason"]
        return self.carried_out(
            lambda: self.carry(self.writes.delete, self.object, reason=reason),
            lambda saved: f"Deleted {saved.row.name}.",
        )
