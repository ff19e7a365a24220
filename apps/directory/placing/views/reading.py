"""The list, the tree, and one of them."""

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse

from apps.console.registry import PageAction
from apps.console.requests import ConsoleRequest
from apps.console.views import DetailView, EmptyState, FragmentView, ListView
from apps.directory import tree
from apps.directory.placing.tables import PlacingFilter
from apps.directory.placing.views.base import About

# Read so recently, it is not read again for the sake of looking.
RECENT = timedelta(seconds=10)


class PlacingsView(About, ListView):
    """All of them, as a tree where they have parents and nothing is searched."""

    template_name = "directory/placings.html"
    fragment_template = "directory/placings_list.html"
    filterset_class = PlacingFilter
    table_class: Any = None
    downloads = True

    def get_title(self) -> str:
        """The resource."""
        return self.placing.plural.capitalize()

    def get_back(self) -> None:
        """Nothing is above."""

    @property
    def noun(self) -> tuple[str, str]:  # type: ignore[override]
        """One and many."""
        return self.placing.noun, self.placing.plural

    def get_queryset(self) -> QuerySet[Any]:
        """Those that Zoho still has, with how many people are in each."""
        rows: QuerySet[Any] = self.placing.numbered().defer("raw")
        return rows.order_by("search", "pk")

    def get_actions(self) -> list[PageAction]:
        """A new one."""
        if self.obstacle is not None:
            return []
        url = self.url(f"{self.placing.noun}_new")
        label = f"New {self.placing.noun}"
        return [PageAction(label, url, "plus-lg", primary=True, permission=self.placing.edit)]

    def get_empty(self) -> EmptyState:
        """What to do next."""
        return EmptyState(
            f"No {self.placing.plural} are known",
            "They appear here as soon as the organisation has been read, if Zoho lists any.",
            self.placing.icon,
            PageAction("See users", reverse("directory:users"), "people"),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the tree, how fresh all is, and what stands in the way of changes."""
        searched = self.request.GET.get("q", "").strip() or self.request.GET.get("sort")
        treelike = "parent_department_id" in self.placing.fields and not searched
        return super().get_context_data(
            fresh=self.freshness.read_at,
            obstacle=self.obstacle,
            roots=tree.roots() if treelike else [],
            most_shown=tree.MOST_SHOWN,
            **kwargs,
        )


class BranchView(About):
    """What is below one department, put in place when it is unfolded."""

    template_name = "directory/branch.html"

    def get(self, request: ConsoleRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """One level."""
        nodes = tree.branch(kwargs["cliq_id"])
        return self.render_to_response({"nodes": nodes, "most_shown": tree.MOST_SHOWN})


class FactsView(About, FragmentView):
    """The facts read again from Zoho, in place of those of the mirror."""

    body_template = "directory/placing_body.html"

    def get_done(self) -> bool:
        """Read once is enough."""
        return True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Reads; a failure is said above what is known."""
        row = self.row()
        problem = "" if row.gone_at else self.placing.refresh(row)
        return super().get_context_data(**self.facts(row), problem=problem, **kwargs)


class PlacingView(About, DetailView):
    """One of them: facts, what is below, members, history."""

    template_name = "directory/placing.html"

    @property
    def slot(self) -> str:  # type: ignore[override]
        """Where the history hangs."""
        return f"directory.{self.placing.noun}"

    def get_object(self) -> Any:
        """Also one that is gone, for its history."""
        return self.row()

    def get_description(self) -> str:
        """Those above it."""
        above = tree.above(self.object) if "parent_department_id" in self.placing.fields else []
        return " › ".join(row.name for row in above) + ("." if above else "")

    def get_actions(self) -> list[PageAction]:
        """Members first: that is what most come for."""
        if self.object.gone_at is not None or self.obstacle is not None:
            return []
        noun, cliq_id, edit = self.placing.noun, self.object.cliq_id, self.placing.edit
        buttons = [
            ("Add members", "add", "person-plus", True),
            ("Edit", "edit", "pencil", False),
            ("Remove members", "take_out", "person-dash", False),
        ]
        return [
            PageAction(label, self.url(f"{noun}_{page}", cliq_id), icon, primary=first, permission=edit)
            for label, page, icon, first in buttons
            if page != "take_out" or self.placing.size(self.object)
        ] + super().get_actions()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds what is known, when to read it again, and whether it can be deleted."""
        row = self.object
        query = self.request.GET.urlencode()
        facts_url = self.url(f"{self.placing.noun}_facts", row.cliq_id)
        administrator: Any = self.request.administrator
        may_edit = administrator.can(self.placing.edit) and row.gone_at is None
        return super().get_context_data(
            **self.facts(row),
            facts_url=f"{facts_url}?{query}" if query else facts_url,
            facts_trigger="" if row.gone_at or self.placing.known_since(row, RECENT) else "load",
            obstacle=self.obstacle,
            may_edit=may_edit,
            undeletable=self.placing.undeletable(row) if may_edit else "",
            delete_url=self.url(f"{self.placing.noun}_delete", row.cliq_id),
            **kwargs,
        )
