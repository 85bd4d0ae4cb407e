"""How many boards travel together. A simple model: a grid of boards between two rails, as many as the machines take.

The boards are spread evenly over as few panels as possible, so that nothing is built that nobody ordered but what
rounding leaves. A board of unknown size travels alone, and the reason says so.
"""

from dataclasses import dataclass
from decimal import Decimal
from math import ceil

from portal.board.design import Board
from portal.routing.shop import PanelLimits


@dataclass(frozen=True, slots=True)
class Panels:
    """Sizes None: the board's size is not known."""

    panels: int
    boards_per_panel: int
    width_mm: Decimal | None
    height_mm: Decimal | None
    because: str

    @property
    def area_cm2(self) -> Decimal | None:
        if self.width_mm is None or self.height_mm is None:
            return None
        return self.width_mm * self.height_mm / 100


def panels(board: Board, limits: PanelLimits, *, boards: int) -> Panels:
    if not board.width_mm or not board.height_mm:
        return Panels(boards, 1, None, None, "board size unknown: one board a panel")
    width, height = Decimal(str(board.width_mm)), Decimal(str(board.height_mm))
    columns, rows = grid(width, height, limits)
    if columns * rows <= 1:
        return Panels(boards, 1, width, height, f"{width} × {height} mm: one board a panel")
    count = ceil(boards / (columns * rows))
    per_panel = ceil(boards / count)
    columns = min(columns, per_panel)
    rows = ceil(per_panel / columns)
    gap, rail = limits.gap_mm.value, limits.rail_mm.value
    return Panels(
        panels=count,
        boards_per_panel=per_panel,
        width_mm=columns * (width + gap) - gap,
        height_mm=rows * (height + gap) - gap + 2 * rail,
        because=f"{width} × {height} mm: {count} × {per_panel} boards, panel at most "
        f"{limits.max_width_mm.value} × {limits.max_height_mm.value} mm",
    )


def grid(width_mm: Decimal, height_mm: Decimal, limits: PanelLimits) -> tuple[int, int]:
    gap, rail = limits.gap_mm.value, limits.rail_mm.value
    columns = (limits.max_width_mm.value + gap) // (width_mm + gap)
    rows = (limits.max_height_mm.value - 2 * rail + gap) // (height_mm + gap)
    return int(columns), int(rows)
