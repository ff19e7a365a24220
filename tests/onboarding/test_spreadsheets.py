"""Reading files of every kind people have, and writing what comes back unchanged."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.core import spreadsheets
from apps.core.spreadsheets import EncodingUnclear, Row, UnreadableFile, table, write
from apps.core.spreadsheets.delimited import inspect, read

SAVE = "In Excel choose File, Save As, “Excel Workbook (.xlsx)”, and upload that file."


def rows_of(data: bytes) -> list[Row]:
    layout = inspect(data[: spreadsheets.HEAD_BYTES], whole=len(data) <= spreadsheets.HEAD_BYTES)
    return list(read(io.BytesIO(data), layout.delimiter, len(layout.header), layout.codec))


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
            b"\xd0\xcf\x11\xe0\xa1",
            f"This is an old Excel workbook (.xls), or one with a password, whatever its name says. {SAVE}",
        ),
        (b"Email\0,x\n", f"This is not a text file. {SAVE}"),
        (
            b"Email,Name,Email\n",
            "Columns A and C are both called “Email”. Rename one of them and upload the file again.",
        ),
        (
            ",".join(f"c{n}" for n in range(201)).encode(),
            "This file has more than 200 columns, which are the most. Delete those not needed.",
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


def test_another_encoding_is_asked_for_with_suggestions():
    data = "Email,Nachname\nj@m.de,Müller-Lüdenscheidt aus Köln\n".encode("cp1252") * 20
    with pytest.raises(EncodingUnclear, match=r"Line 2 of this file is not UTF-8\."):
        inspect(data, whole=True)
    assert "cp1252" in spreadsheets.suggestions(data)
    assert spreadsheets.preview(data, "cp1252")[0] == "j@m.de,Müller-Lüdenscheidt aus Köln"
    assert inspect(data, whole=True, codec="cp1252").sample[0] == ["j@m.de", "Müller-Lüdenscheidt aus Köln"]


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf16_with_its_mark_is_read(codec):
    data = "\ufeff".encode(codec)[-2:] + "Email\tName\r\na@b.c\tŻółć 山\r\n".encode(codec).removeprefix(
        b"\xff\xfe"
    )
    layout = inspect(data, whole=True)
    assert (layout.delimiter, layout.codec, layout.encoding) == ("\t", "utf-16", "UTF-16 (“Unicode text”)")
    assert [row.cells for row in rows_of(data)] == [["a@b.c", "Żółć 山"]]


def test_utf16_without_its_mark_is_asked_for():
    data = "Email,Name\na@b.c,Ann\n".encode("utf-16-le")
    with pytest.raises(EncodingUnclear, match="looks like UTF-16, without the mark"):
        inspect(data, whole=True)
    assert "utf-16-le" in spreadsheets.suggestions(data)
    assert inspect(data, whole=True, codec="utf-16-le").header == ["Email", "Name"]


def test_a_character_cut_by_the_first_look_is_no_mistake():
    data = ("Email,Name\n" + "a@b.c,ÄÖÜ\n" * 9000).encode()
    for end in range(spreadsheets.HEAD_BYTES - 8, spreadsheets.HEAD_BYTES):
        assert inspect(data[:end], whole=False).header == ["Email", "Name"]


def test_what_breaks_far_below_is_found_at_once():
    data = ("Email,Name\n" + "a@b.c,x\n" * 20000).encode() + b"d@e.f,M\xfcller\n"
    with pytest.raises(EncodingUnclear, match=r"Line 20,002 of this file is not UTF-8\."):
        spreadsheets.layout_of(io.BytesIO(data), len(data))
    with pytest.raises(UnreadableFile, match=r"Somewhere below row .* the file holds characters"):
        rows_of(data)
    with pytest.raises(UnreadableFile, match="holds bytes that no text has"):
        rows_of(data[:-12] + b"\0\0\n")


def test_too_many_rows(monkeypatch):
    monkeypatch.setattr(table, "MAX_ROWS", 10)
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
