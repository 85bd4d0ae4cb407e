"""The names that a card may use, checked where they stand; a name that nobody knows is told the nearest one."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from difflib import get_close_matches
from string import Formatter
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, ValidationInfo

from portal.costing.drivers import MINUTE, TEXTS, known_drivers
from portal.costing.values import OTHER, is_plain_number
from portal.routing.sourced import Rate

UNKNOWN = "expected a known driver, minute:<work centre>, or one named in [drivers]"
OWN = ("drivers", "texts", "computed")  # the tables of a card that name drivers of its own


def nearest(name: str, names: Iterable[str]) -> str:
    """Empty, or the one that was probably meant, as an addition to a sentence."""
    written = {known.lower(): known for known in sorted(names)}
    close = get_close_matches(name.lower(), written, n=1)
    return f"; the nearest is {written[close[0]]}" if close else ""


def own(info: ValidationInfo, table: str) -> dict[str, Any]:
    """The whole file is the context of every check."""
    given = (info.context or {}).get(table)
    return given if isinstance(given, dict) else {}


def known(name: str, info: ValidationInfo) -> str:
    names = known_drivers(*(own(info, table) for table in OWN))
    if name not in names and not is_minute(name):
        raise ValueError(f"{UNKNOWN}{nearest(name, names)}")
    return name


def is_minute(name: str) -> bool:
    return name.startswith(MINUTE) and name != MINUTE


def counted(name: str, info: ValidationInfo) -> str:
    """What is multiplied or compared with steps is a number."""
    if known(name, info) in TEXTS or name in own(info, "texts"):
        raise ValueError(f"expected a driver that is a number; {name} is text, for rate_by, factors and when")
    return name


def drivers_in_braces(template: str, info: ValidationInfo) -> str:
    """Names only: no attribute, no index, no conversion, so a card cannot reach into the program."""
    try:
        parsed = list(Formatter().parse(template))
    except ValueError as fault:
        raise ValueError(f"expected driver names in braces: {fault}") from fault
    for _, name, layout, conversion in parsed:
        if name is not None:
            if layout or conversion:
                raise ValueError(f"expected a driver's name alone in braces, not {name!r} with a layout")
            known(name, info)
    return template


def names_in(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def as_list(given: object) -> object:
    return [given] if isinstance(given, str) else given


def something(given: object) -> object:
    """Asked of what the file holds, so that a faulty entry is not told as a missing one too."""
    if not given:
        raise ValueError("expected at least one")
    return given


def keys_with_points(given: object) -> object:
    """TOML reads the key 1.6 as the 6 of a table 1: what is meant is one key all the same."""
    if not isinstance(given, dict):
        return given
    keys: dict[str, object] = {}
    for key, value in given.items():
        is_split = key.isdigit() and isinstance(value, dict) and value and all(inner.isdigit() for inner in value)
        keys |= {f"{key}.{inner}": rate for inner, rate in value.items()} if is_split else {key: value}
    return keys


def short_for(key: str) -> BeforeValidator:
    """`minimum = 25` is `minimum = { amount = 25 }`."""
    return BeforeValidator(lambda given: {key: given} if isinstance(given, str | int | Decimal) else given)


def in_words(given: object) -> object:
    """A list of values may hold numbers: 2 and "2" are the same layer count."""
    if not isinstance(given, list | tuple):
        return given
    return [str(one) if isinstance(one, int | Decimal) and not isinstance(one, bool) else one for one in given]


def fault_of_rows(name: str, rows: Iterable[str], info: ValidationInfo) -> str:
    """Why no value would ever choose one of these rows: a number is no word, and 2 stands before 2.0. Empty: all do."""
    rows = list(rows)
    is_text = name in TEXTS or name in own(info, "texts")
    words = [] if is_text else [row for row in rows if row != OTHER and not is_plain_number(row)]
    if words:
        return f"{name} is a number and never {words[0]!r}; expected figures, such as 2"
    figures = rows if is_text else [row if row == OTHER else str(Decimal(row).normalize()) for row in rows]
    twice = sorted({row for row, figure in zip(rows, figures, strict=True) if figures.count(figure) > 1})
    return f"expected each value once, found {', '.join(twice)}" if twice else ""


def of_numbers_or_texts(given: Mapping[str, Mapping[str, Decimal]], info: ValidationInfo) -> Mapping[str, Any]:
    """Every table by option, its rows as its driver can have them."""
    for name, rows in given.items():
        if wrong := fault_of_rows(name, rows, info):
            raise ValueError(f"{name}: {wrong}")
    return given


def not_blank(given: str) -> str:
    if not given.strip():
        raise ValueError("expected some text")
    return given


Text = Annotated[str, AfterValidator(not_blank)]
Driver = Annotated[str, AfterValidator(known)]
Number = Annotated[str, AfterValidator(counted)]
Numbers = Annotated[tuple[Number, ...], BeforeValidator(as_list)]
Rows = Annotated[Mapping[str, Rate], BeforeValidator(keys_with_points), BeforeValidator(something)]
ByOption = Annotated[Mapping[Driver, Rows], AfterValidator(of_numbers_or_texts)]
Words = Annotated[tuple[str, ...], BeforeValidator(in_words)]
Template = Annotated[str, AfterValidator(drivers_in_braces)]
