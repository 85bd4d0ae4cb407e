"""How many boards travel together: a grid between two rails, as many as the line takes, or the customer's own panel.

The boards are spread evenly over as few panels as possible, so that nothing is built that nobody ordered but what
rounding leaves. A board may lie across where more of them fit. A board of unknown size travels alone, and the reason
says so.
"""

from dataclasses import dataclass, replace
from decimal import Decimal
from math import ceil

from portal.board.design import Board, Panel
from portal.routing.shop import PanelRules
from portal.routing.words import times

Size = tuple[Decimal, Decimal]  # width, height in mm


@dataclass(frozen=True, slots=True)
class Panels:
    """Sizes None: the board's size is not known. `of_customer`: it came so in the files, its marks with it."""

    panels: int
    boards_per_panel: int
    width_mm: Decimal | None
    height_mm: Decimal | None
    because: str
    columns: int = 1
    rows: int = 1
    of_customer: Panel | None = None

    @property
    def area_cm2(self) -> Decimal | None:
        if self.width_mm is None or self.height_mm is None:
            return None
        return self.width_mm * self.height_mm / 100


def panels(board: Board, rules: PanelRules, *, room: Size, boards: int) -> Panels:
    """`room`: the largest panel that the line takes."""
    if not board.width_mm or not board.height_mm:
        return Panels(boards, 1, None, None, "board size unknown: one board a panel")
    size = exact(board.width_mm), exact(board.height_mm)
    if board.panel and board.panel.boards > 1:
        return customers(board.panel, size, boards=boards)
    across, (columns, rows) = best_grid(size, room, rules)
    if columns * rows <= 1:
        return large_enough(Panels(boards, 1, *size, f"{size[0]} × {size[1]} mm: one board a panel"), rules)
    count = ceil(boards / (columns * rows))
    per_panel = ceil(boards / count)
    rows = ceil(per_panel / columns)
    columns = ceil(per_panel / rows)
    gap, rail = rules.gap_mm.value, rules.rail_mm.value
    laid = Panels(
        panels=count,
        boards_per_panel=per_panel,
        width_mm=columns * (across[0] + gap) - gap,
        height_mm=rows * (across[1] + gap) - gap + 2 * rail,
        because=f"{size[0]} × {size[1]} mm{' turned' if across != size else ''}, {places(per_panel, columns, rows)} "
        f"on a panel of at most {room[0]} × {room[1]} mm",
        columns=columns,
        rows=rows,
    )
    return large_enough(laid, rules)


def places(boards: int, columns: int, rows: int) -> str:
    empty = columns * rows - boards
    return f"{columns} × {rows}" + (f" with {times(empty, 'empty place')}" if empty else "")


def singly(board: Board, *, boards: int) -> Panels:
    """At the bench, where boards are worked on one by one; a customer's own panel is parted afterwards."""
    if not board.width_mm or not board.height_mm:
        return Panels(boards, 1, None, None, "single boards at the bench")
    size = exact(board.width_mm), exact(board.height_mm)
    if board.panel and board.panel.boards > 1:
        return customers(board.panel, size, boards=boards)
    return Panels(boards, 1, *size, "single boards at the bench")


def customers(panel: Panel, size: Size, *, boards: int) -> Panels:
    """As it stands in the files: its boards, its rails, its marks."""
    count = ceil(boards / panel.boards)
    layout = f"{panel.columns} × {panel.rows}"
    said = f"your panel of {panel.boards} boards ({layout}), {size[0]} × {size[1]} mm: {boards} boards on {count}"
    return Panels(count, panel.boards, *size, said, columns=panel.columns, rows=panel.rows, of_customer=panel)


def large_enough(laid: Panels, rules: PanelRules) -> Panels:
    """A small one gets wider rails, so that the line holds it."""
    least, (width, height) = rules.least_mm.value, (laid.width_mm or Decimal(0), laid.height_mm or Decimal(0))
    if width >= least and height >= least:
        return laid
    because = f"{laid.because}; rails widened to {least} mm, the least a line holds"
    return replace(laid, width_mm=max(width, least), height_mm=max(height, least), because=because)


def exact(length_mm: float | None) -> Decimal:
    """50.0 is printed as 50."""
    return Decimal(str(length_mm or 0).removesuffix(".0"))


def best_grid(size: Size, room: Size, rules: PanelRules) -> tuple[Size, tuple[int, int]]:
    """The board as drawn, or across where more fit: its size as it lies, and columns and rows."""
    as_drawn, across = grid(size, room, rules), grid(size[::-1], room, rules)
    if across[0] * across[1] > as_drawn[0] * as_drawn[1]:
        return size[::-1], across
    return size, as_drawn


def grid(size: Size, room: Size, rules: PanelRules) -> tuple[int, int]:
    gap, rail = rules.gap_mm.value, rules.rail_mm.value
    columns = (room[0] + gap) // (size[0] + gap)
    rows = (room[1] - 2 * rail + gap) // (size[1] + gap)
    return int(columns), max(0, int(rows))


def fits(board: Board, room: Size) -> bool:
    """As it lies, or across. A board of unknown size is taken to fit."""
    if not board.width_mm or not board.height_mm:
        return True
    short, long = sorted((exact(board.width_mm), exact(board.height_mm)))
    return short <= min(room) and long <= max(room)
