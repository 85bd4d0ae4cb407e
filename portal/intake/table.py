"""A sheet of cells as text, the limits that hold for every kind of it, and how a table is refused."""

from collections.abc import Iterable
from dataclasses import dataclass

from portal.board.design import Finding, Severity
from portal.errors import PackageRefused

MOST_BYTES = 50_000_000
MOST_ROWS = 50_050  # 50,000 lines and the title block above them
MOST_COLUMNS = 256
LONGEST_CELL = 4_096


class TableRefused(PackageRefused):
    """The file cannot be read as a table at all."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows keep their place: `rows[0]` is the customer's row 1. `struck` are rows (from 0) that are crossed out."""

    sheet: str
    rows: tuple[tuple[str, ...], ...]
    findings: tuple[Finding, ...] = ()
    is_hidden: bool = False
    struck: frozenset[int] = frozenset()


def bounded(sheet: str, rows: Iterable[Iterable[str]], *, where: str) -> Table:
    """A table within the limits; a finding for each limit that cut something off."""
    kept: list[tuple[str, ...]] = []
    long_cells = wide = 0
    is_cut = False
    for row in rows:
        if len(kept) == MOST_ROWS:
            is_cut = True
            break
        cells = tuple(row)
        wide += any(cells[MOST_COLUMNS:])
        cells = cells[:MOST_COLUMNS]
        if any(len(cell) > LONGEST_CELL for cell in cells):
            long_cells += 1
            cells = tuple(cell[:LONGEST_CELL] for cell in cells)
        kept.append(cells)
    return Table(sheet, tuple(kept), tuple(_cuts(where, is_cut=is_cut, wide=wide, long_cells=long_cells)))


def _cuts(where: str, *, is_cut: bool, wide: int, long_cells: int) -> Iterable[Finding]:
    if is_cut:
        yield Finding(
            Severity.STOP,
            "table-too-long",
            where,
            f"has more than {MOST_ROWS:,} rows; the rest was not read",
            "Split the file, or remove the rows that are no parts.",
        )
    if wide:
        yield Finding(
            Severity.ASK,
            "table-too-wide",
            where,
            f"has {wide} rows with more than {MOST_COLUMNS} columns; what stands further right was not read",
            "Move the columns that matter to the left.",
        )
    if long_cells:
        yield Finding(
            Severity.ASK,
            "cell-too-long",
            where,
            f"has {long_cells} rows with a cell of more than {LONGEST_CELL:,} characters; the cell was cut",
            "Check these rows; a quotation mark that is never closed is the usual reason.",
        )
