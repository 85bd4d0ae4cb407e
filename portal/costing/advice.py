"""Advice: what would cost less, each priced whole again as it would be quoted, with what it saves and when it comes."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from portal.costing.lines import rounded
from portal.costing.matrix import Cell, Question, row
from portal.costing.whatifs import WhatIf, what_ifs
from portal.errors import RatesRefused
from portal.routing.options import BuildOptions, Speed

LEAST_SHARE = Decimal("0.01")  # of the price of a board: less is not worth a sentence
MOST = 7

Days = Callable[[Question, Cell], int | None]


@dataclass(frozen=True, slots=True)
class Advice:
    """To whoever asks for `quantity` boards: `saves_per_board` is what a board costs less.

    `boards` and `total` are what it would then be; `days` later, below zero sooner; None: one of the dates is unknown.
    `options` and `speed` are what to choose for it; without options the design itself would have to change.
    """

    change: str
    saves_per_board: Decimal
    quantity: int
    boards: int
    total: Decimal
    days: int | None = None
    options: BuildOptions | None = None
    speed: Speed = Speed.STANDARD


@dataclass(frozen=True, slots=True)
class Weighed:
    """A what-if that pays, with the cell that was priced for it. `share` of the price of a board is saved."""

    what_if: WhatIf
    asked: Cell
    other: Cell
    saves: Decimal

    @property
    def share(self) -> Decimal:
        return self.saves / self.asked.sheet.unit_price


def advice(question: Question, cells: Iterable[Cell], *, days: Days | None = None) -> tuple[Advice, ...]:
    """What pays most first, each change once, for the quantity where it saves the largest share.

    `days` tells how long a cell takes; without it no change in days is told.
    """
    found: dict[str, Weighed] = {}
    for cell in cells:
        for weighed in weighings(question, cell):
            said = weighed.what_if.said
            if said not in found or found[said].share < weighed.share:
                found[said] = weighed
    best = sorted(found.values(), key=lambda weighed: (-weighed.share, weighed.what_if.said))[:MOST]
    return tuple(told(weighed, question, days) for weighed in best)


def weighings(question: Question, cell: Cell) -> Iterator[Weighed]:
    """Nothing where it saves too little, or where less of it is known than before: that would be a false saving."""
    for what_if in what_ifs(question, cell):
        try:
            [other] = row(what_if.question, (what_if.speed,), boards=what_if.boards)
        except RatesRefused:  # the shop has no rate for what this would need: it is not on offer
            continue
        price = (other.sheet.total + what_if.paid_elsewhere) / what_if.boards
        saves = rounded(cell.sheet.total / cell.sheet.quantity - price)
        is_as_known = len(other.sheet.unpriced) <= len(cell.sheet.unpriced)
        if is_as_known and saves > 0 and saves >= cell.sheet.unit_price * LEAST_SHARE:
            yield Weighed(what_if, cell, other, saves)


def told(weighed: Weighed, question: Question, days: Days | None) -> Advice:
    what_if = weighed.what_if
    before = days(question, weighed.asked) if days else None
    after = days(what_if.question, weighed.other) if days else None
    return Advice(
        change=what_if.said,
        saves_per_board=weighed.saves,
        quantity=weighed.asked.sheet.quantity,
        boards=what_if.boards,
        total=weighed.other.sheet.total,
        days=None if before is None or after is None else after - before,
        options=what_if.question.options if what_if.question.design is question.design else None,
        speed=what_if.speed,
    )
