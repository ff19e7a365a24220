"""The API's limits, kept by everybody who uses one Zoho account: slots, locks and the waits they mean.

A slot is held from admission to the reply (or the call's hard deadline) and for one period after it, so
that at most `quota` calls *arrive* in any window, however long each one travels.
"""

import math
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import redis

from apps.cliq.catalogue import Endpoint, Window, window
from apps.cliq.durations import spoken
from apps.core.errors import NotSent, QuotaWait

OnLock = Callable[[Window, float], None]
"""Told of a lock that began: the window, and for how many seconds."""
LoadLocks = Callable[[], Mapping[Window, float]]
"""Answers the locks that still run: seconds left by window."""

SCRIPT = Path(__file__).with_name("quota.lua").read_text("utf-8")
ADMITTED, FULL, LOCKED, HELD, LOST = range(5)
PERSON_SECONDS = 120
"""How long a person's interest in an operation keeps a reserve for persons."""


@dataclass(slots=True)
class Slot:
    """The right to one call, until its reply."""

    quota: "Quota" = field(repr=False)
    endpoint: Endpoint
    hold: float
    id: str = field(default_factory=lambda: uuid4().hex)

    def release(self) -> None:
        """The reply came or will not be waited for: the slot is free one period from now."""
        self.quota._release(self)

    def cancel(self) -> None:
        """The call certainly never left: the slot is free at once."""
        self.quota._cancel(self)


class Quota:
    """The windows of one Zoho account; `minute` shortens the API's minute where both sides agree on it."""

    def __init__(
        self,
        redis: redis.Redis,
        *,
        account: str,
        minute: float = 60.0,
        on_lock: OnLock | None = None,
        load_locks: LoadLocks | None = None,
    ) -> None:
        self.account = account
        self._redis = redis
        self._script = redis.register_script(SCRIPT)
        self._scale = minute / 60.0
        self._on_lock = on_lock
        self._load_locks = load_locks

    def admit(self, endpoint: Endpoint, *, interactive: bool, hold: float) -> Slot:
        """Take a slot for a call that ends within `hold` seconds, or raise QuotaWait."""
        slot = Slot(self, endpoint, hold)
        verdict, wait, _ = self._ask("admit", endpoint, interactive=interactive, hold=hold, slot=slot.id)
        if verdict == LOST:
            self._recover(endpoint)
            verdict, wait, _ = self._ask("admit", endpoint, interactive=interactive, hold=hold, slot=slot.id)
        if verdict != ADMITTED:
            raise self._refusal(endpoint, verdict, wait / 1000)
        return slot

    def wait(self, endpoint: Endpoint, interactive: bool = False) -> float:
        """Seconds until a call would be admitted; takes nothing."""
        verdict, wait, *_ = self._ask("look", endpoint, interactive=interactive)
        if verdict == LOST:
            # Who asks before each call may never come to `admit`: the period begins to run here as well.
            self._recover(endpoint)
            _, wait, *_ = self._ask("look", endpoint, interactive=interactive)
        return wait / 1000

    def estimate(self, endpoint: Endpoint, calls: int) -> float:
        """Seconds from now until the last of `calls` calls could be sent, replies being immediate."""
        if calls <= 0:
            return 0.0
        _, wait, shut, *taken = self._ask("look", endpoint, interactive=False)
        free = [0] * max(0, endpoint.quota - len(taken))
        starts = sorted(max(shut, each) for each in (*free, *taken))[-endpoint.quota :]
        rounds, place = divmod(calls - 1, endpoint.quota)
        return max(wait, starts[place] + rounds * self._period(endpoint)) / 1000

    def lock(self, endpoint: Endpoint) -> QuotaWait:
        """A throttle reply arrived: admit nothing for the lock period, as the returned error says."""
        seconds = endpoint.lock * self._scale
        # The database is told even if Redis is not: it is what restores the lock.
        with suppress(redis.RedisError):
            self._redis.set(self._key("lock", window(endpoint)), 1, px=_ms(seconds))
        if self._on_lock:
            self._on_lock(window(endpoint), seconds)
        return self._refusal(endpoint, LOCKED, seconds)

    def prime(self) -> None:
        """First use of an account ever: nothing was called, so nothing needs to be waited out."""
        with _redis_needed():
            self._redis.set(self._key("epoch"), 0, nx=True)

    def _ask(
        self, mode: str, endpoint: Endpoint, *, interactive: bool = False, hold: float = 0.0, slot: str = ""
    ) -> list[int]:
        keys = [
            self._key("epoch"),
            *(self._key(kind, window(endpoint)) for kind in ("slots", "lock", "asked")),
        ]
        arguments: list[str | int | float] = [
            mode,
            endpoint.quota,
            self._period(endpoint),
            _ms(hold),
            int(interactive),
            _ms(PERSON_SECONDS * self._scale),
            slot,
            max(1, endpoint.quota // 10),
        ]
        with _redis_needed():
            answer: list[int] = self._script(keys=keys, args=arguments)
        return answer

    def _recover(self, endpoint: Endpoint) -> None:
        """Redis lost the windows: restore the locks, then begin to record; one period is held from there."""
        locks = self._load_locks() if self._load_locks else {}
        with _redis_needed():
            for locked, seconds in locks.items():
                if seconds > 0:
                    self._redis.set(self._key("lock", locked), 1, px=_ms(seconds), nx=True)
        self._ask("begin", endpoint)

    def _refusal(self, endpoint: Endpoint, verdict: int, seconds: float) -> QuotaWait:
        when = spoken(seconds)
        if verdict == LOCKED:
            sentence = f"Zoho has locked this call because its limit was exceeded. It opens in {when}."
        elif verdict == HELD:
            sentence = (
                f"The record of recent calls was lost; the portal waits {when} to stay within Zoho's limit."
            )
        else:
            per = "a minute" if endpoint.period == 60 else f"in {spoken(endpoint.period)}"
            sentence = f"Zoho allows {endpoint.quota} of these calls {per}. The next is free in {when}."
        return QuotaWait(sentence, seconds=seconds, locked=verdict == LOCKED)

    def _release(self, slot: Slot) -> None:
        # The reply is worth more than the slot, which frees itself at the call's deadline and a period.
        with suppress(NotSent):
            self._ask("release", slot.endpoint, hold=slot.hold, slot=slot.id)

    def _cancel(self, slot: Slot) -> None:
        with suppress(redis.RedisError):
            self._redis.zrem(self._key("slots", window(slot.endpoint)), slot.id)

    def _period(self, endpoint: Endpoint) -> int:
        return _ms(endpoint.period * self._scale)

    def _key(self, kind: str, of: Window | None = None) -> str:
        # The braces keep an account's keys on one node of a cluster, as one script needs them.
        return ":".join(("quota", "{" + self.account + "}", kind, *(of or ())))


@contextmanager
def _redis_needed() -> Iterator[None]:
    try:
        yield
    except redis.RedisError as error:
        raise NotSent("The portal's Redis cannot be reached, so nothing was sent to Zoho.") from error


def _ms(seconds: float) -> int:
    return math.ceil(seconds * 1000)
