"""A look into a table before it is read: what the mapping dialog shows, and what we would take each column for."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from portal.board.design import FileRole
from portal.intake import bom, centroid
from portal.intake.bom_cells import clean
from portal.intake.columns import Heading, assigned, bare_columns, best_heading_row
from portal.intake.headings import meanings
from portal.intake.table_said import column_letter
from portal.intake.tables import Table, read_tables, role_of_sheet, table_role

SHOWN_ROWS = 12
SHOWN_COLUMNS = 64
SHOWN_CHARACTERS = 80
ROWS_ABOVE = 2  # of the title block, so that the headings are seen where they stand

FURTHER = ("designator 2", "mpn 2", "manufacturer 2", "mpn 3", "manufacturer 3")
WORDS = {FileRole.BOM: (*bom.OUR_WORDS, *FURTHER), FileRole.CENTROID: centroid.OUR_WORDS}


class Confidence(StrEnum):
    """SURE: the heading says only this. LIKELY: it may say something else too. GUESS: by the cells alone."""

    SURE = "sure"
    LIKELY = "likely"
    GUESS = "guess"


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """`column` counts from 0; `heading` is what stands over it, else its letter."""

    column: int
    word: str
    heading: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class SheetPreview:
    """`rows` begin at `first_row`; rows count from 1. `header_row` is 0 where no headings are known."""

    name: str
    first_row: int
    rows: tuple[tuple[str, ...], ...]
    header_row: int
    columns: tuple[ColumnGuess, ...]
    role: FileRole | None


@dataclass(frozen=True, slots=True)
class TablePreview:
    """`words`: those that a column of this kind of table may be called."""

    name: str
    role: FileRole | None
    sheets: tuple[SheetPreview, ...]

    @property
    def words(self) -> tuple[str, ...]:
        return WORDS.get(self.role or FileRole.BOM, WORDS[FileRole.BOM])


def table_preview(name: str, data: bytes) -> TablePreview:
    """Raises TableRefused for what is no table."""
    sheets = tuple(_sheet(table) for table in read_tables(name, data))
    return TablePreview(name, table_role(name, data), sheets)


def _sheet(table: Table) -> SheetPreview:
    heading = best_heading_row(table.rows)
    first = max(0, heading.row - ROWS_ABOVE) if heading else _first_filled(table)
    rows = tuple(
        tuple(clean(cell)[:SHOWN_CHARACTERS] for cell in row[:SHOWN_COLUMNS])
        for row in table.rows[first : first + SHOWN_ROWS]
    )
    guesses = _by_heading(table, heading) if heading else _by_cells(table)
    columns = tuple(sorted(guesses, key=lambda guess: guess.column))
    return SheetPreview(table.sheet, first + 1, rows, heading.row + 1 if heading else 0, columns, role_of_sheet(table))


def _first_filled(table: Table) -> int:
    return next((at for at, row in enumerate(table.rows) if any(row)), 0)


def _by_heading(table: Table, heading: Heading) -> Iterator[ColumnGuess]:
    body = table.rows[heading.row + 1 :]
    columns = assigned(heading, body) if heading.is_centroid else bom.columns_of(heading, body)[0]
    for word, column in columns.items():
        is_plain = len(meanings(heading.text[column])) == 1
        yield ColumnGuess(column, word, heading.text[column], Confidence.SURE if is_plain else Confidence.LIKELY)


def _by_cells(table: Table) -> Iterator[ColumnGuess]:
    for word, column in (bare_columns(table.rows) or {}).items():
        yield ColumnGuess(column, word, column_letter(column), Confidence.GUESS)
