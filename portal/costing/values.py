"""Figures of one lot as charges read them: looked up by driver, printed as people write them, never guessed."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from portal.costing.derived import Values
from portal.costing.drivers import NUMBERS, TEXTS


class Unknown(Exception):
    """A figure that a charge needs is not known; the sentence says which."""


def plain(figure: Decimal | str | Any) -> str:
    """As people write it: 60, not 6E+1; 0.0203, not 0.02030."""
    return f"{figure.normalize():f}" if isinstance(figure, Decimal) else str(figure)


def words(driver: str) -> str:
    meaning = NUMBERS.get(driver) or TEXTS.get(driver)
    return f"{driver} ({meaning})" if meaning else driver


WHY = "why: "  # before the name of a driver that could not be worked out, in the place where its reason is kept


def not_known(name: str, values: Values) -> Unknown:
    why = values.get(f"{WHY}{name}")
    return Unknown(f"not known: {words(name)}" + (f", because {why}" if why else ""))


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
    return key.replace(".", "", 1).isdecimal() and key.isascii() and Decimal(key) == value


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
    raise Unknown(f"the card has no rate for {name} {plain(value)}; it has {', '.join(table)}")
