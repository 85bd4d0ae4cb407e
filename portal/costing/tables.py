"""Prices by several drivers, in steps or between points.

An axis reads its driver in one of four ways:
    values   the row whose value it is: options, layers; `other` is the row of all that are not named
    steps    the last step that is reached: "from 10 on"
    up_to    the first limit that is not passed: "up to 100 cm²"; "more" is without a limit
    points   in a straight line between the two nearest
Outside an axis there is no price, unless it says beyond = "hold" (the outermost holds) or "extend" (points run on).
"""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, ValidationInfo, model_validator

from portal.costing.derived import MILLIONTH, Values
from portal.costing.names import Driver, Words, counted, fault_of_rows, something
from portal.costing.tiers import Limit, Tiers
from portal.costing.values import OTHER, Unknown, figure, in_words, is_same, no_rate, not_known, plain
from portal.routing.sourced import Data, Rate, not_negative

NOT_OFFERED = "-"
Place = tuple[tuple[int, Decimal], ...]  # positions on an axis, each with its weight


class Axis(Data):
    by: Driver
    values: Annotated[Words, BeforeValidator(something)] | None = None
    steps: Annotated[tuple[Rate, ...], BeforeValidator(something)] | None = None
    up_to: Annotated[tuple[Limit, ...], BeforeValidator(something)] | None = None
    points: Annotated[tuple[Rate, ...], BeforeValidator(something)] | None = None
    beyond: Literal["refuse", "hold", "extend"] = "refuse"

    @model_validator(mode="after")
    def reads_one_way(self, info: ValidationInfo) -> Self:
        ways = [way for way in (self.values, self.steps, self.up_to, self.points) if way is not None]
        if len(ways) != 1:
            raise ValueError("expected exactly one of values, steps, up_to, points")
        if any(not (one < other) for one, other in pairwise(self.marks)):
            raise ValueError(f"expected marks that rise, found {', '.join(map(plain, self.marks))}")
        if self.marks:
            counted(self.by, info)
        if self.values and (wrong := fault_of_rows(self.by, self.values, info)):
            raise ValueError(f"values: {wrong}")
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
            raise no_rate(self.by, reached, but=self.extent)
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
        if OTHER in (self.values or ()):
            return (((self.values or ()).index(OTHER), Decimal(1)),)
        raise no_rate(self.by, value, but=f"it has {', '.join(self.values or ())}")

    @property
    def extent(self) -> str:
        begins = f"it begins at {plain(self.marks[0])}" if self.up_to is None else ""
        ends = f"it ends at {plain(self.marks[-1])}" if self.steps is None else ""
        return " and ".join(filter(None, (begins, ends.removeprefix("it ") if begins else ends)))

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
        names = [axis.by for axis in self.axes]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(f"axes: expected each driver once, found {', '.join(twice)} twice")
        if wrong := list(faults_of_cells(self.rates, [axis.length for axis in self.axes], "rates")):
            raise ValueError("; ".join(wrong))
        return self

    def rate(self, values: Values) -> Decimal:
        """Between points to six places, so that the printed rate is the one multiplied."""
        places = [axis.place(values) for axis in self.axes]
        found = self.weighed(self.rates, places)
        if found is None:
            raise self.not_offered(values)
        is_between = any(len(place) > 1 for place in places)
        return found.quantize(MILLIONTH, ROUND_HALF_UP) if is_between else found

    def not_offered(self, values: Values) -> Unknown:
        given = [(axis.by, values[axis.by]) for axis in self.axes]
        in_card = ", ".join(f"{name} {plain(value)}" for name, value in given)
        said = " with ".join(in_words(name, value) for name, value in given)
        return Unknown(f"the price list does not offer {said}", f"not offered by the card: {in_card}")

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
