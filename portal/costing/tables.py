"""Prices that depend on figures: tiers of one driver, and tables of several, in steps or between points.

An axis reads its driver in one of four ways:
    values   the row whose value it is: options, layers
    steps    the last step that is reached: "from 10 on"
    up_to    the first limit that is not passed: "up to 100 cm²"; "more" is without a limit
    points   in a straight line between the two nearest
Outside an axis there is no price, unless it says beyond = "hold" (the outermost holds) or "extend" (points run on).
"""

from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, PlainValidator, model_validator

from portal.costing.drivers import MILLIONTH, Values
from portal.costing.names import Driver, Number, keys_in_quotes, something
from portal.costing.values import Unknown, figure, is_same, not_known, plain
from portal.routing.sourced import Data, Rate, not_negative

MORE = Decimal("Infinity")
NOT_OFFERED = "-"
Place = tuple[tuple[int, Decimal], ...]  # positions on an axis, each with its weight


def limit(given: object) -> Decimal:
    return MORE if given == "more" else Decimal(str(not_negative(given)))


def no_step_twice(given: object) -> object:
    """10 and 10.0 are one step; the second would silently replace the first."""
    if isinstance(given, dict):
        keys = [key.rstrip("0").rstrip(".") if "." in key else key for key in given]
        if twice := sorted({key for key in keys if keys.count(key) > 1}):
            raise ValueError(f"expected each step once, found {', '.join(twice)} twice")
    return given


Limit = Annotated[Decimal, PlainValidator(limit)]
GIVEN = (BeforeValidator(keys_in_quotes), BeforeValidator(something))
StepsTo = Annotated[Mapping[Rate, Rate], BeforeValidator(no_step_twice), *GIVEN]
LimitsTo = Annotated[Mapping[Limit, Rate], BeforeValidator(no_step_twice), *GIVEN]


class Tiers(Data):
    """A price for each range of one driver: for the whole quantity or, graduated, for each range's own part.

    Graduated steps count pieces when the first is 1 (1 to 99, then from the 100th on), and measure when it is 0.
    """

    by: Number
    steps: StepsTo | None = None
    up_to: LimitsTo | None = None
    graduated: bool = False
    zigzag: bool = False

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
            raise Unknown(f"the card has no rate for {self.by} {plain(reached)}")
        return found[0]

    def parts(self, reached: Decimal) -> Iterator[tuple[str, Decimal, Decimal]]:
        """Each range that is begun: its name, how much of the quantity lies in it, its rate."""
        for begins, ends, rate in self.ranges():
            part = min(reached, ends) - begins
            if part > 0:
                until = f"up to {plain(ends)}" if ends != MORE else f"beyond {plain(begins)}"
                yield until, part, rate
        if self.up_to and reached > max(self.up_to):
            raise Unknown(f"the card has no rate for {self.by} {plain(reached)}")

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


class Axis(Data):
    by: Driver
    values: Annotated[tuple[str, ...], BeforeValidator(something)] | None = None
    steps: Annotated[tuple[Rate, ...], BeforeValidator(something)] | None = None
    up_to: Annotated[tuple[Limit, ...], BeforeValidator(something)] | None = None
    points: Annotated[tuple[Rate, ...], BeforeValidator(something)] | None = None
    beyond: Literal["refuse", "hold", "extend"] = "refuse"

    @model_validator(mode="after")
    def reads_one_way(self) -> Self:
        ways = [way for way in (self.values, self.steps, self.up_to, self.points) if way is not None]
        if len(ways) != 1:
            raise ValueError("expected exactly one of values, steps, up_to, points")
        if any(not (one < other) for one, other in pairwise(self.marks)):
            raise ValueError(f"expected marks that rise, found {', '.join(map(plain, self.marks))}")
        if self.values and len(set(self.values)) < len(self.values):
            raise ValueError("values: expected each value once")
        if self.beyond == "extend" and len(self.points or ()) < 2:
            raise ValueError("beyond: only two points or more can be extended")
        return self

    @property
    def marks(self) -> tuple[Decimal, ...]:
        return self.steps or self.up_to or self.points or ()

    @property
    def length(self) -> int:
        return len(self.values or self.marks)

    def place(self, values: Values) -> Place:
        if self.values is not None:
            return self.place_of_value(values)
        reached = figure(self.by, values)
        is_inside = self.reaches(reached)
        if not is_inside and self.beyond == "refuse":
            raise Unknown(f"the card has no rate for {self.by} {plain(reached)}")
        if self.points is not None:
            return self.between(reached if is_inside or self.beyond == "extend" else self.held(reached))
        if self.steps is not None:
            return ((max(sum(mark <= reached for mark in self.marks) - 1, 0), Decimal(1)),)
        return ((min(sum(mark < reached for mark in self.marks), self.length - 1), Decimal(1)),)

    def place_of_value(self, values: Values) -> Place:
        value = values.get(self.by)
        if value is None:
            raise not_known(self.by, values)
        for position, key in enumerate(self.values or ()):
            if is_same(key, value):
                return ((position, Decimal(1)),)
        raise Unknown(f"the card has no rate for {self.by} {plain(value)}; it has {', '.join(self.values or ())}")

    def reaches(self, reached: Decimal) -> bool:
        is_high_enough = self.up_to is not None or self.marks[0] <= reached
        return is_high_enough and (self.steps is not None or reached <= self.marks[-1])

    def held(self, reached: Decimal) -> Decimal:
        return min(max(reached, self.marks[0]), self.marks[-1])

    def between(self, reached: Decimal) -> Place:
        if self.length == 1:
            return ((0, Decimal(1)),)
        left = min(max(sum(mark <= reached for mark in self.marks) - 1, 0), self.length - 2)
        share = (reached - self.marks[left]) / (self.marks[left + 1] - self.marks[left])
        return ((left, 1 - share), (left + 1, share))


class Table(Data):
    """Rates over one axis or more: a list for each, the first axis outermost. "-" is not offered."""

    axes: Annotated[tuple[Axis, ...], BeforeValidator(something)]
    rates: Annotated[tuple[Any, ...], BeforeValidator(something)]

    @model_validator(mode="after")
    def is_whole(self) -> Self:
        if wrong := list(faults_of_cells(self.rates, [axis.length for axis in self.axes], "rates")):
            raise ValueError("; ".join(wrong))
        return self

    def rate(self, values: Values) -> Decimal:
        """Between points to six places, so that the printed rate is the one multiplied."""
        places = [axis.place(values) for axis in self.axes]
        found = self.weighed(self.rates, places)
        if found is None:
            where = ", ".join(f"{axis.by} {plain(values[axis.by])}" for axis in self.axes)
            raise Unknown(f"not offered by the card: {where}")
        is_between = any(len(place) > 1 for place in places)
        return found.quantize(MILLIONTH, ROUND_HALF_UP) if is_between else found

    def weighed(self, cells: Any, places: list[Place]) -> Decimal | None:
        if not places:
            return None if cells == NOT_OFFERED else Decimal(str(cells))
        total = Decimal(0)
        for position, weight in places[0]:
            part = self.weighed(cells[position], places[1:]) if weight else Decimal(0)
            if part is None:
                return None
            total += weight * part
        return total


def faults_of_cells(cells: Any, lengths: list[int], key: str) -> Iterator[str]:
    if not lengths:
        try:
            _ = cells == NOT_OFFERED or not_negative(cells)
        except ValueError as fault:
            yield f'{key}: {fault}, or "-" where it is not offered, found {cells!r:.40}'
    elif not isinstance(cells, list | tuple) or len(cells) != lengths[0]:
        found = len(cells) if isinstance(cells, list | tuple) else repr(cells)[:40]
        yield f"{key}: expected a list of {lengths[0]}, one for each mark of its axis, found {found}"
    else:
        for position, cell in enumerate(cells):
            yield from faults_of_cells(cell, lengths[1:], f"{key}.{position}")


def drivers_of_table(table: Tiers | Table | None) -> set[str]:
    if table is None:
        return set()
    return {table.by} if isinstance(table, Tiers) else {axis.by for axis in table.axes}
