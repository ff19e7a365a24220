"""Moving many users of the list into a role at once."""

from collections.abc import Sequence
from typing import Any

from django import forms

from apps.access import selectors
from apps.access.services import people
from apps.console.forms import ConsoleForm
from apps.core.actor import Actor
from apps.core.permissions import Permission, role_allows
from apps.directory.bulk import GONE, LIST
from apps.directory.models import User
from apps.jobs.bulk.acts import Act, Call, Values, Verdict
from apps.jobs.bulk.kind import register_act
from apps.jobs.models import JobRow, RowAction


class RoleForm(ConsoleForm):
    """Which role; those that administer something are an Owner's to give."""

    role = forms.ChoiceField(help_text="Everybody has one role: whoever is in another leaves it.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (role.cliq_id, f"{role.name} (admin)" if role.is_admin else role.name)
            for role in selectors.roles()
        ]
        self.fields["role"].choices = [("", "Choose one"), *choices]  # type: ignore[attr-defined]


class MoveIntoRole(Act):
    """A hundred a call; the last organisation admin stays, by a reading just before each call."""

    name, on, label, icon = "users-role", LIST, "Set role", "shield-lock"
    permission, endpoint, reads = Permission.ROLES_EDIT, "roles.add_users", ("roles.list", "roles.users")
    most, form_class, order = people.MOST, RoleForm, 30

    def title(self, values: Values) -> str:
        """Which."""
        role = selectors.role_by_id(values["role"])
        return f"Set the role to {role.name if role else 'one that is gone'}"

    def judge(self, things: Sequence[User], values: Values, actor: Actor) -> list[Verdict]:
        """By the role the mirror last saw each in; admin roles are the Owner's to give and to take."""
        role = selectors.role_by_id(values["role"])
        if role is None or role.gone_at is not None:
            return [Verdict(RowAction.CANNOT, "The role was deleted in Zoho meanwhile.")] * len(things)
        may_admin = role_allows(actor.role, Permission.ROLES_ADMIN)
        if role.is_admin and not may_admin:
            sentence = f"{role.name} is an admin role: only an Owner of the portal may put people into it."
            return [Verdict(RowAction.CANNOT, sentence)] * len(things)
        present = selectors.roles_of(user.cliq_id for user in things)
        return [self._verdict(user, present.get(user.cliq_id), role, may_admin) for user in things]

    def _verdict(self, user: User, present: Any, role: Any, may_admin: bool) -> Verdict:
        if user.gone_at is not None:
            return GONE
        if present is not None and present.pk == role.pk:
            return Verdict(RowAction.NOTHING, f"In {role.name} already.")
        if present is not None and present.is_admin and not may_admin:
            return Verdict(
                RowAction.CANNOT,
                f"In the admin role {present.name}: only an Owner of the portal may take people out of it.",
            )
        return Verdict(RowAction.UPDATE, diff=[("Role", present.name if present else "", role.name)])

    def send(self, things: Sequence[User], rows: Sequence[JobRow], values: Values, call: Call) -> object:
        """One call for all of them."""
        role = selectors.role_by_id(values["role"])
        assert role is not None  # noqa: S101
        return people.add(role, [user.cliq_id for user in things], **call.keywords())


def register() -> None:
    """Offer it on the list of users."""
    register_act(MoveIntoRole())
