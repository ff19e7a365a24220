"""Writing a workbook while it is being sent: one sheet of texts and numbers, never held as a whole."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from xml.sax.saxutils import escape

from apps.core.spreadsheets.table import HEAD_BYTES, MAX_CELL, column_letter
from apps.core.spreadsheets.writing import Cell

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
# What a workbook consists of beside its sheet; the second style is the heading's.
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPES}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPES}.styles+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_SHEET}" xmlns:r="{_OFFICE}">'
    '<sheets><sheet name="List" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet xmlns="{_SHEET}">'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
}
_OPENING = (
    f'{_DECLARATION}<worksheet xmlns="{_SHEET}"><sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
    "<sheetData>"
)
# XML has no room for these, whatever is done to them.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class _Outlet(io.RawIOBase):
    """Takes what the archive writes until it is fetched; it cannot go back, and the archive knows."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []
        self.size = 0

    def writable(self) -> bool:
        """The archive asks."""
        return True

    def write(self, piece: object) -> int:
        """Keep a copy: the caller may use its buffer again."""
        held = bytes(memoryview(piece))  # type: ignore[arg-type]
        self.pieces.append(held)
        self.size += len(held)
        return len(held)

    def fetch(self) -> bytes:
        """All since the last time."""
        held = b"".join(self.pieces)
        self.pieces, self.size = [], 0
        return held


def write_workbook(rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """One sheet whose first row is the heading; every text stays a text, whatever it begins with."""
    outlet = _Outlet()
    letters: list[str] = []
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_DEFLATED) as book:
        for name, text in _PARTS.items():
            book.writestr(name, _DECLARATION + text)
        with book.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(_OPENING.encode())
            for number, row in enumerate(rows, 1):
                letters = letters or [column_letter(index) for index in range(len(row))]
                cells = (
                    _cell(f"{letter}{number}", cell, number == 1)
                    for letter, cell in zip(letters, row, strict=True)
                )
                sheet.write(f'<row r="{number}">{"".join(cells)}</row>'.encode("utf-8", "replace"))
                if outlet.size > HEAD_BYTES:
                    yield outlet.fetch()
            sheet.write(b"</sheetData></worksheet>")
    yield outlet.fetch()


def _cell(place: str, cell: Cell, heading: bool) -> str:
    if isinstance(cell, int):
        return f'<c r="{place}"><v>{cell}</v></c>'
    if not cell:
        return ""
    text = escape(_ILLEGAL.sub("", cell)[:MAX_CELL])
    style = ' s="1"' if heading else ""
    return f'<c r="{place}" t="inlineStr"{style}><is><t xml:space="preserve">{text}</t></is></c>'
