"""What a customer could ask for instead, each as a question that can be priced whole. Rules as a table: WHAT_IFS."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from portal.board.design import Board, BomLine, Demand, Design, Enough, Side
from portal.costing.matrix import Cell, Question, asked, asked_again
from portal.costing.purchasing import Purchase
from portal.costing.values import plain
from portal.parts.packages import Mount, package_of
from portal.parts.values import value_of
from portal.routing.options import Finish, Separation, Speed, TestLevel
from portal.routing.population import count_of
from portal.routing.words import times

DEAR_PARTS, FURTHER_QUANTITIES, MERGES, TOLD_DEMANDS = 3, 2, 5, 3
NEAR = Decimal("1.11")  # one step of the E24 series: values that are often interchangeable
ALIKE = Decimal("0.1")  # quantities nearer to each other are told once
MOVABLE = Decimal("0.5")  # of as many parts as the other side has: more do not fit beside them
MOST_MORE = 2  # times the boards: nobody wants to hear of ten times as many


@dataclass(frozen=True, slots=True)
class WhatIf:
    """`paid_elsewhere` the customer spends without us, for all boards: it is no saving."""

    said: str
    question: Question
    boards: int
    speed: Speed
    paid_elsewhere: Decimal = Decimal(0)


def what_ifs(question: Question, cell: Cell) -> Iterator[WhatIf]:
    for rule in WHAT_IFS:
        yield from rule(question, cell)


def as_asked(cell: Cell, said: str, question: Question, *, paid_elsewhere: Decimal = Decimal(0)) -> WhatIf:
    return WhatIf(said, question, cell.sheet.quantity, cell.sheet.speed, paid_elsewhere)


def more_boards(question: Question, cell: Cell) -> Iterator[WhatIf]:
    """Up to a price break of the parts that cost most, up to whole panels, up to the next round number."""
    boards = cell.sheet.quantity
    dearest = sorted(cell.bought, key=lambda bought: -bought.sale.cost)
    reached = [count for bought in dearest for count in boards_at_breaks(bought)]
    whole = cell.routing.boards_per_panel
    fuller = [-(-(boards + 1) // whole) * whole] if whole > 1 else []
    found = dict.fromkeys([*reached, *fuller, boards_in_tens(boards)])
    for count in apart(count for count in found if boards < count <= MOST_MORE * boards):
        yield WhatIf(f"Order {count:,} boards instead of {boards:,}", question, count, cell.sheet.speed)


def apart(counts: Iterable[int]) -> list[int]:
    """The first ones that are not nearly the same: 97 and 99 are one advice."""
    told: list[int] = []
    for count in counts:
        if len(told) < FURTHER_QUANTITIES and all(abs(count - one) > ALIKE * one for one in told):
            told.append(count)
    return told


def boards_at_breaks(bought: Purchase) -> Iterator[int]:
    spare = bought.extra - bought.part.supplied
    for price_break in bought.offer.ladder:
        if price_break.quantity > bought.to_buy:
            yield max(1, -(-(price_break.quantity - spare) // bought.part.per_board))
            return


def boards_in_tens(boards: int) -> int:
    """The next of 10, 20, 50, 100 … above."""
    step = int(10 ** (len(str(boards)) - 1))
    return next(step * count for count in (2, 5, 10) if step * count > boards)


def customer_supplies(question: Question, cell: Cell) -> Iterator[WhatIf]:
    """Of a dear part the mark-up is saved, and what is left over; the part itself the customer pays elsewhere."""
    options = question.options
    for bought in sorted(cell.bought, key=lambda bought: -bought.sale.cost)[:DEAR_PARTS]:
        name, price = bought.part.name, f"{plain(bought.sale.unit_price)} {question.basis.card.currency}"
        changed = asked_again(question, replace(options, consigned=options.consigned | {name}))
        said = f"Supply {name} yourself, {bought.needed:,} pcs bought at our price of {price} and here in time"
        yield as_asked(cell, said, changed, paid_elsewhere=bought.needed * bought.sale.unit_price)


def other_finish(question: Question, cell: Cell) -> Iterator[WhatIf]:
    for finish in Finish:
        if finish is not question.options.finish:
            changed = asked_again(question, replace(question.options, finish=finish))
            said = f"Finish {finish.upper()} instead of {question.options.finish.upper()}"
            yield as_asked(cell, said, changed)


def less_test(question: Question, cell: Cell) -> Iterator[WhatIf]:
    now = question.options.test
    for test in TestLevel:
        if test is not now and now is not TestLevel.INSPECTION:
            changed = asked_again(question, replace(question.options, test=test))
            yield as_asked(cell, f"Test by {test} instead of {now}", changed)


def standard_speed(question: Question, cell: Cell) -> Iterator[WhatIf]:
    if cell.sheet.speed is not Speed.STANDARD:
        said = f"Standard speed instead of {cell.sheet.speed}"
        yield WhatIf(said, question, cell.sheet.quantity, Speed.STANDARD)


def alternates(question: Question, cell: Cell) -> Iterator[WhatIf]:
    if not question.options.alternates and any(line.alternates for line in question.design.fitted_lines):
        changed = asked_again(question, replace(question.options, alternates=True))
        yield as_asked(cell, "Allow the alternates that your BOM names", changed)


PARTED = {
    Separation.V_SCORE: "Part the boards by V-score",
    Separation.MOUSE_BITES: "Part the boards by mouse bites",
    Separation.ROUTING: "Part the boards by routing",
    Separation.IN_PANELS: "Take the boards in their panels and part them yourself",
}


def other_panel(question: Question, cell: Cell) -> Iterator[WhatIf]:
    """How boards are parted where the panel is ours to lay out; a panel of ours in place of the customer's own."""
    board = question.design.board
    if board.panel is None and cell.routing.boards_per_panel > 1:
        for way in Separation:
            if way is not question.options.separation:
                changed = asked_again(question, replace(question.options, separation=way))
                yield as_asked(cell, f"{PARTED[way]}, instead of {question.options.separation}", changed)
    if board.panel and board.panel.boards > 1 and board.panel.board_width_mm and board.panel.board_height_mm:
        width, height = board.panel.board_width_mm, board.panel.board_height_mm
        single = replace(board, panel=None, width_mm=width, height_mm=height)
        said = f"Let us lay out the panel, instead of your panel of {board.panel.boards} boards"
        yield as_asked(cell, said, other_design(question, replace(question.design, board=single)))


def relaxed_class(question: Question, cell: Cell) -> Iterator[WhatIf]:
    """Each cheaper class of board maker: what is too fine for it, relaxed to what is enough there."""
    board = question.design.board
    forced = next((demand for demand in board.demands if demand.takes == board.capability), None)
    for name in [forced.cheaper, *(one.name for one in forced.further)] if forced else ():
        relaxed = [(demand, enough) for demand in board.demands if (enough := demand.enough_for(name))]
        said = ", ".join(told_demand(*one) for one in relaxed[:TOLD_DEMANDS])
        more = f" and {len(relaxed) - TOLD_DEMANDS} more" if len(relaxed) > TOLD_DEMANDS else ""
        design = replace(question.design, board=relaxed_to(board, name, dict(relaxed)))
        yield as_asked(cell, f"Relax the board to class {name}: {said}{more}", other_design(question, design))


def relaxed_to(board: Board, name: str, relaxed: dict[Demand, Enough]) -> Board:
    values = {demand.feature: enough.value for demand, enough in relaxed.items()}
    drills = board.drills and replace(board.drills, smallest_mm=values.get("drill", board.drills.smallest_mm))
    return replace(
        board,
        capability=name,
        demands=tuple(demand for demand in board.demands if demand not in relaxed),
        min_track_mm=values.get("track", board.min_track_mm),
        min_clearance_mm=values.get("clearance", board.min_clearance_mm),
        min_annular_ring_mm=values.get("annular ring", board.min_annular_ring_mm),
        drills=drills,
    )


def told_demand(demand: Demand, enough: Enough) -> str:
    places = "1 place" if enough.places == 1 else f"{enough.places} places"
    return f"{demand.feature} {enough.value:g} {demand.unit} instead of {demand.needs:g} at {places}"


def one_side(question: Question, cell: Cell) -> Iterator[WhatIf]:
    """The few parts of one side beside the many of the other; where both have many, no layout has the room."""
    design, placed = question.design, question.population.placed
    few, many = sorted(Side, key=lambda side: (count_of(placed(side)), side is Side.TOP))
    moved = count_of(placed(few))
    if 0 < moved <= MOVABLE * count_of(placed(many)):
        placements = tuple(replace(placement, side=many) for placement in design.placements)
        said = f"Place the {times(moved, 'part')} of the {few} on the {many}, where the layout has room"
        yield as_asked(cell, said, other_design(question, replace(design, placements=placements)))


def other_design(question: Question, design: Design) -> Question:
    return asked(design, question.options, question.basis)


def one_feeder(question: Question, cell: Cell) -> Iterator[WhatIf]:
    """Two near-equal values of the same size could be one reel: the rarer takes the part of the commoner."""
    for rare, common in list(near_values(question.design))[:MERGES]:
        merged = replace(rare, mpn=common.mpn, value=common.value, manufacturer=common.manufacturer, alternates=())
        bom = tuple(merged if line is rare else line for line in question.design.bom)
        said = f"Use {common.value} ({common.mpn}) for {', '.join(rare.designators)} too, in place of {rare.value}"
        yield as_asked(cell, said, other_design(question, replace(question.design, bom=bom)))


def near_values(design: Design) -> Iterator[tuple[BomLine, BomLine]]:
    """Rarer and commoner line, of one letter and package, whose values differ by no more than a step of E24."""
    by_kind: dict[tuple[str, str], list[tuple[Decimal, BomLine]]] = {}
    for line in design.fitted_lines:
        letter = line.designators[0][:1].upper() if line.designators else ""
        value = value_of(line.value) if letter in {"R", "C"} and line.mpn else None
        if value is not None:
            by_kind.setdefault((letter, line.package), []).append((value, line))
    for lines in by_kind.values():
        lines.sort(key=lambda entry: (entry[0], entry[1].row))
        for (low, first), (high, second) in pairwise(lines):
            if first.mpn != second.mpn and high <= low * NEAR:
                rare, common = sorted((first, second), key=lambda line: (line.per_board, line.row))
                yield rare, common


EQUIVALENTS = (  # what a package is called, and the surface-mount package that does the same; looked up from the top
    (r"^(Pin(?:Header|Socket)_\S*?)(?:_Vertical|_Horizontal)?$", r"\1_SMD"),
    (r"^R_Axial\S*", "R_1206_3216Metric"),
    (r"^C_Disc\S*", "C_0805_2012Metric"),
    (r"^CP_Radial\S*", "CP_Elec_6.3x7.7"),
    (r"^LED_D\d\S*", "LED_0805_2012Metric"),
    (r"^D_DO-\S*", "D_SMA"),
    (r"^DIP-?(\d+)\S*", r"SOIC-\1"),
    (r"^TO-92\S*", "SOT-23"),
    (r"^TO-220\S*", "TO-252-2"),
)


def surface_mount(question: Question, cell: Cell) -> Iterator[WhatIf]:
    """Through-hole parts that are sold for surface mounting too; the part itself is taken to cost the same."""
    placed = {placement.designator for placement in question.design.placements}
    bom, said = [], []
    for line in question.design.bom:
        package = "" if line.not_fitted else equivalent(line)
        bom.append(replace(line, package=package) if package else line)
        said += [*line.designators[:2]] if package else []
    if said and placed:
        told = f"Surface-mount equivalents at the same price for the through-hole parts ({', '.join(said[:4])} …)"
        yield as_asked(cell, told, other_design(question, replace(question.design, bom=tuple(bom))))


def equivalent(line: BomLine) -> str:
    """The package of its surface-mount sister; empty where it is not through-hole or none is known."""
    if package_of(line.package, line.description).mount is not Mount.THROUGH_HOLE:
        return ""
    for pattern, name in EQUIVALENTS:
        if re.match(pattern, line.package):
            found = re.sub(pattern, name, line.package)
            return found if package_of(found).mount is Mount.SMD else ""
    return ""


WHAT_IFS: tuple[Callable[[Question, Cell], Iterator[WhatIf]], ...] = (
    more_boards,
    customer_supplies,
    other_finish,
    less_test,
    standard_speed,
    alternates,
    other_panel,
    relaxed_class,
    one_side,
    one_feeder,
    surface_mount,
)
