"""One charge that is made: whether it applies, and its lines, each with what it counted, its rate and its reason."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from portal.costing.bounds import bounded, filled
from portal.costing.cards import RateCard
from portal.costing.charge import Charge
from portal.costing.conditions import any_holds
from portal.costing.derived import Values
from portal.costing.drivers import Lot
from portal.costing.lines import CostLine
from portal.costing.rates import UnitRate, made_of, quantity_of, ranges_of, rate_of
from portal.costing.values import depends_on, not_known, plain


def applies(charge: Charge, values: Values) -> bool:
    answer = answer_of(charge, values)
    if answer is None:
        names = dict.fromkeys(name for name, _ in charge.conditions if values.get(name) is None)
        raise depends_on([not_known(name, values) for name in names])
    return answer


def is_ruled_out(charge: Charge, values: Values) -> bool:
    return answer_of(charge, values) is False


def answer_of(charge: Charge, values: Values) -> bool | None:
    if not charge.when and not charge.when_any:
        return True
    answers = [any_holds([charge.when] if charge.when else [], values), any_holds(charge.when_any, values)]
    return False if False in answers else None if None in answers else True


def lines_of(charge: Charge, card: RateCard, lot: Lot, *, values: Values) -> Iterable[CostLine]:
    """None at all where there is nothing to count."""
    if charge.is_by_operation:
        return list(timed(charge, rate_of(charge, card, values), lot))
    if charge.fills:
        return filled(charge, reason(charge, values), values)
    lines = list((graduated if charge.is_graduated else simple)(charge, card, values))
    return bounded(charge, lines, card, values=values)


def timed(charge: Charge, rate: UnitRate, lot: Lot) -> Iterator[CostLine]:
    """The operation's own reason is the reason."""
    for spent in lot.minutes:
        if spent.work_centre == charge.work_centre and spent.minutes:
            because = joined(spent.because, rate.said)
            yield CostLine(charge.group, spent.label, spent.minutes, charge.unit, rate.rate, because)


def simple(charge: Charge, card: RateCard, values: Values) -> Iterator[CostLine]:
    """Nothing for nothing, and no line of a share of zero, unless there is a minimum for it."""
    rate, quantity = rate_of(charge, card, values), quantity_of(charge, values)
    if quantity and (rate.rate or charge.minimum or not charge.is_share):
        yield line_of(charge, quantity, rate, values=values)


def graduated(charge: Charge, card: RateCard, values: Values) -> Iterator[CostLine]:
    """A line for each range that is begun."""
    for name, quantity, base in ranges_of(charge, values):
        if quantity:
            rate = made_of(charge, card, values, base=base)
            yield replace(line_of(charge, quantity, rate, values=values), label=f"{charge.label}, {name}")


def line_of(charge: Charge, quantity: Decimal, rate: UnitRate, *, values: Values) -> CostLine:
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
