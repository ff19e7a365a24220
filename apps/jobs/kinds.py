"""Job kinds: what a job does is registered by the app that knows how."""

from dataclasses import dataclass
from typing import Protocol

from apps.core.permissions import Permission
from apps.jobs.lease import Lease
from apps.jobs.models import Job


@dataclass(frozen=True, slots=True)
class Again:
    """There is more to do at once; `sentence` is what it does now."""

    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing can be done for `seconds`, for the reason in `sentence`."""

    seconds: float
    sentence: str


@dataclass(frozen=True, slots=True)
class Finished:
    """All is done; `sentence` sums it up."""

    sentence: str


@dataclass(frozen=True, slots=True)
class Stop:
    """It cannot go on without a person: the job pauses with this sentence."""

    sentence: str


@dataclass(frozen=True, slots=True)
class Ready:
    """It is prepared and a person decides: the job goes back to waiting for its start."""

    sentence: str


@dataclass(frozen=True, slots=True)
class Failed:
    """Nothing can come of it any more, for the reason in `sentence`."""

    sentence: str


Step = Again | Wait | Finished | Stop | Ready | Failed


class Kind(Protocol):
    """One kind of job. `step` does at most one remote call and returns within a few seconds."""

    name: str
    label: str
    permission: Permission

    def step(self, job: Job, lease: Lease) -> Step:
        """Carry the job on; whatever it must remember it writes to the database before returning."""

    def url(self, job: Job) -> str:
        """Where a person follows this job; empty for the common job page."""


_kinds: dict[str, Kind] = {}


def register_kind(kind: Kind) -> None:
    """Add a kind; called from its app's AppConfig.ready()."""
    _kinds[kind.name] = kind


def kind_of(job: Job) -> Kind:
    """The kind of a job. KeyError for a job that a newer version of the portal wrote."""
    return _kinds[job.kind]


def all_kinds() -> list[Kind]:
    """Every kind, by label."""
    return sorted(_kinds.values(), key=lambda kind: kind.label)
