"""Channels whose names resemble that of a requested one."""

from collections.abc import Sequence
from difflib import SequenceMatcher

from django.db.models import Q

from apps.channels import selectors
from apps.channels.models import Channel, ChannelStatus

SHOWN = 3
# Letters of a name's longest word that another name has to hold to be compared at all.
STEM, SHORTEST = 5, 3
ALIKE = 0.6
MOST_COMPARED = 2000


def to(requests: Sequence[Channel]) -> dict[int, list[Channel]]:
    """The most similar present channels of each request, by its key; one query for all of them."""
    stems = {request.pk: stem(request.name_key) for request in requests}
    wanted = Q(pk__in=[])
    for each in {each for each in stems.values() if len(each) >= SHORTEST}:
        wanted |= Q(name_key__contains=each)
    rows = selectors.channels().exclude(status=ChannelStatus.PENDING).filter(wanted)
    there = list(rows.only("cliq_id", "name", "name_key", "status", "participants")[:MOST_COMPARED])
    return {request.pk: _best(request, stems[request.pk], there) for request in requests}


def stem(name_key: str) -> str:
    """What is looked for: the beginning of the longest word."""
    words = "".join(letter if letter.isalnum() else " " for letter in name_key).split()
    return max(words, key=len, default="")[:STEM]


def _best(request: Channel, wanted: str, rows: Sequence[Channel]) -> list[Channel]:
    matcher = SequenceMatcher(b=request.name_key)
    # By the quick ratio, which is never below the true one and far cheaper: most are never looked at closely.
    bounds = []
    for row in rows if len(wanted) >= SHORTEST else ():
        if wanted in row.name_key:
            matcher.set_seq1(row.name_key)
            bounds.append((-matcher.quick_ratio(), row.pk, row))
    found: list[tuple[float, int, Channel]] = []
    for bound, key, row in sorted(bounds, key=lambda each: each[:2]):
        if len(found) == SHOWN and bound > found[-1][0]:
            break
        matcher.set_seq1(row.name_key)
        alike = matcher.ratio()
        if alike >= ALIKE or row.name_key in request.name_key or request.name_key in row.name_key:
            found = sorted([*found, (-alike, key, row)], key=lambda each: each[:2])[:SHOWN]
    return [row for _, _, row in found]
