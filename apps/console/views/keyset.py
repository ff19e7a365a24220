"""A list too long to count: newest first, walked by a cursor instead of page numbers."""

from dataclasses import dataclass
from typing import Any

from django_tables2 import Table

from ..chips import url_with
from .lists import ListView


@dataclass(frozen=True, slots=True)
class Window:
    """The rows of one page and the links to its neighbours, empty where there are none."""

    rows: list[Any]
    newer_url: str = ""
    older_url: str = ""
    newest_url: str = ""


class KeysetListView(ListView):
    """Like `ListView`, but neither COUNT nor OFFSET: `cursor` is an indexed, unique, growing column."""

    template_name = "console/keyset_list.html"
    fragment_template = "console/keyset_table.html"
    cursor = "seq"
    window: Window

    def get_table(self, rows: Any) -> Table:
        """The table of one window of rows; its columns cannot be sorted."""
        self.window = self.get_window(rows)
        table = self.make_table(self.window.rows, orderable=False)
        table.paginate(per_page=self.page_size)
        return table

    def whole_table(self, rows: Any) -> Table:
        """Every row, newest first."""
        return self.make_table(rows.order_by(f"-{self.cursor}"), orderable=False)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the links to older and newer rows."""
        return super().get_context_data(window=self.window, **kwargs)

    def get_window(self, rows: Any) -> Window:
        """Fetch one row more than the page holds: it tells whether there is a next page."""
        query = self.request.GET
        after, before = number(query.get("after")), number(query.get("before"))
        if after is not None:
            found = list(
                rows.filter(**{f"{self.cursor}__gt": after}).order_by(self.cursor)[: self.page_size + 1]
            )
            more_newer, more_older = len(found) > self.page_size, True
            page = found[: self.page_size][::-1]
        else:
            older = rows if before is None else rows.filter(**{f"{self.cursor}__lt": before})
            found = list(older.order_by(f"-{self.cursor}")[: self.page_size + 1])
            more_newer, more_older = before is not None, len(found) > self.page_size
            page = found[: self.page_size]
        return self.linked(page, more_newer=more_newer, more_older=more_older)

    def linked(self, page: list[Any], *, more_newer: bool, more_older: bool) -> Window:
        """The window with the URLs of its neighbours."""
        query = self.request.GET
        first, last = (
            (getattr(page[0], self.cursor), getattr(page[-1], self.cursor)) if page else (None, None)
        )
        return Window(
            page,
            newer_url=url_with(query, {"after": str(first)}) if more_newer and page else "",
            older_url=url_with(query, {"before": str(last)}) if more_older and page else "",
            newest_url=url_with(query, {}) if more_newer else "",
        )


def number(text: str | None) -> int | None:
    """The cursor in the URL, or None where it is missing or nonsense."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None
