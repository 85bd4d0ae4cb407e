"""A table as the customer himself has named its columns: where it fits the file, his word outranks headings."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from portal.board.design import Finding, Severity
from portal.intake.corrections import TableSaid
from portal.intake.table import MOST_COLUMNS, Table

HEADING_ROWS = 40  # a title block above the headings grows and shrinks from one revision to the next


def said_table(tables: Sequence[Table], said: TableSaid | None) -> Table | None:
    """The sheet that he means; None where this file has no such sheet or is narrower than what was said of it."""
    if said is None or not said.columns:
        return None
    named = [table for table in tables if table.sheet == said.sheet] if said.sheet else list(tables[:1])
    return next((table for table in named if _fits(table, said)), None)


def settled(tables: Sequence[Table], said: TableSaid | None) -> TableSaid | None:
    """What was said of another file, as it holds for this one: the columns below the same headings; None without them.

    The sheet may be called otherwise by now: the one that was named is looked through first.
    """
    if said is None or not said.headings:
        return said
    for table in sorted(tables, key=lambda table: (table.sheet != said.sheet, table.is_hidden)):
        for at, row in enumerate(table.rows[:HEADING_ROWS]):
            columns = {word: _column(row, heading, said.columns.get(word)) for word, heading in said.headings.items()}
            found = {word: column for word, column in columns.items() if column is not None}
            if len(found) == len(columns):
                return replace(said, columns=found, header_row=at + 1, sheet=table.sheet)
    return None


def _column(row: Sequence[str], heading: str, before: int | None) -> int | None:
    """Where the text stands; of two alike, the one at the place where it stood before."""
    same = [column for column, cell in enumerate(row) if _plain(cell) == _plain(heading)]
    return before if before in same else same[0] if same else None


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def as_said(name: str, said: TableSaid | None) -> Iterator[Finding]:
    """What was remembered is never used in silence; without headings nothing proves that the columns are the same."""
    if said is None or not said.because:
        return
    if said.headings:
        yield Finding(
            Severity.NOTE,
            "columns-as-said",
            name,
            f"its columns were taken {said.because}",
            "Nothing to do; if they mean something else now, name the columns of this file anew.",
        )
        return
    yield Finding(
        Severity.ASK,
        "columns-by-place",
        name,
        f"has no headings; its columns were taken by their places, {said.because}",
        "Please look whether the parts are right; if not, name the columns of this file anew.",
    )


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
