"""What of a price stands in the body of a document and what in its annex: long parts lists would bury the rest."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Self

from portal.costing.lines import CostGroup, CostLine, CostSheet, total

MOST_PARTS = 30  # lines of parts in the body: less than a sheet


@dataclass(frozen=True, slots=True)
class Body:
    """The lines of a cost sheet as a document prints them. The body adds up to the sheet's total, and `annexed` to its
    one line for all of them.
    """

    lines: Sequence[CostLine]
    annexed: Sequence[CostLine] = ()

    @classmethod
    def of(cls, sheet: CostSheet) -> Self:
        parts = [line for line in sheet.lines if is_part(line)]
        if len(parts) <= MOST_PARTS:
            return cls(sheet.lines)
        at = sheet.lines.index(parts[0])
        rest = [line for line in sheet.lines if not is_part(line)]
        return cls((*rest[:at], _all_of(parts), *rest[at:]), parts)


def is_part(line: CostLine) -> bool:
    """What is bought for the board by the piece; what buying costs is a line of the same group, by the share."""
    return line.group is CostGroup.PARTS and line.unit == "pcs"


def _all_of(parts: list[CostLine]) -> CostLine:
    amount = total(parts)
    return CostLine(CostGroup.PARTS, "Parts", Decimal(1), "list", amount, f"{len(parts)} lines, each in the annex")


def by_group(cells: Sequence[dict[str, Any]]) -> list[tuple[CostGroup, list[Decimal]]]:
    """What each group comes to in each cell, for the groups that any cell has, in the order of the quote."""
    groups = [group for group in CostGroup if any(_of(cell, group) for cell in cells)]
    return [(group, [total(_of(cell, group)) for cell in cells]) for group in groups]


def _of(cell: dict[str, Any], group: CostGroup) -> list[CostLine]:
    return [line for line in cell["sheet"].lines if line.group is group]
