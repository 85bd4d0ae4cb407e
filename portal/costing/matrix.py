"""The price matrix: each way of building is priced whole, the cheaper is quoted, and by how much is said."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Self

from portal.board.design import Design
from portal.costing.cards import RateCard
from portal.costing.charges import Priced, price, unpriced_work_centres
from portal.costing.derived import Values
from portal.costing.drivers import always, lot
from portal.costing.lines import CostGroup, CostLine, CostSheet, UnpricedLine
from portal.costing.purchasing import Purchase, Wanted, bought_lines, missing_parts, purchases, unknown_parts, wanted
from portal.costing.ranking import worth_pricing
from portal.errors import RatesRefused
from portal.parts.catalogue import Catalogue
from portal.routing.operations import Routing
from portal.routing.options import BuildOptions, Speed
from portal.routing.population import Population
from portal.routing.shop import Shop
from portal.routing.ways import Engineered, engineered

MOST_BOARDS = 1_000_000


@dataclass(frozen=True, slots=True)
class Basis:
    """What a price rests on. A quote stores the version of each."""

    shop: Shop
    card: RateCard
    catalogue: Catalogue


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the matrix, with the routing that won: what planning dates and production builds.

    `bought` says how each part is bought; the sheet's lines are made of it.
    """

    sheet: CostSheet
    routing: Routing
    bought: tuple[Purchase, ...] = ()


def matrix(
    design: Design, options: BuildOptions, basis: Basis, *, quantities: Iterable[int], speeds: Iterable[Speed]
) -> tuple[Cell, ...]:
    """Quantity by quantity, each at every speed. RatesRefused: the card prices no minute of a work centre in use."""
    speeds = tuple(speeds)
    question = asked(design, options, basis)
    return tuple(cell for boards in quantities for cell in row(question, speeds, boards=boards))


def quote_cell(design: Design, options: BuildOptions, basis: Basis, *, boards: int, speed: Speed) -> Cell:
    return matrix(design, options, basis, quantities=[boards], speeds=[speed])[0]


def cost_sheet(design: Design, options: BuildOptions, basis: Basis, *, boards: int, speed: Speed) -> CostSheet:
    return quote_cell(design, options, basis, boards=boards, speed=speed).sheet


@dataclass(frozen=True, slots=True)
class Question:
    """What is the same for every cell."""

    design: Design
    options: BuildOptions
    basis: Basis
    parts: tuple[Wanted, ...]
    engineered: Engineered
    fixed: Values

    @property
    def population(self) -> Population:
        return self.engineered.population


def asked(design: Design, options: BuildOptions, basis: Basis) -> Question:
    built = engineered(design, basis.shop)
    return Question(
        design=design,
        options=options,
        basis=basis,
        parts=wanted(design, options, basis.catalogue, attrition=basis.card.attrition),
        engineered=built,
        fixed=always(design, built.population, handled(options)),
    )


def asked_again(question: Question, options: BuildOptions) -> Question:
    """The same board with other options. Offers are looked up anew only where the options say who buys which part."""
    old = question.options
    buys_alike = (old.consigned, old.supplied, old.alternates) == (
        options.consigned,
        options.supplied,
        options.alternates,
    )
    if not buys_alike:
        return asked(question.design, options, question.basis)
    fixed = always(question.design, question.population, handled(options))
    return replace(question, options=options, fixed=fixed)


def who_buys(options: BuildOptions) -> tuple[object, ...]:
    return options.consigned, options.supplied, options.alternates


def handled(options: BuildOptions) -> BuildOptions:
    """A kind of part that the customer supplies in part is checked and counted like one supplied whole."""
    return replace(options, consigned=options.consigned | {name for name, count in options.supplied if count})


def row(question: Question, speeds: tuple[Speed, ...], *, boards: int) -> Iterator[Cell]:
    """Routings and parts do not depend on the speed."""
    if not 1 <= boards <= MOST_BOARDS:
        raise ValueError(f"a quantity is from 1 to {MOST_BOARDS:,}, not {boards}")
    given = Given.of(question, boards)
    ways = priceable(question, question.engineered.routings(question.options, boards=boards))
    for speed in speeds:
        found = [(way, priced(question, way, speed=speed, given=given)) for way in ways]
        yield cheapest(found, given, speed=speed, currency=question.basis.card.currency)


@dataclass(frozen=True, slots=True)
class Given:
    """The parts of one quantity: the same lines in every cell, so the charges see their sum instead of each."""

    bought: tuple[Purchase, ...]
    lines: tuple[CostLine, ...]
    subtotal: CostLine
    unpriced: tuple[UnpricedLine, ...]

    @classmethod
    def of(cls, question: Question, boards: int) -> Self:
        bought = purchases(question.parts, boards=boards)
        lines = tuple(line for purchase in bought for line in bought_lines(purchase))
        amount = sum((line.amount for line in lines), Decimal("0.00"))
        subtotal = CostLine(CostGroup.PARTS, "Parts", amount, "", Decimal(1), "the sum of the parts' own lines")
        return cls(bought, lines, subtotal, (*unknown_parts(question.parts), *missing_parts(question.design)))

    def whole(self, lines: tuple[CostLine, ...]) -> tuple[CostLine, ...]:
        """With each part's own line in the place of their sum."""
        place = next(place for place, line in enumerate(lines) if line is self.subtotal)
        return (*lines[:place], *self.lines, *lines[place + 1 :])


def priceable(question: Question, ways: tuple[Routing, ...]) -> tuple[Routing, ...]:
    """A card that prices no minute of a line does not offer that line. RatesRefused: it prices no way at all."""
    basis = question.basis
    faults = [
        unpriced_work_centres(basis.card, lot(question.fixed, way, speed=Speed.STANDARD, shop=basis.shop))
        for way in ways
    ]
    found = tuple(way for way, missing in zip(ways, faults, strict=True) if not missing)
    if not found:
        raise RatesRefused(faults[0])
    return worth_pricing(found, basis.card)


def priced(question: Question, routing: Routing, *, speed: Speed, given: Given) -> Priced:
    basis = question.basis
    facts = lot(question.fixed, routing, speed=speed, shop=basis.shop)
    return price(basis.card, facts, given=[given.subtotal, *given.unpriced])


def cheapest(ways: list[tuple[Routing, Priced]], given: Given, *, speed: Speed, currency: str) -> Cell:
    """Of equal prices the first way. Ways that a tariff by the piece prices alike are not told apart."""
    (taken, best), *others = sorted(ways, key=lambda way: way[1].total)
    dearer = {other.way: sheet.total - best.total for other, sheet in others if sheet.total != best.total}
    said = [f"{way[:1].upper()}{way[1:]} it is {more} {currency} dearer." for way, more in dearer.items()]
    return Cell(
        sheet=CostSheet(
            quantity=taken.boards,
            speed=speed,
            process=taken.process,
            lines=given.whole(best.lines),
            unpriced=best.unpriced,
            instead=" ".join([*said, *best.instead]),
            way=taken.way,
        ),
        routing=taken,
        bought=given.bought,
    )
