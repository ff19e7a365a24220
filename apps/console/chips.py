"""Filters as chips: «Status: any», each a small menu of links or a small form, all state in the URL."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus

from django.forms import BoundField
from django.http import QueryDict
from django_filters import FilterSet

SEARCH = "q"
ANY = "any"
# Sorting survives a change of filter, the page does not.
PAGE_PARAMETERS = ("page", "before", "after")


@dataclass(frozen=True, slots=True)
class Option:
    """One choice in a chip's menu."""

    label: str
    url: str
    selected: bool = False


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter. With `options` it is a menu of links, otherwise `field` is drawn in a form of its own."""

    label: str
    name: str
    value: str
    active: bool
    clear_url: str
    options: tuple[Option, ...] = ()
    field: BoundField | None = None
    keep: tuple[tuple[str, str], ...] = ()


def chips(filterset: FilterSet, query: QueryDict) -> list[Chip]:
    """A chip for each filter but the search, in the order of the filter set."""
    return [chip(filterset.form[name], query) for name in filterset.filters if name != SEARCH]


def chip(field: BoundField, query: QueryDict) -> Chip:
    """The chip of one filter field, with its menu."""
    names = parameter_names(field)
    active = any(query.get(name) for name in names) and not field.errors
    clear = url_with(query, dict.fromkeys(names))
    choices = None if multiple(field) else getattr(field.field, "choices", None)
    label = str(field.label)
    if choices is None:
        keep = tuple((key, value) for key, value in pairs(query) if key not in names)
        return Chip(label, field.html_name, spoken(field) if active else ANY, active, clear, (), field, keep)
    options = tuple(options_of(field, choices, query, clear))
    value = next((option.label for option in options if option.selected), ANY)
    return Chip(label, field.html_name, value if active else ANY, active, clear, options)


def options_of(field: BoundField, choices: Iterable[Any], query: QueryDict, clear: str) -> Iterable[Option]:
    """«Any» first, then each choice as a link that keeps the rest of the URL."""
    present = query.get(field.html_name, "")
    yield Option(ANY.capitalize(), clear, not present)
    # One prefix for all: there may be hundreds of departments, on every page that is opened.
    prefix = f"{clear}{'' if clear == '?' else '&'}{quote_plus(field.html_name)}="
    for value, label in choices:
        if str(value):
            yield Option(str(label), prefix + quote_plus(str(value)), str(value) == present)


def multiple(field: BoundField) -> bool:
    """Whether several values may be chosen at once."""
    return bool(getattr(field.field.widget, "allow_multiple_selected", False))


def parameter_names(field: BoundField) -> list[str]:
    """The URL's names for this filter: one, or several for a range."""
    widgets = getattr(field.field.widget, "widgets_names", None)
    if widgets is None:
        return [field.html_name]
    suffixes = getattr(field.field.widget, "suffixes", None)
    if suffixes:
        return [f"{field.html_name}_{suffix}" if suffix else field.html_name for suffix in suffixes]
    return [field.html_name + name for name in widgets]


def spoken(field: BoundField) -> str:
    """The present value of a filter that is not a menu, in words."""
    data = field.data
    labels = {str(value): str(label) for value, label in getattr(field.field, "choices", [])}
    values = data if isinstance(data, list | tuple) else [data]
    if not labels and len(values) == 2 and not all(values):
        return f"from {values[0]}" if values[0] else f"up to {values[1]}"
    said = [labels.get(str(value), str(value)) for value in values if value]
    return (" – " if not labels else ", ").join(said)


def described(filterset: FilterSet | None, shown: list[Chip], query: QueryDict) -> list[str]:
    """Each active filter in words, for «Nothing matches …»."""
    search = query.get(SEARCH, "").strip() if filterset is not None and SEARCH in filterset.filters else ""
    words = [f"“{search}”"] if search else []
    return words + [f"{chip.label}: {chip.value}" for chip in shown if chip.active]


def pairs(query: QueryDict) -> list[tuple[str, str]]:
    """The URL's parameters that a change of filter keeps."""
    return [
        (name, value)
        for name, values in query.lists()
        for value in values
        if name not in PAGE_PARAMETERS and value
    ]


def url_with(query: QueryDict, changes: dict[str, str | None]) -> str:
    """The present URL's query with `changes` made (None takes a name away), starting at page one."""
    changed = QueryDict(mutable=True)
    for name, value in pairs(query):
        if name not in changes:
            changed.appendlist(name, value)
    for name, new in changes.items():
        if new:
            changed[name] = new
    return f"?{changed.urlencode()}" if changed else "?"


def address(path: str, query: QueryDict, changes: dict[str, str | None] | None = None) -> str:
    """The same as a whole address, for where a bare question mark would not do."""
    return path + url_with(query, changes or {}).removesuffix("?")
