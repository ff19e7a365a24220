"""Choosing a file, and saying which column is which."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from apps.console.forms import ConsoleForm
from apps.console.views.actions import ConfirmForm
from apps.core import spreadsheets
from apps.core.spreadsheets import column_letter
from apps.onboarding import columns
from apps.onboarding.models import Onboarding

IGNORED = "Leave out"


class UploadForm(ConsoleForm):
    """One spreadsheet."""

    file = forms.FileField(
        label="Spreadsheet",
        max_length=255,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.txt,.tsv"}),
        help_text="Excel (.xlsx) or CSV, one person a row, column names in the first. Up to 100,000 rows and "
        "50 MB.",
        error_messages={"required": "Choose the file first."},
    )


class ConfirmPlanForm(ConfirmForm):
    """Carries the digest of the plan that the page showed, so that no other one is confirmed."""

    plan = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)


class EncodingForm(ConsoleForm):
    """Each encoding with the first telling lines as it reads them."""

    codec = forms.ChoiceField(
        label="Which of these reads right?",
        widget=forms.RadioSelect,
        help_text="Look at names with accents or in other scripts.",
        error_messages={"required": "Choose the one whose names read right."},
    )

    def __init__(self, *args: Any, head: bytes, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["codec"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = [
            (codec, f"{spreadsheets.ENCODINGS[codec]}: {' · '.join(spreadsheets.preview(head, codec))}")
            for codec in spreadsheets.suggestions(head)
        ]


class ColumnsForm(ConsoleForm):
    """A select for each column of the file."""

    def __init__(self, *args: Any, onboarding: Onboarding, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", IGNORED), *((field.name, field.label) for field in columns.fields().values())]
        for index, name in enumerate(onboarding.header):
            label = name or f"Column {column_letter(index)}"
            self.fields[f"column_{index}"] = forms.ChoiceField(
                label=label,
                choices=choices,
                required=False,
                initial=onboarding.mapping.get(str(index), ""),
            )

        self.fields["changes_people"] = forms.BooleanField(
            label="Also change people who are already there",
            required=False,
            initial=onboarding.changes_people,
            help_text="Only fields the file has a value for; the plan shows each change before it is made.",
        )

    def mapping(self) -> Mapping[str, str]:
        """Column index (as text) to field, without what is left out."""
        return {
            name.removeprefix("column_"): field
            for name, field in self.cleaned_data.items()
            if name.startswith("column_") and field
        }

    def clean(self) -> dict[str, Any]:
        """The address exactly once, everything else at most once."""
        cleaned = super().clean() or self.cleaned_data
        if sentence := columns.problem(self.mapping()):
            raise ValidationError(sentence)
        return cleaned
