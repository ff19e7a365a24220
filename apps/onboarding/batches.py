"""Which rows go into the next call: planned, held by no other job, and still not in the organisation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from apps.directory import selectors as directory
from apps.directory.models import User
from apps.jobs.lease import Lease
from apps.jobs.models import Job, JobRow, JobStatus, Reservation, RowAction, RowStatus
from apps.onboarding import check, ledger

# So often a call is sent as it is although no answer came.
WHOLE = 2


@dataclass(slots=True)
class Batch:
    """Rows reserved for this job, or why there are none."""

    rows: list[JobRow] = field(default_factory=list)
    # Rows were taken out of the plan instead: look again.
    changed: bool = False
    # Title of the job that holds all that is left.
    blocked_by: str = ""


def pick(job: Job, size: int) -> Batch:
    """The next rows, reserved: first the halves of a call that was refused as a whole, last suspects."""
    rows = JobRow.objects.filter(job=job, status=RowStatus.PLANNED, action=RowAction.ADD).order_by("number")
    groups: list[list[int]] = job.state.get("groups", [])
    while groups:
        found = list(rows.filter(number__in=groups[0])[:size])
        if found:
            return reserved(job, found)
        groups.pop(0)
    elsewhere = Reservation.objects.exclude(job=job).values("key")
    free = rows.exclude(key__in=elsewhere)
    suspects: dict[str, int] = job.state.get("suspects", {})
    if found := list(free.exclude(number__in=[int(number) for number in suspects])[:size]):
        return reserved(job, found)
    # The largest parts first: those that hold nobody who is to blame are soon out of the way.
    for most in sorted(set(suspects.values()), reverse=True):
        numbers = [int(number) for number, together in suspects.items() if together == most]
        if found := list(free.filter(number__in=numbers)[: min(most, size)]):
            return reserved(job, found)
    left = rows.first()
    return _held(job, left) if left else Batch()


def suspect(job: Job, row: JobRow) -> None:
    """Where a call was never answered twice, one of its rows may be why: from now on it is sent in halves."""
    together = int(row.data.get("together", 1))
    if int(row.data.get("sent", 0)) >= WHOLE and together > 1:
        job.state["suspects"] = {**job.state.get("suspects", {}), str(row.number): (together + 1) // 2}


def reserved(job: Job, rows: Sequence[JobRow]) -> Batch:
    """Those of the rows whose address this job holds now, one row an address."""
    unique = list({row.key: row for row in reversed(rows)}.values())[::-1]
    keys = [row.key for row in unique]
    with transaction.atomic():
        Reservation.objects.bulk_create(
            [Reservation(key=key, job=job) for key in keys], ignore_conflicts=True, batch_size=200
        )
        mine = set(Reservation.objects.filter(key__in=keys, job=job).values_list("key", flat=True))
    held = [row for row in unique if row.key in mine]
    return Batch(held) if held else _held(job, unique[0])


def _held(job: Job, row: JobRow) -> Batch:
    """Somebody else holds this row's address: wait for a job that works, not for one that does not."""
    reservation = Reservation.objects.filter(key=row.key).exclude(job=job).select_related("job").first()
    if reservation is None:
        return Batch(changed=True)
    holder = reservation.job
    if holder.ended:
        Reservation.objects.filter(key=row.key, job=holder).delete()
        return Batch(changed=True)
    if holder.active:
        return Batch(blocked_by=holder.title)
    word = "paused" if holder.status == JobStatus.PAUSED else "not finished"
    _take_out(
        [row],
        RowStatus.CANNOT,
        f"“{holder.title}” is adding this address and is {word}. "
        "Resume or cancel it, then upload this again.",
    )
    return Batch(changed=True)


def recheck(job: Job, lease: Lease, batch: Batch) -> list[JobRow]:
    """The rows if they still are as the check found them; else those that are not are taken out."""
    present = _Present.of(job, [row.key for row in batch.rows])
    stale = [(row, *present.judge(row)) for row in batch.rows]
    stale = [(row, status, sentence) for row, status, sentence in stale if status]
    with transaction.atomic():
        lease.confirm()
        for row, status, sentence in stale:
            _take_out([row], status, sentence)
    return [] if stale else batch.rows


@dataclass(frozen=True, slots=True)
class _Present:
    """What the mirror and the ledger say now about the people of one call."""

    users: Mapping[str, User]
    sent: Mapping[str, str]
    departments: frozenset[str]
    designations: frozenset[str]
    teams: frozenset[str]

    @classmethod
    def of(cls, job: Job, keys: Sequence[str]) -> "_Present":
        mine = JobRow.objects.filter(job=job, status=RowStatus.DONE, key__in=keys)
        added = dict.fromkeys(mine.values_list("key", flat=True), str(RowStatus.DONE))
        return cls(
            users=directory.users_by_email(keys),
            sent=ledger.sent_since_reading(keys, but=job) | added,
            departments=frozenset(identifier for identifier, _ in directory.department_choices()),
            designations=frozenset(identifier for identifier, _ in directory.designation_choices()),
            teams=frozenset(directory.teams().values_list("cliq_id", flat=True)),
        )

    def judge(self, row: JobRow) -> tuple[str, str]:
        """Status and sentence of a row that must not be sent any more; empty if it may."""
        # What was sent before and not found is sent again whatever the mirror says: only Zoho's own answer
        # can tell the log that the first attempt took effect after all.
        if row.data.get("after_unknown"):
            return "", ""
        if row.key in self.users:
            action, sentence = check.judged_by_user(self.users[row.key])
            return (RowStatus.NOTHING if action == RowAction.NOTHING else RowStatus.CANNOT), sentence
        if self.sent.get(row.key) == RowStatus.DONE:
            return RowStatus.NOTHING, "Added by another job meanwhile."
        if row.key in self.sent:
            return RowStatus.CANNOT, "Another job does not know yet whether this person was added."
        for word, known in (("department", self.departments), ("designation", self.designations)):
            if row.data["values"].get(f"{word}_id", "") not in {"", *known}:
                return RowStatus.CANNOT, f"The {word} was removed in Zoho since the check."
        if set(row.data["values"].get("team_ids", [])) - self.teams:
            return RowStatus.CANNOT, "A team was removed in Zoho since the check."
        return "", ""


def _take_out(rows: Sequence[JobRow], status: str, sentence: str) -> None:
    JobRow.objects.filter(pk__in=[row.pk for row in rows], status=RowStatus.PLANNED).update(
        status=status, sentence=sentence
    )
    release(rows)


def release(rows: Sequence[JobRow]) -> None:
    """Let go of the addresses of these rows."""
    Reservation.objects.filter(
        key__in=[row.key for row in rows], job_id__in={row.job_id for row in rows}
    ).delete()
