"""OpenDocument spreadsheets (.ods). Repeats are counted, never spread out: one cell may claim a million columns."""

import zipfile
from collections.abc import Iterator
from typing import Any

from portal.intake.archive_xml import damaged, elements, member_bytes, too_large
from portal.intake.table import MOST_COLUMNS, MOST_ROWS, Table, bounded

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
MOST_REPEATED_ROWS = 1_000  # of a row that holds something


def ods_tables(archive: zipfile.ZipFile) -> tuple[Table, ...]:
    content = member_bytes(archive, "content.xml")
    if content is None:
        raise damaged()
    tables = []
    for _, sheet in elements(content, "table"):
        name = sheet.get(f"{TABLE}name", "")
        tables.append(bounded(name, _rows(sheet), where=name))
        sheet.clear()
    return tuple(tables)


def _rows(sheet: Any) -> Iterator[list[str]]:
    blank = 0
    for row in sheet.iter(f"{TABLE}table-row"):
        cells = _cells(row)
        repeats = _repeats(row, "rows")
        if not any(cells):
            blank += min(repeats, MOST_ROWS)
            continue
        if repeats > MOST_REPEATED_ROWS:
            raise too_large()
        yield from ([] for _ in range(min(blank, MOST_ROWS)))
        blank = 0
        yield from (cells for _ in range(repeats))


def _cells(row: Any) -> list[str]:
    cells: list[str] = []
    for cell in row.iterchildren(f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
        text = "\n".join("".join(piece.itertext()) for piece in cell.iterfind("{*}p"))
        cells += [text] * min(_repeats(cell, "columns"), MOST_COLUMNS + 1 - len(cells))
        if len(cells) > MOST_COLUMNS:
            break
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _repeats(element: Any, of: str) -> int:
    said = element.get(f"{TABLE}number-{of}-repeated", "1")
    return int(said) if said.isdecimal() and 0 < len(said) < 9 else 1
