"""The sidebar: apps register their entries in `AppConfig.ready()`."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from django.urls import reverse

from apps.core.permissions import Permission

from .registry import may_see
from .requests import Administrator, ConsoleRequest


class Group(StrEnum):
    """The three groups, in the order shown."""

    ORGANISATION = "Organisation"
    WORK = "Work"
    GOVERNANCE = "Governance"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the sidebar; `count` answers how many things wait there for this person."""

    group: Group
    label: str
    url_name: str
    icon: str
    permission: Permission | None = None
    count: Callable[[ConsoleRequest], int] | None = None
    order: int = 100


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as the template draws it."""

    label: str
    url: str
    icon: str
    key: str
    count: int = 0


_entries: dict[str, Entry] = {}


def register(
    group: Group,
    label: str,
    url_name: str,
    icon: str,
    permission: Permission | None = None,
    *,
    count: Callable[[ConsoleRequest], int] | None = None,
    order: int = 100,
) -> None:
    """Add a page to the sidebar; registering the same page again replaces it."""
    _entries[url_name] = Entry(Group(group), label, url_name, icon, permission, count, order)


def sidebar(request: ConsoleRequest, administrator: Administrator | None) -> list[tuple[str, list[Link]]]:
    """The groups with the links this person may follow; a group without links is left out."""
    if administrator is None:
        return []
    groups: dict[Group, list[Link]] = {group: [] for group in Group}
    for entry in sorted(_entries.values(), key=lambda entry: entry.order):
        if may_see(entry.permission, administrator):
            waiting = entry.count(request) if entry.count else 0
            link = Link(entry.label, reverse(entry.url_name), entry.icon, entry.url_name, waiting)
            groups[entry.group].append(link)
    return [(group.value, links) for group, links in groups.items() if links]
