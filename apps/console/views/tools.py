"""What every list can do beside showing rows: chosen columns, named filters, the whole list as a file."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.contrib import messages
from django.http import HttpResponseBase
from django.utils import timezone
from django_tables2 import Column, RequestConfig, Table

from apps.core.permissions import Permission

from .. import columns, downloads
from ..access import require
from ..chips import address, chips, described, url_with
from ..downloads import DOWNLOAD, FORMATS, Downloaded
from ..registry import may_see
from ..remembering import memory
from ..requests import administrator_of
from ..responses import redirect_to
from .base import ConsoleView
from .files import attachment


class ListTools(ConsoleView):
    """The part of `ListView` behind the menus at the right of its filters.

    `downloads = True` offers the list as a file; a table with `usual` columns lets everybody choose theirs.
    """

    table_class: type[Table]
    downloads = False

    @property
    def view_name(self) -> str:
        """The list's url name: under it a person's choices are kept."""
        match = self.request.resolver_match
        return match.view_name if match else ""

    def get_extra_columns(self) -> Sequence[tuple[str, Column]]:
        """Columns known only from the database, such as an organisation's own fields."""
        return ()

    def make_table(self, rows: Any, *, lead: Sequence[tuple[str, Column]] = (), **kwargs: Any) -> Table:
        """The table with the columns that this person sees, after those of `lead`."""
        extra = [*lead, *self.get_extra_columns()]
        table = self.table_class(data=rows, request=self.request, extra_columns=extra, **kwargs)
        first = [name for name, _ in lead]
        table.sequence = [*first, *(name for name in table.sequence if name not in first)]
        if columns.usual(table):
            columns.arrange(table, self.chosen_columns())
        return table

    def chosen_columns(self) -> Sequence[str]:
        """Those of the address, else those this person chose."""
        administrator = administrator_of(self.request)
        asked = columns.in_address(self.request.GET)
        return asked or (memory().columns(administrator, self.view_name) if administrator else ())

    def whole_table(self, rows: Any) -> Table:
        """Every row, sorted as the address says."""
        return RequestConfig(self.request, paginate=False).configure(self.make_table(rows))

    def download(self, rows: Any, filterset: Any) -> HttpResponseBase:
        """The list as a file; who took what is told before the first byte."""
        require(self.request, Permission.LISTS_DOWNLOAD)
        format_ = FORMATS.get(self.request.GET[DOWNLOAD], FORMATS["csv"])
        table = self.whole_table(rows)
        records = table.data.data
        number = len(records) if isinstance(records, list) else records.count()
        if format_.most is not None and number > format_.most:
            messages.error(
                self.request,
                f"An Excel file holds {format_.most:,} rows at most, and these are {number:,}. "
                "Take them as CSV, or filter first.",
            )
            return redirect_to(self.request, address(self.request.path, self.request.GET, {DOWNLOAD: None}))
        downloads.tell(self.request, self.downloaded(table, filterset, number, format_.suffix))
        name = f"{self.get_title()} {timezone.now():%Y-%m-%d}.{format_.suffix}"
        return attachment(format_.write(downloads.rows_of(table, records)), name, format_.content_type)

    def downloaded(self, table: Table, filterset: Any, number: int, suffix: str) -> Downloaded:
        """What is taken, in words."""
        query = self.request.GET
        shown = chips(filterset, query) if filterset is not None else []
        return Downloaded(
            view=self.view_name,
            title=self.get_title(),
            rows=number,
            format=suffix,
            filters=described(filterset, shown, query),
            sort=query.get("sort", ""),
            columns=[str(column.header) for column in table.columns],
        )

    def tool_context(self, table: Table, *, filters: bool) -> dict[str, Any]:
        """What `console/list_tools.html` shows."""
        administrator = administrator_of(self.request)
        if administrator is None:
            return {}
        query = self.request.GET
        here = url_with(query, {})
        path = self.request.path
        back = urlencode({"path": address(path, query)})
        named = [
            {
                "name": saved.name,
                "url": f"?{saved.query}",
                "current": _same(saved.query, here[1:]),
                "rename_url": f"{saved.rename_url}?{back}",
                "delete_url": f"{saved.delete_url}?{back}",
            }
            for saved in (memory().filters(administrator, self.view_name) if filters else ())
        ]
        nameable = filters and here != "?" and not any(each["current"] for each in named)
        offers = columns.offered(table)
        shown = ",".join(offer.name for offer in offers if offer.shown)
        may_download = self.downloads and may_see(Permission.LISTS_DOWNLOAD, administrator)
        return {
            "named": named,
            "naming_url": memory().naming_url(address(path, query)) if nameable else "",
            "offered_columns": offers if memory().columns_url() else [],
            "columns_url": memory().columns_url(),
            "columns_path": address(path, query, {columns.COLUMNS: None}),
            "columns_link": self.request.build_absolute_uri(address(path, query, {columns.COLUMNS: shown})),
            "downloads": [(each.label, url_with(query, {DOWNLOAD: each.suffix})) for each in FORMATS.values()]
            if may_download
            else [],
        }


def _same(one: str, other: str) -> bool:
    """Whether two queries ask for the same, whatever their order."""
    return sorted(parse_qsl(one)) == sorted(parse_qsl(other))
