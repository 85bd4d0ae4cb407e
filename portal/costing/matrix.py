"""The price matrix: each way of building is priced whole, the cheaper is quoted, and by how much is said."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from portal.board.design import Design
from portal.costing.cards import RateCard
from portal.costing.charges import SPEED, Once, Priced, at_any_speed, price, unpriced_work_centres
from portal.costing.derived import Values
from portal.costing.drivers import Lot, always, lot
from portal.costing.lines import CostGroup, CostLine, CostSheet, Later, LaterLines, UnpricedLine
from portal.costing.purchasing import (
    Choices,
    Purchase,
    Wanted,
    bought_lines,
    choices,
    missing_parts,
    unknown_parts,
    wanted,
)
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
    bought: Sequence[Purchase] = ()


def matrix(
    design: Design, options: BuildOptions, basis: Basis, *, quantities: Iterable[int], speeds: Iterable[Speed]
) -> tuple[Cell, ...]:
    """Quantity by quantity, each at every speed. RatesRefused: the card prices no minute of a work centre in use."""
    speeds = tuple(speeds)
    question = asked(design, options, basis)
    return tuple(rows(question, speeds, quantities))


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
    unpriced: tuple[UnpricedLine, ...]

    @property
    def population(self) -> Population:
        return self.engineered.population


def asked(design: Design, options: BuildOptions, basis: Basis) -> Question:
    built = engineered(design, basis.shop)
    parts = wanted(design, options, basis.catalogue, attrition=basis.card.attrition)
    return Question(
        design=design,
        options=options,
        basis=basis,
        parts=parts,
        engineered=built,
        fixed=always(design, built.population, handled(options)),
        unpriced=(*unknown_parts(parts), *missing_parts(design)),
    )


def asked_again(question: Question, options: BuildOptions) -> Question:
    """The same board with other options. Offers are looked up anew only where the options say who buys which part."""
    design, basis = question.design, question.basis
    fixed = always(design, question.population, handled(options))
    again = replace(question, options=options, fixed=fixed)
    if who_buys(question.options) == who_buys(options):
        return again
    parts = wanted(design, options, basis.catalogue, attrition=basis.card.attrition)
    return replace(again, parts=parts, unpriced=(*unknown_parts(parts), *missing_parts(design)))


def who_buys(options: BuildOptions) -> tuple[object, ...]:
    return options.consigned, options.supplied, options.alternates


def handled(options: BuildOptions) -> BuildOptions:
    """A kind of part that the customer supplies in part is checked and counted like one supplied whole."""
    return replace(options, consigned=options.consigned | {name for name, count in options.supplied if count})


def row(question: Question, speeds: tuple[Speed, ...], *, boards: int) -> Iterator[Cell]:
    return rows(question, speeds, [boards])


def rows(question: Question, speeds: tuple[Speed, ...], quantities: Iterable[int]) -> Iterator[Cell]:
    """Routings and parts do not depend on the speed. Ways that start as many boards need the same parts."""
    card, on_offer = question.basis.card, [(boards, priceable(question, boards)) for boards in quantities]
    startings = {way.started for _, ways in on_offer for way, _ in ways}
    found = choices(question.parts, startings=startings)
    subtotals = {begun: subtotal(amount, card) for begun, amount in found.amounts(card.coin).items()}
    for boards, ways in on_offer:
        given = {
            begun: Given(found, boards, begun, card.currency, subtotals[begun], question.unpriced)
            for begun in {way.started for way, _ in ways}
        }
        offered = offers_of(ways, given, card)
        for speed in speeds:
            yield cheapest([(way, way.priced(card, speed)) for way in offered], speed=speed, currency=card.currency)


def subtotal(amount: Decimal, card: RateCard) -> CostLine:
    return CostLine(CostGroup.PARTS, "Parts", amount, "", Decimal(1), "the sum of the parts' own lines", card.coin)


@dataclass(frozen=True)
class Given:
    """The parts of one quantity: the same lines in every cell, so the charges see their sum instead of each.

    They are bought for all boards that are started.
    """

    choices: Choices
    boards: int
    started: int
    currency: str
    subtotal: CostLine
    unpriced: tuple[UnpricedLine, ...]

    @cached_property
    def bought(self) -> Later[Purchase]:
        return Later(lambda: self.choices.purchases(boards=self.boards, started=self.started))

    @cached_property
    def lines(self) -> tuple[CostLine, ...]:
        return tuple(line for purchase in self.bought for line in bought_lines(purchase, self.currency))

    def whole(self, priced: Priced) -> LaterLines:
        """With each part's own line in the place of their sum."""

        def written() -> tuple[CostLine, ...]:
            place = next(place for place, line in enumerate(priced.lines) if line is self.subtotal)
            return (*priced.lines[:place], *self.lines, *priced.lines[place + 1 :])

        return LaterLines(priced.total, written)


@dataclass(frozen=True, slots=True)
class Offered:
    """One way of building, with what of its price no speed changes."""

    routing: Routing
    lot: Lot
    given: Given
    once: Once

    def priced(self, card: RateCard, speed: Speed) -> Priced:
        lot = Lot({**self.lot.values, SPEED: str(speed)}, self.lot.minutes)
        return price(card, lot, given=[self.given.subtotal, *self.given.unpriced], once=self.once)


def offers_of(ways: list[tuple[Routing, Lot]], given: Mapping[int, Given], card: RateCard) -> list[Offered]:
    """Much of what they cost is the same for all ways, and is taken over from the first."""
    found: list[Offered] = []
    for way, figures in ways:
        parts, alike = given[way.started], found[0].once if found else None
        once = at_any_speed(card, figures, parts.subtotal.amount, alike=alike)
        found.append(Offered(way, figures, parts, once))
    return found


def priceable(question: Question, boards: int) -> list[tuple[Routing, Lot]]:
    """A card that prices no minute of a line does not offer that line. RatesRefused: it prices no way at all."""
    if not 1 <= boards <= MOST_BOARDS:
        raise ValueError(f"a quantity is from 1 to {MOST_BOARDS:,}, not {boards}")
    basis = question.basis
    ways = question.engineered.routings(question.options, boards=boards)
    lots = {id(way): lot(question.fixed, way, speed=Speed.STANDARD, shop=basis.shop) for way in ways}
    faults = {id(way): unpriced_work_centres(basis.card, lots[id(way)]) for way in ways}
    found = tuple(way for way in ways if not faults[id(way)])
    if not found:
        raise RatesRefused(faults[id(ways[0])])
    return [(way, lots[id(way)]) for way in worth_pricing(found, basis.card)]


def cheapest(ways: list[tuple[Offered, Priced]], *, speed: Speed, currency: str) -> Cell:
    """Of equal prices the first way. Ways that a tariff by the piece prices alike are not told apart."""
    (offered, best), *others = sorted(ways, key=lambda way: way[1].total)
    taken, given = offered.routing, offered.given
    dearer = {other.routing.way: sheet.total - best.total for other, sheet in others if sheet.total != best.total}
    said = [f"{way[:1].upper()}{way[1:]} it is {more} {currency} dearer." for way, more in dearer.items()]
    return Cell(
        sheet=CostSheet(
            quantity=taken.boards,
            speed=speed,
            process=taken.process,
            lines=given.whole(best),
            unpriced=best.unpriced,
            instead=" ".join([*said, *best.instead]),
            way=taken.way,
        ),
        routing=taken,
        bought=given.bought,
    )
