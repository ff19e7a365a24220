"""Columns and the base of every table."""

from collections.abc import Callable
from typing import Any

import django_tables2 as tables
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from apps.core.choices import StatusChoices

from .templatetags import console as tags


class ConsoleTable(tables.Table):
    """A table of the portal. The first three columns are what a phone shows.

    With `usual`, the names of the columns shown at first, every person chooses columns of their own.
    """

    usual: tuple[str, ...] = ()


class IdentityColumn(tables.Column):
    """Avatar, name, and the attribute `under` below it; links to `url(record)` or `get_absolute_url()`.

    In a file what stands under the name has a column of its own, called `under_label`.
    """

    def __init__(
        self,
        *args: Any,
        under: str = "",
        under_label: str = "",
        url: Callable[[Any], str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.under, self.url = under, url
        self.below = (under_label or under.replace("_", " ").capitalize(), tables.A(under)) if under else None
        self.attrs: dict[str, Any] = {
            "td": {"class": "cell-identity"},
            "th": {"class": "cell-identity"},
        } | kwargs.get("attrs", {})

    def render(self, value: Any, record: Any) -> SafeString:
        """Draw the cell."""
        under = tables.A(self.under).resolve(record, quiet=True) if self.under else ""
        url = self.url(record) if self.url else record.get_absolute_url() if has_url(record) else ""
        return tags.identity(str(value), under or "", url)

    def value(self, value: Any) -> str:
        """The name alone."""
        return str(value)


class StatusColumn(tables.Column):
    """Dot and word of a value of `choices`."""

    def __init__(self, choices: type[StatusChoices], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices = choices

    def render(self, value: Any, record: Any, bound_column: Any) -> SafeString:
        """Draw the status; a word that Zoho invented later is shown as it came."""
        raw = tables.A(bound_column.accessor).resolve(record, quiet=True) or value
        return tags.status(self.choices(raw)) if raw in self.choices.values else tags.status(label=str(raw))

    def value(self, value: Any) -> str:
        """The word."""
        return str(self.choices(value).label if value in self.choices.values else value)


class AgoColumn(tables.Column):
    """How long ago, with the exact moment in the title."""

    def render(self, value: Any) -> SafeString:
        """Draw the moment."""
        return tags.ago(value)

    def value(self, value: Any) -> Any:
        """The moment itself."""
        return value


class NumberColumn(tables.Column):
    """A number, to the right, in figures of one width."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.attrs: dict[str, Any] = {
            "td": {"class": "cell-number"},
            "th": {"class": "cell-number"},
        } | kwargs.get("attrs", {})

    def render(self, value: Any) -> str:
        """Thousands apart."""
        return f"{value:,}"

    def value(self, value: Any) -> Any:
        """The number itself."""
        return value


class SelectColumn(tables.Column):
    """A box to tick a row with; the selection bar's form takes it along."""

    def __init__(self, key: str) -> None:
        super().__init__(
            verbose_name="",
            accessor=key,
            orderable=False,
            attrs={"td": {"class": "cell-select"}, "th": {"class": "cell-select"}},
        )

    @property
    def header(self) -> SafeString:
        """Ticks the whole page; drawn by the script, which it needs."""
        return render_to_string("console/select_all.html")

    def render(self, value: Any, record: Any) -> SafeString:
        """One box."""
        return format_html(
            '<label class="select-box"><input type="checkbox" class="select-row" name="id" value="{}" '
            'form="selection" aria-label="Select {}"></label>',
            value,
            record,
        )


def has_url(record: Any) -> bool:
    """Whether a row knows its own page."""
    return callable(getattr(record, "get_absolute_url", None))
