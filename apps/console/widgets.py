"""How a form field is drawn: classes, the pieces around it, all without a style attribute."""

from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

SEARCHABLE_FROM = 12


class SuggestInput(forms.TextInput):
    """A line of text with suggestions that `url` answers as options while somebody types."""

    def __init__(self, url: Any) -> None:
        super().__init__(
            attrs={
                "autocomplete": "off",
                "hx-get": url,
                "hx-trigger": "input changed delay:200ms",
                "hx-swap": "innerHTML",
                "hx-sync": "this:replace",
            }
        )

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The field and the list that fills."""
        key = f"{(attrs or {}).get('id', name)}_suggestions"
        field = super().render(name, value, {**(attrs or {}), "list": key, "hx-target": f"#{key}"}, renderer)
        return format_html('{}<datalist id="{}"></datalist>', field, key)


def kind_of(field: BoundField) -> str:
    """Which of the field template's forms fits: check, choices, file or line."""
    widget = field.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, forms.FileInput):
        return "file"
    return "line"


def class_of(widget: forms.Widget) -> str:
    """The stylesheet's class for a widget."""
    if isinstance(widget, forms.CheckboxInput):
        return "form-check-input"
    if isinstance(widget, forms.Select):
        return "form-select"
    return "form-control"


def drawn(field: BoundField) -> SafeString:
    """The widget with its class, and with the value it showed where the form keeps that."""
    widget = field.field.widget
    attrs: dict[str, Any] = {"class": f"{class_of(widget)} {widget.attrs.get('class', '')}".strip()}
    if field.use_fieldset and not isinstance(widget, forms.MultiWidget):
        del attrs["class"]
    if isinstance(widget, forms.Select) and len(widget.choices) >= SEARCHABLE_FROM:  # type: ignore[arg-type]
        attrs["data-combobox"] = ""
    if (
        field.errors
        and not field.use_fieldset
        and isinstance(widget, forms.TextInput | forms.Textarea | forms.Select)
    ):
        attrs["class"] += " is-invalid"
    if field.field.required and not field.use_fieldset:
        attrs["aria-required"] = "true"
    html = field.as_widget(attrs=attrs)
    if field.field.show_hidden_initial:
        html += field.as_hidden(only_initial=True)
    return mark_safe(html)  # noqa: S308
