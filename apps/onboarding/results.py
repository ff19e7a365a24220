"""Files to download: the result, which is the input and what happened, and an empty template."""

from collections.abc import Iterator, Sequence
from itertools import islice

from django.db.models import QuerySet

from apps.audit.events import Draft, Subject, record
from apps.core import spreadsheets
from apps.core.actor import Actor
from apps.jobs.models import JobRow, JobStatus, RowAction, RowStatus
from apps.onboarding import following
from apps.onboarding.columns import RESULT_COLUMNS, is_own
from apps.onboarding.models import FollowUp, Onboarding, Phase, What

WORDS = {
    RowStatus.DONE: "Added",
    RowStatus.NOTHING: "Nothing to do",
    RowStatus.REFUSED: "Refused",
    RowStatus.CANNOT: "Cannot be added",
    RowStatus.UNKNOWN: "Outcome unknown",
    RowStatus.SENT: "Sent",
    RowStatus.PLANNED: "Not sent yet",
}
CHANGED = {RowStatus.DONE: "Changed", RowStatus.CANNOT: "Cannot be changed"}
THEN = {
    What.MANAGER: "reports to {}.",
    What.ROLE: "gets the role {}.",
    What.TEAM: "joins the team {}.",
    What.CHANNEL: "joins the channel {}.",
}
CHUNK = 500
TEMPLATE = ("Email", "First name", "Last name", "Department", "Designation")


def result_name(onboarding: Onboarding) -> str:
    """«joiners – result.csv»."""
    stem = onboarding.filename.rsplit(".", 1)[0]
    word = "result" if onboarding.phase == Phase.RUN else "checked"
    return f"{stem} – {word}.csv"


def result(onboarding: Onboarding) -> Iterator[bytes]:
    """The input's columns as they were, and what happened to each row."""
    return spreadsheets.write(_rows(onboarding))


def template() -> Iterator[bytes]:
    """A spreadsheet with the columns that are recognised."""
    return spreadsheets.write([TEMPLATE])


def record_download(onboarding: Onboarding, *, actor: Actor) -> None:
    """Who fetched the people of this file, and when."""
    record(
        Draft(
            "onboarding.downloaded",
            actor=actor,
            subject=Subject("job", str(onboarding.job_id), onboarding.job.title),
            job_id=onboarding.job_id,
            details={"file": result_name(onboarding)},
        )
    )


def _rows(onboarding: Onboarding) -> Iterator[list[str]]:
    # An earlier result that was mended and uploaded brings our own columns along: they are written anew.
    kept = [index for index, name in enumerate(onboarding.header) if not is_own(name)]
    yield [onboarding.header[index] for index in kept] + list(RESULT_COLUMNS)
    rows = JobRow.objects.filter(job_id=onboarding.job_id).order_by("number")
    for row, follow_ups in followed(onboarding, rows):
        cells = row.data.get("input", [])
        word, sentence = said(row, onboarding, follow_ups)
        yield [cells[index] for index in kept] + [word, sentence, str(row.operation_id or "")]


def followed(onboarding: Onboarding, rows: QuerySet[JobRow]) -> Iterator[tuple[JobRow, list[FollowUp]]]:
    """Each row with what followed for it."""
    found = rows.iterator(chunk_size=CHUNK)
    while chunk := list(islice(found, CHUNK)):
        follow_ups = (
            following.of_rows(onboarding.job_id, [row.number for row in chunk])
            if onboarding.follow_ups
            else {}
        )
        yield from ((row, follow_ups.get(row.number, [])) for row in chunk)


def said(row: JobRow, onboarding: Onboarding, follow_ups: Sequence[FollowUp] = ()) -> tuple[str, str]:
    """What happened to one row: a word and a sentence."""
    besides = further(row, onboarding, follow_ups)
    sentence = " ".join(part for part in (row.sentence, *row.problems, *besides) if part)
    if row.status != RowStatus.PLANNED:
        return word(RowStatus(row.status), row.action), sentence
    if onboarding.phase != Phase.RUN:
        changes = [
            f"{field}: {before or 'empty'} → {after or 'empty'}." for field, before, after in _diff(row)
        ]
        return RowAction(row.action).label, " ".join([*changes, sentence]).strip()
    if onboarding.job.status == JobStatus.CANCELLED:
        return "Not sent", "The job was cancelled before this row."
    return word(RowStatus.PLANNED), ""


def further(row: JobRow, onboarding: Onboarding, follow_ups: Sequence[FollowUp] = ()) -> list[str]:
    """Places that the invitation itself names; and what followed, is to follow, or never did."""
    if follow_ups:
        then = [each.said for each in follow_ups]
    elif row.status in (RowStatus.REFUSED, RowStatus.CANNOT):
        return []
    else:
        when = "Not done" if onboarding.job.ended else "Then"
        then = [f"{when}: {THEN[What(what)].format(name)}" for what, _, name, _ in row.data.get("after", [])]
    along = [
        f"Joins the {column.removesuffix('s')} {name} with the invitation."
        for column, places in row.data.get("places", {}).items()
        for _, name in places
    ]
    return along + then


def _diff(row: JobRow) -> list[list[str]]:
    return row.data.get("diff", []) if row.action == RowAction.UPDATE else []


def word(status: RowStatus, action: str = "") -> str:
    """A row's status as onboarding says it."""
    if action == RowAction.UPDATE:
        return CHANGED.get(status, WORDS[status])
    return WORDS[status]
