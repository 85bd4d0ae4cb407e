"""Two cost sheets line by line: what is new, what is gone, what became dearer or cheaper, and by how much in all."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from portal.costing.lines import CostGroup, CostLine, CostSheet

NOTHING = Decimal("0.00")
Key = tuple[CostGroup, str, int]


@dataclass(frozen=True, slots=True)
class LineMove:
    """None on the side where there is no such line."""

    before: CostLine | None
    after: CostLine | None

    @property
    def line(self) -> CostLine:
        found = self.after or self.before
        if found is None:
            raise AssertionError("a move of no line")
        return found

    @property
    def difference(self) -> Decimal:
        return (self.after.amount if self.after else NOTHING) - (self.before.amount if self.before else NOTHING)


@dataclass(frozen=True, slots=True)
class SheetMove:
    """`lines` are those that differ, in the order of the newer sheet, then those that are gone."""

    lines: tuple[LineMove, ...]
    unchanged: int
    before: Decimal
    after: Decimal

    @property
    def difference(self) -> Decimal:
        return self.after - self.before


def moved(before: CostSheet, after: CostSheet) -> SheetMove:
    old, new = _by_name(before.lines), _by_name(after.lines)
    pairs = [LineMove(old.get(key), new.get(key)) for key in dict.fromkeys([*new, *old])]
    different = tuple(pair for pair in pairs if _says(pair.before) != _says(pair.after))
    return SheetMove(different, len(pairs) - len(different), before.total, after.total)


def _by_name(lines: Iterable[CostLine]) -> dict[Key, CostLine]:
    """A label that stands twice in a group is told apart by its place."""
    seen: dict[tuple[CostGroup, str], int] = defaultdict(int)
    found = {}
    for line in lines:
        found[line.group, line.label, seen[line.group, line.label]] = line
        seen[line.group, line.label] += 1
    return found


def _says(line: CostLine | None) -> tuple[Decimal, str, Decimal] | None:
    return (line.quantity, line.unit, line.rate) if line else None
