"""One charge of a rate card, checked where it stands. How it is written: docs/rate-cards.md, with examples."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Discriminator, Field, StrictBool, Tag, ValidationInfo, model_validator

from portal.costing.conditions import Condition, Conditions, never_met
from portal.costing.drivers import MINUTE, TEXTS
from portal.costing.lines import CostGroup
from portal.costing.names import ByOption, Number, Numbers, Template, Text, as_list, own, short_for, something
from portal.costing.rounding import Rounding
from portal.costing.tables import Table, drivers_of_table
from portal.costing.tiers import Tiers
from portal.routing.sourced import Data, Grade, Rate

EVERY_GROUP = tuple(CostGroup)


def all_or_list(given: object) -> object:
    return EVERY_GROUP if given == "all" else as_list(given)


class Bound(Data):
    """An amount of money for each of a driver."""

    amount: Rate
    per: Number = "order"


Amount = Annotated[Bound, short_for("amount")]


class Alternative(Data):
    """One way of several; all charges of the way that is taken are made, none of the others."""

    of: Text
    way: Text
    take: Literal["cheapest", "dearest"] = "cheapest"


class RoundedTo(Rounding):
    """What the lines come to for each of a driver, rounded."""

    per: Number = "order"


Groups = Annotated[tuple[CostGroup, ...], BeforeValidator(all_or_list)]
SetSize = Annotated[Rate, Field(gt=0)]
Scale = Annotated[
    Annotated[Tiers, Tag("tiers")] | Annotated[Table, Tag("table")],
    Discriminator(lambda given: "table" if isinstance(given, dict) and "axes" in given else "tiers"),
]
PRICES = ("rate", "rate_by", "rate_is", "tiers", "table")
FILLS = ("fill_to", "cap_at", "round_to")
MOST_SHARE = 10  # ten times what it is a share of: who writes more meant per cent
NAMES_OF_FILLS = ", ".join(FILLS)


class Charge(Data):
    label: Text
    group: CostGroup
    unit: str
    source: Text
    date: date
    grade: Grade
    because: Template = ""
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None = None
    per: Numbers = ()
    of_groups: Groups = ()
    of_labels: Annotated[tuple[str, ...], BeforeValidator(as_list)] = ()
    rate: Rate | None = None
    rate_by: ByOption = Field(default={})
    rate_is: Number | None = None  # a driver whose figure is the rate
    tiers: Tiers | None = None
    table: Table | None = None
    fill_to: Amount | None = None
    cap_at: Amount | None = None
    round_to: Annotated[RoundedTo, short_for("to")] | None = None
    multiply: StrictBool = False
    discount: StrictBool = False
    factors: ByOption = Field(default={})
    scaled_by: tuple[Scale, ...] = ()
    round_rate: Annotated[Rounding, short_for("to")] | None = None
    when: Conditions = Field(default={})
    when_any: Annotated[tuple[Conditions, ...], BeforeValidator(something)] = ()
    included: Mapping[Number, Rate] = {}
    sets: Mapping[Number, SetSize] = {}
    begun: Mapping[Number, SetSize] = {}
    minimum: Amount | None = None
    maximum: Amount | None = None
    alternative: Alternative | None = None

    @model_validator(mode="after")
    def is_whole(self, info: ValidationInfo) -> Self:
        """One way to count, one way to price; the rest is a mistake in the card."""
        texts = {*TEXTS, *own(info, "texts")}
        if wrong := [*self.faults_of_price(), *self.faults_of_count(), *self.faults_of_conditions(texts)]:
            raise ValueError(", ".join(wrong))
        return self

    def faults_of_price(self) -> Iterator[str]:
        prices = [getattr(self, name) not in (None, {}) for name in (*PRICES, *FILLS)]
        if prices.count(True) != 1:
            yield f"expected exactly one of {', '.join(PRICES if not self.is_share else (*PRICES, *FILLS))}"
        if len(self.rate_by) > 1:
            yield "rate_by: expected one driver; two and more are a table"
        if self.minimum and self.maximum and self.is_never_between(self.minimum, self.maximum):
            yield "minimum: expected no more than the maximum"
        most = 1 if self.discount else MOST_SHARE
        if self.is_share and not self.multiply and (wrong := [rate for rate in self.figures if rate > most]):
            said = f"found {wrong[0]}; {wrong[0]} per cent are {wrong[0] / 100:f}"
            yield f"{'discount' if self.discount else 'rate'}: expected a share of at most {most}, {said}"
        if self.fills and (self.factors or self.scaled_by or self.minimum or self.maximum or self.currency):
            yield f"{NAMES_OF_FILLS}: stand alone; factors, scaled_by, minimum, maximum, currency are not for them"

    def is_never_between(self, least: Bound, most: Bound) -> bool:
        return least.per == most.per and least.amount > most.amount

    @property
    def figures(self) -> tuple[Decimal, ...]:
        """The rates that stand in the card by themselves or in one row."""
        rows = [rate for rates in self.rate_by.values() for rate in rates.values()]
        steps = [rate for _, rate in self.tiers.rows] if self.tiers else []
        return (*([self.rate] if self.rate is not None else []), *rows, *steps)

    def faults_of_count(self) -> Iterator[str]:
        if twice := sorted({name for name in self.per if self.per.count(name) > 1}):
            yield f"per: expected each driver once, found {', '.join(twice)} twice"
        if bool(self.per) == self.is_share:
            yield "expected either per or of_groups (or of_labels)"
        if self.is_share and self.resized:
            yield "sets, begun, included: not for a share of groups"
        if not self.is_share and (self.multiply or self.fills):
            yield f"multiply, {NAMES_OF_FILLS}: only for a share, with of_groups or of_labels"
        if self.multiply and self.discount:
            yield "expected either multiply or discount"
        for name in self.resized:
            if self.per and name not in self.per:
                yield f"sets, begun, included: {name} is not what the charge is per"
        if set(self.sets) & set(self.begun):
            yield "sets, begun: expected one of them for a driver"
        if self.is_graduated and self.counts.count(self.graduated_by) != 1:
            yield f"tiers: graduated by {self.graduated_by}, so {self.graduated_by} has to be in per, once"

    def faults_of_conditions(self, texts: set[str]) -> Iterator[str]:
        for name, condition in self.conditions:
            if fault := never_met(name, condition, texts):
                yield f"when: {fault}"

    @property
    def resized(self) -> tuple[str, ...]:
        """The drivers that are not counted as they are."""
        return (*self.sets, *self.begun, *self.included)

    @property
    def conditions(self) -> Iterator[tuple[str, Condition]]:
        for choice in (self.when, *self.when_any):
            yield from choice.items()

    @cached_property
    def is_share(self) -> bool:
        return bool(self.of_groups or self.of_labels)

    @property
    def counts(self) -> Numbers:
        """What the quantity of a line is made of."""
        return ("counted_amount",) if self.is_share else self.per

    @cached_property
    def fills(self) -> Bound | RoundedTo | None:
        return self.fill_to or self.cap_at or self.round_to

    @cached_property
    def plain_rate(self) -> Decimal | None:
        """The rate of one, where neither lot nor card changes it; None where it has to be worked out."""
        is_changed = self.factors or self.scaled_by or self.round_rate or self.currency
        is_turned = self.multiply or self.discount
        return None if is_changed or is_turned or self.rate is None else Decimal(f"{self.rate.normalize():f}")

    @cached_property
    def is_graduated(self) -> bool:
        return bool(self.tiers and self.tiers.graduated)

    @property
    def graduated_by(self) -> str:
        return self.tiers.by if self.tiers else ""

    @cached_property
    def is_by_operation(self) -> bool:
        """Minutes alone are a line for each operation; with sets, bounds or other drivers they are one sum."""
        is_changed = self.resized or self.minimum or self.maximum or self.is_graduated
        return len(self.per) == 1 and self.per[0].startswith(MINUTE) and not is_changed

    @cached_property
    def work_centre(self) -> str:
        return self.per[0].removeprefix(MINUTE)

    @cached_property
    def drivers(self) -> set[str]:
        """Every driver that the charge reads."""
        bounds = (self.minimum, self.maximum, self.fills)
        return {
            *self.per,
            *self.rate_by,
            *((self.rate_is,) if self.rate_is else ()),
            *self.factors,
            *drivers_of_table(self.tiers),
            *drivers_of_table(self.table),
            *(name for table in self.scaled_by for name in drivers_of_table(table)),
            *(name for name, _ in self.conditions),
            *(bound.per for bound in bounds if bound),
        }

    @cached_property
    def offer(self) -> tuple[object, ...]:
        """Two charges with the same one would be told apart by nobody."""
        way = (self.alternative.of, self.alternative.way) if self.alternative else None
        return self.label, way, str(self.when), str(self.when_any)
