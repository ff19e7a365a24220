"""What the log adds to the console: its entry, its cards, the history on other apps' pages."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from apps.audit import selectors
from apps.audit.events import Draft, Subject, record
from apps.audit.models import Event
from apps.audit.presentation import Told
from apps.console import navigation
from apps.console.downloads import Downloaded, on_download
from apps.console.registry import Panel, panels
from apps.console.requests import ConsoleRequest
from apps.core.permissions import Permission

SHOWN = 8


def waiting(request: ConsoleRequest) -> int:
    """How many changes only a person can settle."""
    return selectors.waiting_for_a_person().count()


def line(told: Told) -> dict[str, Any]:
    """An event as `console/timeline.html` draws it."""
    return {
        "actor": told.actor,
        "sentence": told.sentence,
        "url": told.url,
        "moment": told.moment,
        "outcome": told.outcome,
        "changes": told.brief,
    }


def user_history(request: ConsoleRequest, user: Any) -> dict[str, Any]:
    """What was done to one user: by id, and by address from before they had one."""
    events = selectors.of_subject("user", [user.cliq_id, user.email.casefold()])
    return _history(events, user.cliq_id)


def history_with_members(subject_type: str) -> Callable[[ConsoleRequest, Any], dict[str, Any]]:
    """What was done to something that has members, and who came and left."""

    def history(request: ConsoleRequest, thing: Any) -> dict[str, Any]:
        return _history(selectors.of_thing_with_members(subject_type, thing.cliq_id), thing.cliq_id)

    return history


def _history(events: QuerySet[Event], cliq_id: str) -> dict[str, Any]:
    found = list(events[: SHOWN + 1])
    return {
        "events": [line(Told(event)) for event in found[:SHOWN]],
        "more_url": f"{reverse('audit:log')}?q={cliq_id}" if len(found) > SHOWN else "",
    }


def latest(request: ConsoleRequest, _: object) -> dict[str, Any]:
    """The last lines, for the dashboard."""
    events = [line(Told(event)) | {"changes": []} for event in selectors.lines()[:5]]
    return {"events": events, "more_url": reverse("audit:log")}


def opened(request: ConsoleRequest, _: object) -> dict[str, Any]:
    """Changes without an outcome, for the dashboard."""
    found = list(selectors.open_operations()[:20])
    return {"number": len(found), "people": sum(each.observe_at is None for each in found)}


def downloaded(request: ConsoleRequest, what: Downloaded) -> None:
    """Who took which list out of the portal, narrowed down to what, and how many rows."""
    person: Any = request.administrator
    details = {
        "rows": what.rows,
        "format": what.format,
        "filters": what.filters,
        "sort": what.sort,
        "columns": what.columns,
    }
    record(
        Draft(
            "list.exported", person.actor(), subject=Subject("list", what.view, what.title), details=details
        )
    )


def register() -> None:
    """Called once all apps are loaded."""
    on_download(downloaded)
    view = Permission.LOG_VIEW
    navigation.register(
        navigation.Group.GOVERNANCE, "Log", "audit:log", "journal-text", view, count=waiting, order=10
    )
    panels.add("directory.user", Panel("History", "audit/history.html", user_history, view, order=50))
    for thing in ("department", "designation", "team", "userfield"):
        panel = Panel("History", "audit/history.html", history_with_members(thing), view, order=50)
        panels.add(f"directory.{thing}", panel)
    panels.add("home.dashboard", Panel("Open changes", "audit/open_card.html", opened, view, order=40))
    panels.add("home.dashboard", Panel("Latest events", "audit/history.html", latest, view, order=90))
