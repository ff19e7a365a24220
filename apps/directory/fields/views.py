"""User fields: the list, one, and changing them."""

from datetime import timedelta
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils import timezone

from apps.console.errors import NothingHere
from apps.console.registry import PageAction
from apps.console.views import ActionView, DetailView, EmptyState, FragmentView, ListView
from apps.core.permissions import Permission
from apps.directory import jobs, selectors
from apps.directory.acting import Acting, many_of
from apps.directory.fields.forms import EditFieldForm, NewFieldForm
from apps.directory.fields.tables import FieldFilter, FieldTable
from apps.directory.forms import REASON
from apps.directory.mirror import FLAGS
from apps.directory.models import UserField
from apps.directory.services import obstacles, userfields

ACTIVE = "directory:userfields"
EDIT = Permission.USERFIELDS_EDIT
# Zoho allows ten readings a minute.
RECENT = timedelta(seconds=60)


def found(cliq_id: str) -> UserField:
    """The field of the address bar, also one that is gone."""
    row = UserField.objects.filter(cliq_id=cliq_id).first()
    if row is None:
        raise NothingHere(
            "The portal knows no user field with this id. Read the organisation again if it is new."
        )
    return row


class FieldsView(ListView):
    """The organisation's own first."""

    permission = Permission.USERS_VIEW
    template_name = "directory/userfields.html"
    title, active, noun = "User fields", ACTIVE, ("user field", "user fields")
    table_class, filterset_class = FieldTable, FieldFilter
    empty = EmptyState(
        "No user fields are known",
        "They appear here as soon as the organisation has been read.",
        "input-cursor",
    )

    def get_queryset(self) -> Any:
        """Those that Zoho still has."""
        return selectors.user_fields().order_by("system_defined", "search", "pk")

    def get_description(self) -> str:
        """How many there may be yet."""
        return f"{self.own} of {userfields.MOST_OWN} fields of the organisation's own are in use."

    def get_actions(self) -> list[PageAction]:
        """A new one as long as there may be one."""
        layouts = PageAction("Where they are shown", reverse("directory:layouts"), "layout-text-window")
        if self.obstacle is not None or self.own >= userfields.MOST_OWN:
            return [layouts]
        url = reverse("directory:userfield_new")
        new = PageAction("New user field", url, "plus-lg", primary=True, permission=EDIT)
        return [new, layouts]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds how fresh it is and what stands in the way."""
        return super().get_context_data(
            fresh=selectors.directory_freshness().read_at,
            obstacle=self.obstacle,
            full=self.own >= userfields.MOST_OWN,
            **kwargs,
        )

    @cached_property
    def own(self) -> int:
        """How many are the organisation's own."""
        return selectors.user_fields().filter(system_defined=False).count()

    @cached_property
    def obstacle(self) -> obstacles.Obstacle | None:
        """What stands in the way of changing any."""
        return userfields.obstacle()


def facts(row: UserField) -> dict[str, Any]:
    """What `userfield_facts.html` shows of one."""
    held = selectors.people_by_value(row) if not row.system_defined else {}
    options = [(option["name"], held.get(str(option["name"]), 0)) for option in row.options]
    return {"row": row, "people": sum(held.values()), "options": options}


class FieldView(DetailView):
    """One of them."""

    permission = Permission.USERS_VIEW
    active, slot, template_name = ACTIVE, "directory.userfield", "directory/userfield.html"

    def get_object(self) -> UserField:
        """Also one that is gone, for its history."""
        return found(self.kwargs["cliq_id"])

    def get_back(self) -> tuple[str, str]:
        """The list."""
        return "User fields", reverse(ACTIVE)

    def get_actions(self) -> list[PageAction]:
        """Changing it."""
        if self.object.gone_at is not None or self.obstacle is not None:
            return []
        url = reverse("directory:userfield_edit", args=[self.object.cliq_id])
        return [PageAction("Edit", url, "pencil", primary=True, permission=EDIT), *super().get_actions()]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds what is known, when to read it again, and whether it can be deleted."""
        row: UserField = self.object
        administrator: Any = self.request.administrator
        may = administrator.can(EDIT) and row.gone_at is None and not row.system_defined
        return super().get_context_data(
            **facts(row),
            facts_url=reverse("directory:userfield_facts", args=[row.cliq_id]),
            facts_trigger="" if row.gone_at or row.read_at > timezone.now() - RECENT else "load",
            obstacle=self.obstacle,
            delete_url=reverse("directory:userfield_delete", args=[row.cliq_id]) if may else "",
            **kwargs,
        )

    @cached_property
    def obstacle(self) -> obstacles.Obstacle | None:
        """What stands in the way of changing it."""
        return userfields.obstacle()


class FactsView(FragmentView):
    """The facts read again from Zoho, in place of those of the mirror."""

    permission, body_template = Permission.USERS_VIEW, "directory/userfield_facts.html"

    def get_done(self) -> bool:
        """Read once is enough."""
        return True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Reads; a failure is said above what is known."""
        row = found(self.kwargs["cliq_id"])
        problem = "" if row.gone_at else userfields.refresh(row)
        return super().get_context_data(**facts(row), problem=problem, **kwargs)


class NewFieldView(Acting):
    """Makes one of the organisation's own."""

    permission, active = EDIT, ACTIVE
    title, submit = "New user field", "Create the user field"
    form_class = NewFieldForm

    def get_back(self) -> tuple[str, str]:
        """The list."""
        return "User fields", reverse(ACTIVE)

    def save(self, form: NewFieldForm) -> str:
        """Send now."""
        given = form.cleaned_data
        return self.carried_out(
            lambda: self.carry(
                jobs.FIELD_CREATE,
                name=given["name"],
                kind=given["type"],
                flags={flag: given[flag] for flag in FLAGS},
                options=given["options"],
                reason=given[REASON],
            ),
            lambda saved: f"Created {saved.row.name}.",
        )


class Changing(Acting):
    """A page that changes one of them."""

    permission, active = EDIT, ACTIVE

    def get_object(self) -> UserField:
        """What is gone cannot be changed."""
        row = found(self.kwargs["cliq_id"])
        if row.gone_at is not None:
            raise NothingHere(f"{row.name} is no longer in Zoho, so nothing about it can be changed.")
        return row

    def get_back(self) -> tuple[str, str]:
        """Its page."""
        return self.object.name, self.object.get_absolute_url()

    def get_list_url(self) -> str:
        """All of them."""
        return reverse(ACTIVE)


class EditFieldView(Changing):
    """Changes one."""

    template_name, form_class, counts_changes = "directory/userfield_edit.html", EditFieldForm, True

    def get_title(self) -> str:
        """What it changes."""
        return f"Edit {self.object.name}"

    def get_initial(self) -> dict[str, Any]:
        """What the mirror has; saving is judged against a fresh reading."""
        return userfields.values_of(self.object)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Adds what it is about, and who has what."""
        held = selectors.people_by_value(self.object) if self.object.options else {}
        return {**super().get_form_kwargs(), "row": self.object, "held": held}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds how old the values are."""
        return super().get_context_data(fresh=self.object.read_at, **kwargs)

    def save(self, form: EditFieldForm) -> str:
        """Only what this person changed."""
        return self.carried_out(
            lambda: self.carry(
                jobs.FIELD_UPDATE,
                self.object,
                values=form.values(),
                shown=form.values_shown(),
                removed=form.removed(),
                added=form.added(),
                reason=form.cleaned_data[REASON],
            ),
            lambda saved: f"Saved {many_of(len(saved.changed), 'change')} of {saved.row.name}.",
        )


class DeleteFieldView(Changing, ActionView):
    """Deletes one, after saying what is lost."""

    danger, reason, submit = True, "required", "Delete the user field"

    def get_title(self) -> str:
        """What goes."""
        return f"Delete {self.object.name}"

    def get_typed_name(self) -> str:
        """So that nobody deletes the wrong one."""
        return str(self.object.name).strip()

    def get_consequences(self) -> list[str]:
        """Whose values are lost."""
        people = sum(selectors.people_by_value(self.object).values())
        have = "person has" if people == 1 else "people have"
        lost = f"{people:,} {have} it filled in: that is lost." if people else "Nobody has it filled in."
        return [lost, "Neither the field nor what people have in it can be brought back."]

    def save(self, form: Any) -> str:
        """Send now."""
        reason = form.cleaned_data["reason"]
        return self.carried_out(
            lambda: self.carry(jobs.FIELD_DELETE, self.object, reason=reason),
            lambda saved: f"Deleted {saved.row.name}.",
        )
