"""Part lists whose designators run on in the rows below: OrCAD's, and lists typed by hand."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from portal.intake.designators import looks_like_designators, read_designators
from portal.intake.lengths import read_number
from portal.intake.table import LONGEST_CELL

OPEN_ENDS = (",", ";", "，", "、")

Numbered = tuple[int, Sequence[str]]


def unwrapped(rows: Iterable[Numbered], columns: Mapping[str, int]) -> Iterator[Numbered]:
    """Rows with their number; one that holds nothing but designators is added to the row it continues."""
    at = columns.get("designator")
    last: Numbered | None = None
    for number, row in rows:
        if at is not None and last and _continues(row, last[1], columns):
            last = last[0], [*last[1][:at], f"{last[1][at]}\n{row[at]}", *last[1][at + 1 :]]
            continue
        if last:
            yield last
        last = number, row
    if last:
        yield last


def _continues(row: Sequence[str], above: Sequence[str], columns: Mapping[str, int]) -> bool:
    """Only designators, below a row that ends in a comma or counts as many more as stand here."""
    at = columns["designator"]
    if at >= min(len(row), len(above)) or any(row[:at]) or any(row[at + 1 :]):
        return False
    if not 0 < len(above[at]) < LONGEST_CELL or not looks_like_designators(row[at]):
        return False
    return above[at].rstrip().endswith(OPEN_ENDS) or _has_room(row[at], above, columns)


def _has_room(more: str, above: Sequence[str], columns: Mapping[str, int]) -> bool:
    """The quantity above counts the designators of both rows, or more of them."""
    column = columns.get("quantity", len(above))
    quantity = read_number(above[column]) if column < len(above) else None
    names = f"{above[columns['designator']]}\n{more}"
    return quantity is not None and len(read_designators(names).names) <= quantity
