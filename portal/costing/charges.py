"""From a rate card and one lot to cost lines: each charge says what it counted, at which rate, and why.

What cannot be counted, because a driver is not known or a table has no row for it, becomes an UnpricedLine.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain

from portal.costing.cards import Charge, Condition, RateCard, plain
from portal.costing.drivers import MINUTE, NUMBERS, TEXTS, Lot, Value, Values, in_sets
from portal.costing.lines import CostGroup, CostLine, UnpricedLine, rounded

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


class Unknown(Exception):
    """A figure that a charge needs is not known; the sentence says which."""


def price(card: RateCard, lot: Lot, *, given: Iterable[Line] = ()) -> Priced:
    """`given`: lines that do not come from the card, such as the parts; shares of groups count them too."""
    given = tuple(given)
    parts_cost = total(line for line in given if isinstance(line, CostLine) and line.group is CostGroup.PARTS)
    values = {**lot.values, "parts_cost": parts_cost, "currency": card.currency}
    counted = [charge for charge in card.charges if not charge.of_groups]
    always = [charge for charge in counted if not charge.alternative]
    lines = [*given, *chain.from_iterable(lines_of(charge, lot, values) for charge in always)]
    chosen, instead = cheapest_ways([charge for charge in counted if charge.alternative], lot, values)
    lines += chosen
    for charge in card.charges:
        if charge.of_groups:
            lines += share_of(charge, values, [line for line in lines if isinstance(line, CostLine)])
    return Priced(
        lines=in_order((line for line in lines if isinstance(line, CostLine)), lot),
        unpriced=tuple(line for line in lines if isinstance(line, UnpricedLine)),
        instead=instead,
    )


def in_order(lines: Iterable[CostLine], lot: Lot) -> tuple[CostLine, ...]:
    """By group; within it first the operations as they are worked, then the rest as the card has it."""
    groups = {group: position for position, group in enumerate(CostGroup)}
    steps = {spent.label: position for position, spent in enumerate(lot.minutes)}
    return tuple(sorted(lines, key=lambda line: (groups[line.group], steps.get(line.label, len(steps)))))


def cheapest_ways(charges: Iterable[Charge], lot: Lot, values: Values) -> tuple[list[Line], tuple[str, ...]]:
    """Of each set of alternatives the cheapest that is priced whole; where none is, the first, and it says why.

    A way none of whose charges applies is not on offer: it would be free.
    """
    sets: dict[str, dict[str, list[Line]]] = {}
    for charge in charges:
        if charge.alternative and not is_ruled_out(charge, values):
            ways = sets.setdefault(charge.alternative.of, {})
            ways.setdefault(charge.alternative.way, []).extend(lines_of(charge, lot, values))
    chosen: list[Line] = []
    said: list[str] = []
    for name, ways in sets.items():
        order = sorted(ways, key=lambda way: (is_unpriced(ways[way]), total(ways[way])))
        chosen += ways[order[0]]
        for way in order[1:]:
            dearer = total(ways[way]) - total(ways[order[0]])
            known = f"{dearer} {values['currency']} dearer" if not is_unpriced(ways[way]) else "not known"
            said.append(f"{name}: {order[0]} is taken; {way} is {known}")
    return chosen, tuple(said)


def is_unpriced(lines: Iterable[Line]) -> bool:
    return any(isinstance(line, UnpricedLine) for line in lines)


def total(lines: Iterable[Line]) -> Decimal:
    return sum((line.amount for line in lines if isinstance(line, CostLine)), Decimal("0.00"))


def lines_of(charge: Charge, lot: Lot, values: Values) -> Iterator[Line]:
    """None at all where the charge does not apply or there is nothing to count."""
    try:
        if not applies(charge, values):
            return
        rate, said = rate_of(charge, values)
        if charge.is_timed:
            yield from timed(charge, lot, rate=rate, factors=said)
            return
        quantity = quantity_of(charge, values)
        if quantity:
            line = CostLine(charge.group, charge.label, quantity, charge.unit, rate, reason(charge, values, said))
            yield at_least(charge, line, values)
    except Unknown as unknown:
        yield UnpricedLine(charge.label, (), str(unknown))


def timed(charge: Charge, lot: Lot, *, rate: Decimal, factors: list[str]) -> Iterator[CostLine]:
    """The operation's own reason is the reason."""
    for spent in lot.minutes:
        if spent.work_centre == charge.work_centre and spent.minutes:
            because = told(spent.because, factors)
            yield CostLine(charge.group, spent.label, spent.minutes, charge.unit, rate, because)


def share_of(charge: Charge, values: Values, lines: Iterable[CostLine]) -> Iterator[Line]:
    try:
        if applies(charge, values):
            rate, said = rate_of(charge, values)
            quantity = total(line for line in lines if line.group in charge.of_groups)
            if quantity:
                yield CostLine(charge.group, charge.label, quantity, charge.unit, rate, reason(charge, values, said))
    except Unknown as unknown:
        yield UnpricedLine(charge.label, (), str(unknown))


def applies(charge: Charge, values: Values) -> bool:
    """A condition that fails is enough; only when none does, one that is not known counts."""
    if is_ruled_out(charge, values):
        return False
    if None in answers(charge, values):
        unknown = ", ".join(name for name in charge.when if values.get(name) is None)
        raise Unknown(f"whether this is charged depends on what is not known: {words(unknown)}")
    return True


def is_ruled_out(charge: Charge, values: Values) -> bool:
    return False in answers(charge, values)


def answers(charge: Charge, values: Values) -> list[bool | None]:
    return [holds(condition, values.get(name)) for name, condition in charge.when.items()]


def holds(condition: Condition, value: Value) -> bool | None:
    if value is None:
        return None
    if condition.one_of is not None and plain(value) not in condition.one_of:
        return False
    if not isinstance(value, Decimal):
        return condition.min is None and condition.max is None
    return (condition.min is None or condition.min <= value) and (condition.max is None or value <= condition.max)


def words(driver: str) -> str:
    meaning = NUMBERS.get(driver) or TEXTS.get(driver)
    return f"{driver} ({meaning})" if meaning else driver


def figure(name: str, values: Values) -> Decimal:
    value = values.get(name)
    if not isinstance(value, Decimal):
        raise Unknown(f"not known: {words(name)}")
    return value


def quantity_of(charge: Charge, values: Values) -> Decimal:
    quantity = Decimal(1)
    for name in charge.per:
        counted, size = figure(name, values), charge.sets.get(name)
        quantity *= in_sets(counted, Decimal(size)) * size if size else counted
    return Decimal(plain(quantity))


def rate_of(charge: Charge, values: Values) -> tuple[Decimal, list[str]]:
    """The rate of one, and the factors in it as words."""
    rate, said = base_rate(charge, values), []
    for name, table in charge.factors.items():
        factor = looked_up(table, name, values)
        rate *= factor
        if factor != 1:
            said.append(f"× {plain(factor)} for {name} {plain(values[name])}")
    if not said:
        return rate, said
    return Decimal(plain(rate)), [plain(base_rate(charge, values)), *said]


def base_rate(charge: Charge, values: Values) -> Decimal:
    for name, table in charge.rate_by.items():
        return looked_up(table, name, values)
    if charge.tiers:
        reached = figure(charge.tiers.by, values)
        steps = [step for step in charge.tiers.steps if step <= reached]
        if not steps:
            raise Unknown(f"the card has no rate for {charge.tiers.by} {plain(reached)}")
        return charge.tiers.steps[max(steps)]
    if charge.rate is None:  # the card's check has seen to it
        raise AssertionError(charge.label)
    return charge.rate


def looked_up(table: Mapping[str, Decimal], name: str, values: Values) -> Decimal:
    value = values.get(name)
    if value is None:
        raise Unknown(f"not known: {words(name)}")
    if plain(value) not in table:
        raise Unknown(f"the card has no rate for {name} {plain(value)}; it has {', '.join(table)}")
    return table[plain(value)]


def at_least(charge: Charge, line: CostLine, values: Values) -> CostLine:
    least = charge.minimum
    if least is None:
        return line
    count = figure(least.per, values)
    if line.amount >= rounded(count * least.amount):
        return line
    because = f"minimum; {plain(line.quantity)} {line.unit} × {plain(line.rate)} would be {line.amount}"
    return CostLine(line.group, line.label, count, least.per, least.amount, because)


def reason(charge: Charge, values: Values, factors: list[str]) -> str:
    said = charge.because.format_map(Printed(values))
    return told(said, factors)


def told(because: str, factors: list[str]) -> str:
    return "; ".join(filter(None, (because, " ".join(factors))))


class Printed(dict[str, str]):
    """Drivers as they are printed in a reason."""

    def __init__(self, values: Values) -> None:
        super().__init__({name: "unknown" if value is None else plain(value) for name, value in values.items()})

    def __missing__(self, name: str) -> str:
        return "unknown"


def unpriced_work_centres(card: RateCard, lot: Lot) -> list[str]:
    """A card that prices time must price all of it. A card without minutes is a tariff by the piece."""
    used = {spent.work_centre for spent in lot.minutes}
    if not card.work_centres:
        return []
    return [
        f"{card.name}: charges: expected a charge per {MINUTE}{name}, a work centre where time is spent"
        for name in sorted(used - card.work_centres)
    ]
