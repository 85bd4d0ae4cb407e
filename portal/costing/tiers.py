"""Prices by ranges of one driver: for the whole quantity, or for each range's own part."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, PlainSerializer, StrictBool, model_validator

from portal.costing.derived import Values
from portal.costing.names import Number, keys_with_points, something
from portal.costing.values import Unknown, figure, no_rate, plain
from portal.routing.sourced import Data, Rate, not_negative

MORE = Decimal("Infinity")


def start(given: object) -> Decimal:
    try:
        return Decimal(str(not_negative(given)))
    except ValueError as fault:
        raise ValueError("expected the figure from which the rate holds, such as 10") from fault


def limit(given: object) -> Decimal:
    try:
        return MORE if given == "more" else Decimal(str(not_negative(given)))
    except ValueError as fault:
        raise ValueError("expected the figure up to which the rate holds, such as 10, or more") from fault


def as_written(limit: Decimal) -> str:
    return "more" if limit == MORE else plain(limit)


def no_step_twice(given: object) -> object:
    """10 and 10.0 are one step; the second would silently replace the first."""
    if isinstance(given, dict):
        keys = [key.rstrip("0").rstrip(".") if "." in key else key for key in given]
        if twice := sorted({key for key in keys if keys.count(key) > 1}):
            raise ValueError(f"expected each step once, found {', '.join(twice)} twice")
    return given


Start = Annotated[Decimal, BeforeValidator(start)]
Limit = Annotated[Decimal, Field(allow_inf_nan=True), BeforeValidator(limit), PlainSerializer(as_written)]
GIVEN = (BeforeValidator(no_step_twice), BeforeValidator(keys_with_points), BeforeValidator(something))
StepsTo = Annotated[Mapping[Start, Rate], *GIVEN]
LimitsTo = Annotated[Mapping[Limit, Rate], *GIVEN]


class Tiers(Data):
    """A price for each range of one driver: for the whole quantity or, graduated, for each range's own part.

    Graduated steps count pieces when the first is 1 (1 to 99, then from the 100th on), and measure when it is 0.
    """

    by: Number
    steps: StepsTo | None = None
    up_to: LimitsTo | None = None
    graduated: StrictBool = False
    zigzag: StrictBool = False

    @model_validator(mode="after")
    def is_meant(self) -> Self:
        if (self.steps is None) == (self.up_to is None):
            raise ValueError("expected either steps or up_to")
        if self.graduated and self.steps and min(self.steps) not in (0, 1):
            raise ValueError("steps: graduated steps begin at 1, where pieces are counted, or at 0")
        rates = [rate for _, rate in self.rows]
        if not self.zigzag and rates not in (sorted(rates), sorted(rates, reverse=True)):
            raise ValueError(
                f"expected rates that only rise or only fall, found {', '.join(map(plain, rates))}; "
                "where the list is meant so, say zigzag = true"
            )
        return self

    @property
    def rows(self) -> list[tuple[Decimal, Decimal]]:
        """Where each range begins (steps) or ends (up_to), and its rate."""
        return sorted((self.steps or self.up_to or {}).items())

    def rate(self, values: Values) -> Decimal:
        reached = figure(self.by, values)
        if self.steps:
            found = [rate for step, rate in self.rows if step <= reached][-1:]
        else:
            found = [rate for end, rate in self.rows if reached <= end][:1]
        if not found:
            raise self.beyond(reached)
        return found[0]

    def beyond(self, reached: Decimal) -> Unknown:
        end = f"it begins at {plain(min(self.steps))}" if self.steps else f"it ends at {plain(self.rows[-1][0])}"
        return no_rate(self.by, reached, but=end)

    def parts(self, reached: Decimal) -> Iterator[tuple[str, Decimal, Decimal]]:
        """Each range that is begun: its name, how much of the quantity lies in it, its rate."""
        for begins, ends, rate in self.ranges():
            part = min(reached, ends) - begins
            if part > 0:
                until = f"up to {plain(ends)}" if ends != MORE else f"beyond {plain(begins)}"
                yield until, part, rate
        if self.up_to and reached > max(self.up_to):
            raise self.beyond(reached)

    def ranges(self) -> Iterator[tuple[Decimal, Decimal, Decimal]]:
        """As (more than, up to and with, rate)."""
        if self.steps:
            first = self.rows[0][0]
            ends = [step - first for step, _ in self.rows[1:]] + [MORE]
            for (step, rate), end in zip(self.rows, ends, strict=True):
                yield step - first, end, rate
        else:
            begins = [Decimal(0)] + [end for end, _ in self.rows[:-1]]
            for begin, (end, rate) in zip(begins, self.rows, strict=True):
                yield begin, end, rate
