"""The life of a role: create, rename, delete."""

from typing import Any

from django.contrib import messages
from django.urls import reverse

from apps.access import jobs, selectors
from apps.access.forms import CreateRoleForm, EditRoleForm
from apps.access.models import Role
from apps.access.services import reading
from apps.access.views.common import LATER, changeable
from apps.console.errors import NothingHere
from apps.console.views import ActionView, FormView
from apps.core.errors import OutcomeUnknown
from apps.core.permissions import Permission
from apps.directory.facts import event_of

ACTIVE = "access:roles"
NAMED = 12


class CreateView(FormView):
    """Makes a role."""

    permission = Permission.ROLES_EDIT
    title, active, submit = "Create a role", ACTIVE, "Create the role"
    description = "A role of the organisation’s own; its permissions can be changed afterwards."
    form_class = CreateRoleForm

    def get_back(self) -> tuple[str, str]:
        """The list."""
        return "Roles", reverse("access:roles")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Adds whether the types that administer something may be chosen."""
        administrator: Any = self.request.administrator
        return {**super().get_form_kwargs(), "admin": administrator.can(Permission.ROLES_ADMIN)}

    def get_initial(self) -> dict[str, Any]:
        """A copy where the page was opened from another role."""
        return {"profile_type": "Members", "clone": self.request.GET.get("clone", "")}

    def save(self, form: CreateRoleForm) -> str:
        """Send now."""
        data = form.cleaned_data
        clone = selectors.role_by_id(data["clone"]) if data["clone"] else None
        try:
            result = self.carry(
                jobs.CREATE,
                name=data["name"],
                profile_type=data["profile_type"],
                description=data["description"],
                clone=clone,
            )
        except OutcomeUnknown as error:
            messages.warning(self.request, error.sentence + LATER)
            return reverse("access:roles")
        self.say(f"Created the role {result.role.name}.", event_of(self.request.administrator, result.event))
        return result.role.get_absolute_url()


class EditView(FormView):
    """Renames or describes a role."""

    permission = Permission.ROLES_EDIT
    active, form_class = ACTIVE, EditRoleForm
    counts_changes = True

    def get_object(self) -> Role:
        """One of the organisation's own."""
        return own(changeable(self.request, self.kwargs["cliq_id"]))

    def get_title(self) -> str:
        """Which it is."""
        return f"Edit {self.object.name}"

    def get_back(self) -> tuple[str, str]:
        """The role's page."""
        return self.object.name, self.object.get_absolute_url()

    def get_initial(self) -> dict[str, Any]:
        """What the mirror has; saving is judged against a fresh reading."""
        return {"name": self.object.name, "description": self.object.description}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds how old the values are."""
        return super().get_context_data(fresh=self.object.read_at, **kwargs)

    def save(self, form: EditRoleForm) -> str:
        """Send now."""
        role: Role = self.object
        try:
            result = self.carry(
                jobs.UPDATE,
                role,
                name=form.cleaned_data["name"],
                description=form.cleaned_data["description"],
                shown=form.values_shown(),
                reason=form.cleaned_data["reason"],
            )
        except OutcomeUnknown as error:
            messages.warning(self.request, error.sentence + LATER)
            return role.get_absolute_url()
        count = len(result.changed)
        self.say(
            f"Saved {count} change{'' if count == 1 else 's'} of {result.role.name}.",
            event_of(self.request.administrator, result.event),
        )
        return role.get_absolute_url()


class DeleteView(ActionView):
    """Deletes a role; who becomes a Member is shown first."""

    permission = Permission.ROLES_EDIT
    active, danger, reason = ACTIVE, True, "required"

    def get_object(self) -> Role:
        """One of the organisation's own, its people read now."""
        role = own(changeable(self.request, self.kwargs["cliq_id"]))
        self.problem = reading.refresh_people(role) if self.request.method == "GET" else ""
        return role

    def get_title(self) -> str:
        """Which it is."""
        return f"Delete {self.object.name}"

    def get_back(self) -> tuple[str, str]:
        """The role's page."""
        return self.object.name, self.object.get_absolute_url()

    def get_submit(self) -> str:
        """The verb, and how many people it moves."""
        number = self.object.members_count or 0
        people = f" and move {number:,} {'person' if number == 1 else 'people'}" if number else ""
        return f"Delete the role{people}"

    def get_typed_name(self) -> str:
        """The role's name."""
        role: Role = self.object
        return role.name

    def get_consequences(self) -> list[str]:
        """Who moves where."""
        role: Role = self.object
        heir = selectors.default_members()
        into = heir.name if heir else "Members"
        said = [f"The role “{role.name}” and its permissions are gone; Zoho cannot bring them back."]
        if self.problem:
            said.append(f"{self.problem} Who is in the role is shown as it was last read.")
        number = role.members_count
        if number is None:
            return [*said, f"Whoever is in it moves to “{into}”."]
        if not number:
            return [*said, "Nobody is in it."]
        names = list(selectors.people_of(role).values_list("name", flat=True)[:NAMED])
        more = f" and {number - len(names):,} more" if number > len(names) else ""
        return [*said, f"To “{into}” {'moves' if number == 1 else 'move'}: {', '.join(names)}{more}."]

    def save(self, form: Any) -> str:
        """Send now."""
        role: Role = self.object
        try:
            result = self.carry(jobs.DELETE, role, reason=form.cleaned_data["reason"])
        except OutcomeUnknown as error:
            messages.warning(self.request, error.sentence + LATER)
            return role.get_absolute_url()
        self.say(f"Deleted the role {role.name}.", event_of(self.request.administrator, result.event))
        return reverse("access:roles")


def own(role: Role) -> Role:
    """Roles that came with Cliq have neither of these pages."""
    if role.is_default:
        raise NothingHere(f"{role.name} came with Cliq: it can be neither renamed nor deleted.")
    return role
