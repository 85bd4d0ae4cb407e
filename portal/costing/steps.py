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


def changes(cells: Iterable[Cell], *, currency: str) -> tuple[Change, ...]:
    """Between each quantity and the next larger one of the same speed, whatever the order the cells come in.

    Whenever the price of a board rises from one to the next, at least one of the reasons says where.
    """
    by_speed: dict[Speed, dict[int, Cell]] = {}
    for cell in cells:
        by_speed.setdefault(cell.sheet.speed, {})[cell.sheet.quantity] = cell
    columns = ([found[quantity] for quantity in sorted(found)] for found in by_speed.values())
    pairs = (Pair(few, many, currency) for column in columns for few, many in pairwise(column))
    return tuple(change for pair in pairs for step in STEPS for change in step(pair))


@dataclass(frozen=True, slots=True)
class Pair:
    """Two neighbouring quantities of one speed, and the money that their prices are in."""

    few: Cell
    many: Cell
    currency: str

    def change(self, step: Step, said: str, *, per_board: Decimal | None = None) -> Change:
        few, many = self.few.sheet, self.many.sheet
        return Change(step, many.speed, few.quantity, many.quantity, said, per_board)


WORK = (CostGroup.SET_UP, CostGroup.ASSEMBLY, CostGroup.STENCIL)


def process_switch(pair: Pair) -> Iterator[Change]:
    few, many = pair.few.sheet, pair.many.sheet
    before, after = way_of(few), way_of(many)
    if before != after:
        saved = of_groups(many, WORK) - of_groups(few, WORK)
        yield pair.change(Step.PROCESS, f"built {after} instead of {before}", per_board=saved)


def way_of(sheet: CostSheet) -> str:
    return sheet.way or f"by {sheet.process}"


def of_groups(sheet: CostSheet, groups: Sequence[CostGroup]) -> Decimal:
    """What these groups cost on one board."""
    return rounded(sum((line.amount for line in sheet.lines if line.group in groups), Decimal(0)) / sheet.quantity)


def panels(pair: Pair) -> Iterator[Change]:
    before, after = pair.few.routing, pair.many.routing
    if (before.boards_per_panel, before.panels > 1) != (after.boards_per_panel, after.panels > 1):
        yield pair.change(Step.PANEL, f"{panels_of(pair.many)} instead of {panels_of(pair.few)}")


def panels_of(cell: Cell) -> str:
    count = cell.routing.panels
    return f"{count} {'panel' if count == 1 else 'panels'} of {cell.routing.boards_per_panel}"


def stencils(pair: Pair) -> Iterator[Change]:
    before, after = ([x.amount for x in c.sheet.lines if x.group is CostGroup.STENCIL] for c in (pair.few, pair.many))
    if len(before) != len(after) or sum(before) != sum(after):
        amounts = f"{sum(after, Decimal(0))} {pair.currency} instead of {sum(before, Decimal(0))} {pair.currency}"
        yield pair.change(Step.STENCIL, f"stencils for {amounts}")


def price_breaks(pair: Pair) -> Iterator[Change]:
    """Parts whose price falls: the shares of the price of a board that each saves, the largest named."""
    yield from of_parts(Step.PRICE_BREAK, pair, told=told_break)


def told_break(before: Purchase, after: Purchase, currency: str) -> str:
    if after.sale.unit_price >= before.sale.unit_price or packed(before) != packed(after):
        return ""
    return f"{after.part.name} {plain(before.sale.unit_price)} → {plain(after.sale.unit_price)} {currency}"


def packaging(pair: Pair) -> Iterator[Change]:
    """Reel instead of cut tape, another supplier, an alternate: another offer is the cheapest."""
    yield from of_parts(Step.PACKAGING, pair, told=told_offer)


def told_offer(before: Purchase, after: Purchase, _currency: str) -> str:
    if packed(before) == packed(after):
        return ""
    return f"{after.part.name} from {words_of(after)} instead of {words_of(before)}"


def packed(bought: Purchase) -> tuple[str, ...]:
    return bought.offer.mpn, bought.offer.supplier, bought.offer.packaging


def words_of(bought: Purchase) -> str:
    return f"{bought.offer.supplier} ({bought.offer.packaging or 'packaging not said'})"


def left_over(pair: Pair) -> Iterator[Change]:
    """A begun reel, minimum or multiple that costs a board more than before."""
    yield from of_parts(Step.LEFT_OVER, pair, told=told_left_over)


def told_left_over(before: Purchase, after: Purchase, currency: str) -> str:
    if per_board(after) <= per_board(before) or after.left_over <= before.left_over:
        return ""
    return f"{after.part.name}: {after.left_over} left over, worth {after.left_over_value} {currency}"


def per_board(bought: Purchase) -> Decimal:
    return bought.sale.cost / bought.boards


def of_parts(step: Step, pair: Pair, *, told: Callable[[Purchase, Purchase, str], str]) -> Iterator[Change]:
    """One change for all parts that take this step, those that matter most first."""
    before = {bought.part.name: bought for bought in pair.few.bought}
    both = [(before[bought.part.name], bought) for bought in pair.many.bought if bought.part.name in before]
    found = [
        (per_board(after) - per_board(old), said) for old, after in both if (said := told(old, after, pair.currency))
    ]
    if found:
        found.sort(key=lambda entry: (-abs(entry[0]), entry[1]))
        named = ", ".join(said for _, said in found[:MOST_NAMED])
        rest = f", and {len(found) - MOST_NAMED} more" if len(found) > MOST_NAMED else ""
        yield pair.change(step, named + rest, per_board=rounded(sum((saved for saved, _ in found), Decimal(0))))


def dearer_lines(pair: Pair) -> Iterator[Change]:
    """Said where one board costs more than at the smaller quantity: which lines grew faster than the boards."""
    rise = pair.many.sheet.unit_price - pair.few.sheet.unit_price
    if rise > 0:
        before, after = shares(pair.few.sheet), shares(pair.many.sheet)
        grown = sorted(((after[label] - before.get(label, Decimal(0)), label) for label in after), reverse=True)
        named = [(more, label) for more, label in grown if more > 0][:MOST_NAMED]
        said = ", ".join(f"{label} {rounded(more)} {pair.currency} more" for more, label in named)
        yield pair.change(Step.DEARER, f"a board costs more: {said}", per_board=rise)


def shares(sheet: CostSheet) -> dict[str, Decimal]:
    """What each line costs on one board."""
    found: dict[str, Decimal] = {}
    for line in sheet.lines:
        found[line.label] = found.get(line.label, Decimal(0)) + line.amount / sheet.quantity
    return found


STEPS = (process_switch, panels, stencils, price_breaks, packaging, left_over, dearer_lines)
