"""A list: table, filters as chips, sort, pager; the URL is its whole state."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponseBase
from django_filters import FilterSet
from django_tables2 import RequestConfig, Table

from ..chips import Chip, chips, described
from ..columns import COLUMNS
from ..downloads import DOWNLOAD
from ..registry import PageAction, selections
from ..requests import ConsoleRequest, administrator_of, is_fragment
from ..tables import SelectColumn
from .tools import ListTools

TABLE_ID = "list"
# What of the address says how a list is shown rather than which rows.
NOT_FILTERS = frozenset({"page", "sort", COLUMNS})


@dataclass(frozen=True, slots=True)
class EmptyState:
    """What a list says when nothing is there at all: a sentence, the reason, the next step."""

    title: str
    text: str = ""
    icon: str = "inbox"
    action: PageAction | None = None


class ListView(ListTools):
    """Rows of `get_queryset()`, filtered by `filterset_class`, drawn by `table_class`, 50 to a page."""

    template_name = "console/list.html"
    fragment_template = "console/list_table.html"
    filterset_class: type[FilterSet] | None = None
    queryset: QuerySet[Any] | None = None
    page_size = 50
    # The slot of what can be done to selected rows, and the column that says which they are.
    selection = ""
    selection_key = "cliq_id"
    noun = ("row", "rows")
    empty = EmptyState("Nothing here yet.")

    def get_queryset(self) -> Any:
        """All rows this page may show, before any filter."""
        assert self.queryset is not None  # noqa: S101
        return self.queryset.all()

    def get_empty(self) -> EmptyState:
        """The empty state; override where the next step depends on the person."""
        return self.empty

    def allowed_empty(self) -> EmptyState:
        """The empty state, without a next step that this person may not take."""
        empty = self.get_empty()
        if empty.action is None or empty.action.allowed(administrator_of(self.request)):
            return empty
        return replace(empty, action=None)

    def get_template_names(self) -> list[str]:
        """Only the table where htmx asks for it."""
        if is_fragment(self.request) and self.request.htmx.target == TABLE_ID:
            return [self.fragment_template]
        return super().get_template_names()

    def get(self, request: ConsoleRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Filter, sort, cut the page, render; or send all of it as a file."""
        everything = self.get_queryset()
        filterset = self.get_filterset(everything)
        rows = filterset.qs if filterset is not None else everything
        if self.downloads and DOWNLOAD in request.GET:
            return self.download(rows, filterset)
        table = self.get_table(rows)
        context = self.get_context_data(table=table, filterset=filterset, noun=self.noun)
        context["fragment_template"] = self.fragment_template
        context |= self.filter_context(filterset)
        context |= self.tool_context(table, filters=filterset is not None)
        if not table.page.object_list.data:
            context |= {"empty": self.allowed_empty(), "nothing_at_all": not exists(everything)}
        return self.render_to_response(context)

    def get_filterset(self, everything: Any) -> FilterSet | None:
        """The filters bound to the URL; an unusable value is ignored and left unmarked."""
        if self.filterset_class is None:
            return None
        return self.filterset_class(data=self.request.GET, queryset=everything, request=self.request)

    def get_table(self, rows: Any) -> Table:
        """The table, sorted and cut as the URL says; a page past the end shows the last one."""
        lead = [("select", SelectColumn(self.selection_key))] if self.selectors else []
        paginate = {"per_page": self.page_size, "silent": True}
        return RequestConfig(self.request, paginate=paginate).configure(self.make_table(rows, lead=lead))

    @cached_property
    def selectors(self) -> list[PageAction]:
        """What this person may do to selected rows; without anything no row can be selected."""
        if not self.selection:
            return []
        found = selections.visible(self.selection, administrator_of(self.request))
        return [action.bind(None) for action in found]

    def filter_context(self, filterset: FilterSet | None) -> dict[str, Any]:
        """The chips, what is filtered in words, and the link that clears it all."""
        shown: list[Chip] = chips(filterset, self.request.GET) if filterset is not None else []
        searchable = filterset is not None and "q" in filterset.filters
        return {
            "chips": shown,
            "searchable": searchable,
            "search": self.request.GET.get("q", "").strip() if searchable else "",
            "filtered_by": described(filterset, shown, self.request.GET),
            "clear_url": self.request.path,
            "selectors": self.selectors,
            "selected_by": [
                (name, value)
                for name, values in self.request.GET.lists()
                if name not in NOT_FILTERS
                for value in values
                if value
            ],
        }


def exists(rows: Any) -> bool:
    """Whether there is any row, for a queryset or a plain sequence."""
    if isinstance(rows, QuerySet):
        return rows.exists()
    return any(True for _ in rows) if isinstance(rows, Iterable) else bool(rows)
