"""`portal price`: given facts, priced with any rate card. No design, no routing, no catalogue.

A facts file is one JSON object: driver → figure. The drivers are those of drivers.py (NUMBERS and TEXTS), those that
the card names in [drivers], [texts] and [computed], and minutes at a work centre:

    {"board": 30, "smt_per_board": 23, "tht_per_board": 8, "bom_line": 13, "side": 1,
     "width_mm": 80, "height_mm": 57, "copper_layers": 2, "finish": "enig", "speed": "standard",
     "parts_cost": "10.00", "currency": "EUR", "minute:placement": "12.5"}

Numbers are JSON numbers or text, not below zero, and sizes above it; text drivers are text. What follows from others
may be left out: areas from width and height, lot totals from figures per board, stencils and extra sides from sides.
What is given all the same has to agree. A driver that the card needs and that is neither given nor follows is refused,
with the charge that needs it. Work that is given and that no charge counts is listed as unpriced: it is never free in
silence.
"""

import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from portal.costing.card_faults import COUNTED
from portal.costing.cards import RateCard
from portal.costing.charges import Priced, price, unpriced_work_centres
from portal.costing.derived import Value, completed
from portal.costing.drivers import MINUTE, NUMBERS, TEXTS, Lot, Minutes, known_drivers
from portal.costing.lines import CostGroup, CostLine, in_coins
from portal.costing.names import is_minute, nearest
from portal.costing.uncovered import AREAS
from portal.costing.values import plain
from portal.errors import RatesRefused
from portal.routing.words import hundredth

TOO_MUCH = 10**12
MOST_PIECES = 10**7
LONG = 20  # digits
PIECES = ("order", "board", "panel", "boards_per_panel", "design", "copper_layers")  # whole, and none is no order
SIZES = frozenset({*AREAS, *(name for name in NUMBERS if name.endswith("_mm"))})  # a board of no size would be free
ONE_OF = {"order": (1,), "side": (0, 1, 2), "extra_side": (0, 1), "repeat_order": (0, 1)}


AGREEING = (
    *("extra_side", "extra_design", "smt_placement", "tht_placement", "leadless_placement"),
    *("joint_per_board", "joint", "smt_joint", "tht_joint"),
    *("board_area_dm2", "board_area_in2", "lot_area_cm2", "lot_area_dm2", "lot_area_m2", "lot_area_in2"),
)
MAY_BE_EMPTY = ("consigned",)  # no parts come from the customer


def read_facts(text: str, *, file: str) -> dict[str, Any]:
    """Numbers keep their digits. RatesRefused: not one JSON object, or a driver in it twice."""
    twice: list[str] = []

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        names = [name for name, _ in pairs]
        twice.extend(f"{file}: {name}: stands twice; expected it once" for name in names if names.count(name) > 1)
        return dict(pairs)

    try:
        given = json.loads(text, parse_float=Decimal, parse_int=whole_number, object_pairs_hook=once)
    except (ValueError, RecursionError) as fault:
        raise RatesRefused([f"{file} is not JSON: {fault}. Please check the file."]) from fault
    if not isinstance(given, dict):
        found = f"{file} is not one JSON object of drivers and figures. Please put them into braces."
        raise RatesRefused([found])
    if twice:
        raise RatesRefused(list(dict.fromkeys(twice)))
    return given


def whole_number(digits: str) -> int | Decimal:
    """Python refuses to read thousands of digits as an int."""
    return int(digits) if len(digits) < LONG else Decimal(digits)


def price_facts(facts: Mapping[str, Any], card: RateCard, *, file: str = "facts") -> Priced:
    """RatesRefused names the file, every key that is wrong or missing, and what was expected."""
    found = [f"{file}: {fault}" for fault in faults(facts, card)]
    if found:
        raise RatesRefused(found)
    values = {name: value_of(name, given, card) for name, given in facts.items()}
    whole = completed(values)
    if disagreeing := [f"{file}: {fault}" for fault in disagreements(values, whole)]:
        raise RatesRefused(disagreeing)
    minutes = tuple(minutes_given(name, value) for name, value in values.items() if name.startswith(MINUTE))
    lot = Lot(whole, minutes)
    priced = priced_within_reason(card, lot, values, file=file)
    missing = [
        f"{file}: {line.driver or line.name!r} of {card.name} cannot be priced: {line.in_card or line.because}"
        for line in priced.unpriced
        if not line.is_uncovered
    ]
    missing += [f"{file}: {fault}" for fault in also_missing(card, priced, whole, told=" ".join(missing))]
    missing += [f"{file}: {name}: is missing; {card.name} charges for it" for name in absent_minutes(values, card)]
    missing += unpriced_work_centres(card, lot)
    if missing:
        raise RatesRefused(missing)
    return priced


def also_missing(card: RateCard, priced: Priced, whole: Mapping[str, Value], *, told: str) -> Iterator[str]:
    """Of a charge that cannot be priced the first driver that lacks is told; the others that it reads, here."""
    labels = {line.name for line in priced.unpriced}
    read = {name for n, charge in enumerate(card.charges) if charge.label in labels for name in card.reads[n]}
    given = {*card.computed, COUNTED, *(name for name, value in whole.items() if value is not None)}
    if names := sorted(name for name in read - given if not is_minute(name) and not re.search(rf"\b{name}\b", told)):
        yield f"{', '.join(names)}: not given either; these charges may need them"


def priced_within_reason(card: RateCard, lot: Lot, values: Mapping[str, Value], *, file: str) -> Priced:
    """Figures that are each possible may multiply to an amount that no cent is told of."""
    try:
        priced = price(card, lot, given=in_coins(parts_given(values, card), card.coin))
        total = priced.total  # amounts are worked out when they are asked for
    except InvalidOperation as fault:
        raise RatesRefused([f"{file}: the figures multiply to more than can be priced; give smaller ones"]) from fault
    if total < 0:
        raise RatesRefused([f"{file}: the discounts of {card.name} take off more than there is: {total}"])
    return priced


def disagreements(values: Mapping[str, Value], whole: Mapping[str, Value]) -> Iterator[str]:
    """A figure that is given and follows from others as well is the same in both: else one of them is mistyped."""
    if too_small := sorted(name for name in SIZES if whole.get(name) == 0):
        yield f"{too_small[0]}: comes to 0 from the sizes given; expected larger ones"
    for name in AGREEING:
        apart_from = {name, *(("width_mm", "height_mm") if name in AREAS else ())}  # not every board is a rectangle
        given, others = values.get(name), {key: value for key, value in values.items() if key not in apart_from}
        follows = completed(others).get(name)
        if isinstance(given, Decimal) and isinstance(follows, Decimal):
            apart = abs(given - follows)
            if apart > (given / 100 if name in AREAS else 0):
                yield f"{name}: is {plain(given)}, but comes to {plain(follows)} from the others; expected the same"


def faults(facts: Mapping[str, Any], card: RateCard) -> Iterator[str]:
    known = known_drivers(card.drivers, card.texts, card.computed)
    for name, given in facts.items():
        figure = number(given)
        if name not in known and not is_minute(name):
            meant = nearest(name, known) or f"; expected one of {', '.join(sorted(known))}"
            yield f"{name:.60}: is not a known driver{meant}"
        elif is_text(name, card):
            yield from faults_of_text(name, given, card)
        elif figure is None:
            yield f"{name}: expected a number from 0 to below 10^12, found {shown(given)}"
        elif name in PIECES and (figure % 1 or not 1 <= figure <= MOST_PIECES):
            yield f"{name}: expected a whole number from 1 to {MOST_PIECES:,}, found {shown(given)}"
        elif name in SIZES and not figure:
            yield f"{name}: expected a number above 0, found {shown(given)}"
        elif name in ONE_OF and figure not in ONE_OF[name]:
            yield f"{name}: expected {' or '.join(map(str, ONE_OF[name]))}, found {shown(given)}"


def shown(given: object) -> str:
    """As it stands in the file: null and true, not what a program calls them."""
    if isinstance(given, Decimal):
        return f"{given!s:.60}"
    return f"{repr(given) if isinstance(given, str) else json.dumps(given, default=str):.60}"


def faults_of_text(name: str, given: object, card: RateCard) -> Iterator[str]:
    if not isinstance(given, str) or (not given.strip() and name not in MAY_BE_EMPTY):
        yield f"{name}: expected text, found {shown(given)}"
    elif name == "currency" and given not in (card.currency, *card.currencies):
        yield f"{name}: expected {card.currency}, or a rate for it in [currencies] of {card.name}, found {given!r:.60}"


def is_text(name: str, card: RateCard) -> bool:
    return name in TEXTS or name in card.texts


def number(given: object) -> Decimal | None:
    """None: not a number that can be priced. A JSON number is read by its digits."""
    if isinstance(given, bool) or not isinstance(given, int | float | str | Decimal):
        return None
    try:
        text = str(given)
        figure = Decimal(text) if text.isascii() and "_" not in text else Decimal("NaN")
    except (InvalidOperation, ValueError):  # ValueError: thousands of digits
        return None
    return figure if figure.is_finite() and 0 <= figure < TOO_MUCH else None


def value_of(name: str, given: object, card: RateCard) -> Value:
    return str(given) if is_text(name, card) else number(given)


def minutes_given(name: str, value: Value) -> Minutes:
    """Minutes at a work centre without a routing: the place stands in for the operation."""
    centre = name.removeprefix(MINUTE)
    return Minutes(centre, centre, hundredth(value) if isinstance(value, Decimal) else Decimal(0), "as given")


def parts_given(values: Mapping[str, Value], card: RateCard) -> Iterator[CostLine]:
    """In the card's money: what is in another is exchanged where it enters, and the line says how."""
    parts_cost, currency = values.get("parts_cost"), values.get("currency")
    if not isinstance(parts_cost, Decimal) or not parts_cost:
        return
    if currency in (None, card.currency):
        yield CostLine(CostGroup.PARTS, "Parts", Decimal(1), "lot", parts_cost, "as given")
    else:
        exchange = card.currencies[str(currency)]
        because = f"as given in {currency}, exchanged as of {exchange.date}"
        yield CostLine(CostGroup.PARTS, "Parts", parts_cost, str(currency), exchange.rate, because)


def absent_minutes(values: Mapping[str, Value], card: RateCard) -> list[str]:
    """A card by the minute cannot price facts that tell no minutes: zero must be said."""
    return sorted(name for name in card.minutes_read if name not in values)
