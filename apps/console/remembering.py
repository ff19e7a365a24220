"""What a person's lists remember: columns and named filters, kept by the app that registers itself here."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from .requests import Administrator


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """Search, filters and sorting under a name; `query` stands behind the question mark of the address."""

    name: str
    query: str
    rename_url: str
    delete_url: str


class Memory(Protocol):
    """Keeps what each administrator chose for each list; `view` is the list's url name."""

    def columns(self, person: Administrator, view: str) -> Sequence[str]:
        """The columns chosen, nothing where none were."""
        ...

    def filters(self, person: Administrator, view: str) -> Sequence[SavedFilter]:
        """The filters named, in the order of their names."""
        ...

    def columns_url(self) -> str:
        """Where the chosen columns are posted to."""
        ...

    def naming_url(self, path: str) -> str:
        """Where the present filters of the list at `path` get a name."""
        ...


class Forgetful:
    """Where no app keeps anything."""

    def columns(self, person: Administrator, view: str) -> Sequence[str]:
        """Nothing was chosen."""
        return ()

    def filters(self, person: Administrator, view: str) -> Sequence[SavedFilter]:
        """Nothing was named."""
        return ()

    def columns_url(self) -> str:
        """Nowhere."""
        return ""

    def naming_url(self, path: str) -> str:
        """Nowhere."""
        return ""


_memory: list[Memory] = [Forgetful()]


def register_memory(memory: Memory) -> None:
    """Let an app keep it; called from its AppConfig.ready()."""
    _memory[:] = [memory]


def memory() -> Memory:
    """Whoever keeps it."""
    return _memory[0]
