"""The shapes a plan or a job is shown in: numbers on top, a bar by share."""

from dataclasses import dataclass
from typing import Any

from apps.core.choices import Tone

WIDTH, THINNEST = 1000, 4


@dataclass(frozen=True, slots=True)
class Number:
    """One number with its label; `url` filters the rows below to what it counts."""

    label: str
    value: int
    tone: Tone = "grey"
    url: str = ""
    selected: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """A share of a bar."""

    label: str
    value: int
    tone: Tone


def bar(segments: list[Segment], total: int) -> dict[str, Any]:
    """Where each segment starts and how wide it is, in thousandths; none is too small to be seen."""
    whole = max(total, sum(segment.value for segment in segments), 1)
    present = [segment for segment in segments if segment.value]
    widths = [max(THINNEST, segment.value * WIDTH // whole) for segment in present]
    if (excess := sum(widths) - WIDTH) > 0:
        widths[widths.index(max(widths))] -= excess
    starts = [sum(widths[:at]) for at in range(len(widths))]
    drawn = [
        {"segment": segment, "start": start, "width": width}
        for segment, start, width in zip(present, starts, widths, strict=True)
    ]
    done = sum(segment.value for segment in segments)
    return {"parts": drawn, "done": done, "total": total, "percent": done * 100 // whole if total else 0}
