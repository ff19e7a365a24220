"""Excel workbooks: honest ones are read, hostile ones answered with a sentence."""

import io
import zipfile
from datetime import date, datetime
from typing import ClassVar

import openpyxl
import pytest

from apps.core import spreadsheets
from apps.core.spreadsheets import Row, UnreadableFile, layout_of, table, workbooks
from apps.core.spreadsheets.table import Layout
from tests.onboarding.conftest import workbook_of

SHEET = "xl/worksheets/sheet1.xml"
HEAD = ["Email", "Name"]


def read(data: bytes) -> list[Row]:
    layout = inspect(data)
    return list(workbooks.read(io.BytesIO(data), len(layout.header)))


def inspect(data: bytes) -> Layout:
    return layout_of(io.BytesIO(data), len(data))


def with_part(name: str, content: bytes, strings: bytes = b"") -> bytes:
    """A workbook with one part replaced, and a table of strings where one is given."""
    held = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook_of([HEAD, ["a@b.c", "x"]]))) as old,
        zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            new.writestr(part, content if part == name else old.read(part))
        if strings:
            new.writestr("xl/sharedStrings.xml", strings)
    return held.getvalue()


def sheet_of(rows: bytes) -> bytes:
    header = b'<row r="1"><c t="inlineStr"><is><t>Email</t></is></c></row>'
    return with_part(SHEET, b"<worksheet><sheetData>" + header + rows + b"</sheetData></worksheet>")


def refusal(data: bytes) -> str:
    with pytest.raises(UnreadableFile) as refused:
        read(data)
    return refused.value.sentence


def test_it_works():
    data = workbook_of([HEAD, ["a@b.c", "Zoë 山"], [], ["d@e.f"]])
    layout = inspect(data)
    assert (layout.header, layout.header_row, layout.sheet) == (HEAD, 1, "People")
    assert (layout.rows, layout.counted, layout.sample) == (2, True, [["a@b.c", "Zoë 山"], ["d@e.f", ""]])
    assert [(row.number, row.cells) for row in read(data)] == [(2, ["a@b.c", "Zoë 山"]), (4, ["d@e.f", ""])]


def test_shared_strings_as_excel_writes_them():
    cells = b'<row r="2"><c r="A2" t="s"><v>1</v></c></row>'
    sheet = b'<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row>' + cells
    strings = (
        "<sst><si><t>Email</t></si><si><r><t>a</t></r><r><t xml:space='preserve'>@b.c</t></r>"
        "<rPh><t>エー</t></rPh></si></sst>"
    )
    data = with_part(SHEET, sheet + b"</sheetData></worksheet>", strings.encode())
    assert inspect(data).header == ["Email"]
    assert [row.cells for row in read(data)] == [["a@b.c"]]


def test_values_are_read_as_they_are_shown():
    book = openpyxl.Workbook()
    book.active.append(["Email", "Day", "Moment", "Phone", "Id", "Part", "Yes"])
    book.active.append(
        ["a@b.c", date(2026, 3, 1), datetime(2026, 3, 1, 9, 30), 919876543210, 42, 1.5, True]  # noqa: DTZ001
    )
    book.active["E2"].number_format = "00000"
    held = io.BytesIO()
    book.save(held)
    assert read(held.getvalue())[0].cells == [
        "a@b.c",
        "2026-03-01",
        "2026-03-01 09:30:00",
        "919876543210",
        "00042",
        "1.5",
        "TRUE",
    ]


def test_the_first_visible_sheet_is_read():
    book = openpyxl.load_workbook(io.BytesIO(workbook_of([["x"]], "Hidden")))
    book["Hidden"].sheet_state = "hidden"
    second = book.create_sheet("Joiners")
    second.append(HEAD)
    second.append(["a@b.c", "x"])
    held = io.BytesIO()
    book.save(held)
    assert inspect(held.getvalue()).sheet == "Joiners"


def test_ragged_rows_and_doubled_headers():
    rows = read(workbook_of([HEAD, ["a@b.c", "x", "stray"]]))
    assert rows == [Row(2, ["a@b.c", "x"], ("stray",))]
    assert refusal(workbook_of([["Email", "email"], ["a@b.c", "x"]])) == (
        "Columns A and B are both called “email”. Rename one of them and upload the file again."
    )
    assert refusal(workbook_of([[f"c{n}" for n in range(201)]])) == (
        "This file has more than 200 columns, which are the most. Delete those not needed."
    )
    assert refusal(workbook_of([])) == (
        "The sheet “People” is empty: it has no row with column names. Only the first sheet is read."
    )


def test_formulas_give_their_stored_result_or_say_so():
    cell = b'<c r="A2" t="str"><f>LOWER("A@B.C")</f><v>a@b.c</v></c>'
    assert read(sheet_of(b'<row r="2">' + cell + b"</row>"))[0].cells == ["a@b.c"]
    row = read(sheet_of(b'<row r="2"><c r="A2" t="e"><v>#N/A</v></c></row>'))[0]
    assert row.problems == ("Cell A2 shows the error #N/A.",)
    assert refusal(workbook_of([["=A2"], ["x"]])).startswith("Cell A1 holds a formula without its result.")


def test_too_many_rows(monkeypatch):
    monkeypatch.setattr(table, "MAX_ROWS", 3)
    assert refusal(workbook_of([HEAD, *[["a@b.c"]] * 4])).startswith("This file has more than 3 rows.")


def test_a_sparse_sheet_costs_nothing():
    rows = read(sheet_of(b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>far</t></is></c></row>'))
    assert rows == [Row(1048576, [""], ("far",))]


BOMB = b"<row>" + b"<c/>" * 20_000_000 + b"</row>"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"PK\x03\x04\x14\x00", workbooks._DAMAGED),
        (workbook_of([HEAD, ["a@b.c", "x"]])[:-500], workbooks._DAMAGED),
        (with_part(SHEET, b"<worksheet><sheetData><row><c>"), workbooks._DAMAGED),
        (with_part(SHEET, b"\x00\x01\x02binary"), workbooks._DAMAGED),
        (
            with_part(SHEET, b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet>&a;</worksheet>'),
            "This workbook holds declarations that no spreadsheet program writes.",
        ),
        (
            sheet_of(BOMB),
            "This workbook has more columns than any spreadsheet program can hold.",
        ),
        (
            sheet_of(b'<row r="9999999"/>'),
            "This workbook has more rows than any spreadsheet program can hold.",
        ),
        (
            sheet_of(b'<row r="2"><c t="inlineStr"><is><t>' + b"x" * 6000 + b"</t></is></c></row>"),
            "Cell A2 has more than 5,000 characters.",
        ),
        (
            sheet_of(b'<row r="2"><c t="' + b"x" * 4_000_000 + b'"/></row>'),
            "This workbook holds a cell too long for any spreadsheet.",
        ),
        (
            sheet_of(b'<row r="2"><c t="s"><v>77</v></c></row>'),
            "A cell of this workbook points to a text that is not there.",
        ),
    ],
    ids=["stub", "cut", "broken", "binary", "entities", "columns", "rows", "cell", "token", "string"],
)
def test_hostile_files_are_answered_with_a_sentence(data, sentence):
    assert refusal(data) == sentence


def test_a_bomb_is_never_unpacked(monkeypatch):
    monkeypatch.setattr(workbooks, "MAX_UNPACKED", 1024 * 1024)
    data = sheet_of(b"<row/>" * 1_000_000)
    assert len(data) < 20_000
    assert refusal(data) == (
        "Unpacked, this workbook has 6 MB; 1 MB are the most. Copy the rows into a new workbook and upload "
        "that."
    )


def test_another_packed_file_is_no_workbook():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        packed.writestr("word/document.xml", "<x/>")
    assert refusal(held.getvalue()).startswith("This is a packed file, but no Excel workbook (.xlsx).")


class TestWriting:
    """A workbook is written while it is sent."""

    ROWS: ClassVar = [
        ["Name", "Größe", "Number"],
        ["=1+1", "தமிழ் <b>&\"'", 5],
        ["000123", "", -3],
        ["#N/A", "two\nlines", 0],
    ]

    def test_every_text_stays_a_text(self):
        """Formulas, errors, leading zeros, markup; what XML has no room for is left out."""
        hostile = [*self.ROWS, ["\x00\x0b+1", "'@x", 1]]
        book = openpyxl.load_workbook(io.BytesIO(b"".join(spreadsheets.write_workbook(hostile))))
        cells = list(book.active.iter_rows())
        assert [[cell.value or "" for cell in row] for row in cells[1:]] == [
            ["=1+1", "தமிழ் <b>&\"'", 5],
            ["000123", "", -3],
            ["#N/A", "two\nlines", ""],
            ["+1", "'@x", 1],
        ]
        assert {cell.data_type for row in cells for cell in row if isinstance(cell.value, str)} == {"s"}
        assert [cell.font.bold for cell in cells[0]] == [True] * 3
        assert book.active.freeze_panes == "A2"

    def test_the_portal_reads_it_back(self):
        held = io.BytesIO(b"".join(spreadsheets.write_workbook(self.ROWS)))
        layout = spreadsheets.layout_of(held, held.getbuffer().nbytes)
        assert (layout.header, layout.rows) == (self.ROWS[0], 3)

    def test_it_is_never_held_as_a_whole(self):
        rows = ([f"{number} {name}" for name in ("one", "two", "three")] for number in range(20_000))
        pieces = list(spreadsheets.write_workbook(rows))
        assert len(pieces) > 3
        assert max(map(len, pieces)) < 2 * spreadsheets.HEAD_BYTES
