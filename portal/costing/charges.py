"""From a rate card and one lot to cost lines: each charge says what it counted, at which rate, and why.

What cannot be counted, because a driver is not known or a table has no row for it, becomes an UnpricedLine.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from portal.costing.bounds import bounded, filled
from portal.costing.cards import RateCard
from portal.costing.charge import Charge
from portal.costing.computed import with_computed
from portal.costing.conditions import any_holds
from portal.costing.drivers import MINUTE, Lot, Value, Values
from portal.costing.lines import CostGroup, CostLine, UnpricedLine
from portal.costing.rates import UnitRate, made_of, quantity_of, ranges_of, rate_of
from portal.costing.uncovered import beyond_limits, uncovered
from portal.costing.values import Unknown, figure, plain, words

Line = CostLine | UnpricedLine


@dataclass(frozen=True, slots=True)
class Priced:
    """`instead` tells of the alternatives in the card that were not taken, and by how much they are dearer."""

    lines: tuple[CostLine, ...]
    unpriced: tuple[UnpricedLine, ...] = ()
    instead: tuple[str, ...] = ()

    @property
    def total(self) -> Decimal:
        return total(self.lines)


@dataclass(slots=True)
class Sheet:
    """The lines so far, each with the label of its charge; `made` are the charges that apply, by place and group."""

    card: RateCard
    lot: Lot
    values: dict[str, Value]
    lines: list[tuple[str, Line]] = field(default_factory=list)
    made: dict[int, CostGroup] = field(default_factory=dict)

    def add(self, number: int) -> None:
        charge = self.card.charges[number]
        values = self.values | {"counted_amount": self.amount_of(charge)} if charge.is_share else self.values
        try:
            if applies(charge, values):
                self.made[number] = charge.group
                self.lines += [(charge.label, line) for line in lines_of(charge, self, values)]
        except Unknown as unknown:
            self.made[number] = charge.group
            self.lines.append((charge.label, UnpricedLine(charge.label, (), str(unknown))))

    def amount_of(self, share: Charge) -> Decimal:
        """What a share counts of the lines so far."""
        return total(
            line for label, line in self.cost_lines if line.group in share.of_groups or label in share.of_labels
        )

    @property
    def cost_lines(self) -> list[tuple[str, CostLine]]:
        return [(label, line) for label, line in self.lines if isinstance(line, CostLine)]

    @property
    def total(self) -> Decimal:
        return total(line for _, line in self.lines)

    @property
    def is_unpriced(self) -> bool:
        return any(isinstance(line, UnpricedLine) for _, line in self.lines)


def price(card: RateCard, lot: Lot, *, given: Iterable[Line] = ()) -> Priced:
    """`given`: lines that do not come from the card, such as the parts; shares of groups count them too."""
    lines: list[tuple[str, Line]] = [("", line) for line in given]
    parts_cost = total(line for _, line in lines if isinstance(line, CostLine) and line.group is CostGroup.PARTS)
    sheet = Sheet(card, lot, values_of(card, lot, parts_cost), lines)
    always = [number for number, charge in enumerate(card.charges) if not charge.alternative]
    for number in always:
        if not card.charges[number].is_share:
            sheet.add(number)
    instead = tuple(take_ways(sheet))
    for number in always:
        if card.charges[number].is_share:
            sheet.add(number)
    unpriced = [line for _, line in sheet.lines if isinstance(line, UnpricedLine)]
    return Priced(
        lines=in_order((line for _, line in sheet.cost_lines), lot),
        unpriced=(*unpriced, *beyond_limits(card, sheet.values), *uncovered(card, sheet.values, sheet.made)),
        instead=instead,
    )


def values_of(card: RateCard, lot: Lot, parts_cost: Decimal) -> dict[str, Value]:
    """What the charges read: the lot's figures, minutes summed by work centre, what the card works out itself."""
    values: dict[str, Value] = {**lot.values, "parts_cost": parts_cost, "currency": card.currency}
    for name in card.minutes_read:
        spent = (step.minutes for step in lot.minutes if step.work_centre == name.removeprefix(MINUTE))
        values[name] = sum(spent, Decimal(0))
    return with_computed(card.computed, values)


def in_order(lines: Iterable[CostLine], lot: Lot) -> tuple[CostLine, ...]:
    """By group; within it first the operations as they are worked, then the rest as the card has it."""
    groups = {group: position for position, group in enumerate(CostGroup)}
    steps = {spent.label: position for position, spent in enumerate(lot.minutes)}
    return tuple(sorted(lines, key=lambda line: (groups[line.group], steps.get(line.label, len(steps)))))


def take_ways(sheet: Sheet) -> Iterator[str]:
    """Of each set of alternatives one way, whole, onto the sheet; said is what the others would have cost.

    A way none of whose charges applies is not on offer: it would be free. Where no way is, the set has no price.
    """
    names = dict.fromkeys(charge.alternative.of for charge in sheet.card.charges if charge.alternative)
    for name in names:
        ways = ways_on_offer(sheet, name)
        if not ways:
            because = "no way is on offer for these figures; the conditions of the card rule all of them out"
            sheet.lines.append((name, UnpricedLine(name, (), because)))
            continue
        sign = -1 if is_dearest_taken(sheet.card, name) else 1
        order = sorted(ways, key=lambda way: (ways[way].is_unpriced, sign * ways[way].total))
        taken = ways[order[0]]
        sheet.lines += taken.lines
        sheet.made.update(taken.made)
        yield from (f"{name}: {order[0]} is taken; {way} is {compared(ways[way], taken)}" for way in order[1:])


def ways_on_offer(sheet: Sheet, name: str) -> dict[str, Sheet]:
    """Each priced by itself: a share in a way counts the lines of its own way only."""
    ways: dict[str, Sheet] = {}
    charges = [(n, charge, charge.alternative) for n, charge in enumerate(sheet.card.charges)]
    for number, charge, alternative in sorted(charges, key=lambda entry: entry[1].is_share):
        if alternative and alternative.of == name and not is_ruled_out(charge, sheet.values):
            ways.setdefault(alternative.way, Sheet(sheet.card, sheet.lot, sheet.values)).add(number)
    return ways


def is_dearest_taken(card: RateCard, name: str) -> bool:
    return any(c.alternative and c.alternative.of == name and c.alternative.take == "dearest" for c in card.charges)


def compared(other: Sheet, taken: Sheet) -> str:
    if other.is_unpriced:
        return "not known"
    difference = other.total - taken.total
    return f"{abs(difference)} {taken.card.currency} {'dearer' if difference >= 0 else 'cheaper'}"


def total(lines: Iterable[Line]) -> Decimal:
    return sum((line.amount for line in lines if isinstance(line, CostLine)), Decimal("0.00"))


def applies(charge: Charge, values: Values) -> bool:
    answer = answer_of(charge, values)
    if answer is None:
        unknown = ", ".join(dict.fromkeys(name for name, _ in charge.conditions if values.get(name) is None))
        raise Unknown(f"whether this is charged depends on what is not known: {words(unknown)}")
    return answer


def is_ruled_out(charge: Charge, values: Values) -> bool:
    return answer_of(charge, values) is False


def answer_of(charge: Charge, values: Values) -> bool | None:
    if not charge.when and not charge.when_any:
        return True
    answers = [any_holds([charge.when] if charge.when else [], values), any_holds(charge.when_any, values)]
    return False if False in answers else None if None in answers else True


def lines_of(charge: Charge, sheet: Sheet, values: Values) -> Iterable[CostLine]:
    """None at all where there is nothing to count."""
    if charge.is_by_operation:
        return list(timed(charge, sheet))
    if charge.fills:
        return filled(charge, reason(charge, values), values)
    if charge.is_share:
        lines = list(share_of(charge, sheet.card, values))
    else:
        lines = list((graduated if charge.is_graduated else simple)(charge, sheet.card, values))
    return bounded(charge, lines, sheet.card, values)


def timed(charge: Charge, sheet: Sheet) -> Iterator[CostLine]:
    """The operation's own reason is the reason."""
    rate = rate_of(charge, sheet.card, sheet.values)
    for spent in sheet.lot.minutes:
        if spent.work_centre == charge.work_centre and spent.minutes:
            because = joined(spent.because, rate.said)
            yield CostLine(charge.group, spent.label, spent.minutes, charge.unit, rate.rate, because)


def simple(charge: Charge, card: RateCard, values: Values) -> Iterator[CostLine]:
    rate, quantity = rate_of(charge, card, values), quantity_of(charge, values)
    if quantity:
        yield line_of(charge, values, quantity, rate)


def graduated(charge: Charge, card: RateCard, values: Values) -> Iterator[CostLine]:
    """A line for each range that is begun."""
    for name, quantity, base in ranges_of(charge, values):
        if quantity:
            rate = made_of(charge, card, values, base=base)
            yield replace(line_of(charge, values, quantity, rate), label=f"{charge.label}, {name}")


def share_of(charge: Charge, card: RateCard, values: Values) -> Iterator[CostLine]:
    """Nothing for nothing: no line of a share of zero, unless there is a minimum for it."""
    quantity, rate = figure("counted_amount", values), rate_of(charge, card, values)
    if charge.multiply:
        rate = UnitRate(rate.rate - 1, joined(rate.said, f"× {plain(rate.rate)} in all"))
    if charge.discount:
        rate = UnitRate(-rate.rate, rate.said)
    if quantity and (rate.rate or charge.minimum):
        yield line_of(charge, values, quantity, rate)


def line_of(charge: Charge, values: Values, quantity: Decimal, rate: UnitRate) -> CostLine:
    because = joined(reason(charge, values), rate.said)
    return CostLine(charge.group, charge.label, quantity, charge.unit, rate.rate, because)


def reason(charge: Charge, values: Values) -> str:
    return charge.because.format_map(Printed(values))


def joined(*said: str) -> str:
    return "; ".join(filter(None, said))


class Printed(dict[str, str]):
    """Drivers as they are printed in a reason; only those that the reason names are worked out."""

    def __init__(self, values: Values) -> None:
        super().__init__()
        self.values_by_driver = values

    def __missing__(self, name: str) -> str:
        value = self.values_by_driver.get(name)
        return "unknown" if value is None else plain(value)


def unpriced_work_centres(card: RateCard, lot: Lot) -> list[str]:
    """A card that prices time must price all of it. A card without minutes is a tariff by the piece."""
    used = {spent.work_centre for spent in lot.minutes}
    if not card.work_centres:
        return []
    return [
        f"{card.name}: charges: expected a charge per {MINUTE}{name}, a work centre where time is spent"
        for name in sorted(used - card.work_centres)
    ]
