"""From a rate card and one lot to cost lines: each charge says what it counted, at which rate, and why.

What cannot be counted, because a driver is not known or a table has no row for it, becomes an UnpricedLine.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from portal.costing.alternatives import take_ways
from portal.costing.cards import RateCard
from portal.costing.computed import with_computed
from portal.costing.derived import Value
from portal.costing.drivers import MINUTE, Lot
from portal.costing.lines import CostGroup, CostLine, Line, UnpricedLine, total
from portal.costing.sheet import Made, Sheet
from portal.costing.uncovered import beyond_limits, uncovered

SPEED = "speed"


@dataclass(frozen=True)
class Priced:
    """Of many ways of building only the cheapest is read line by line: put in order when somebody reads it.

    `instead` tells of the alternatives in the card that were not taken, and by how much they are dearer.
    """

    sheet: Sheet
    instead: tuple[str, ...] = ()

    @cached_property
    def lines(self) -> tuple[CostLine, ...]:
        return in_order((line for _, line in self.sheet.cost_lines), self.sheet.lot)

    @cached_property
    def unpriced(self) -> tuple[UnpricedLine, ...]:
        sheet = self.sheet
        found = [line for _, line in sheet.lines if isinstance(line, UnpricedLine)]
        return (*found, *beyond_limits(sheet.card, sheet.values), *uncovered(sheet.card, sheet.values, sheet.made))

    @cached_property
    def total(self) -> Decimal:
        return self.sheet.total


@dataclass(frozen=True, slots=True)
class Once:
    """What no speed changes in the price of a lot: its figures, and the charges, by their place in the card."""

    values: Mapping[str, Value]
    made: Mapping[int, Made | None]


def at_any_speed(card: RateCard, lot: Lot, parts_cost: Decimal, *, alike: Once | None = None) -> Once:
    """`alike`: of another way to build as many boards. Charges that show the same figures there are the same lines."""
    sheet = Sheet(card, lot, values_of(card, lot, parts_cost))
    made = {
        number: alike.made[number] if alike and is_same_in(number, sheet, alike) else sheet.make(number)
        for number in card.counted
        if SPEED not in card.shows[number]
    }
    return Once(sheet.values, made)


def is_same_in(number: int, sheet: Sheet, other: Once) -> bool:
    """Operations have their own labels and reasons."""
    if sheet.card.charges[number].is_by_operation:
        return False
    names, values, others = sheet.card.shows[number], sheet.values, other.values
    return [values.get(name) for name in names] == [others.get(name) for name in names]


def price(card: RateCard, lot: Lot, *, given: Iterable[Line] = (), once: Once | None = None) -> Priced:
    """`given`: lines that do not come from the card, such as the parts; shares of groups count them too.

    `once`: of this very lot and the same parts, at whatever speed.
    """
    lines: list[tuple[str, Line]] = [("", line) for line in given]
    parts = [line for _, line in lines if isinstance(line, CostLine) and line.group is CostGroup.PARTS]
    if once is None or card.is_computed_by_speed:
        values = values_of(card, lot, total(parts))
    else:
        values = {**once.values, SPEED: lot.values[SPEED]}
    sheet, made = Sheet(card, lot, values, lines), once.made if once else {}
    for number in card.counted:
        sheet.take(number, made[number] if number in made else sheet.make(number))
    instead = tuple(take_ways(sheet))
    for number in card.shares:
        sheet.add(number)
    return Priced(sheet, instead)


def values_of(card: RateCard, lot: Lot, parts_cost: Decimal) -> dict[str, Value]:
    """What the charges read: the lot's figures, minutes summed by work centre, what the card works out itself."""
    values: dict[str, Value] = {**lot.values, "parts_cost": parts_cost, "currency": card.currency}
    spent: dict[str, Decimal] = dict.fromkeys(card.minutes_read, Decimal(0))
    for step in lot.minutes:
        name = f"{MINUTE}{step.work_centre}"
        spent[name] = spent.get(name, Decimal(0)) + step.minutes
    values |= {name: spent[name] for name in card.minutes_read}
    return with_computed(card.computed, values)


def in_order(lines: Iterable[CostLine], lot: Lot) -> tuple[CostLine, ...]:
    """By group; within it first the operations as they are worked, then the rest as the card has it."""
    groups = {group: position for position, group in enumerate(CostGroup)}
    steps = {spent.label: position for position, spent in enumerate(lot.minutes)}
    return tuple(sorted(lines, key=lambda line: (groups[line.group], steps.get(line.label, len(steps)))))


def unpriced_work_centres(card: RateCard, lot: Lot) -> list[str]:
    """A card that prices time must price all of it. A card without minutes is a tariff by the piece."""
    used = {spent.work_centre for spent in lot.minutes}
    if not card.work_centres:
        return []
    return [
        f"{card.name}: charges: expected a charge per {MINUTE}{name}, a work centre where time is spent"
        for name in sorted(used - card.work_centres)
    ]
