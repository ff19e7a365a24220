"""Reading delimited text: strict about the file, forgiving about the program that saved it.

Files are read as a stream, so that memory does not grow with them. Rows are numbered as a spreadsheet
program shows them: records, not lines of text, the first being 1, blank ones counted.
"""

import codecs
import csv
import io
from collections.abc import Generator, Iterable, Iterator
from typing import IO, BinaryIO, cast

from charset_normalizer import from_bytes

from apps.core.spreadsheets import table
from apps.core.spreadsheets.table import (
    MAX_CELL,
    SAMPLE_ROWS,
    EncodingUnclear,
    Layout,
    Row,
    UnreadableFile,
    checked_header,
    empty_file,
    shaped,
    too_many_rows,
)
from apps.core.spreadsheets.writing import unguarded

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}
UTF8 = "utf-8-sig"
_BINARY = {
    b"\xd0\xcf\x11\xe0": "an old Excel workbook (.xls), or one with a password",
    b"%PDF": "a PDF document",
}
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SAVE_AS = "In Excel choose File, Save As, “Excel Workbook (.xlsx)”, and upload that file."
ENCODINGS = {
    UTF8: "UTF-8",
    "utf-16": "UTF-16 (“Unicode text”)",
    "utf-16-le": "UTF-16 without a byte order mark",
    "cp1252": "Windows-1252 (Western European)",
    "cp1250": "Windows-1250 (Central European)",
    "cp1251": "Windows-1251 (Cyrillic)",
    "cp1253": "Windows-1253 (Greek)",
    "cp1254": "Windows-1254 (Turkish)",
    "cp1255": "Windows-1255 (Hebrew)",
    "cp1256": "Windows-1256 (Arabic)",
    "mac_roman": "Macintosh (Western European)",
    "cp850": "DOS 850 (Western European)",
    "cp932": "Windows-932 (Japanese, Shift JIS)",
    "gb18030": "GB 18030 (Chinese)",
    "big5": "Big5 (Chinese)",
    "cp949": "Windows-949 (Korean)",
}
"""What a person may choose from, by the name Python knows it under."""
# As many spellings of one alphabet as charset-normalizer knows them.
_SAME = {"latin_1": "cp1252", "iso8859_15": "cp1252", "iso8859_2": "cp1250", "shift_jis": "cp932"}
_SAME |= {"gb2312": "gb18030", "gbk": "gb18030", "euc_kr": "cp949", "utf_16": "utf-16"}
_SAME |= {"utf_16_le": "utf-16-le"}


def inspect(head: bytes, *, whole: bool, codec: str = "") -> Layout:
    """Recognise a file by its first bytes; raises UnreadableFile. `whole`: there are no more bytes."""
    _refuse_binary(head)
    codec = codec or ("utf-16" if head.startswith(_UTF16) else UTF8)
    text = _decoded(head, codec, final=whole)
    if not whole:
        # The last line is cut somewhere: only whole ones tell anything.
        text = text[: text.rfind("\n") + 1] or text
    if "\0" in text:
        raise UnreadableFile(f"This is not a text file. {_SAVE_AS}")
    delimiter = _delimiter(text)
    records = _numbered(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    header_row, header = next(((n, cells) for n, cells in records if any(cells)), (0, []))
    if not header:
        raise empty_file()
    header = checked_header(header)
    found = [shaped(number, cells, len(header)) for number, cells in records if any(cells)]
    return Layout(
        delimiter=delimiter,
        header=header,
        header_row=header_row,
        sample=[row.cells for row in found[:SAMPLE_ROWS]],
        rows=len(found),
        counted=whole,
        encoding=ENCODINGS.get(codec, codec),
        codec=codec,
    )


def read(file: IO[bytes], delimiter: str, columns: int, codec: str = UTF8) -> Generator[Row, None, None]:
    """Every row below the header, blank ones left out; raises UnreadableFile where the file breaks off."""
    text = io.TextIOWrapper(cast(BinaryIO, file), encoding=codec, errors="strict", newline="")
    last, seen, header = 0, 0, True
    try:
        for number, cells in _numbered(csv.reader(_without_nul(text), delimiter=delimiter)):
            last = number
            if not any(cells):
                continue
            if header:
                header = False
                continue
            seen += 1
            if seen > table.MAX_ROWS:
                raise too_many_rows()
            yield shaped(number, cells, columns)
    except UnicodeError:
        raise UnreadableFile(
            f"Somewhere below row {last} the file holds characters that are not "
            f"{ENCODINGS.get(codec, codec)}. {_SAVE_AS}"
        ) from None
    finally:
        text.detach()


def suggestions(head: bytes) -> list[str]:
    """Encodings in which these bytes can be read, the likeliest first; never more than a suggestion."""
    sample = head[:16_384]
    guesses = [match.encoding for match in from_bytes(sample)]
    likely = dict.fromkeys(_SAME.get(name, name) for name in guesses)
    common = ("cp1252", "cp1250", "cp1251", "cp1254", "cp932", "gb18030")
    names = [name for name in (*likely, *common) if name in ENCODINGS and name != UTF8]
    # Of those that read alike, which look cannot tell, the commonest stands for all.
    names.sort(key=lambda name: name != common[0])
    read: dict[str, str] = {}
    for name in names:
        if _reads(sample, name):
            read.setdefault(sample.decode(name, "replace"), name)
    return list(read.values())[:6]


def preview(head: bytes, codec: str) -> list[str]:
    """The first lines that hold more than plain English letters, as this encoding reads them."""
    lines = head[:65_536].decode(codec, "replace").splitlines()
    telling = [line for line in lines[1:] if not line.isascii()] or lines
    return [line[:120] for line in telling[:3]]


def judged(pieces: Iterable[bytes]) -> tuple[int, int]:
    """Line ends of a whole file, and the first line that is not UTF-8: 0 if there is none."""
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    lines, piece = 0, b""
    try:
        for piece in pieces:
            decoder.decode(piece)
            lines += piece.count(b"\n")
        decoder.decode(b"", True)
    except UnicodeDecodeError as error:
        return lines, lines + piece[: error.start].count(b"\n") + 1
    return lines, 0


def _reads(sample: bytes, codec: str) -> bool:
    try:
        codecs.getincrementaldecoder(codec)("strict").decode(sample)
    except (UnicodeError, LookupError):
        return False
    return True


def _refuse_binary(head: bytes) -> None:
    for magic, name in _BINARY.items():
        if head.startswith(magic):
            raise UnreadableFile(f"This is {name}, whatever its name says. {_SAVE_AS}")
    if b"\0" in head and not head.startswith(_UTF16) and not _like_utf16(head):
        raise UnreadableFile(f"This is not a text file. {_SAVE_AS}")


def _like_utf16(head: bytes) -> bool:
    """Whether every second byte is mostly zero, as in English text saved so without a mark."""
    return head[1:2000:2].count(0) > 0.6 * len(head[1:2000:2]) and b"\0" not in head[:2000:2]


def _decoded(head: bytes, codec: str, *, final: bool) -> str:
    if codec == UTF8 and _like_utf16(head):
        raise EncodingUnclear("This file looks like UTF-16, without the mark that says so.")
    try:
        return codecs.getincrementaldecoder(codec)("strict").decode(head, final)
    except UnicodeError as error:
        if codec != UTF8:
            raise UnreadableFile(f"This file is not {ENCODINGS.get(codec, codec)}. {_SAVE_AS}") from None
        line = head[: getattr(error, "start", 0)].count(b"\n") + 1
        raise EncodingUnclear(f"Line {line} of this file is not UTF-8.") from None


def _delimiter(text: str) -> str:
    """The candidate that cuts the first rows into the most columns, evenly; a comma where none does."""

    def score(delimiter: str) -> tuple[int, int]:
        reader = csv.reader(io.StringIO(text[:16384], newline=""), delimiter=delimiter)
        widths = [len(cells) for _, cells in zip(range(20), _numbered_quietly(reader), strict=False) if cells]
        if not widths or widths[0] < 2:
            return (0, 0)
        return (sum(width == widths[0] for width in widths) * 100 // len(widths), widths[0])

    return max(DELIMITERS, key=score)


def _numbered_quietly(reader: Iterator[list[str]]) -> Iterator[list[str]]:
    try:
        yield from reader
    except csv.Error:
        return


def _numbered(reader: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise UnreadableFile(_too_long(number)) from None
        if any(len(cell) > MAX_CELL for cell in cells):
            raise UnreadableFile(_too_long(number))
        yield number, [unguarded(cell.strip()) for cell in cells]


def _too_long(number: int) -> str:
    return (
        f"Row {number} has a cell of more than {MAX_CELL:,} characters. "
        "Perhaps a quotation mark is opened there and never closed."
    )


def _without_nul(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        if "\0" in line:
            raise UnreadableFile(f"This file holds bytes that no text has. {_SAVE_AS}")
        yield line
