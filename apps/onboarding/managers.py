"""Managers who are added by the same file: who waits for whom, and who would report to themselves."""

from collections.abc import Iterator, Mapping

from django.db.models import QuerySet

from apps.core.saving import save_all
from apps.jobs.models import JobRow, RowAction, RowStatus

CHUNK = 500
TO_DO = (RowAction.ADD, RowAction.UPDATE)
LOOP = "They report to themselves through row {row}: mend the manager in one of the rows between."


def settle(job_id: int) -> None:
    """Take out of the plan who reports in a circle, and who waits for a manager that cannot be added."""
    above, waiting = _read(JobRow.objects.filter(job_id=job_id, action__in=TO_DO))
    circle = _circles(above)
    missing = _missing(above, waiting, circle | _cannot(job_id, {above[number] for number in waiting}))
    for rows in _chunks(job_id, sorted(circle | missing)):
        for row in rows:
            manager = above[row.number]
            if row.number in circle:
                row.problems = [*row.problems, LOOP.format(row=manager)]
            else:
                row.problems = [
                    *row.problems,
                    f"The manager is in row {manager}, which cannot be added. Mend that row first.",
                ]
            row.action, row.status, row.sentence = RowAction.CANNOT, RowStatus.CANNOT, ""
            row.data.pop("after", None)
        fields = ["problems", "action", "status", "sentence", "data"]
        save_all(rows, fields)


def _read(rows: QuerySet[JobRow]) -> tuple[dict[int, int], set[int]]:
    """The manager's row of each row that has one in the file; and those rows that wait for theirs."""
    above: dict[int, int] = {}
    waiting: set[int] = set()
    found = rows.filter(data__has_key="manager_row").order_by("number")
    for number, data in found.values_list("number", "data").iterator(CHUNK):
        above[number] = int(data["manager_row"])
        if any(what == "manager" for what, *_ in data.get("after", [])):
            waiting.add(number)
    return above, waiting


def _circles(above: Mapping[int, int]) -> set[int]:
    """Rows on a circle; those that only lead into one are not."""
    done: set[int] = set()
    circle: set[int] = set()
    for begin in above:
        path: list[int] = []
        number = begin
        while number in above and number not in done:
            done.add(number)
            path.append(number)
            number = above[number]
        if number in path:
            circle.update(path[path.index(number) :])
    return circle


def _cannot(job_id: int, numbers: set[int]) -> set[int]:
    """Of these rows those that cannot be carried out."""
    rows = JobRow.objects.filter(job_id=job_id, action=RowAction.CANNOT)
    return {number for number in rows.values_list("number", flat=True).iterator(CHUNK) if number in numbers}


def _missing(above: Mapping[int, int], waiting: set[int], out: set[int]) -> set[int]:
    """Rows that wait for somebody who will not be there, directly or through others; `out` are those rows."""
    missing: set[int] = set()
    decided: set[int] = set()
    for begin in waiting - out:
        path = []
        number = begin
        while number in waiting and number not in decided and number not in out:
            decided.add(number)
            path.append(number)
            number = above[number]
        if number in out or number in missing:
            missing.update(path)
    return missing


def _chunks(job_id: int, numbers: list[int]) -> Iterator[list[JobRow]]:
    for start in range(0, len(numbers), CHUNK):
        yield list(JobRow.objects.filter(job_id=job_id, number__in=numbers[start : start + CHUNK]))
