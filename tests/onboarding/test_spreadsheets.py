"""Reading files of every kind people have, and writing what comes back unchanged."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.core import spreadsheets
from apps.core.spreadsheets import Row, UnreadableFile, inspect, read, write

SAVE = "In Excel choose File, Save As, “CSV UTF-8 (Comma delimited)”, and upload that file."


def rows_of(data: bytes) -> list[Row]:
    layout = inspect(data[: spreadsheets.HEAD_BYTES], whole=len(data) <= spreadsheets.HEAD_BYTES)
    return list(read(io.BytesIO(data), layout.delimiter, len(layout.header)))


def test_it_works():
    layout = inspect("\ufeffEmail;Vorname\r\na@b.de;Jürgen\r\n".encode(), whole=True)
    assert (layout.delimiter, layout.header, layout.header_row) == (";", ["Email", "Vorname"], 1)
    assert layout.sample == [["a@b.de", "Jürgen"]]
    assert layout.encoding == "UTF-8"


@pytest.mark.parametrize("delimiter", list(spreadsheets.DELIMITERS))
def test_it_finds_the_delimiter(delimiter):
    lines = [["Email", "Name, with a comma"], ["a@b.c", "x; y"], ["d@e.f", "z"]]
    data = "\n".join(delimiter.join(f'"{cell}"' for cell in line) for line in lines).encode()
    assert inspect(data, whole=True).delimiter == delimiter


def test_one_column_needs_no_delimiter():
    assert [row.cells for row in rows_of(b"Email\na@b.c\nd@e.f\n")] == [["a@b.c"], ["d@e.f"]]


def test_rows_are_numbered_as_a_spreadsheet_shows_them():
    data = b'\n\nEmail,Name\n\na@b.c,"two\nlines"\n,\nd@e.f,x\n'
    assert inspect(data, whole=True).header_row == 3
    assert [(row.number, row.cells) for row in rows_of(data)] == [
        (5, ["a@b.c", "two\nlines"]),
        (7, ["d@e.f", "x"]),
    ]


def test_ragged_rows_are_shaped():
    found = rows_of(b"Email,Name\na@b.c\nd@e.f,x,,\ng@h.i,y,stray\n")
    assert [(row.cells, row.extra) for row in found] == [
        (["a@b.c", ""], ()),
        (["d@e.f", "x"], ()),
        (["g@h.i", "y"], ("stray",)),
    ]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "This file is empty: it has no row with column names."),
        (b"\n , ,\n", "This file is empty: it has no row with column names."),
        (
            b"PK\x03\x04\x14\x00",
            "This is an Excel workbook (.xlsx) or another packed file, not a CSV file, whatever its name "
            f"says. {SAVE}",
        ),
        (b"Email\0,x\n", f"This is not a text file. {SAVE}"),
        ("Email\n".encode("utf-16"), f"This file is saved as UTF-16 (“Unicode text”). {SAVE}"),
        (
            b"Email,Name,Email\n",
            "Columns A and C are both called “Email”. Rename one of them and upload the file again.",
        ),
        (
            ",".join(f"c{n}" for n in range(201)).encode(),
            "This file has 201 columns; 200 are the most. Delete those not needed.",
        ),
        (
            b'Email\na@b.c\n"' + b"x" * 6000 + b'"\n',
            "Row 3 has a cell of more than 5,000 characters. "
            "Perhaps a quotation mark is opened there and never closed.",
        ),
    ],
)
def test_it_refuses_in_a_sentence(data, sentence):
    with pytest.raises(UnreadableFile) as refusal:
        inspect(data, whole=True)
    assert refusal.value.sentence == sentence


def test_another_encoding_is_guessed_in_words():
    data = "Email,Nachname\nj@m.de,Müller-Lüdenscheidt aus Köln\n".encode("cp1252") * 20
    with pytest.raises(UnreadableFile, match=r"Line 2 of this file is not UTF-8\. It looks like .+\. In"):
        inspect(data, whole=True)


def test_a_character_cut_by_the_first_look_is_no_mistake():
    data = ("Email,Name\n" + "a@b.c,ÄÖÜ\n" * 9000).encode()
    for end in range(spreadsheets.HEAD_BYTES - 8, spreadsheets.HEAD_BYTES):
        assert inspect(data[:end], whole=False).header == ["Email", "Name"]


def test_what_breaks_far_below_is_found_while_reading():
    data = ("Email,Name\n" + "a@b.c,x\n" * 20000).encode() + b"d@e.f,M\xfcller\n"
    with pytest.raises(UnreadableFile, match=r"Somewhere below row .* the file holds characters that"):
        rows_of(data)
    with pytest.raises(UnreadableFile, match="holds bytes that no text has"):
        rows_of(data[:-12] + b"\0\0\n")


def test_too_many_rows(monkeypatch):
    monkeypatch.setattr(spreadsheets, "MAX_ROWS", 10)
    with pytest.raises(UnreadableFile, match="This file has more than 10 rows"):
        rows_of(b"Email\n" + b"a@b.c\n" * 11)


def test_written_cells_run_nowhere():
    text = b"".join(write([["=1+1", "+91 98", "-5", "@x", "|a|b", "'=x"]])).decode("utf-8-sig")
    assert text == "'=1+1,'+91 98,-5,'@x,'\\|a\\|b,''=x\r\n"


cells = st.text(
    st.one_of(
        st.sampled_from("'=+-@|%\\,;\"\n1. a"), st.characters(codec="utf-8", exclude_characters="\0\r")
    ),
    max_size=12,
).map(str.strip)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.tuples(cells, cells), max_size=6))
def test_what_was_written_is_read_back(lines):
    kept = [list(line) for line in lines if any(line)]
    data = b"".join(write([["Email", "Note"], *kept]))
    assert [row.cells for row in read(io.BytesIO(data), ",", 2)] == kept


@pytest.mark.parametrize(("index", "letter"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_are_called_as_in_a_spreadsheet(index, letter):
    assert spreadsheets.column_letter(index) == letter
