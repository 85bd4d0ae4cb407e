"""`portal price`: given facts, priced with any rate card. No design, no routing, no catalogue.

A facts file is one JSON object: driver → figure. The drivers are those of drivers.py (NUMBERS and TEXTS), those that
the card names in its [drivers], and minutes at a work centre:

    {"board": 30, "smt_per_board": 23, "tht_per_board": 8, "bom_line": 13, "side": 1,
     "width_mm": 80, "height_mm": 57, "copper_layers": 2, "finish": "enig", "speed": "standard",
     "parts_cost": "10.00", "minute:placement": "12.5"}

Numbers are JSON numbers or text, not below zero; text drivers are text. What follows from others may be left out:
areas from width and height, lot totals from figures per board, stencils and extra sides from sides. A driver that the
card needs and that is neither given nor follows is refused, with the charge that needs it.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from portal.costing.cards import RateCard
from portal.costing.charges import Priced, price, unpriced_work_centres
from portal.costing.drivers import MINUTE, TEXTS, Lot, Minutes, Value, completed, hundredth, known_drivers
from portal.costing.lines import CostGroup, CostLine
from portal.errors import RatesRefused

TOO_MUCH = 10**12


def price_facts(facts: Mapping[str, Any], card: RateCard, *, file: str = "facts") -> Priced:
    """RatesRefused names the file, every key that is wrong or missing, and what was expected."""
    found = [f"{file}: {fault}" for fault in faults(facts, card)]
    if found:
        raise RatesRefused(found)
    values = {name: value_of(name, given) for name, given in facts.items()}
    minutes = tuple(minutes_given(name, value) for name, value in values.items() if name.startswith(MINUTE))
    lot = Lot(completed(values), minutes)
    priced = priced_within_reason(card, lot, values, file=file)
    missing = [f"{file}: {line.name!r} of {card.name} cannot be priced: {line.because}" for line in priced.unpriced]
    missing += [f"{file}: {name}: is missing; {card.name} charges for it" for name in absent_minutes(values, card)]
    missing += unpriced_work_centres(card, lot)
    if missing:
        raise RatesRefused(missing)
    return priced


def priced_within_reason(card: RateCard, lot: Lot, values: Mapping[str, Value], *, file: str) -> Priced:
    """Figures that are each possible may multiply to an amount that no cent is told of."""
    try:
        priced = price(card, lot, given=parts_given(values))
        priced.total  # noqa: B018 - amounts are worked out when they are asked for
    except InvalidOperation as fault:
        raise RatesRefused([f"{file}: the figures multiply to more than can be priced; give smaller ones"]) from fault
    return priced


def faults(facts: Mapping[str, Any], card: RateCard) -> Iterator[str]:
    known = known_drivers(card.drivers)
    for name, given in facts.items():
        if name not in known and not name.startswith(MINUTE):
            yield f"{name}: is not a known driver; expected one of {', '.join(sorted(known))}"
        elif name in TEXTS and not isinstance(given, str):
            yield f"{name}: expected text, found {given!r:.60}"
        elif name not in TEXTS and number(given) is None:
            yield f"{name}: expected a number that is not below zero, found {given!r:.60}"


def number(given: object) -> Decimal | None:
    """None: not a number that can be priced. A JSON number is read by its digits."""
    if isinstance(given, bool) or not isinstance(given, int | float | str | Decimal):
        return None
    text = str(given)
    try:
        figure = Decimal(text) if text.isascii() and "_" not in text else Decimal("NaN")
    except InvalidOperation:
        return None
    return figure if figure.is_finite() and 0 <= figure < TOO_MUCH else None


def value_of(name: str, given: object) -> Value:
    return str(given) if name in TEXTS else number(given)


def minutes_given(name: str, value: Value) -> Minutes:
    """Minutes at a work centre without a routing: the place stands in for the operation."""
    centre = name.removeprefix(MINUTE)
    return Minutes(centre, centre, hundredth(value) if isinstance(value, Decimal) else Decimal(0), "as given")


def parts_given(values: Mapping[str, Value]) -> Iterator[CostLine]:
    parts_cost = values.get("parts_cost")
    if isinstance(parts_cost, Decimal) and parts_cost:
        yield CostLine(CostGroup.PARTS, "Parts", Decimal(1), "lot", parts_cost, "as given")


def absent_minutes(values: Mapping[str, Value], card: RateCard) -> list[str]:
    """A card by the minute cannot price facts that tell no minutes: zero must be said."""
    return sorted(f"{MINUTE}{name}" for name in card.work_centres if f"{MINUTE}{name}" not in values)
