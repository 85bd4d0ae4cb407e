"""Laws that hold for any job: 10,000 random ones, a fixed seed for each two hundred, priced whole at two quantities.

Among them are parts of several suppliers with stocks, minimums, multiples and reel fees, parts that customers supply
in whole or in part, alternates that the BOM allows, parts that nobody sells, boards of two sides, pins, own panels.
"""

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache

import pytest
from costing_examples import a_design, demo_basis

from portal.board.design import Alternate, Design, Panel
from portal.costing.matrix import Basis, Cell, matrix
from portal.costing.purchasing import Purchase
from portal.costing.steps import changes
from portal.parts.catalogue import catalogue
from portal.parts.offers import Offer, Packaging, PriceBreak
from portal.routing.operations import OperationKind, Process
from portal.routing.options import BuildOptions, Finish, Speed

JOBS, EACH = 10_000, 200
SUPPLIED, WITH_ALTERNATE, ON_PANEL = 0.1, 0.3, 0.15  # of the kinds, in part or whole; of the lines; of the jobs
PACKAGES = ("R_0402_1005Metric", "C_0603_1608Metric", "SOIC-8", "QFN-32", "PinHeader_1x04", "strange", "SOT-23")
FOUND = 5  # of each kind in four hundred jobs, so a hundred in all
MULTIPLES = (1, 1, 1, 5, 100, 4000)
STOCKS = (None, None, 0, 50, 900, 6000)


def a_job(chance: random.Random) -> tuple[Design, Basis]:
    rows, sold = [], []
    for number in range(chance.randint(1, 5)):
        names = " ".join(f"X{number}_{place}" for place in range(chance.randint(1, 9)))
        mpn = f"P{chance.randint(0, 3)}"
        rows.append(f"{names} | {chance.choice(PACKAGES)} | {mpn} | {chance.choice(['top', 'bottom'])}")
        sold += [an_offer(mpn, chance) for _ in range(chance.randint(0, 2))]
    house, design = demo_basis(), a_design("\n".join(rows), size=(chance.uniform(8, 300), 40))
    own = with_alternates(on_own_panel(design) if chance.random() < ON_PANEL else design, chance)
    return own, Basis(house.shop, house.card, catalogue(sold))


def on_own_panel(design: Design) -> Design:
    """Two by two of a quarter of the size, as a customer may have drawn it."""
    width = design.board.width_mm or 0
    panel = Panel(2, 2, 4, board_width_mm=width / 2 - 2, board_height_mm=18, v_scores=3)
    return replace(design, board=replace(design.board, panel=panel))


def with_alternates(design: Design, chance: random.Random) -> Design:
    """Of every kind that is there more than once each line names the same ones, or none: P0 to P3 are sold, too."""
    allowed = {f"P{number}": (Alternate(f"P{chance.randint(0, 3)}"),) for number in range(4)}
    chosen = {mpn for mpn in allowed if chance.random() < WITH_ALTERNATE}
    bom = (replace(line, alternates=allowed[line.mpn]) if line.mpn in chosen else line for line in design.bom)
    return replace(design, bom=tuple(bom))


def an_offer(mpn: str, chance: random.Random) -> Offer:
    starts = sorted(chance.sample((1, 10, 100, 500, 1000, 5000), chance.randint(1, 4)))
    price = Decimal(chance.randint(1, 90_000)).scaleb(-4)
    breaks = tuple(PriceBreak(start, price * Decimal(chance.randint(60, 100)) / 100) for start in starts)
    packaging = chance.choice([Packaging.UNKNOWN, Packaging.CUT_TAPE, Packaging.REEL])
    multiple, fee = chance.choice(MULTIPLES), Decimal(chance.choice((0, 0, 6)))
    terms = {"moq": chance.choice(MULTIPLES), "order_multiple": multiple, "reel_fee": fee, "packaging": packaging}
    terms |= {"stock": chance.choice(STOCKS), "lead_days": chance.choice((None, 40))}
    return Offer(mpn, "", f"S{chance.randint(1, 9)}", breaks, date(2026, 11, 1), **terms)


def priced_twice(seed: int) -> Iterator[tuple[Design, Basis, Cell, Cell]]:
    chance = random.Random(seed)  # noqa: S311 - a broken law is found again
    for _ in range(EACH):
        design, basis = a_job(chance)
        boards = chance.randint(1, 3000)
        quantities = (boards, boards + chance.randint(1, 500))
        supplied = tuple((f"P{number}", chance.randint(1, 900)) for number in range(3) if chance.random() < SUPPLIED)
        options = BuildOptions(finish=chance.choice(list(Finish)), supplied=supplied)
        few, many = matrix(design, options, basis, quantities=quantities, speeds=[Speed.STANDARD])
        yield design, basis, few, many


KINDS_OF_BUYING: Mapping[str, Callable[[Purchase], bool]] = {
    "left over": lambda one: one.left_over > 0,
    "supplied in part": lambda one: 0 < one.part.supplied < one.needed,
    "an alternate": lambda one: one.saved is not None,
    "from two shelves": lambda one: len(one.pieces) > 1,
    "less than the minimum": lambda one: one.to_buy < one.offer.moq,
    "a multiple": lambda one: one.offer.order_multiple > 1 and one.to_buy % one.offer.order_multiple > 0,
    "a fee for the reel": lambda one: one.offer.packaging is Packaging.CUT_TAPE and one.offer.reel_fee > 0,
    "up to a cheaper break": lambda one: one.sale.quantity in [step.quantity for step in one.offer.breaks[1:]],
}
KINDS_OF_JOBS: Mapping[str, Callable[[Cell], bool]] = {
    "unpriced": lambda cell: bool(cell.sheet.unpriced),
    "both sides": lambda cell: len(cell.routing.stencils) > 1,
    "pins": lambda cell: any(step.kind is OperationKind.THROUGH_HOLE for step in cell.routing.operations),
    "their own panel": lambda cell: cell.routing.layout.startswith("your panel of 4"),
    "several panels": lambda cell: cell.routing.panels > 1 < cell.routing.boards_per_panel,
    "more started": lambda cell: cell.routing.started > cell.sheet.quantity,
    "by hand": lambda cell: cell.sheet.process is Process.HAND,
}


@cache
def four_hundred() -> tuple[Cell, ...]:
    return tuple(cell for seed in (0, 1) for _, _, *cells in priced_twice(seed) for cell in cells)


@pytest.mark.parametrize("kind", KINDS_OF_BUYING)
def test_the_jobs_reach_every_kind_of_buying(kind):
    bought = [purchase for cell in four_hundred() for purchase in cell.bought]

    assert sum(map(KINDS_OF_BUYING[kind], bought)) >= FOUND


@pytest.mark.parametrize("kind", KINDS_OF_JOBS)
def test_the_jobs_reach_every_kind_of_job(kind):
    assert sum(map(KINDS_OF_JOBS[kind], four_hundred())) >= FOUND


@pytest.mark.parametrize("seed", range(JOBS // EACH))
def test_the_laws_hold_for_two_hundred_jobs(seed):
    """Fifty times: ten thousand."""
    jobs = list(priced_twice(seed))
    assert len(jobs) * JOBS // EACH == 10_000
    for _, _, few, many in jobs:
        assert few.sheet.total <= many.sheet.total
        assert many.sheet.total == sum(line.amount for line in many.sheet.lines)
        spent = {bought.part.name: bought.sale.cost for bought in many.bought}
        assert all(bought.sale.cost <= spent[bought.part.name] for bought in few.bought)
        dearer = many.sheet.unit_price > few.sheet.unit_price
        assert not dearer or [
            change for change in changes([few, many], currency="EUR") if change.per_board and change.per_board > 0
        ]


@pytest.mark.parametrize("seed", range(1000, 1004))
def test_the_order_of_lines_of_offers_and_of_quantities_does_not_matter(seed):
    for design, basis, few, many in list(priced_twice(seed))[:50]:
        turned = replace(design, bom=design.bom[::-1])
        offers = {mpn: found[::-1] for mpn, found in basis.catalogue.offers.items()}
        sold = replace(basis, catalogue=replace(basis.catalogue, offers=offers))
        quantities = (many.sheet.quantity, few.sheet.quantity)
        again = matrix(turned, BuildOptions(), sold, quantities=quantities, speeds=[Speed.STANDARD])
        straight = matrix(design, BuildOptions(), basis, quantities=quantities, speeds=[Speed.STANDARD])

        assert [cell.sheet.total for cell in again] == [cell.sheet.total for cell in straight]


@pytest.mark.parametrize("seed", range(2000, 2004))
def test_a_part_sold_singly_at_one_price_costs_as_many_times_as_it_is_needed(seed):
    chance = random.Random(seed)  # noqa: S311 - a broken law is found again
    for _ in range(50):
        price, each, boards = Decimal(chance.randint(1, 900)).scaleb(-2), chance.randint(1, 9), chance.randint(1, 900)
        offer = Offer("A1", "", "S", (PriceBreak(1, price),), date(2026, 11, 1))

        assert offer.cheapest(each * boards).cost == boards * offer.cheapest(each).cost
