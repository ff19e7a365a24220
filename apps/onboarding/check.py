"""Judging rows: every problem of each one, and what would be done for the person. Nothing is sent to Zoho."""

import difflib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from email_validator import EmailNotValidError, validate_email

from apps.connections.mirror import fold
from apps.core.spreadsheets import Row
from apps.directory import selectors as directory
from apps.directory.models import User, UserStatus
from apps.jobs.models import JobRow, RowAction, RowStatus
from apps.onboarding.columns import FIELDS

NAMES = ("first_name", "last_name", "display_name")
# Member or invited; what else Zoho may call a user is no reason to leave them out.
INACTIVE = (UserStatus.INACTIVE, UserStatus.IMPORTED_INACTIVE)


@dataclass(frozen=True, slots=True)
class Choice:
    """The names one may give for something that exists in Zoho: folded name to id and spelling."""

    what: str
    field: str
    known: Mapping[str, tuple[str, str]]
    ambiguous: frozenset[str]

    @classmethod
    def of(cls, what: str, field_name: str, pairs: Iterable[tuple[str, str]]) -> "Choice":
        """From pairs of id and name."""
        known: dict[str, tuple[str, str]] = {}
        twice = set()
        for identifier, name in pairs:
            key = fold(name.strip())
            if key in known:
                twice.add(key)
            known[key] = (identifier, name)
        return cls(what, field_name, known, frozenset(twice))

    def find(self, cell: str) -> tuple[str, str]:
        """Id, or the sentence of why there is none."""
        key = fold(cell)
        if key in self.ambiguous:
            return "", f"Two {self.what}s are called “{cell}”: which one is meant cannot be told."
        if key in self.known:
            return self.known[key][0], ""
        near = difflib.get_close_matches(key, self.known, n=1, cutoff=0.6)
        hint = f" Did you mean “{self.known[near[0]][1]}”?" if near else ""
        return "", f"There is no {self.what} “{shortened(cell)}”.{hint}"


@dataclass(slots=True)
class Checker:
    """Judges the rows of one file."""

    columns: Mapping[str, int]
    choices: Mapping[str, Choice]
    # What became of addresses that jobs have sent since the organisation was read.
    sent_before: Mapping[str, str]
    _found: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)

    def judge(self, rows: Sequence[tuple[Row, int]], job_id: int) -> list[JobRow]:
        """One ledger row for each row of the file, which comes with the first row of its address."""
        judged = [self._read(row, first, job_id) for row, first in rows]
        users = directory.users_by_email(row.key for row in judged)
        for row, (_, first) in zip(judged, rows, strict=True):
            self._decide(row, users.get(row.key), repeated=first != row.number)
        return judged

    def _cell(self, row: Row, name: str) -> str:
        index = self.columns.get(name)
        return row.cells[index] if index is not None else ""

    def _read(self, row: Row, first: int, job_id: int) -> JobRow:
        problems = list(row.problems)
        email = self._cell(row, "email_id")
        values = self._address(row.number, first, email, problems)
        for name in NAMES:
            if cell := self._cell(row, name):
                values[name] = cell
                problems += wrong_with(name, cell)
        for choice in self.choices.values():
            if cell := self._cell(row, choice.what):
                identifier, problem = self._known(choice, cell)
                values |= {choice.field: identifier} if identifier else {}
                problems += [problem] if problem else []
        if row.extra:
            problems.append(f"There are more cells than columns: “{shortened(row.extra[0])}”.")
        name = values.get("display_name") or " ".join(values[n] for n in NAMES[:2] if n in values)
        return JobRow(
            job_id=job_id,
            number=row.number,
            key=key_of(values.get("email_id", email))[:320],
            name=shortened(name, 300),
            search=fold(name[:320], email[:320])[:700],
            data={"values": values, "input": row.cells},
            problems=problems,
        )

    def _address(self, number: int, first: int, email: str, problems: list[str]) -> dict[str, Any]:
        """The address as it will be sent; problems are appended."""
        if not email:
            problems.append("The email address is missing.")
            return {}
        if first != number:
            problems.append(f"The same address is in row {first} already.")
        try:
            return {"email_id": validate_email(email, check_deliverability=False).normalized}
        except EmailNotValidError as error:
            problems.append(f"“{shortened(email)}” is no email address: {lowered(str(error))}")
            return {}

    def _known(self, choice: Choice, cell: str) -> tuple[str, str]:
        # A file names few departments many times, and looking for near names is slow.
        if (choice.what, cell) not in self._found:
            self._found[choice.what, cell] = choice.find(cell)
        return self._found[choice.what, cell]

    def _decide(self, row: JobRow, user: User | None, *, repeated: bool) -> None:
        row.action, row.status, row.sentence = RowAction.ADD, RowStatus.PLANNED, ""
        before = self.sent_before.get(row.key)
        if repeated:
            pass
        elif user is not None:
            _settle(row, *judged_by_user(user))
        elif before == RowStatus.DONE:
            _settle(row, RowAction.NOTHING, "Invited by an earlier onboarding.")
        elif before is not None:
            row.problems.append(
                "An earlier onboarding does not know yet whether this person was added. "
                "Read the organisation from Zoho, then check again."
            )
        if row.action == RowAction.ADD and row.problems:
            _settle(row, RowAction.CANNOT, "")


def judged_by_user(user: User) -> tuple[str, str]:
    """What is left to do for somebody who is in the organisation, and the sentence that says so."""
    if user.status in INACTIVE:
        return RowAction.CANNOT, (
            "This person is in the organisation, but inactive. Activate them in Zoho's own admin panel."
        )
    if user.status == UserStatus.PENDING:
        return RowAction.NOTHING, "Invited already, not yet accepted."
    return RowAction.NOTHING, "In the organisation already."


def _settle(row: JobRow, action: str, sentence: str) -> None:
    row.action, row.sentence = action, sentence
    row.status = RowStatus.NOTHING if action == RowAction.NOTHING else RowStatus.CANNOT


def checker(columns: Mapping[str, int], sent_before: Mapping[str, str]) -> Checker:
    """A checker that knows the organisation as the mirror shows it."""
    choices = {
        "department": Choice.of("department", "department_id", directory.department_choices()),
        "designation": Choice.of("designation", "designation_id", directory.designation_choices()),
    }
    return Checker(columns, choices, sent_before)


def key_of(email: str) -> str:
    """An address as it is compared."""
    return unicodedata.normalize("NFC", email).strip().casefold()


def wrong_with(name: str, cell: str) -> list[str]:
    """Problems of a name."""
    label, longest = FIELDS[name].label, FIELDS[name].longest
    found = []
    if len(cell) > longest:
        found.append(f"The {label.lower()} has {len(cell):,} characters; {longest} are the most.")
    if any(unicodedata.category(character) == "Cc" for character in cell):
        found.append(f"The {label.lower()} holds a line break or another character that cannot be seen.")
    return found


def shortened(text: str, longest: int = 60) -> str:
    """Text that fits into a sentence."""
    return text if len(text) <= longest else text[: longest - 1] + "…"


def lowered(sentence: str) -> str:
    """A sentence as the second half of another."""
    return sentence[:1].lower() + sentence[1:]
