"""What the pages of one bulk act show."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count
from django.utils import timezone

from apps.cliq.catalogue import CATALOGUE
from apps.cliq.durations import spoken
from apps.connections.clients import client
from apps.console.plans import Number, Segment
from apps.core.errors import PortalError
from apps.jobs.bulk.acts import KIND, Act, act_of, list_of
from apps.jobs.models import ACTIVE, Job, RowAction, RowStatus
from apps.jobs.selectors import BAR

# Sending and answering: what a call takes besides waiting for the limit.
CALL_SECONDS = 1.0
WORDS = {
    RowStatus.DONE: "done",
    RowStatus.NOTHING: "nothing to do",
    RowStatus.REFUSED: "refused",
    RowStatus.CANNOT: "cannot",
    RowStatus.UNKNOWN: "unknown",
}


@dataclass(frozen=True, slots=True)
class Forecast:
    """Calls left, those of other jobs in front, and until when; or why there is no time."""

    calls: int
    in_front: int
    seconds: float | None
    ends_at: datetime | None
    obstacle: str = ""

    @property
    def calls_said(self) -> str:
        """«1 call», «52 calls»."""
        return "1 call" if self.calls == 1 else f"{self.calls:,} calls"

    @property
    def duration_said(self) -> str:
        """«a few seconds», «about 11 minutes»."""
        if self.seconds is None:
            return ""
        return "a few seconds" if self.seconds < 10 else f"about {spoken(self.seconds)}"


@dataclass(frozen=True, slots=True)
class State:
    """Numbers on top, the bar, what is left and until when."""

    phase: str
    numbers: list[Number]
    segments: list[Segment]
    total: int
    forecast: Forecast | None = None
    # When what the plan was compared with was read.
    read_at: datetime | None = None


def bulk_act(job: Job) -> Act | None:
    """The act of a job; None for a job of another kind."""
    return act_of(job.kind.removeprefix(KIND)) if job.kind.startswith(KIND) else None


def by_status(job: Job) -> dict[str, int]:
    """Rows by status."""
    return dict(job.rows.order_by().values_list("status").annotate(Count("pk")))


def summary(counts: dict[str, int]) -> str:
    """«87 done, 3 refused, 10 nothing to do.»"""
    said = [f"{counts[status]:,} {word}" for status, word in WORDS.items() if counts.get(status)]
    return (", ".join(said) or "Nothing was to be done") + "."


def guarded(act: Act, job: Job) -> int:
    """How many things the plan changes if that is more than the guard lets pass unasked, else 0."""
    to_do = int(job.state.get("to_do", 0))
    everything = list_of(act).rows().count()
    return to_do if to_do * 100 > everything * settings.BULK_GUARD_PERCENT else 0


def state(act: Act, job: Job, *, filtered: str = "") -> State:
    """What to show on top of the page; `filtered` is the value the rows are filtered by."""
    phase = job.state.get("phase", "")
    if phase == "plan":
        planned = forecast(act, job) if job.state["to_do"] and not job.ended else None
        return State(phase, _planned(job, filtered), [], 0, planned, list_of(act).read_at())
    if phase == "run":
        counts = by_status(job)
        segments = [Segment(status.label, counts[status], status.tone) for status in BAR if status in counts]
        ahead = forecast(act, job) if job.active else None
        return State(phase, _running(job, counts, filtered), segments, sum(counts.values()), ahead)
    return State(phase, [], [], 0)


def forecast(act: Act, job: Job) -> Forecast:
    """What is left to send and how long it takes if nothing goes wrong, jobs in front included."""
    calls = _calls_left(job)
    in_front = sum(_calls_left(other) for other in _others(act, job))
    try:
        quota = client(interactive=False).quota
        endpoints = [CATALOGUE[name] for name in (act.endpoint, *act.reads)]
        seconds = max(quota.estimate(each, calls + in_front) for each in endpoints)
    except PortalError as error:
        return Forecast(calls, in_front, None, None, error.sentence)
    seconds += CALL_SECONDS * min(calls + in_front, endpoints[0].quota) if calls else 0
    return Forecast(calls, in_front, seconds, timezone.now() + timedelta(seconds=seconds))


def _calls_left(job: Job) -> int:
    """In proportion to the rows left; exact before the run begins."""
    calls, to_do = int(job.state.get("calls", 0)), int(job.state.get("to_do", 0))
    if job.state.get("phase") != "run" or not to_do:
        return calls
    left = job.rows.filter(status=RowStatus.PLANNED).count()
    return -(-calls * left // to_do)


def _others(act: Act, job: Job) -> list[Job]:
    active = Job.objects.filter(kind__startswith=KIND, status__in=ACTIVE, state__phase="run")
    others = active.exclude(pk=job.pk)
    return [each for each in others if (one := bulk_act(each)) and one.endpoint == act.endpoint]


def _planned(job: Job, filtered: str) -> list[Number]:
    counts = dict(job.rows.order_by().values_list("action").annotate(Count("pk")))
    labels = {
        RowAction.UPDATE: "To change",
        RowAction.NOTHING: "Nothing to do",
        RowAction.CANNOT: "Cannot",
    }
    return [_number(label, counts, action, "action", filtered) for action, label in labels.items()]


def _running(job: Job, counts: dict[str, int], filtered: str) -> list[Number]:
    waiting = counts.get(RowStatus.PLANNED, 0) + counts.get(RowStatus.SENT, 0)
    numbers = [_number("Done", counts, RowStatus.DONE, "status", filtered)]
    if waiting or not job.ended:
        url = "?status=planned" if waiting else ""
        numbers.append(Number("To go", waiting, "amber", url=url, selected=filtered == "planned"))
    for status, label in (
        (RowStatus.NOTHING, "Nothing to do"),
        (RowStatus.REFUSED, "Refused"),
        (RowStatus.CANNOT, "Cannot"),
    ):
        numbers.append(_number(label, counts, status, "status", filtered))
    if counts.get(RowStatus.UNKNOWN):
        numbers.append(_number("Outcome unknown", counts, RowStatus.UNKNOWN, "status", filtered))
    return numbers


def _number(
    label: str, counts: dict[str, int], of: RowStatus | RowAction, parameter: str, filtered: str
) -> Number:
    value = counts.get(of, 0)
    url = f"?{parameter}={of.value}" if value else ""
    return Number(label, value, of.tone, url=url, selected=filtered == of.value)
