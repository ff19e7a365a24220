"""What the pages about a resource that places users share."""

from functools import cached_property
from typing import Any

from django.urls import reverse
from django_tables2 import RequestConfig

from apps.console.errors import NothingHere
from apps.console.views import ConsoleView
from apps.core.permissions import Permission
from apps.directory import jobs, selectors, tree
from apps.directory.acting import Acting
from apps.directory.placing.tables import MemberTable
from apps.directory.services import obstacles
from apps.directory.services.placing import Placing

PAGE = 25


class About(ConsoleView):
    """What every page about a `placing` shares."""

    placing: Placing = None  # type: ignore[assignment]
    member_table: Any = MemberTable
    permission = Permission.USERS_VIEW

    def url(self, page: str, *args: str) -> str:
        """The address of another page of the same resource."""
        return reverse(f"directory:{page}", args=args)

    def row(self) -> Any:
        """The row of the address bar, also one that is gone."""
        row = self.placing.row(self.kwargs["cliq_id"])
        if row is None:
            raise NothingHere(
                f"The portal knows no {self.placing.noun} with this id. "
                "Read the organisation again if it is new."
            )
        return row

    @cached_property
    def freshness(self) -> selectors.Freshness:
        """How old the mirror is."""
        return selectors.directory_freshness()

    @cached_property
    def obstacle(self) -> obstacles.Obstacle | None:
        """What stands in the way of changing anything."""
        endpoints = [self.placing.endpoint(act) for act in self.placing.writes]
        return obstacles.of(self.placing.plural, *endpoints, freshness=self.freshness)

    def facts(self, row: Any) -> dict[str, Any]:
        """What `placing_body.html` shows of it: facts, what is below, a page of its members."""
        lead = selectors.user_by_id(row.lead_id) if getattr(row, "lead_id", "") else None
        members = self.placing.members(row).defer("raw", "custom", "search").order_by("name_key", "pk")
        table = self.member_table(members, request=self.request, exclude=(self.placing.named,))
        paginate = {"per_page": PAGE, "silent": True}
        unread = getattr(row, "members_read_at", row.read_at) is None
        RequestConfig(self.request, paginate=paginate).configure(table)
        # The pager has counted them: of many that is not asked twice.
        number = table.page.paginator.count
        return {
            "row": row,
            "lead": lead,
            "number": number,
            "unread": unread,
            "becomes": self.placing.becomes(row, row.members_count or 0 if unread else number),
            "table": table,
            "noun": ("member", "members"),
            "below": tree.branch(row.cliq_id) if "parent_department_id" in self.placing.fields else [],
            "most_shown": tree.MOST_SHOWN,
        }

    def get_back(self) -> tuple[str, str] | None:
        """The list."""
        return self.placing.plural.capitalize(), self.url(self.placing.plural)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Marks the resource in the sidebar."""
        return super().get_context_data(placing=self.placing, **kwargs) | {
            "active": f"directory:{self.placing.plural}"
        }


class Writing(About, Acting):
    """A page that changes something."""

    @property
    def writes(self) -> jobs.PlacingWrites:
        """What it can change, now or later."""
        return jobs.writes_of(self.placing)

    def get_object(self) -> Any:
        """What is gone cannot be changed; a new one is none yet."""
        if "cliq_id" not in self.kwargs:
            return None
        row = self.row()
        if row.gone_at is not None:
            raise NothingHere(f"{row.name} is no longer in Zoho, so nothing about it can be changed.")
        return row

    def get_back(self) -> tuple[str, str] | None:
        """The page of what is changed."""
        return (self.object.name, self.object.get_absolute_url()) if self.object else super().get_back()

    def get_list_url(self) -> str:
        """All of them."""
        return str(self.url(self.placing.plural))
