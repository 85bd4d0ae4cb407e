"""What one of a charge costs, and what of it is told: the base rate, each factor, the rounding, the exchange."""

from dataclasses import dataclass
from decimal import Decimal

from portal.costing.cards import RateCard
from portal.costing.charge import Charge
from portal.costing.derived import Values, in_sets
from portal.costing.tables import drivers_of_table
from portal.costing.values import figure, in_words, looked_up, plain, product


@dataclass(frozen=True, slots=True)
class UnitRate:
    """A rate of one, with the words for what it was made of; empty where the card's figure is the rate."""

    rate: Decimal
    said: str = ""


def base_rate(charge: Charge, values: Values) -> Decimal:
    for name, rows in charge.rate_by.items():
        return looked_up(rows, name, values)
    if charge.rate_is:
        return figure(charge.rate_is, values)
    if charge.tiers:
        return charge.tiers.rate(values)
    if charge.table:
        return charge.table.rate(values)
    if charge.rate is None:  # the card's check has seen to it
        raise AssertionError(charge.label)
    return charge.rate


def rate_of(charge: Charge, card: RateCard, values: Values) -> UnitRate:
    if charge.plain_rate is not None:
        return UnitRate(charge.plain_rate)
    return made_of(charge, card, values, base=base_rate(charge, values))


def made_of(charge: Charge, card: RateCard, values: Values, *, base: Decimal) -> UnitRate:
    rate, said = base, []
    for factor, of in factors(charge, values):
        rate *= factor
        if factor != 1:
            said.append(f"× {plain(factor)} for {of}")
    if charge.round_rate:
        rate, before = charge.round_rate.of(rate), rate
        if rate != before:
            said.append(f"= {plain(rate)} in steps of {plain(charge.round_rate.to)}")
    exchange = exchange_of(charge, card)
    if exchange != 1:
        rate *= exchange
        said.append(f"× {plain(exchange)} {card.currency} for 1 {charge.currency}")
    return signed(charge, UnitRate(Decimal(plain(rate)), " ".join([plain(base), *said]) if said else ""))


def signed(charge: Charge, rate: UnitRate) -> UnitRate:
    """Of a whole factor what it adds or takes off; what is discounted is below zero."""
    if charge.multiply:
        return UnitRate(rate.rate - 1, "; ".join(filter(None, [rate.said, f"× {plain(rate.rate)} in all"])))
    return UnitRate(-rate.rate, rate.said) if charge.discount else rate


def factors(charge: Charge, values: Values) -> list[tuple[Decimal, str]]:
    found = [(looked_up(rows, name, values), told([name], values)) for name, rows in charge.factors.items()]
    scales = [(table.rate(values), told(sorted(drivers_of_table(table)), values)) for table in charge.scaled_by]
    return found + scales


def told(names: list[str], values: Values) -> str:
    return ", ".join(in_words(name, values[name]) for name in names)


def exchange_of(charge: Charge, card: RateCard) -> Decimal:
    is_own = charge.currency in (None, card.currency)
    return Decimal(1) if is_own else card.currencies[str(charge.currency)].rate


def counted(name: str, charge: Charge, values: Values) -> Decimal:
    """Beyond what is included, up to whole sets, or how many sets are begun."""
    count = max(figure(name, values) - charge.included.get(name, Decimal(0)), Decimal(0))
    if size := charge.sets.get(name):
        return in_sets(count, size) * size
    return in_sets(count, charge.begun[name]) if name in charge.begun else count


def quantity_of(charge: Charge, values: Values) -> Decimal:
    quantity = Decimal(1)
    for name in charge.counts:
        quantity *= counted(name, charge, values)
    return Decimal(plain(quantity))


def ranges_of(charge: Charge, values: Values) -> list[tuple[str, Decimal, Decimal]]:
    """A graduated charge, range by range: its name, its quantity, its rate before any factor."""
    by = charge.graduated_by
    rest = product(tuple(name for name in charge.counts if name != by), values)
    if charge.tiers is None:  # asked only of graduated tiers
        raise AssertionError(charge.label)
    parts = charge.tiers.parts(counted(by, charge, values))
    return [(name, Decimal(plain(part * rest)), rate) for name, part, rate in parts]
