"""Forms about roles."""

from typing import Any

from django import forms

from apps.access import selectors
from apps.access.models import TYPE_MEANS, ProfileType
from apps.access.services.roles import NAME_LENGTH
from apps.console.forms import ConsoleForm, EditForm, Section

DESCRIPTION = "What it is for; shown in the list."


def _name() -> forms.CharField:
    return forms.CharField(label="Name", max_length=NAME_LENGTH)


def _description() -> forms.CharField:
    return forms.CharField(
        label="Description",
        required=False,
        max_length=250,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=DESCRIPTION,
    )


class CreateRoleForm(ConsoleForm):
    """A new role; types that administer something are an Owner's to choose."""

    name = _name()
    description = _description()
    profile_type = forms.ChoiceField(label="Type", widget=forms.RadioSelect)
    clone = forms.ChoiceField(
        label="Copy the permissions of",
        required=False,
        help_text="Without one, the role begins with what Cliq gives its type.",
    )

    sections = (
        Section("Name", ("name", "description")),
        Section(
            "Type",
            ("profile_type",),
            "The type cannot be changed later. Admin types are for an Owner of the portal to give.",
        ),
        Section(
            "Permissions", ("clone",), "A copy is taken once: the two roles go their own ways afterwards."
        ),
    )

    def __init__(self, *args: Any, admin: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        types = list(ProfileType) if admin else [ProfileType.MEMBERS]
        self.fields["profile_type"].choices = [  # type: ignore[attr-defined]
            (kind.value, f"{kind.label}. {TYPE_MEANS[kind]}") for kind in types
        ]
        roles = [role for role in selectors.roles() if admin or not role.is_admin]
        self.fields["clone"].choices = [  # type: ignore[attr-defined]
            ("", "None"),
            *((role.cliq_id, role.name) for role in roles),
        ]


class EditRoleForm(EditForm):
    """Another name or description."""

    name = _name()
    description = _description()
    reason = forms.CharField(
        label="Reason", required=False, max_length=500, help_text="Goes into the log and stays there."
    )
