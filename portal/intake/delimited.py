"""Text with a separator: comma, semicolon, tab, bar; quoted or not, with Excel's "sep=" line or without."""

import csv
from collections.abc import Iterable, Iterator

from portal.intake.columns import best_heading_row

DELIMITERS = (",", ";", "\t", "|", "!")  # the last is Allegro's
SAMPLE_LINES = 60
csv.field_size_limit(60_000_000)  # cells are cut to our own limit, with a finding; csv would raise


def delimited_rows(text: str) -> tuple[list[list[str]], bool] | None:
    """Rows, and whether a quotation mark was never closed. None: there is no separator in this text."""
    lines = text.splitlines()
    said = _said_delimiter(lines)
    delimiter = said or _likely_delimiter(lines)
    if delimiter is None:
        return None
    if said:
        lines[0] = ""
    rows = _quoted(lines, delimiter)
    if _quote_never_closes(rows, delimiter):
        return [next(_parsed([line], delimiter), []) for line in lines], True
    return rows, False


def blank_parted_rows(text: str) -> list[list[str]] | None:
    """P-CAD's reports: every word in quotation marks, any number of blanks between. None: this is no such text."""
    lines = text.splitlines()
    quoted = [line for line in lines[:SAMPLE_LINES] if line.lstrip().startswith('"') and '" ' in line]
    if len(quoted) * 2 < len([line for line in lines[:SAMPLE_LINES] if line.strip()]) or not quoted:
        return None
    return [next(_parsed_at_blanks(line), []) for line in lines]


def _parsed_at_blanks(line: str) -> Iterator[list[str]]:
    return _without_faults(csv.reader([line.strip()], delimiter=" ", skipinitialspace=True))


def _said_delimiter(lines: list[str]) -> str | None:
    first = lines[0].strip().strip('"').casefold() if lines else ""
    return first[4] if first.startswith("sep=") and len(first) == 5 else None


def _likely_delimiter(lines: list[str]) -> str | None:
    """The separator under which the headings are understood; failing that, the one that cuts lines evenly."""
    sample = lines[:SAMPLE_LINES]
    best = max(DELIMITERS, key=lambda delimiter: _fitness(sample, delimiter))
    return best if _fitness(sample, best) > (0, 0.0) else None


def _fitness(sample: list[str], delimiter: str) -> tuple[int, float]:
    rows = [row for row in _parsed(sample, delimiter) if any(row)]
    widths = [len(row) for row in rows if len(row) > 1]
    if not widths:
        return 0, 0.0
    commonest = max(set(widths), key=widths.count)
    evenness = widths.count(commonest) / len(rows)
    heading = best_heading_row(rows)
    return (len(heading.columns) if heading else 0), evenness if evenness >= 0.5 else 0.0


def _quoted(lines: list[str], delimiter: str) -> list[list[str]]:
    """Parsed rows at the customer's line numbers: a row whose quoted cell spans lines is followed by empty rows."""
    reader = csv.reader((line + "\n" for line in lines), delimiter=delimiter)
    rows: list[list[str]] = []
    for row in _without_faults(reader):
        start = len(rows)
        rows.append(row)
        rows += [[] for _ in range(reader.line_num - start - 1)]
    return rows


def _parsed(lines: Iterable[str], delimiter: str) -> Iterator[list[str]]:
    return _without_faults(csv.reader((line + "\n" for line in lines), delimiter=delimiter))


def _without_faults(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    while True:
        try:
            yield next(rows)
        except StopIteration:
            return
        except csv.Error:
            yield []


def _quote_never_closes(rows: list[list[str]], delimiter: str) -> bool:
    """A cell that holds whole lines of the table has swallowed them."""
    width = max(map(len, rows[:SAMPLE_LINES]), default=0)
    return any(
        cell.count("\n") > 0 and cell.count(delimiter) >= max(2, (width - 1) // 2) * max(1, cell.count("\n") - 1)
        for row in rows
        for cell in row
        if "\n" in cell
    )
