"""What a lower app's page shows of a higher app: panels and actions, registered under the page's slot.

A higher app registers in its `AppConfig.ready()`:
`panels.add("directory.user", Panel("History", "audit/user_history.html", context, order=20))`.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

from apps.core.permissions import Permission

from .requests import Administrator, ConsoleRequest


class Ordered(Protocol):
    """Anything with a place in its slot and perhaps a permission."""

    @property
    def order(self) -> int:
        """Smaller comes first."""
        ...

    @property
    def permission(self) -> Permission | None:
        """Who may see it; None means everyone who may see the page."""
        ...


Item = TypeVar("Item", bound=Ordered)


class Registry(Generic[Item]):
    """Items by slot, a slot being the name of a page such as `directory.user`."""

    def __init__(self) -> None:
        self._items: dict[str, list[Item]] = defaultdict(list)

    def add(self, slot: str, item: Item) -> None:
        """Register `item` with the page that shows `slot`."""
        self._items[slot] = sorted([*self._items[slot], item], key=lambda known: known.order)

    def visible(self, slot: str, administrator: Administrator | None) -> list[Item]:
        """The items of `slot` that this person may see, in order."""
        return [item for item in self._items.get(slot, []) if may_see(item.permission, administrator)]


def may_see(permission: Permission | None, administrator: Administrator | None) -> bool:
    """Whether the person holds `permission`; everyone holds None."""
    return permission is None or (administrator is not None and administrator.can(permission))


@dataclass(frozen=True, slots=True)
class Panel:
    """A titled block on another app's detail page; `context` takes the request and the object."""

    title: str
    template: str
    context: Callable[[ConsoleRequest, Any], Mapping[str, Any]]
    permission: Permission | None = None
    order: int = 100


@dataclass(frozen=True, slots=True)
class Action:
    """A button on another app's page; `url` takes the object and may answer "" to stay away."""

    label: str
    url: Callable[[Any], str]
    icon: str = ""
    danger: bool = False
    dialog: bool = False
    permission: Permission | None = None
    order: int = 100

    def bind(self, instance: Any) -> "PageAction":
        """The button for one object."""
        return PageAction(self.label, self.url(instance), self.icon, danger=self.danger, dialog=self.dialog)


@dataclass(frozen=True, slots=True)
class PageAction:
    """One button of a page: a link, or with `dialog` a confirmation that opens over the page.

    Who lacks `permission`, or the second one in `also`, does not see it.
    """

    label: str
    url: str
    icon: str = ""
    primary: bool = False
    danger: bool = False
    dialog: bool = False
    permission: Permission | None = field(default=None)
    also: Permission | None = None

    def allowed(self, administrator: Administrator | None) -> bool:
        """Whether this person may use the button at all."""
        wanted = (self.permission, self.also)
        return bool(self.url) and all(may_see(each, administrator) for each in wanted)


panels: Registry[Panel] = Registry()
actions: Registry[Action] = Registry()
# What can be done to the selected rows of a list, by the list's `selection`.
selections: Registry[Action] = Registry()
