"""One box that finds people, things, work, events and pages: read from the mirror, never from Zoho."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse

from apps.access import selectors as access
from apps.audit.filters import EventFilter
from apps.audit.models import Event, Stage
from apps.audit.presentation import Told
from apps.channels import selectors as channels
from apps.connections.mirror import Mirrored, fold
from apps.console.navigation import sidebar
from apps.console.registry import may_see
from apps.console.requests import ConsoleRequest
from apps.core.permissions import Permission
from apps.directory import selectors as directory
from apps.directory.models import Department, Designation, Team
from apps.jobs.models import Job
from apps.jobs.selectors import url_of

SHOWN = 6
SHORTEST = 2
# Names of events are not indexed for parts of words: the newest answer at once, the log's own list has all.
RECENT_EVENTS = 10_000

Row = TypeVar("Row", bound=Mirrored)


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found; `under` is what tells it from its namesakes."""

    name: str
    url: str
    under: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where to look. `find` answers at most SHOWN + 1 hits; `list_name` is the list that has them all."""

    label: str
    icon: str
    permission: Permission | None
    find: Callable[[ConsoleRequest, str], Sequence[Hit]]
    list_name: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """What one source found, and the address of the rest if there is more."""

    label: str
    icon: str
    hits: Sequence[Hit]
    more_url: str = ""


def search(request: ConsoleRequest, text: str) -> list[Group]:
    """What this person may see of everything that matches; nothing for less than two letters."""
    wanted = text.strip()
    if len(wanted) < SHORTEST:
        return []
    allowed = [source for source in SOURCES if may_see(source.permission, request.administrator)]
    found = [(source, source.find(request, wanted)) for source in allowed]
    return [_group(source, hits, wanted) for source, hits in found if hits]


def _group(source: Source, hits: Sequence[Hit], wanted: str) -> Group:
    more = len(hits) > SHOWN and source.list_name
    url = f"{reverse(source.list_name)}?{urlencode({'q': wanted})}" if more else ""
    return Group(source.label, source.icon, hits[:SHOWN], url)


def mirrored(rows: QuerySet[Row], wanted: str) -> QuerySet[Row]:
    """Rows of the mirror in which every word occurs, in any order, script or accent."""
    for word in fold(wanted).split():
        rows = rows.filter(search__contains=word)
    return rows.defer("raw", "search").order_by("name", "pk")[: SHOWN + 1]


def _pages(request: ConsoleRequest, wanted: str) -> list[Hit]:
    links = [link for _, group in sidebar(request, request.administrator) for link in group]
    return [Hit(link.label, link.url) for link in links if fold(wanted) in fold(link.label)]


def _users(request: ConsoleRequest, wanted: str) -> list[Hit]:
    found = mirrored(directory.users(), wanted)
    return [Hit(user.name, user.get_absolute_url(), user.email) for user in found]


def _departments(request: ConsoleRequest, wanted: str) -> list[Hit]:
    found = mirrored(Department.objects.filter(gone_at=None), wanted)
    return [Hit(department.name, department.get_absolute_url()) for department in found]


def _designations(request: ConsoleRequest, wanted: str) -> list[Hit]:
    found = mirrored(Designation.objects.filter(gone_at=None), wanted)
    return [Hit(designation.name, designation.get_absolute_url()) for designation in found]


def _teams(request: ConsoleRequest, wanted: str) -> list[Hit]:
    found = mirrored(Team.objects.filter(gone_at=None), wanted)
    return [Hit(team.name, team.get_absolute_url(), team.description) for team in found]


def _roles(request: ConsoleRequest, wanted: str) -> list[Hit]:
    found = mirrored(access.roles(), wanted)
    return [Hit(role.name, role.get_absolute_url(), role.profile_type) for role in found]


def _channels(request: ConsoleRequest, wanted: str) -> list[Hit]:
    found = mirrored(channels.channels(), wanted.lstrip("#"))
    return [Hit(f"#{channel.name}", channel.get_absolute_url(), channel.level_label) for channel in found]


def _jobs(request: ConsoleRequest, wanted: str) -> list[Hit]:
    jobs = Job.objects.filter(title__icontains=wanted).order_by("-pk")[: SHOWN + 1]
    return [Hit(job.title, url_of(job), job.get_status_display()) for job in jobs]


def _events(request: ConsoleRequest, wanted: str) -> list[Hit]:
    last = Event.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
    recent = Event.objects.exclude(stage=Stage.INTENT).filter(seq__gt=last - RECENT_EVENTS)
    told = [Told(event) for event in EventFilter({"q": wanted}, recent).qs[: SHOWN + 1]]
    return [Hit(each.sentence, each.url, each.outcome.label) for each in told]


SOURCES = (
    Source("Users", "people", Permission.USERS_VIEW, _users, "directory:users"),
    Source("Departments", "diagram-3", Permission.USERS_VIEW, _departments, "directory:departments"),
    Source("Designations", "person-badge", Permission.USERS_VIEW, _designations, "directory:designations"),
    Source("Teams", "people-fill", Permission.USERS_VIEW, _teams, "directory:teams"),
    Source("Roles", "shield-check", Permission.ROLES_VIEW, _roles, "access:roles"),
    Source("Channels", "hash", Permission.CHANNELS_VIEW, _channels, "channels:channels"),
    Source("Pages", "window", None, _pages),
    Source("Jobs", "list-check", Permission.JOBS_VIEW, _jobs),
    Source("Events", "journal-text", Permission.LOG_VIEW, _events, "audit:log"),
)
