"""Failed rows of a finished run, judged anew by the check's own code before they are sent again."""

from collections.abc import Iterator

from apps.core.spreadsheets import Row
from apps.jobs.models import JobRow, RowAction, RowStatus
from apps.onboarding import check, ledger, selectors
from apps.onboarding.models import Onboarding
from apps.onboarding.reading import Line

CHUNK = 500
# Judged while a person waits.
MOST = 5_000
TOO_MANY = (
    f"More than {MOST:,} rows have failed. Download the result, mend what is wrong in the file and upload it "
    "again: it does only what is left."
)


def plan_again(onboarding: Onboarding) -> int:
    """Plan every failed row as the organisation is known now; how many of them are to be sent."""
    planned = 0
    for row, fresh in judged(onboarding):
        row.action, row.status, row.sentence = fresh.action, fresh.status, fresh.sentence
        sent = {name: row.data[name] for name in ("after_unknown",) if name in row.data}
        row.data, row.problems, row.name = fresh.data | sent, fresh.problems, fresh.name
        row.operation_id, row.observed = None, 0
        row.save()
        planned += row.status == RowStatus.PLANNED
    return planned


def overwritten(onboarding: Onboarding) -> list[JobRow]:
    """Of the failed rows those that change somebody, as they would be planned now."""
    return [fresh for _, fresh in judged(onboarding) if fresh.action == RowAction.UPDATE]


def judged(onboarding: Onboarding) -> Iterator[tuple[JobRow, JobRow]]:
    """Each failed row, and the same row of the file as the check judges it now."""
    checker = check.checker(onboarding, ledger.sent_since_reading())
    failed = list(selectors.failed(onboarding).order_by("number"))
    for start in range(0, len(failed), CHUNK):
        rows = failed[start : start + CHUNK]
        lines = [
            Line(Row(row.number, row.data["input"]), row.number, row.data.get("manager_row", 0))
            for row in rows
        ]
        yield from zip(rows, checker.judge(lines, onboarding.job_id), strict=True)
