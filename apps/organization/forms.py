"""The forms of domain and mail."""

import idna
from django import forms
from django.core.exceptions import ValidationError

from apps.console.forms import ConsoleForm, EditForm, Section

MOST = 253
NOT_A_NAME = "This is no domain name. Write it like chat.example.com, without https:// and without a path."
REASON = forms.CharField(
    label="Reason",
    max_length=500,
    required=False,
    widget=forms.Textarea(attrs={"rows": 2}),
    help_text="Goes into the log and stays there.",
)


class DomainForm(ConsoleForm):
    """The organisation's own address of Cliq."""

    name = forms.CharField(
        label="Domain",
        max_length=MOST,
        help_text="A name below a domain that you own, such as chat.example.com. "
        "It needs a DNS record of its own, so it cannot be one that is in use.",
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false", "inputmode": "url"}),
    )

    def clean_name(self) -> str:
        """In the form that DNS knows; what is no name is said here."""
        typed = str(self.cleaned_data["name"]).strip().rstrip(".").lower()
        try:
            name = idna.encode(typed, uts46=True).decode("ascii")
        except idna.IDNAError as error:
            raise ValidationError(NOT_A_NAME) from error
        if "." not in name:
            raise ValidationError(NOT_A_NAME)
        if name.rpartition(".")[2].isdecimal():
            raise ValidationError("This is an address of a computer. Write a domain name.")
        return name


class MailForm(EditForm):
    """Whom Cliq's notifications come from."""

    name = forms.CharField(
        label="Sender’s name", max_length=100, help_text="What people see as the sender of a notification."
    )
    email_id = forms.EmailField(
        label="Sender’s address",
        max_length=320,
        help_text="An address of a domain that you own; another domain has to be verified anew.",
    )
    reason = REASON
    sections = (Section("Sender", ("name", "email_id")), Section("For the log", ("reason",)))
