"""Judging rows: every problem of each one, and what would be done for the person. Nothing is sent to Zoho."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from email_validator import EmailNotValidError, validate_email

from apps.connections.mirror import fold
from apps.core.spreadsheets import Row
from apps.directory import canonical, facts
from apps.directory import selectors as directory
from apps.directory.models import User, UserField, UserStatus
from apps.directory.services import seen
from apps.jobs.models import JobRow, RowAction, RowStatus
from apps.onboarding import cells, further
from apps.onboarding.cells import lowered
from apps.onboarding.choices import Choice, Found, choices, shortened
from apps.onboarding.columns import CUSTOM, FIELDS, Field, fields
from apps.onboarding.models import Onboarding
from apps.onboarding.reading import Line

# What needs somebody's id, and so is done once they are there.
AFTERWARDS = frozenset({"role"})
# Several in one cell, each by its name; they go along with an invitation.
SEVERAL = ("teams", "channels")
_BETWEEN = re.compile(r"[;,]")
NAMES = ("first_name", "last_name", "display_name")
# Member or invited; what else Zoho may call a user is no reason to leave them out.
INACTIVE = (UserStatus.INACTIVE, UserStatus.IMPORTED_INACTIVE)


@dataclass(slots=True)
class Checker:
    """Judges the rows of one file."""

    columns: Mapping[str, int]
    choices: Mapping[str, Choice]
    # What became of addresses that jobs have sent since the organisation was read.
    sent_before: Mapping[str, str]
    # Names to read otherwise, as somebody decided: column to folded cell to the name meant.
    replaced: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    # Whether people who are there already are changed to what the file says.
    changes: bool = False
    fields: Mapping[str, Field] = field(default_factory=lambda: FIELDS)
    custom: Sequence[UserField] = ()
    id_width: int = 0
    # Why whoever runs this may not give out a role, by its id.
    closed: Mapping[str, str] = field(default_factory=dict)
    # How many rows say a name that is not known: column, cell, nearest name.
    unknown: dict[tuple[str, str, str], int] = field(default_factory=dict)
    _found: dict[tuple[str, str], Found] = field(default_factory=dict)

    def judge(self, lines: Sequence[Line], job_id: int) -> list[JobRow]:
        """One ledger row for each line of the file."""
        managers = self._managers(line.row for line in lines)
        judged = [self._read(line, job_id, managers) for line in lines]
        users = directory.users_by_email(row.key for row in judged)
        has = further.Present.of(users.values(), self.columns)
        for row, line in zip(judged, lines, strict=True):
            user = users.get(row.key)
            self._decide(row, user, repeated=line.first != row.number)
            further.arrange(row, user, has)
            if row.action == RowAction.UPDATE and not row.data["wanted"] and "after" not in row.data:
                _settle(row, RowAction.NOTHING, "In the organisation already, and just so.")
        return judged

    def _cell(self, row: Row, name: str) -> str:
        index = self.columns.get(name)
        return row.cells[index] if index is not None else ""

    def _managers(self, rows: Any) -> dict[str, User]:
        if "reporting_to" not in self.columns:
            return {}
        return directory.users_by_email(self._cell(row, "reporting_to") for row in rows)

    def _read(self, line: Line, job_id: int, managers: Mapping[str, User]) -> JobRow:
        row, problems = line.row, list(line.row.problems)
        email = self._cell(row, "email_id")
        values = self._address(row.number, line.first, email, problems)
        values |= self._texts(row, self._country(row), problems)
        values |= self._chosen(row, problems)
        values |= self._own(row, problems)
        more: dict[str, Any] = {}
        if cell := self._cell(row, "reporting_to"):
            found = _manager(cell, line, email, managers, problems)
            values |= {name: each for name, each in found.items() if name == "reporting_to_zuid"}
            more |= {name: each for name, each in found.items() if name != "reporting_to_zuid"}
        if cell := self._cell(row, "role"):
            more["after"] = more.get("after", []) + self._role(cell, problems)
        if places := {column: each for column in SEVERAL if (each := self._several(row, column, problems))}:
            more["places"] = places
        if row.extra:
            problems.append(f"There are more cells than columns: “{shortened(row.extra[0])}”.")
        name = values.get("display_name") or " ".join(values[n] for n in NAMES[:2] if n in values)
        return JobRow(
            job_id=job_id,
            number=row.number,
            key=key_of(values.get("email_id", email))[:320],
            name=shortened(name, 300),
            search=fold(name[:320], email[:320])[:700],
            data={"values": values, "input": row.cells, **more},
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

    def _country(self, row: Row) -> str:
        """The code of the country that the row names, if it names one that there is."""
        cell = self._cell(row, "country")
        return self._known(self.choices["country"], cell).value if cell else ""

    def _texts(self, row: Row, country: str, problems: list[str]) -> dict[str, str]:
        """Names, numbers, places to sit: sent as they stand."""
        found = {}
        for name in (*cells.TEXTS, *cells.PHONES):
            if cell := self._cell(row, name):
                found[name] = cell
                problems += cells.wrong_with(self.fields[name], cell)
                if name in cells.NUMBERS:
                    problems += cells.wrong_with_number(self.fields[name], cell, country)
                if name == "employee_id":
                    problems += cells.wrong_with_id(cell, self.id_width)
        return found

    def _chosen(self, row: Row, problems: list[str]) -> dict[str, str]:
        """What names something that has to exist."""
        found = {}
        for choice in self.choices.values():
            cell = self._cell(row, choice.column)
            if cell and choice.column not in AFTERWARDS and choice.column not in SEVERAL:
                known = self._known(choice, cell)
                if known.value:
                    found[choice.field] = known.value
                else:
                    problems.append(known.problem)
                    self._note(choice, cell, known)
        return found

    def _role(self, cell: str, problems: list[str]) -> list[list[str]]:
        """The role that somebody is moved into once they are there."""
        known = self._known(self.choices["role"], cell)
        if not known.value:
            problems.append(known.problem)
            self._note(self.choices["role"], cell, known)
        elif known.value in self.closed:
            problems.append(self.closed[known.value])
        else:
            return [["role", known.value, cell.strip(), ""]]
        return []

    def _several(self, row: Row, column: str, problems: list[str]) -> list[list[str]]:
        """Id and name of everything that one cell names, separated by a semicolon or comma."""
        cell = self._cell(row, column)
        if cell and column in self.closed:
            problems.append(self.closed[column])
            return []
        whole = cell and self._known(self.choices[column], cell).value
        found: dict[str, str] = {}
        for part in [cell] if whole else [each.strip() for each in _BETWEEN.split(cell)]:
            if not part:
                continue
            known = self._known(self.choices[column], part)
            if known.value:
                found[known.value] = part
            else:
                problems.append(known.problem)
                self._note(self.choices[column], part, known)
        return [[identifier, name] for identifier, name in found.items()]

    def _own(self, row: Row, problems: list[str]) -> dict[str, str]:
        """The organisation's own fields but those chosen from a list."""
        found = {}
        for custom in self.custom:
            name = f"{CUSTOM}{custom.unique_name}"
            cell = self._cell(row, name)
            if cell and name not in self.choices:
                found[custom.unique_name] = cell
                problems += cells.wrong_with(self.fields[name], cell)
                problems += cells.wrong_with_custom(custom, cell)
        return found

    def _known(self, choice: Choice, cell: str) -> Found:
        # A file names few departments many times, and looking for near names is slow.
        if (choice.column, cell) not in self._found:
            meant = self.replaced.get(choice.column, {}).get(fold(cell), cell)
            self._found[choice.column, cell] = choice.find(meant)
        return self._found[choice.column, cell]

    def _note(self, choice: Choice, cell: str, known: Found) -> None:
        key = (choice.column, shortened(cell, 100), known.near)
        if known.near and (key in self.unknown or len(self.unknown) < MOST_UNKNOWN):
            self.unknown[key] = self.unknown.get(key, 0) + 1

    def _decide(self, row: JobRow, user: User | None, *, repeated: bool) -> None:
        row.action, row.status, row.sentence = RowAction.ADD, RowStatus.PLANNED, ""
        before = self.sent_before.get(row.key)
        if repeated:
            pass
        elif user is not None:
            self._decide_known(row, user)
        elif before == RowStatus.DONE:
            _settle(row, RowAction.NOTHING, "Invited by an earlier onboarding.")
        elif before is not None:
            row.problems.append(
                "An earlier onboarding does not know yet whether this person was added. "
                "Read the organisation from Zoho, then check again."
            )
        else:
            row.problems += [
                f"{custom.name} is missing: the organisation demands it of everybody."
                for custom in self.custom
                if custom.mandatory and not row.data["values"].get(custom.unique_name)
            ]
        if row.action in (RowAction.ADD, RowAction.UPDATE) and row.problems:
            _settle(row, RowAction.CANNOT, "")

    def _decide_known(self, row: JobRow, user: User) -> None:
        """Somebody who is there: left alone, or changed where the file says something else."""
        action, sentence = judged_by_user(user)
        if not self.changes or action == RowAction.CANNOT or user.status == UserStatus.PENDING:
            _settle(row, action, sentence)
            return
        present = canonical.of_mirror(user)
        wanted = {name: value for name, value in row.data["values"].items() if name != "email_id"}
        wanted = canonical.differences(present, wanted)
        further = [each for each in row.data.get("after", []) if each[0] == "manager"]
        if not wanted and not row.problems and not row.data.get("after") and not row.data.get("places"):
            _settle(row, action, "In the organisation already, and just so.")
            return
        for each in further:
            each[3] = present.get("reporting_to_zuid", "")
        before = {name: present.get(name, "") for name in wanted}
        row.action, row.name = RowAction.UPDATE, row.name or user.name[:300]
        row.data |= {
            "user": user.cliq_id,
            "wanted": wanted,
            "before": before,
            "diff": said(before, wanted, user),
        }


MOST_UNKNOWN = 50


def said(before: Mapping[str, str], wanted: Mapping[str, str], user: User) -> list[list[str]]:
    """Each change in words: field, before, after."""
    told = facts.differences(seen.readable(before, user), seen.readable(wanted))
    return [[each.field, each.before, each.after] for each in told]


def _manager(
    cell: str, line: Line, email: str, managers: Mapping[str, User], problems: list[str]
) -> dict[str, Any]:
    """Their id where they are in the organisation; else what is done once they are there as well."""
    manager = managers.get(key_of(cell))
    in_file = {"manager_row": line.manager} if line.manager else {}
    if key_of(cell) == key_of(email):
        problems.append("Nobody reports to themselves.")
    elif manager is not None:
        return {"reporting_to_zuid": manager.cliq_id, **in_file}
    elif line.manager:
        return {"after": [["manager", key_of(cell)[:320], cell.strip()[:320], ""]], **in_file}
    else:
        problems.append(
            f"The manager “{shortened(cell)}” is nobody's address in the organisation or in this file."
        )
    return {}


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
    if action == RowAction.NOTHING:
        # Nothing is sent, so nothing is wrong with it.
        row.problems = []
    row.status = RowStatus.NOTHING if action == RowAction.NOTHING else RowStatus.CANNOT


def checker(onboarding: Onboarding, sent_before: Mapping[str, str]) -> Checker:
    """A checker that knows the organisation as the mirror shows it."""
    columns = onboarding.columns
    known = directory.users().exclude(employee_id="").values_list("employee_id", flat=True)
    return Checker(
        columns,
        choices(columns),
        sent_before,
        replaced=onboarding.replaced,
        changes=onboarding.changes_people,
        fields=fields(),
        custom=directory.custom_fields(),
        closed=further.closed(onboarding.job.actor) if columns.keys() & {"role", *SEVERAL} else {},
        id_width=cells.id_width(known[:2_000]) if "employee_id" in columns else 0,
    )


def key_of(email: str) -> str:
    """An address as it is compared."""
    return unicodedata.normalize("NFC", email).strip().casefold()
