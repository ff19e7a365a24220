"""What the pages of one onboarding show."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet
from django.utils import timezone

from apps.cliq.durations import spoken
from apps.console.plans import Number, Segment
from apps.directory import selectors as directory
from apps.directory.models import UserStatus
from apps.jobs.models import JobRow, RowAction, RowStatus
from apps.onboarding.forecast import Forecast, forecast
from apps.onboarding.models import Onboarding, Phase
from apps.onboarding.running import CHANGED, by_status
from apps.onboarding.sending import TO_DO

TO_GO = "To go"
# In the order in which the bar shows them.
BAR = (
    (RowStatus.DONE, "added"),
    (RowStatus.NOTHING, "there already"),
    (RowStatus.REFUSED, "refused"),
    (RowStatus.CANNOT, "cannot"),
    (RowStatus.UNKNOWN, "unknown"),
    (RowStatus.SENT, "sent"),
)


@dataclass(frozen=True, slots=True)
class Accepted:
    """Of those added: how many a later reading shows, how many of them have accepted."""

    shown: int
    accepted: int
    pending: int
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class State:
    """Numbers on top, the bar, what is left and until when; whatever the phase has of it."""

    numbers: list[Number]
    segments: list[Segment]
    done: int
    total: int
    forecast: Forecast | None = None
    # When the organisation was read again since this plan was made.
    read_since: datetime | None = None
    # Until the job does something again, where it waits: «12 seconds».
    next_in: str = ""
    accepted: Accepted | None = None


def listed() -> QuerySet[Onboarding]:
    """All onboardings, newest first."""
    return Onboarding.objects.select_related("job")


def state(onboarding: Onboarding, *, filtered: str = "") -> State:
    """What to show on top of the page; `filtered` is the value the rows are filtered by."""
    job = onboarding.job
    if onboarding.phase == Phase.RUN:
        return _running(onboarding, filtered)
    if onboarding.phase == Phase.PLAN:
        read_at = directory.last_full_sweep()
        newer = (
            read_at if read_at and onboarding.compared_with and read_at > onboarding.compared_with else None
        )
        planned = forecast(onboarding) if onboarding.to_do and not job.ended else None
        return State(_planned(onboarding, filtered), [], 0, 0, planned, newer)
    segments = [Segment("checked", job.done, "blue")] if job.done else []
    return State([], segments, job.done, max(job.total or 0, job.done))


def _planned(onboarding: Onboarding, filtered: str) -> list[Number]:
    labels = {
        RowAction.ADD: ("To add", ""),
        RowAction.UPDATE: ("To change", ""),
        RowAction.NOTHING: ("Nothing to do", ""),
        RowAction.CANNOT: ("Cannot be added", ""),
    }
    return [
        Number(
            label,
            int(onboarding.counts.get(action, 0)),
            action.tone,
            url=f"?action={action.value}" if onboarding.counts.get(action) else "",
            selected=filtered == action.value,
        )
        for action, (label, _) in labels.items()
    ]


def _running(onboarding: Onboarding, filtered: str) -> State:
    counts = by_status(onboarding.job)
    total = sum(counts.values())
    waiting = counts.get(RowStatus.PLANNED, 0) + counts.get(RowStatus.SENT, 0)
    numbers = [
        _number("Added", counts, RowStatus.DONE, filtered),
        *_changed(onboarding, counts),
        Number(
            TO_GO,
            waiting,
            "amber",
            url="?status=planned" if waiting else "",
            selected=filtered == "planned",
        ),
        _number("Nothing to do", counts, RowStatus.NOTHING, filtered),
        _number("Refused", counts, RowStatus.REFUSED, filtered),
        _number("Cannot be added", counts, RowStatus.CANNOT, filtered),
    ]
    if counts.get(RowStatus.UNKNOWN):
        numbers.append(_number("Outcome unknown", counts, RowStatus.UNKNOWN, filtered))
    if onboarding.job.ended and not waiting:
        numbers = [number for number in numbers if number.label != TO_GO]
    segments = [Segment(word, counts[status], status.tone) for status, word in BAR if counts.get(status)]
    if counts.get(CHANGED):
        segments.insert(0, Segment("changed", counts[CHANGED], RowStatus.DONE.tone))
    done = total - waiting - counts.get(RowStatus.UNKNOWN, 0)
    ahead = forecast(onboarding) if onboarding.job.active else None
    return State(
        numbers, segments, done, total, ahead, next_in=_next_in(onboarding), accepted=accepted(onboarding)
    )


def _changed(onboarding: Onboarding, counts: dict[str, int]) -> list[Number]:
    if not onboarding.to_change:
        return []
    value = counts.get(CHANGED, 0)
    return [Number("Changed", value, "green", url="?status=done&action=update" if value else "")]


def failed(onboarding: Onboarding) -> QuerySet[JobRow]:
    """Rows that were to be done and were not: refused, or taken out of the run before they were sent."""
    return JobRow.objects.filter(
        job_id=onboarding.job_id, action__in=TO_DO, status__in=[RowStatus.REFUSED, RowStatus.CANNOT]
    )


def accepted(onboarding: Onboarding) -> Accepted | None:
    """Who of the invited has accepted, as the organisation was read last; None before a reading shows it."""
    if not onboarding.job.ended or onboarding.erased_at:
        return None
    rows = JobRow.objects.filter(job_id=onboarding.job_id, action=RowAction.ADD, status=RowStatus.DONE)
    users = directory.users().filter(email_key__in=rows.values("key"))
    counts = dict(users.values_list("status").annotate(n=Count("pk")).order_by())
    total, pending = sum(counts.values()), counts.get(UserStatus.PENDING, 0)
    return Accepted(total, total - pending, pending, directory.last_full_sweep()) if total else None


def _next_in(onboarding: Onboarding) -> str:
    job = onboarding.job
    if not job.active or job.wake_at is None:
        return ""
    seconds = (job.wake_at - timezone.now()).total_seconds()
    return spoken(seconds) if seconds > 1 else ""


def _number(label: str, counts: dict[str, int], status: RowStatus, filtered: str) -> Number:
    value = counts.get(status, 0)
    url = f"?status={status.value}" if value else ""
    return Number(label, value, status.tone, url=url, selected=filtered == status.value)
