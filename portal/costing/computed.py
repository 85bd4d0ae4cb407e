"""Drivers that a card works out from others: points, billable areas, panels that are begun. Data, no expressions."""

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, PlainValidator, ValidationInfo, model_validator

from portal.costing.conditions import Condition, any_holds
from portal.costing.derived import MILLIONTH, Value, Values, in_sets
from portal.costing.names import ByOption, Driver, Numbers, Text, counted, short_for, something
from portal.costing.rounding import Rounding
from portal.costing.tables import Table, drivers_of_table
from portal.costing.tiers import Tiers
from portal.costing.values import WHY, WHY_IN_CARD, Unknown, figure, looked_up, not_known, plain, product
from portal.routing.sourced import Amount, Data, Rate, not_negative


class Term(Data):
    """times × the product of its drivers, where its conditions hold."""

    times: Amount = Decimal(1)
    of: Numbers = ()
    when: Mapping[Driver, Condition] = {}

    def figure(self, values: Values) -> Decimal:
        answer = any_holds([self.when] if self.when else [], values)
        if answer is None:
            raise not_known(next(name for name in self.when if values.get(name) is None), values)
        return self.times * product(self.of, values) if answer else Decimal(0)


Terms = Annotated[tuple[Term, ...], BeforeValidator(something)]
WAYS = ("sum", "largest", "smallest", "rate_by", "tiers", "table")


def divisor(given: object, info: ValidationInfo) -> Decimal | str:
    """A number above zero, or a driver."""
    if isinstance(given, str) and not given[:1].isdigit():
        return counted(given, info)
    number = Decimal(str(not_negative(given)))
    if not number:
        raise ValueError("expected a driver or a number above zero")
    return number


Divisor = Annotated[Decimal | str, PlainValidator(divisor)]


class Computed(Data):
    """One of WAYS, then divided, to a power, raised to a least, held to a most, rounded: in this order.

    `power`: a learning curve (-0.2: a fifth cheaper where three times as many are made), the root of an area (0.5).
    """

    meaning: Text
    sum: Terms | None = None
    largest: Numbers | None = None
    smallest: Numbers | None = None
    rate_by: ByOption | None = None
    tiers: Tiers | None = None
    table: Table | None = None
    divided_by: Divisor | None = None
    power: Annotated[Amount, Field(ge=-3, le=3)] | None = None
    at_least: Rate | None = None
    at_most: Rate | None = None
    sets_of: Rate | None = None
    rounded: Annotated[Rounding, short_for("to")] | None = None

    @model_validator(mode="after")
    def is_one_figure(self) -> Self:
        if sum(getattr(self, way) is not None for way in WAYS) != 1:
            raise ValueError(f"expected exactly one of {', '.join(WAYS)}")
        if self.rate_by is not None and len(self.rate_by) != 1:
            raise ValueError("rate_by: expected one driver")
        if self.sets_of == 0:
            raise ValueError("sets_of: expected more than zero")
        if self.sets_of and self.rounded:
            raise ValueError("expected either sets_of or rounded")
        if self.at_least is not None and self.at_most is not None and self.at_least > self.at_most:
            raise ValueError("at_least: expected no more than at_most")
        return self

    @property
    def needs(self) -> set[str]:
        terms = self.sum or ()
        return {
            *(name for term in terms for name in (*term.of, *term.when)),
            *(self.largest or ()),
            *(self.smallest or ()),
            *(self.rate_by or ()),
            *drivers_of_table(self.tiers),
            *drivers_of_table(self.table),
            *([self.divided_by] if isinstance(self.divided_by, str) else []),
        }

    def figure(self, values: Values) -> Decimal:
        found = self.counted(values)
        if self.divided_by:
            by = figure(self.divided_by, values) if isinstance(self.divided_by, str) else self.divided_by
            if not by:
                raise Unknown("nothing can be divided by 0", f"cannot be divided by {self.divided_by} 0")
            found = (found / by).quantize(MILLIONTH, ROUND_HALF_UP)
        if self.power is not None:
            found = to_power(found, self.power)
        if self.at_least is not None:
            found = max(found, self.at_least)
        if self.at_most is not None:
            found = min(found, self.at_most)
        if self.rounded:
            return self.rounded.of(found)
        return in_sets(found, self.sets_of) * self.sets_of if self.sets_of else found

    def counted(self, values: Values) -> Decimal:
        if self.sum is not None:
            return max(sum((term.figure(values) for term in self.sum), Decimal(0)), Decimal(0))
        if self.largest:
            return max(figure(name, values) for name in self.largest)
        if self.smallest:
            return min(figure(name, values) for name in self.smallest)
        if self.rate_by:
            [(name, table)] = self.rate_by.items()
            return looked_up(table, name, values)
        table_or_tiers = self.tiers or self.table
        if table_or_tiers is None:  # the card's check has seen to it
            raise AssertionError(self.meaning)
        return table_or_tiers.rate(values)


def to_power(found: Decimal, power: Decimal) -> Decimal:
    """To six places, so that the printed figure is the one multiplied."""
    if not found and power <= 0:
        raise Unknown(f"0 cannot be taken to the power {plain(power)}")
    return (found**power).quantize(MILLIONTH, ROUND_HALF_UP) if found else found


def circle(computed: Mapping[str, Computed]) -> list[str]:
    """The names of one circle, the first again at its end; empty when every name comes to an end."""
    done: set[str] = set()

    def walk(name: str, path: list[str]) -> list[str]:
        if name in path:
            return [*path[path.index(name) :], name]
        if name in done or name not in computed:
            return []
        for needed in sorted(computed[name].needs):
            if found := walk(needed, [*path, name]):
                return found
        done.add(name)
        return []

    return next((found for name in computed if (found := walk(name, []))), [])


def in_order(computed: Mapping[str, Computed]) -> list[str]:
    """Each after those that it needs; the card's check has seen that there is no circle."""
    order: list[str] = []

    def add(names: Iterable[str]) -> None:
        for name in names:
            if name in computed and name not in order:
                add(sorted(computed[name].needs))
                order.append(name)

    add(computed)
    return order


def with_computed(computed: Mapping[str, Computed], given: Values) -> dict[str, Value]:
    """What is given stays as it is; what cannot be worked out is not known, and why is kept beside it."""
    values = dict(given)
    for name in in_order(computed):
        if values.get(name) is None:
            try:
                values[name] = Decimal(plain(computed[name].figure(values)))
            except Unknown as unknown:
                values[name] = None
                values |= {f"{WHY}{name}": unknown.said, f"{WHY_IN_CARD}{name}": unknown.in_card}
    return values


def inputs_of(names: Iterable[str], computed: Mapping[str, Computed]) -> set[str]:
    """The names, and all that those which are worked out rest on."""
    found: set[str] = set()
    ahead = list(names)
    while ahead:
        name = ahead.pop()
        if name not in found:
            found.add(name)
            ahead += computed[name].needs if name in computed else ()
    return found
