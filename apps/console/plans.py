"""The shapes a plan or a job is shown in: numbers on top, a bar by share."""

from dataclasses import dataclass
from typing import Any

from apps.core.choices import Tone


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
    start, drawn = 0, []
    for segment in segments:
        if segment.value:
            width = max(4, segment.value * 1000 // whole)
            drawn.append({"segment": segment, "start": start, "width": min(width, 1000 - start)})
            start += width
    done = sum(segment.value for segment in segments)
    return {"parts": drawn, "done": done, "total": total, "percent": done * 100 // whole if total else 0}
