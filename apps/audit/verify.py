"""Walking the chain: is every event there, in its place, as it was written?"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from apps.audit.chain import COLUMNS, GENESIS, Head, audit_keys, authenticate, digest
from apps.audit.models import ChainHead, ChainLink, Event

Pair = tuple[ChainLink | None, Event | None]


@dataclass(frozen=True, slots=True)
class Verdict:
    """`broken` is the number of the first event that is not as it was written, None where all are.

    `checked` is the last number that was found good, `start` the first that was looked at.
    """

    checked: int
    broken: int | None
    sentence: str
    start: int = 1

    @property
    def holds(self) -> bool:
        return self.broken is None


class _Broken(Exception):
    def __init__(self, seq: int, sentence: str) -> None:
        super().__init__(sentence)
        self.seq = seq
        self.sentence = sentence


def verify(anchors: Iterable[Head] = (), *, start: int = 1) -> Verdict:
    """Check the chain, and that it passes through every anchor known from outside the database.

    From event `start` on: what stands before it is then taken for good.
    """
    checked = start - 1
    try:
        previous, awaited = (
            _before(start),
            {anchor.seq: anchor.mac for anchor in anchors if anchor.seq >= start},
        )
        for expected, (link, event) in enumerate(_pairs(start), start=start):
            previous = _check(expected, link, event, previous)
            if awaited.pop(expected, previous) != previous:
                raise _Broken(expected, f"Event {expected} is not the one the log stream names.")
            checked = expected
        _check_end(checked, previous, awaited)
    except _Broken as broken:
        return Verdict(checked, broken.seq, broken.sentence, start)
    which = f"All {checked:,} events" if start == 1 else f"Events {start:,} to {checked:,}"
    return Verdict(checked, None, f"{which} are as they were written.", start)


def _before(start: int) -> str:
    """The authenticator that the first event to be checked has to follow."""
    if start <= 1:
        return GENESIS
    link = ChainLink.objects.filter(seq=start - 1).first()
    if link is None:
        raise _Broken(start - 1, f"Event {start - 1} is missing.")
    return link.mac


def _pairs(start: int) -> Iterator[Pair]:
    """Links and events side by side in order; both sorted by number, so a gap in either shows at once."""
    links = ChainLink.objects.filter(seq__gte=start).order_by("seq").iterator(chunk_size=2000)
    events = Event.objects.filter(seq__gte=start).order_by("seq").iterator(chunk_size=2000)
    return zip_longest(links, events)


def _check(expected: int, link: ChainLink | None, event: Event | None, previous: str) -> str:
    if link is None or event is None or link.seq != expected or event.seq != expected:
        raise _Broken(expected, f"Event {expected} is missing, or something stands in its place.")
    if link.previous != previous:
        raise _Broken(expected, f"Event {expected} does not follow the one before it.")
    if link.digest != digest(event.salt, event.body):
        raise _Broken(expected, f"The text of event {expected} was changed.")
    key = audit_keys().get(link.key_id)
    if key is None:
        raise _Broken(expected, f"Event {expected} names the key {link.key_id!r}, which AUDIT_KEYS lacks.")
    mac = authenticate(key, seq=expected, previous=previous, digest=link.digest, key_id=link.key_id)
    if link.mac != mac:
        raise _Broken(expected, f"Event {expected} was not sealed with the portal's key.")
    _check_columns(event, json.loads(event.body))
    return link.mac


def _check_columns(event: Event, body: dict[str, Any]) -> None:
    for name in COLUMNS:
        stored, told = getattr(event, name), body[name]
        stored = stored.isoformat() if name == "at" else stored
        if (None if stored is None else str(stored)) != (None if told is None else str(told)):
            raise _Broken(event.seq, f"The {name.replace('_', ' ')} of event {event.seq} was changed.")


def _check_end(checked: int, mac: str, awaited: dict[int, str]) -> None:
    if awaited:
        raise _Broken(
            checked + 1, f"The log stream names event {max(awaited)}, but the log ends at {checked}."
        )
    head = ChainHead.objects.filter(pk=1).first()
    if (head.seq, head.mac) != (checked, mac) if head else checked:
        raise _Broken(checked + 1, f"Event {checked + 1} is missing: the log was cut off after {checked}.")
