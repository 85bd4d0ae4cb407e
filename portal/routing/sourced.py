"""The shop's data as it stands in config/: a value with its unit, source, date and grade, and files checked whole."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from portal.errors import RatesRefused


def exact(given: object) -> object:
    """With all its digits: a file is read without floats, so that 0.65 is as good as "0.65"."""
    is_exact = isinstance(given, str | int | Decimal) and not isinstance(given, bool)
    text = str(given) if is_exact else "NaN"
    try:
        number = Decimal(text) if text.isascii() and "_" not in text else Decimal("NaN")
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number) >= 10**12:
        raise ValueError('expected a number, such as "0.65"')
    return number


def not_negative(given: object) -> object:
    number = exact(given)
    if isinstance(number, int | Decimal) and number < 0:
        raise ValueError("expected a number that is not below zero")
    return number


def above_zero(given: object) -> object:
    number = exact(given)
    if isinstance(number, int | Decimal) and number <= 0:
        raise ValueError("expected a number above zero")
    return number


Amount = Annotated[Decimal, BeforeValidator(exact)]
Rate = Annotated[Decimal, BeforeValidator(not_negative)]
Grade = Literal["A", "B", "C", "U"]


class Data(BaseModel):
    """Frozen; a key that nobody reads is a mistake, not an extra."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Sourced(Data):
    """Grades: A the vendor's own figure, B an article or vendor page, C a blog or anecdote, U unsourced."""

    value: Rate
    unit: str
    source: str
    date: date
    grade: Grade


class Divisor(Sourced):
    """What the house divides by: never nothing."""

    value: Annotated[Decimal, BeforeValidator(above_zero)]


class Figures(Data):
    """Several figures of one unit and origin, by what they are of."""

    unit: str
    source: str
    date: date
    grade: Grade


D = TypeVar("D", bound=Data)


def decimal_of(digits: str) -> Decimal | str:
    """A float would have lost its last digit already; what is no number is left to the key's own check."""
    try:
        return Decimal(digits)
    except InvalidOperation:
        return digits


def checked(model: type[D], text: str, *, file: str) -> D:
    """The file as a value; RatesRefused names every missing, unknown or wrong key at once.

    The whole file is at hand to each part's own check as `info.context`.
    """
    given = table_of(text, file=file)
    try:
        return model.model_validate(given, context=given)
    except ValidationError as refused:
        raise RatesRefused([f"{file}: {fault}" for fault in faults(refused, given)]) from refused


TWICE = "a key stands twice"


def table_of(text: str, *, file: str) -> dict[str, Any]:
    """RatesRefused where it is not TOML, with the row that cannot be read."""
    try:
        return tomllib.loads(text, parse_float=decimal_of)
    except RecursionError as fault:
        raise RatesRefused([f"{file}: is not TOML: brackets within brackets without end"]) from fault
    except tomllib.TOMLDecodeError as fault:
        said = re.sub("Cannot overwrite a value|Duplicate inline table key", TWICE, str(fault))
        is_of_points = TWICE in said and re.search(r"\d\.\d+ *=", text)
        hint = '; where keys have a point put them in quotes, such as "1.6"' if is_of_points else ""
        raise RatesRefused([f"{file}: is not TOML: {said}{row_of(said, text)}{hint}"]) from fault


def row_of(said: str, text: str) -> str:
    """What stands in the row that the reader stopped at."""
    found = re.search(r"at line (\d+)", said)
    rows = text.splitlines()
    number = int(found[1]) if found else 0
    return f", which reads {rows[number - 1].strip()!r:.80}" if 1 <= number <= len(rows) else ""


def faults(refused: ValidationError, given: Any = None) -> Iterator[str]:
    for error in refused.errors():
        key = ".".join(str(part) for part in error["loc"]) or "the file as a whole"
        yield f"{key}: {expectation(error)}{place(error['loc'], given)}"


IN_WORDS: Mapping[str, str] = {  # what the checking library calls it, as a price list's owner would say it
    "missing": "is missing",
    "string_pattern_mismatch": "expected {as_in}",
    "string_too_short": "expected some text",
    "string_type": "expected text in quotes",
    "bool_type": "expected true or false",
    "bool_parsing": "expected true or false",
    "literal_error": "expected {expected}",
    "enum": "expected {expected}",
    "greater_than": "expected more than {gt}",
    "greater_than_equal": "expected at least {ge}",
    "less_than": "expected less than {lt}",
    "less_than_equal": "expected at most {le}",
    "int_parsing": "expected a whole number",
    "int_type": "expected a whole number",
    "int_from_float": "expected a whole number",
    "tuple_type": "expected a list, such as {listed}",
    "mapping_type": "expected a table in braces, such as {example}",
    "dict_type": "expected a table in braces, such as {example}",
    "model_type": "expected a table in braces, such as {example}",
    "model_attributes_type": "expected a table in braces, such as {example}",
    "date_type": "expected a day, such as 2026-11-23",
    "date_from_datetime_parsing": "expected a day, such as 2026-11-23",
    "date_from_datetime_inexact": "expected a day, such as 2026-11-23",
}
PATTERNS: Mapping[str, str] = {
    "^[A-Z]{3}$": "three capital letters, such as EUR",
    "^[A-Z]{2}$": "two capital letters, such as DE",
    "^[^@ ]+@[^@ ]+$": "an address, such as sales@house.example",
}
NOTHING_FOUND = {"missing"}
EXAMPLES: Mapping[str, str] = {  # of a key's value, where a table is expected and something else stands there
    "when": "{ board = { max = 50 } }",
    "tiers": '{ by = "board", steps = { 1 = 5, 10 = 4 } }',
    "table": '{ axes = [{ by = "board", steps = [1, 10] }], rates = [5, 4] }',
    "factors": "{ finish = { hasl = 1, enig = 1.2 } }",
    "rate_by": "{ finish = { hasl = 5, enig = 6 } }",
    "computed": '{ meaning = "pins and parts", sum = [{ of = "smt_per_board" }, { times = 2, of = "tht_per_board" }] }',
    "minimum": "{ amount = 25 }",
    "alternative": '{ of = "assembly", way = "by hand" }',
}


LISTS: Mapping[str, str] = {  # of a key's value, where a list is expected
    "charges": "one of tables, each below a row [[charges]] in two pairs of brackets",
    "when_any": "[{ width_mm = { below = 20 } }, { height_mm = { below = 20 } }]",
    "scaled_by": '[{ by = "board", steps = { 1 = 1.5, 100 = 1 } }]',
    "sum": '[{ of = "smt_per_board" }, { times = 2, of = "tht_per_board" }]',
    "axes": '[{ by = "board", steps = [1, 10] }]',
}


CLOSE = 0.75  # of the letters alike: less is another word


def nearest_key(key: object) -> str:
    """What was probably meant, among the keys of all that a file may hold."""
    known: set[str] = set()
    models = [Data]
    while models:
        model = models.pop()
        known |= set(model.model_fields)
        models += model.__subclasses__()
    close = get_close_matches(str(key), sorted(known - {str(key)}), n=1, cutoff=CLOSE)
    return f"; the nearest is {close[0]}" if close else ""


def example_of(loc: tuple[int | str, ...]) -> str:
    """Of the innermost key that has one."""
    return next((EXAMPLES[str(key)] for key in reversed(loc) if key in EXAMPLES), "{ 1 = 5 }")


def expectation(error: Any) -> str:
    found = error["input"]
    if error["type"] == "extra_forbidden":
        return f"is not a known key{nearest_key(error['loc'][-1])}"
    about = error.get("ctx", {})
    as_in = PATTERNS.get(about.get("pattern", ""), "another form")
    listed = LISTS.get(str(error["loc"][-1]) if error["loc"] else "", '["one", "another"]')
    words = {"msg": error["msg"], "as_in": as_in, "example": example_of(error["loc"]), "listed": listed, **about}
    said = IN_WORDS.get(error["type"], "{msg}").format_map(words)
    said = said.removeprefix("Value error, ")
    if error["type"] in NOTHING_FOUND or isinstance(found, dict):
        return said
    return f"{said} (found {str(found) if isinstance(found, Decimal | date) else repr(found):.60})"


def place(loc: tuple[int | str, ...], given: Any) -> str:
    """Of charges, which stand in a long row, the label as well: nobody counts to the fortieth."""
    match loc, given:
        case ("charges", int(number), *_), {"charges": list(charges)} if number < len(charges):
            label = charges[number].get("label") if isinstance(charges[number], dict) else None
            return f", in the charge {label!r:.60}" if label else ""
    return ""
