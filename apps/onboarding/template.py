"""A workbook to fill in: the columns that are recognised, and lists of what the organisation has."""

import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation

from apps.access import selectors as access
from apps.connections.mirror import fold
from apps.core.spreadsheets import MAX_ROWS
from apps.directory import places
from apps.directory import selectors as directory

COLUMNS = (
    "Email",
    "First name",
    "Last name",
    "Department",
    "Designation",
    "Reporting to",
    "Employee ID",
    "Seating location",
    "Mobile",
    "Phone",
    "Extension",
    "Country",
    "Time zone",
    "Language",
    "Cliq role",
    "Teams",
    "Channels",
)
# Excel would take these for numbers, and drop their zeros.
TEXTS = ("Employee ID", "Mobile", "Phone", "Extension")
SHEET, LISTS = "People", "Lists"


def workbook() -> bytes:
    """The file; the second sheet holds the lists that the columns of the first offer."""
    book = Workbook()
    people = book.active
    people.title = SHEET
    lists = book.create_sheet(LISTS)
    offered = _offered()
    own = [field.name for field in directory.custom_fields()]
    for column, name in enumerate((*COLUMNS, *own), start=1):
        _text(people.cell(1, column), name).font = Font(bold=True)
        dimension = people.column_dimensions[get_column_letter(column)]
        dimension.width = max(16, len(name) + 4)
        if name in TEXTS:
            dimension.number_format = "@"
        if choices := offered.get(name):
            _offer(people, lists, column, name, choices)
    people.freeze_panes = "A2"
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _offered() -> dict[str, list[str]]:
    return {
        "Department": [name for _, name in directory.department_choices()],
        "Designation": [name for _, name in directory.designation_choices()],
        "Country": sorted(places.COUNTRIES.values(), key=fold),
        "Time zone": list(places.zones()),
        "Cliq role": [role.name for role in access.roles()],
        "Language": sorted(places.LANGUAGES.values(), key=fold),
    } | {field.name: [str(option["name"]) for option in field.options] for field in directory.custom_fields()}


def _offer(people: Any, lists: Any, column: int, name: str, choices: Sequence[str]) -> None:
    place = lists.max_column + 1 if lists.cell(1, 1).value else 1
    for row, text in enumerate((name, *choices), start=1):
        _text(lists.cell(row, place), text)
    letter = get_column_letter(place)
    source = f"={quote_sheetname(LISTS)}!${letter}$2:${letter}${len(choices) + 1}"
    validation = DataValidation("list", formula1=source, allow_blank=True)
    # Pasting passes over it in any case; the portal says what it does not know, and offers the nearest.
    validation.showErrorMessage = False
    own = get_column_letter(column)
    validation.add(f"{own}2:{own}{MAX_ROWS + 1}")
    people.add_data_validation(validation)


def _text(cell: Any, text: str) -> Any:
    """A cell that no program takes for a formula."""
    cell.value = text
    cell.data_type = "s"
    return cell
