"""The shop's data as it stands in config/: a value with its unit, source, date and grade, and files checked whole."""

import tomllib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
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
    try:
        given = tomllib.loads(text, parse_float=decimal_of)
    except tomllib.TOMLDecodeError as fault:
        raise RatesRefused([f"{file}: is not TOML: {fault}"]) from fault
    try:
        return model.model_validate(given, context=given)
    except ValidationError as refused:
        raise RatesRefused([f"{file}: {fault}" for fault in faults(refused)]) from refused


def faults(refused: ValidationError) -> Iterator[str]:
    for error in refused.errors():
        key = ".".join(str(part) for part in error["loc"]) or "the file as a whole"
        yield f"{key}: {expectation(error)}"


def expectation(error: Any) -> str:
    match error["type"]:
        case "missing":
            return "is missing"
        case "extra_forbidden":
            return "is not a known key"
        case _:
            return f"{error['msg'].removeprefix('Value error, ')} (found {error['input']!r:.60})"
