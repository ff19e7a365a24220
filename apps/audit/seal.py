"""The chain's verdict as pages show it: found by a check on demand, kept with its time and its reach."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.utils import timezone

from apps.audit.models import ChainHead
from apps.audit.verify import Verdict, verify
from apps.core.choices import Tone

KEY = "audit-verdict"
# What a request can check in a second or two; a longer log is proven whole by `manage.py audit_verify`.
CAP = 20_000


@dataclass(frozen=True, slots=True)
class Seal:
    """The last verdict: when, from which event to which, and whether the log held."""

    at: datetime
    start: int
    checked: int
    broken: int | None
    sentence: str

    @property
    def tone(self) -> Tone:
        """Green while it holds."""
        return "green" if self.broken is None else "red"

    @property
    def whole(self) -> bool:
        """Whether it began with the first event."""
        return self.start == 1


def check() -> Seal:
    """Check the newest events, at most CAP of them, and keep the verdict."""
    return keep(verify(start=max(1, length() - CAP + 1)))


def keep(verdict: Verdict) -> Seal:
    """Remember a verdict until the next one; losing it means only that the log counts as unchecked."""
    seal = Seal(timezone.now(), verdict.start, verdict.checked, verdict.broken, verdict.sentence)
    cache.set(KEY, asdict(seal), timeout=None)
    return seal


def last() -> Seal | None:
    """The last verdict, None if the log was not checked yet."""
    kept: dict[str, Any] | None = cache.get(KEY)
    return Seal(**kept) if kept else None


def length() -> int:
    """How many events the log holds."""
    head = ChainHead.objects.filter(pk=1).first()
    return head.seq if head else 0
