"""The form by which a person says what became of a change."""

from django import forms

from apps.audit.models import Stage
from apps.console.forms import ConsoleForm


class SettleForm(ConsoleForm):
    """Did it happen?"""

    outcome = forms.ChoiceField(
        label="Did it happen?",
        choices=[
            (Stage.DONE.value, "Yes: Zoho shows the change"),
            (Stage.NOT_DONE.value, "No: Zoho shows the state from before"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Say which of the two Zoho shows."},
    )
    reason = forms.CharField(
        label="How do you know?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="What you looked at. Goes into the log and stays there.",
    )
