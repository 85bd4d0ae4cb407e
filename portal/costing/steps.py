"""What changes from one quantity to the next: why a board costs less, or more, there. Pure: cells in, reasons out."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from portal.costing.lines import CostGroup, CostSheet, rounded
from portal.costing.matrix import Cell
from portal.costing.purchasing import Purchase
from portal.costing.values import plain
from portal.routing.options import Speed

MOST_NAMED = 3


class Step(StrEnum):
    PROCESS = "process"
    PANEL = "panel"
    STENCIL = "stencil"
    PRICE_BREAK = "price break"
    PACKAGING = "packaging"
    LEFT_OVER = "left over"
    DEARER = "dearer"


@dataclass(frozen=True, slots=True)
class Change:
    """`per_board` is what it does to the price of one board, below zero where it saves; None: it is in other lines."""

    step: Step
    speed: Speed
    before: int
    at: int
    said: str
    per_board: Decimal | None = None


def changes(cells: Iterable[Cell]) -> tuple[Change, ...]:
    """Between each quantity and the next larger one of the same speed, whatever the order the cells come in.

    Whenever the price of a board rises from one to the next, at least one of the reasons says where.
    """
    by_speed: dict[Speed, dict[int, Cell]] = {}
    for cell in cells:
        by_speed.setdefault(cell.sheet.speed, {})[cell.sheet.quantity] = cell
    columns = ([found[quantity] for quantity in sorted(found)] for found in by_speed.values())
    return tuple(change for column in columns for few, many in pairwise(column) for change in between(few, many))


def between(few: Cell, many: Cell) -> Iterator[Change]:
    for step in STEPS:
        yield from step(few, many)


def change(step: Step, few: Cell, many: Cell, *, said: str, per_board: Decimal | None = None) -> Change:
    return Change(step, many.sheet.speed, few.sheet.quantity, many.sheet.quantity, said, per_board)


def process_switch(few: Cell, many: Cell) -> Iterator[Change]:
    before, after = way_of(few.sheet), way_of(many.sheet)
    if before != after:
        said = f"built {after} instead of {before}"
        worked = (CostGroup.SET_UP, CostGroup.ASSEMBLY, CostGroup.STENCIL)
        yield change(
            Step.PROCESS, few, many, said=said, per_board=of_groups(many.sheet, worked) - of_groups(few.sheet, worked)
        )


def way_of(sheet: CostSheet) -> str:
    return sheet.way or f"by {sheet.process}"


def of_groups(sheet: CostSheet, groups: Sequence[CostGroup]) -> Decimal:
    """What these groups cost on one board."""
    return rounded(sum((line.amount for line in sheet.lines if line.group in groups), Decimal(0)) / sheet.quantity)


def panels(few: Cell, many: Cell) -> Iterator[Change]:
    before, after = few.routing, many.routing
    if (before.boards_per_panel, before.panels > 1) != (after.boards_per_panel, after.panels > 1):
        yield change(Step.PANEL, few, many, said=f"{panels_of(many)} instead of {panels_of(few)}")


def panels_of(cell: Cell) -> str:
    count = cell.routing.panels
    return f"{count} {'panel' if count == 1 else 'panels'} of {cell.routing.boards_per_panel}"


def stencils(few: Cell, many: Cell) -> Iterator[Change]:
    counts = [sum(line.group is CostGroup.STENCIL for line in cell.sheet.lines) for cell in (few, many)]
    amounts = [sum((x.amount for x in c.sheet.lines if x.group is CostGroup.STENCIL), Decimal(0)) for c in (few, many)]
    if counts[0] != counts[1] or amounts[0] != amounts[1]:
        yield change(Step.STENCIL, few, many, said=f"stencils for {amounts[1]} instead of {amounts[0]}")


def price_breaks(few: Cell, many: Cell) -> Iterator[Change]:
    """Parts whose price falls: the shares of the price of a board that each saves, the largest named."""
    yield from of_parts(Step.PRICE_BREAK, few, many, told=told_break)


def told_break(before: Purchase, after: Purchase) -> str:
    if after.sale.unit_price >= before.sale.unit_price or packed(before) != packed(after):
        return ""
    return f"{after.part.name} {plain(before.sale.unit_price)} → {plain(after.sale.unit_price)}"


def packaging(few: Cell, many: Cell) -> Iterator[Change]:
    """Reel instead of cut tape, another supplier, an alternate: another offer is the cheapest."""
    yield from of_parts(Step.PACKAGING, few, many, told=told_offer)


def told_offer(before: Purchase, after: Purchase) -> str:
    if packed(before) == packed(after):
        return ""
    return f"{after.part.name} from {words_of(after)} instead of {words_of(before)}"


def packed(bought: Purchase) -> tuple[str, ...]:
    return bought.offer.mpn, bought.offer.supplier, bought.offer.packaging


def words_of(bought: Purchase) -> str:
    return f"{bought.offer.supplier} ({bought.offer.packaging or 'packaging not said'})"


def left_over(few: Cell, many: Cell) -> Iterator[Change]:
    """A begun reel, minimum or multiple that costs a board more than before."""
    yield from of_parts(Step.LEFT_OVER, few, many, told=told_left_over)


def told_left_over(before: Purchase, after: Purchase) -> str:
    if per_board(after) <= per_board(before) or after.left_over <= before.left_over:
        return ""
    return f"{after.part.name}: {after.left_over} left over, worth {after.left_over_value}"


def per_board(bought: Purchase) -> Decimal:
    return bought.sale.cost / bought.boards


def of_parts(step: Step, few: Cell, many: Cell, *, told: Callable[[Purchase, Purchase], str]) -> Iterator[Change]:
    """One change for all parts that take this step, those that matter most first."""
    before = {bought.part.name: bought for bought in few.bought}
    pairs = [(before[bought.part.name], bought) for bought in many.bought if bought.part.name in before]
    found = [(per_board(after) - per_board(old), said) for old, after in pairs if (said := told(old, after))]
    if found:
        found.sort(key=lambda entry: (-abs(entry[0]), entry[1]))
        named = ", ".join(said for _, said in found[:MOST_NAMED])
        rest = f", and {len(found) - MOST_NAMED} more" if len(found) > MOST_NAMED else ""
        yield change(
            step, few, many, said=named + rest, per_board=rounded(sum((saved for saved, _ in found), Decimal(0)))
        )


def dearer_lines(few: Cell, many: Cell) -> Iterator[Change]:
    """Said where one board costs more than at the smaller quantity: which lines grew faster than the boards."""
    if many.sheet.unit_price <= few.sheet.unit_price:
        return
    before, after = shares(few.sheet), shares(many.sheet)
    grown = sorted(((after[label] - before.get(label, Decimal(0)), label) for label in after), reverse=True)
    named = [(rise, label) for rise, label in grown if rise > 0][:MOST_NAMED]
    said = ", ".join(f"{label} {rounded(rise)} more" for rise, label in named)
    yield change(
        Step.DEARER,
        few,
        many,
        said=f"a board costs more: {said}",
        per_board=many.sheet.unit_price - few.sheet.unit_price,
    )


def shares(sheet: CostSheet) -> dict[str, Decimal]:
    """What each line costs on one board."""
    found: dict[str, Decimal] = {}
    for line in sheet.lines:
        found[line.label] = found.get(line.label, Decimal(0)) + line.amount / sheet.quantity
    return found


STEPS = (process_switch, panels, stencils, price_breaks, packaging, left_over, dearer_lines)
