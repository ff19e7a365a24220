"""What the pages about a resource that places users share."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.urls import reverse

from apps.console.errors import NothingHere
from apps.console.views import ConsoleView, FormView
from apps.core.errors import OutcomeUnknown
from apps.core.permissions import Permission
from apps.directory import selectors
from apps.directory.facts import event_url
from apps.directory.services import obstacles
from apps.directory.services.placing import Placing, Saved

WRITES = ("create", "update", "delete", "add_members", "remove_members")


class About(ConsoleView):
    """What every page about a `placing` shares."""

    placing: Placing = None  # type: ignore[assignment]
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
        endpoints = [self.placing.endpoint(act) for act in WRITES]
        return obstacles.of(self.placing.plural, *endpoints, freshness=self.freshness)

    def facts(self, row: Any) -> dict[str, Any]:
        """What `placing_facts.html` shows of it."""
        lead = selectors.user_by_id(row.lead_id) if getattr(row, "lead_id", "") else None
        return {"row": row, "lead": lead, "number": self.placing.members(row).count()}

    def get_back(self) -> tuple[str, str] | None:
        """The list."""
        return self.placing.plural.capitalize(), self.url(self.placing.plural)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Marks the resource in the sidebar."""
        return super().get_context_data(placing=self.placing, **kwargs) | {
            "active": f"directory:{self.placing.plural}"
        }


class Writing(About, FormView):
    """A page that changes something."""

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

    def actor(self) -> Any:
        """Who does it."""
        administrator: Any = self.request.administrator
        return administrator.actor()

    def carried_out(self, act: Callable[[], Saved], sentence: Callable[[Saved], str]) -> str:
        """Act, say what happened; where nobody knows yet, say that."""
        try:
            saved = act()
        except OutcomeUnknown as error:
            messages.warning(self.request, f"{error.sentence} The portal will find out by reading Zoho.")
            return self.get_cancel_url()
        administrator: Any = self.request.administrator
        self.say(sentence(saved), event_url(saved.event) if administrator.can(Permission.LOG_VIEW) else "")
        return str(self.url(self.placing.plural) if saved.row.gone_at else saved.row.get_absolute_url())


def many_of(number: int, one: str, many: str = "") -> str:
    """A number with its noun."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
