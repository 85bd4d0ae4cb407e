"""Excel workbooks (.xlsx, .xlsm), cell by cell.

Not by calamine: it allocates the rectangle up to the furthest cell and aborts the process when that is XFD1048576, and
it does not tell hidden rows, crossed-out lines or formulas that were never calculated.
"""

import datetime as dt
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from portal.board.design import Finding, Severity
from portal.intake.archive_xml import elements, member_bytes
from portal.intake.table import MOST_COLUMNS, MOST_ROWS, Table, TableRefused, bounded

EPOCH = dt.date(1899, 12, 30)
DATE_FORMATS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
LARGEST_DAY = 2_958_465  # 9999-12-31


@dataclass(frozen=True, slots=True)
class Styles:
    """By the cell's style number: whether it shows a date, whether it is struck through."""

    dates: tuple[bool, ...] = ()
    struck: tuple[bool, ...] = ()

    def is_date(self, style: int) -> bool:
        return style < len(self.dates) and self.dates[style]

    def is_struck(self, style: int) -> bool:
        return style < len(self.struck) and self.struck[style]


@dataclass(slots=True)
class Sheet:
    """What was noticed while reading one sheet."""

    rows: dict[int, dict[int, str]]
    struck: set[int]
    hidden_rows: int = 0
    uncalculated: int = 0
    far_cells: int = 0


@dataclass(frozen=True, slots=True)
class Book:
    """What all sheets share."""

    archive: zipfile.ZipFile
    strings: list[str]
    styles: Styles


def xlsx_tables(archive: zipfile.ZipFile) -> tuple[Table, ...]:
    book = Book(archive, _shared_strings(archive), _styles(archive))
    return tuple(_table(book, entry) for entry in _sheets(archive))


def _sheets(archive: zipfile.ZipFile) -> list[tuple[str, str, bool]]:
    """(name, member, is hidden) in the order of the tabs."""
    book, relations = member_bytes(archive, "xl/workbook.xml"), member_bytes(archive, "xl/_rels/workbook.xml.rels")
    if book is None or relations is None:
        raise TableRefused(
            "table-format-unknown", "This archive holds no workbook that can be read.", "Save it as .xlsx or .csv."
        )
    targets = {element.get("Id"): element.get("Target", "") for _, element in elements(relations, "Relationship")}
    sheets = [
        (
            element.get("name", ""),
            _member(targets.get(element.get(RELATION_ID), "")),
            element.get("state", "visible") != "visible",
        )
        for _, element in elements(book, "sheet")
    ]
    return [sheet for sheet in sheets if sheet[1]]


def _member(target: str) -> str:
    return posixpath.normpath(target.lstrip("/") if target.startswith("/") else f"xl/{target}") if target else ""


def _shared_strings(archive: zipfile.ZipFile) -> list[str]:
    raw = member_bytes(archive, "xl/sharedStrings.xml")
    if raw is None:
        return []
    strings = []
    for _, element in elements(raw, "si"):
        strings.append(_text(element))
        element.clear()
    return strings


def _text(element: Any) -> str:
    """All <t> below; phonetic readings (<rPh>) of Japanese cells are no text of the cell."""
    return "".join(
        piece.text or ""
        for piece in element.iter("{*}t")
        if not any(up.tag.endswith("}rPh") for up in piece.iterancestors())
    )


def _styles(archive: zipfile.ZipFile) -> Styles:
    raw = member_bytes(archive, "xl/styles.xml")
    if raw is None:
        return Styles()
    formats: dict[int, str] = {}
    struck_fonts: list[bool] = []
    cells: list[tuple[int, int]] = []
    for name, element in elements(raw, "numFmt", "fonts", "cellXfs"):
        if name == "numFmt":
            formats[_number(element.get("numFmtId"))] = element.get("formatCode", "")
        elif name == "fonts":
            struck_fonts = [_is_struck(font) for font in element.iterfind("{*}font")]
        else:
            cells = [(_number(xf.get("numFmtId")), _number(xf.get("fontId"))) for xf in element.iterfind("{*}xf")]
    return Styles(
        dates=tuple(kind in DATE_FORMATS or _shows_date(formats.get(kind, "")) for kind, _ in cells),
        struck=tuple(font < len(struck_fonts) and struck_fonts[font] for _, font in cells),
    )


def _is_struck(font: Any) -> bool:
    strike = font.find("{*}strike")
    return strike is not None and strike.get("val", "1") not in {"0", "false"}


def _shows_date(format_code: str) -> bool:
    """Day, month or year letters outside quotation marks and brackets."""
    outside = "".join(format_code.casefold().split('"')[::2]).split("[")
    letters = outside[0] + "".join(part.partition("]")[2] for part in outside[1:])
    return "y" in letters or ("d" in letters and "m" in letters) or "mmm" in letters


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 9 else 0


def _table(book: Book, entry: tuple[str, str, bool]) -> Table:
    name, member, is_hidden = entry
    sheet = Sheet({}, set())
    raw = member_bytes(book.archive, member)
    for kind, element in elements(raw, "row", "mergeCell") if raw else ():
        if kind == "row":
            _read_row(element, sheet, book)
        else:
            _fill_down(sheet, element.get("ref", ""))
        element.clear()
    height = max(sheet.rows, default=-1) + 1
    table = bounded(name, (_cells(sheet.rows.get(row, {})) for row in range(min(height, MOST_ROWS + 1))), where=name)
    noticed = (*table.findings, *_noticed(name, sheet))
    return Table(name, table.rows, noticed, is_hidden=is_hidden, struck=frozenset(sheet.struck))


def _cells(row: dict[int, str]) -> list[str]:
    return [row.get(column, "") for column in range(max(row, default=-1) + 1)]


def _read_row(element: Any, sheet: Sheet, book: Book) -> None:
    row = _number(element.get("r")) - 1 if element.get("r") else max(sheet.rows, default=-1) + 1
    if not 0 <= row <= MOST_ROWS:
        sheet.far_cells += 1
        return
    cells: dict[int, str] = {}
    struck = 0
    for cell in element.iterfind("{*}c"):
        column = _column(cell.get("r", "")) if cell.get("r") else len(cells)
        if column >= MOST_COLUMNS:
            sheet.far_cells += 1
            continue
        text = _cell_text(cell, book)
        sheet.uncalculated += text == "" and cell.find("{*}f") is not None
        if text:
            cells[column] = text
            struck += book.styles.is_struck(_number(cell.get("s")))
    if cells:
        sheet.rows[row] = cells
        sheet.hidden_rows += element.get("hidden") in {"1", "true"}
        if struck * 2 > len(cells):
            sheet.struck.add(row)


def _column(reference: str) -> int:
    """A is 0, B is 1, AA is 26; far beyond the limit for anything longer than three letters."""
    letters = reference.rstrip("0123456789").upper()
    if not 0 < len(letters) <= 3 or not all("A" <= letter <= "Z" for letter in letters):
        return MOST_COLUMNS
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column - 1


def _cell_text(cell: Any, book: Book) -> str:
    kind, value = cell.get("t", "n"), cell.findtext("{*}v") or ""
    if kind == "s":
        at = _number(value)
        return book.strings[at] if value and at < len(book.strings) else ""
    if kind == "inlineStr":
        return _text(cell)
    if kind == "b":
        return {"1": "TRUE", "0": "FALSE"}.get(value, value)
    if kind == "n":
        return _shown(value, is_date=book.styles.is_date(_number(cell.get("s"))))
    return str(value)


def _shown(value: str, *, is_date: bool) -> str:
    """A number as a person reads it: 3.0 is 3, and a date is a date."""
    try:
        number = float(value)
    except ValueError:
        return value
    if is_date and 0 < number <= LARGEST_DAY:
        return (EPOCH + dt.timedelta(days=int(number))).isoformat()
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    return f"{number:.15g}"


def _fill_down(sheet: Sheet, reference: str) -> None:
    """A cell merged over several rows says the same in each of them."""
    first, _, last = reference.partition(":")
    left, right = _column(first), _column(last)
    top, bottom = (
        _number(first.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) - 1,
        _number(last.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) - 1,
    )
    text = sheet.rows.get(top, {}).get(left)
    if left != right or not text:
        return
    for row in range(top + 1, min(bottom, MOST_ROWS) + 1):
        if row in sheet.rows:
            sheet.rows[row].setdefault(left, text)


def _noticed(name: str, sheet: Sheet) -> Iterator[Finding]:
    if sheet.uncalculated:
        yield Finding(
            Severity.ASK,
            "formula-without-result",
            name,
            f"has {sheet.uncalculated} formulas without a stored result; formulas are never run here",
            "Paste the values over the formulas and upload the file again.",
        )
    if sheet.hidden_rows:
        yield Finding(
            Severity.ASK,
            "hidden-rows",
            name,
            f"has {sheet.hidden_rows} hidden rows; they were read like the others",
            "Delete the hidden rows if they do not belong to this build.",
        )
    if sheet.far_cells:
        yield Finding(
            Severity.NOTE,
            "far-cells",
            name,
            f"has {sheet.far_cells} cells far outside the table; they were not read",
            "Nothing to do, unless parts stand there.",
        )
