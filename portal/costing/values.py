"""Figures of one lot as charges read them: looked up by driver, printed as people write them, never guessed."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from portal.costing.derived import Value, Values
from portal.costing.drivers import NUMBERS, TEXTS


class Unknown(Exception):
    """A figure that a charge needs is not known: which, for a customer, and with its key for the card's author."""

    def __init__(self, said: str, in_card: str = "") -> None:
        super().__init__(said)
        self.said, self.in_card = said, in_card or said


def plain(figure: Decimal | str | Any) -> str:
    """As people write it: 60, not 6E+1; 0.0203, not 0.02030."""
    return f"{figure.normalize():f}" if isinstance(figure, Decimal) else str(figure)


def words(driver: str) -> str:
    meaning = NUMBERS.get(driver) or TEXTS.get(driver)
    return f"{driver} ({meaning})" if meaning else driver


UNITS = {"_mm": "mm", "_cm2": "cm²", "_dm2": "dm²", "_in2": "in²", "_m2": "m²", "_oz": "oz", "mm3_per_board": "mm³"}
NO_NOUN = ("order", "repeat_order", "counted_amount", "parts_cost")  # their meaning is a sentence


@lru_cache(512)
def noun(driver: str) -> str:
    """What a customer calls it: the meaning of a number without what explains it, the name of anything else."""
    meaning = "" if driver in NO_NOUN else NUMBERS.get(driver, "")
    return re.split("[:;,]", meaning)[0] or driver.replace("_", " ")


def in_words(driver: str, value: Value) -> str:
    """12 copper layers, 1 copper layer, 120 mm (width of one board), finish enig, turn days 3."""
    name, said = noun(driver), plain(value)
    if driver in NO_NOUN or driver not in NUMBERS:
        return f"{name} {said}"
    unit = next((unit for end, unit in UNITS.items() if driver.endswith(end)), "")
    if unit:
        return f"{said} {unit} ({name})"
    return f"{said} {singular(name) if value == 1 else name}"


def singular(things: str) -> str:
    """One kind of part that is placed, of several that are."""
    return re.sub(r"s\b", "", things, count=1).replace(" are ", " is ")


def titled(driver: str) -> str:
    name = noun(driver)
    return f"{name[0].upper()}{name[1:]}"


WHY = "why: "  # before the name of a driver that could not be worked out, in the place where its reason is kept
WHY_IN_CARD = "why, in the card's keys: "


def not_known(name: str, values: Values) -> Unknown:
    because, in_card = values.get(f"{WHY}{name}"), values.get(f"{WHY_IN_CARD}{name}")
    return Unknown(
        f"not known: {noun(name)}" + (f", because {because}" if because else ""),
        f"not known: {words(name)}" + (f", because {in_card}" if in_card else ""),
    )


def depends_on(unknown: Sequence[Unknown]) -> Unknown:
    """Whether a charge is made depends on all of these."""
    said = "whether this is charged depends on what is"
    return Unknown(
        f"{said} {' and '.join(one.said for one in unknown)}",
        f"{said} {' and '.join(one.in_card for one in unknown)}",
    )


def no_rate(driver: str, value: Value, *, but: str) -> Unknown:
    return Unknown(
        f"the price list has no rate for {in_words(driver, value)}; {but}",
        f"the card has no rate for {driver} {plain(value)}; {but}",
    )


def figure(name: str, values: Values) -> Decimal:
    value = values.get(name)
    if not isinstance(value, Decimal):
        raise not_known(name, values)
    return value


def product(names: tuple[str, ...], values: Values) -> Decimal:
    result = Decimal(1)
    for name in names:
        result *= figure(name, values)
    return result


def is_same(key: str, value: Decimal | str) -> bool:
    """A card may write 1.60 for a board of 1.6 mm."""
    if plain(value) == key or not isinstance(value, Decimal):
        return plain(value) == key
    return is_plain_number(key) and Decimal(key) == value


def is_plain_number(written: str) -> bool:
    return bool(re.fullmatch(r"[0-9]+(\.[0-9]+)?", written))


OTHER = "other"


def looked_up(table: Mapping[str, Decimal], name: str, values: Values) -> Decimal:
    """The row of this value; `other`, where the card has it, is the row of every value it does not name."""
    value = values.get(name)
    if value is None:
        raise not_known(name, values)
    for key, found in table.items():
        if is_same(key, value):
            return found
    if OTHER in table:
        return table[OTHER]
    raise no_rate(name, value, but=f"it has {', '.join(table)}")
