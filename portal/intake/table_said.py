"""A table as the customer himself has named its columns: where it fits the file, his word outranks headings."""

from collections.abc import Iterator, Sequence

from portal.intake.corrections import TableSaid
from portal.intake.table import MOST_COLUMNS, Table


def said_table(tables: Sequence[Table], said: TableSaid | None) -> Table | None:
    """The sheet that he means; None where this file has no such sheet or is narrower than what was said of it."""
    if said is None or not said.columns:
        return None
    named = [table for table in tables if table.sheet == said.sheet] if said.sheet else list(tables[:1])
    return next((table for table in named if _fits(table, said)), None)


def _fits(table: Table, said: TableSaid) -> bool:
    width = max((len(row) for row in table.rows), default=0)
    return (
        0 <= said.header_row <= len(table.rows)
        and max(said.columns.values()) < min(width, MOST_COLUMNS)
        and min(said.columns.values()) >= 0
    )


def rows_below(table: Table, said: TableSaid) -> Iterator[tuple[int, Sequence[str]]]:
    """(row from 0, cells) of what is filled below the row of headings."""
    return ((at, row) for at, row in enumerate(table.rows) if at >= said.header_row and any(row))


def heading_text(table: Table, said: TableSaid, column: int) -> str:
    """What stands over the column, else its letter as a spreadsheet shows it."""
    row = table.rows[said.header_row - 1] if said.header_row else ()
    return (row[column].strip() if column < len(row) else "") or column_letter(column)


def column_letter(column: int) -> str:
    """0 is A, 25 is Z, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
