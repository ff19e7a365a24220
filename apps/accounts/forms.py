"""The forms of setting up and of the administrators' pages."""

from django import forms
from django.utils.functional import lazy

from apps.accounts import suggesting
from apps.console.forms import ConsoleForm
from apps.console.widgets import SuggestInput
from apps.core.permissions import PortalRole

ROLES_IN_WORDS = {
    PortalRole.OWNER: "Everything, including the connection to Zoho and who else may come in",
    PortalRole.ADMINISTRATOR: "Runs people, roles, channels, domain and mail; reads the log",
    PortalRole.OPERATOR: "Edits people and where they belong, and onboards joiners from spreadsheets",
    PortalRole.APPROVER: "Sees the organisation and decides about requested channels",
    PortalRole.AUDITOR: "Reads everything, the log included, and changes nothing",
}
ROLE_CHOICES = [(role.value, f"{role.label} — {ROLES_IN_WORDS[role]}") for role in PortalRole]


class ClaimForm(ConsoleForm):
    """The one-time code that the portal printed where it was started."""

    code = forms.CharField(
        label="Code",
        max_length=40,
        help_text="Four groups of four letters and digits, printed by the portal where it was started.",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}),
        error_messages={"required": "Enter the code that the portal printed where it was started."},
    )


class RoleForm(ConsoleForm):
    """Another portal role for an administrator."""

    portal_role = forms.ChoiceField(
        label="Role in the portal", choices=ROLE_CHOICES, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label="Reason",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Goes into the log and stays there.",
    )


class AdmitForm(ConsoleForm):
    """Somebody of the organisation who shall use the portal."""

    email = forms.EmailField(
        label="Zoho address",
        max_length=320,
        widget=SuggestInput(lazy(suggesting.url, str)()),
        help_text="Type a name to see addresses. The portal looks the person up in Zoho and knows them by "
        "their Zoho id from then on.",
    )
    portal_role = forms.ChoiceField(
        label="Role in the portal",
        choices=ROLE_CHOICES,
        initial=PortalRole.OPERATOR,
        widget=forms.RadioSelect,
    )
