"""What the portal's forms share: sections, the values they showed, and the vendor's refusals."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from apps.core.errors import ChangedElsewhere, OutcomeUnknown, PortalError, QuotaWait


@dataclass(frozen=True, slots=True)
class Section:
    """A group of fields under one heading, with its explanation in the margin of a wide page."""

    title: str
    fields: tuple[str, ...]
    help: str = ""


class ConsoleForm(forms.Form):
    """A form that can be told what Zoho said; `sections` groups its fields."""

    sections: tuple[Section, ...] = ()
    use_required_attribute = False

    quota_wait: QuotaWait | None = None
    notice = "error"

    def add_refusal(self, error: PortalError) -> None:
        """Put the sentence beside the field it belongs to, or on top where it belongs to none."""
        if isinstance(error, QuotaWait):
            self.quota_wait = error
            self.notice = "warning"
            for name in self.files:
                # A browser sends a chosen file once.
                if name in self.fields:
                    self.add_error(name, "Choose the file again before you save again.")
        if isinstance(error, ChangedElsewhere):
            self.add_changed_elsewhere(error.fields)
            self.notice = "unknown"
        if isinstance(error, OutcomeUnknown):
            self.notice = "unknown"
        field = getattr(error, "field", "")
        known = field in self.fields and not self.fields[field].widget.is_hidden
        self.add_error(field if known else None, error.sentence)

    def add_changed_elsewhere(self, present: Mapping[str, Any]) -> None:
        """Say at each field what it has become meanwhile."""
        for name, value in present.items():
            if name in self.fields:
                said = self.spoken(name, value) or "nothing"
                self.add_error(
                    name,
                    f"Somebody changed this meanwhile to “{said}”. Save again to put yours in its place.",
                )

    def spoken(self, name: str, value: Any) -> str:
        """A value as the person knows it: the label of a choice rather than its key."""
        for key, label in getattr(self.fields[name], "choices", []):
            if str(key) == str(value):
                return str(label)
        return str(value if value is not None else "")


class EditForm(ConsoleForm):
    """A form about something that exists: it carries the values it showed.

    `changes()` is only what this person changed; `shown()` is what they saw before; both are by field name.
    What stands in `beside` is about the saving, not about the thing.
    """

    beside: tuple[str, ...] = ("reason", "audit_reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.show_hidden_initial = True

    def changes(self) -> dict[str, Any]:
        """The fields this person changed, with their new values."""
        return {name: self.cleaned_data[name] for name in self.changed_data if name in self.cleaned_data}

    def shown(self, name: str) -> Any:
        """The value of a field when the page was made, as it was submitted back."""
        field = self.fields[name]
        widget = field.hidden_widget()
        return field.to_python(
            widget.value_from_datadict(self.data, self.files, self[name].html_initial_name)
        )

    def values(self) -> dict[str, str]:
        """What the form says now, as text."""
        return {name: str(self.cleaned_data[name]) for name in self.fields if name not in self.beside}

    def values_shown(self) -> dict[str, str]:
        """What it said when it was shown, as text."""
        return {name: str(self.shown(name) or "") for name in self.fields if name not in self.beside}

    def changed_elsewhere(self) -> dict[str, Any]:
        """Of the fields this person changed, those whose present value is no longer the one shown."""
        return {
            name: self[name].initial
            for name in self.changed_data
            if self.fields[name].has_changed(self[name].initial, self.shown(name))
        }

    def add_changed_elsewhere(self, present: Mapping[str, Any]) -> None:
        """Also make the present values the shown ones: saving again is a decision taken knowingly."""
        super().add_changed_elsewhere(present)
        assert isinstance(self.data, QueryDict)  # noqa: S101
        data = self.data.copy()
        for name in present.keys() & self.fields.keys():
            bound = self[name]
            value = bound.field.prepare_value(present[name])
            data.setlist(bound.html_initial_name, [str(part) for part in as_list(value)])
        self.data = data


def as_list(value: Any) -> list[Any]:
    """The values of a hidden input: several for a multiple choice, none for nothing."""
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple | set) else [value]


def minutes(seconds: float) -> str:
    """A wait in words: «40 seconds», «about 3 minutes»."""
    if seconds < 90:
        return f"{max(1, math.ceil(seconds))} seconds"
    return f"about {math.ceil(seconds / 60)} minutes"
