"""What the tests of the use cases price and when they happen."""

from datetime import UTC, date, datetime
from decimal import Decimal

from portal.costing.lines import CostGroup, CostLine, CostSheet, UnpricedLine
from portal.planning.promise import Promise
from portal.routing.operations import Operation, OperationKind, Process, Routing
from portal.routing.options import Speed
from portal.services.snapshot import PricedCell

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def a_cell(
    *, boards: int = 100, unpriced: tuple[UnpricedLine, ...] = (), p80: date | None = date(2026, 12, 4)
) -> PricedCell:
    """Printing 45 min at 0.65 and 100 boards at 2.50."""
    lines = (
        CostLine(CostGroup.SET_UP, "Paste printing", Decimal(45), "min", Decimal("0.65"), "45 min set-up"),
        CostLine(CostGroup.BOARDS, "Bare boards", Decimal(boards), "boards", Decimal("2.50"), "2 layers"),
    )
    operations = tuple(
        Operation(kind, "line", Decimal(10), Decimal(30), boards, "30 s a board")
        for kind in (OperationKind.PRINT, OperationKind.PLACE, OperationKind.SHIP)
    )
    return PricedCell(
        CostSheet(boards, Speed.STANDARD, Process.MACHINE, lines, unpriced),
        Routing(Process.MACHINE, boards, boards, 1, operations),
        Promise(p80, p80, p80, "bare boards", (), "Day 0 is today", () if p80 else ("U1",)),
    )
