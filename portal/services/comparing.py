"""Two snapshots of quotes side by side: revisions of one quote, a quote and its clone, then and today."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from portal.costing.moved import SheetMove, moved
from portal.services.snapshot import promise_of, sheet_of

Value = dict[str, Any]


@dataclass(frozen=True, slots=True)
class CellMove:
    """One quantity at one speed that stands in both."""

    quantity: int
    speed: str
    sheet: SheetMove
    day_before: date | None
    day_after: date | None
    no_longer_priced: tuple[str, ...]  # names of parts
    priced_now: tuple[str, ...]

    @property
    def key(self) -> str:
        return f"{self.quantity}-{self.speed}"

    @property
    def is_same(self) -> bool:
        return not self.sheet.lines and self.day_before == self.day_after and not self.no_longer_priced

    @property
    def days(self) -> int | None:
        """Below zero: it leaves earlier."""
        return (self.day_after - self.day_before).days if self.day_before and self.day_after else None

    @property
    def share(self) -> Decimal:
        """By how much of its total before it rose; of nothing, whole."""
        return self.sheet.difference / self.sheet.before if self.sheet.before else Decimal(1)


@dataclass(frozen=True, slots=True)
class Comparison:
    """`gone` and `new` are cells that stand on one side alone."""

    cells: tuple[CellMove, ...]
    gone: tuple[Value, ...]
    new: tuple[Value, ...]


def compared(before: Value, after: Value) -> Comparison:
    old, fresh = _by_key(before), _by_key(after)
    return Comparison(
        cells=tuple(cell_move(old[key], fresh[key]) for key in fresh if key in old),
        gone=tuple(cell for key, cell in old.items() if key not in fresh),
        new=tuple(cell for key, cell in fresh.items() if key not in old),
    )


def cell_move(before: Value, after: Value) -> CellMove:
    was, now = sheet_of(before), sheet_of(after)
    unknown_before, unknown_now = ({line.name: None for line in sheet.unpriced} for sheet in (was, now))
    return CellMove(
        quantity=now.quantity,
        speed=now.speed.value,
        sheet=moved(was, now),
        day_before=promise_of(before["promise"]).p80,
        day_after=promise_of(after["promise"]).p80,
        no_longer_priced=tuple(name for name in unknown_now if name not in unknown_before),
        priced_now=tuple(name for name in unknown_before if name not in unknown_now),
    )


def _by_key(snapshot: Value) -> dict[tuple[int, str], Value]:
    return {(cell["quantity"], cell["speed"]): cell for cell in snapshot["cells"]}
