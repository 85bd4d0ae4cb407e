"""A rate card: the shop's prices, or any published price list, as data. No code belongs to a tariff.

A card is a TOML file: `name`, `currency`, `as_of`, and a list of `[[charges]]`. A charge is

    label, group       what the line is called, and which part of the quote it belongs to
    per                the driver it is counted by (drivers.py names all), or a list whose product it is;
                       "minute:<work centre>" gives one line for each operation there
    of_groups          instead of `per`: it is a share of all lines of these groups
    rate               price of one, in quotes: "0.65"; or
    rate_by            a price for each value of one driver:  rate_by = { copper_layers = { 2 = "60", 4 = "95" } }; or
    tiers              the price from a figure on:            tiers = { by = "board", steps = { 1 = "0.50", 100 = "0.40" } }
    unit, because      as printed; `because` may name any driver in braces: "{board} boards of {board_area_cm2} cm²"
    factors            multiply the rate by an option:        factors = { finish = { enig = "1.0", osp = "0.7" } }
    when               only then:                             when = { speed = { one_of = ["express"] }, board = { max = "20" } }
    minimum            never less than:                       minimum = { amount = "0.48", per = "board" }
    sets               a driver is rounded up to a multiple:  sets = { board = 3 }
    alternative        of several ways the cheapest is taken: alternative = { of = "assembly", way = "manual" }
    source, date, grade  where the figure comes from

`[drivers]` may name further drivers with what they count; `[attrition]` says how many parts are bought beyond the need.
"""  # noqa: E501 - the examples stand in one column

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from string import Formatter
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, model_validator

from portal.costing.drivers import MINUTE, known_drivers
from portal.costing.lines import CostGroup
from portal.parts.packages import PackageClass
from portal.routing.sourced import Data, Grade, Rate, Sourced, checked


def known(name: str, info: ValidationInfo) -> str:
    """The file's own [drivers] count too; the whole file is the context of the check."""
    extra = (info.context or {}).get("drivers")
    if name not in known_drivers(extra if isinstance(extra, dict) else {}) and not name.startswith(MINUTE):
        raise ValueError("expected a known driver, minute:<work centre>, or one named in [drivers]")
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


def as_list(given: object) -> object:
    return [given] if isinstance(given, str) else given


def something(given: object) -> object:
    """Asked of what the file holds, so that a faulty entry is not told as a missing one too."""
    if not given:
        raise ValueError("expected at least one")
    return given


Driver = Annotated[str, AfterValidator(known)]
Template = Annotated[str, AfterValidator(drivers_in_braces)]
Drivers = Annotated[tuple[Driver, ...], BeforeValidator(as_list)]


class Condition(Data):
    """All that is given must hold."""

    min: Rate | None = None
    max: Rate | None = None
    one_of: tuple[str, ...] | None = None


class Minimum(Data):
    amount: Rate
    per: Driver = "order"


class Tiers(Data):
    """From each step on its rate holds for the whole quantity."""

    by: Driver
    steps: Annotated[Mapping[Rate, Rate], BeforeValidator(something)]


class Alternative(Data):
    of: str
    way: str


class Charge(Data):
    label: str
    group: CostGroup
    unit: str
    source: str
    date: date
    grade: Grade
    because: Template = ""
    per: Drivers = ()
    of_groups: tuple[CostGroup, ...] = ()
    rate: Rate | None = None
    rate_by: Mapping[Driver, Mapping[str, Rate]] = {}
    tiers: Tiers | None = None
    factors: Mapping[Driver, Mapping[str, Rate]] = {}
    when: Mapping[Driver, Condition] = {}
    minimum: Minimum | None = None
    sets: Mapping[Driver, Annotated[int, Field(ge=1)]] = {}
    alternative: Alternative | None = None

    @model_validator(mode="after")
    def is_whole(self) -> Self:
        """One way to count, one way to price; the rest is a mistake in the card."""
        wrong = []
        if bool(self.per) == bool(self.of_groups):
            wrong.append("expected either per or of_groups")
        if [self.rate is not None, bool(self.rate_by), self.tiers is not None].count(True) != 1:
            wrong.append("expected exactly one of rate, rate_by, tiers")
        if len(self.rate_by) > 1:
            wrong.append("rate_by: expected one driver")
        if self.is_timed and (len(self.per) > 1 or self.sets):
            wrong.append("per: minutes stand alone, without another driver and without sets")
        if self.minimum and (self.is_timed or self.of_groups):
            wrong.append("minimum: not for minutes and not for a share of groups")
        if self.of_groups and (self.sets or self.alternative):
            wrong.append("sets, alternative: not for a share of groups")
        if wrong:
            raise ValueError(", ".join(wrong))
        return self

    @property
    def is_timed(self) -> bool:
        return any(name.startswith(MINUTE) for name in self.per)

    @property
    def work_centre(self) -> str:
        return self.per[0].removeprefix(MINUTE) if self.is_timed else ""


class Extra(Data):
    """Parts beyond the need: the larger of a share and a minimum."""

    share: Rate
    minimum: Annotated[int, Field(ge=0)]
    source: str
    date: date
    grade: Grade


class Attrition(Data):
    """`by_class` is the shop's rule. A dear part is not lost by the rule: what is bought beyond the need is worth
    at most `budget` plus `volume_share` of the need; one part at least where a part costs less than `one_below`.
    """

    budget: Sourced
    volume_share: Sourced
    one_below: Sourced
    by_class: Mapping[PackageClass, Extra]

    @model_validator(mode="after")
    def knows_every_class(self) -> Self:
        missing = [str(name) for name in PackageClass if name not in self.by_class]
        if missing:
            raise ValueError(f"by_class: expected a rule for {', '.join(missing)} too")
        return self


class RateCard(Data):
    name: str
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    as_of: date
    note: str = ""
    drivers: Mapping[str, str] = {}
    charges: Annotated[tuple[Charge, ...], BeforeValidator(something)]
    attrition: Attrition | None = None

    @property
    def work_centres(self) -> frozenset[str]:
        """Where a minute has a price."""
        return frozenset(charge.work_centre for charge in self.charges if charge.is_timed)


def read_rate_card(text: str, *, file: str = "rates.toml") -> RateCard:
    return checked(RateCard, text, file=file)


def load_rate_card(path: Path) -> RateCard:
    return read_rate_card(path.read_text(encoding="utf-8"), file=path.name)


def plain(figure: Decimal | str | Any) -> str:
    """As people write it: 60, not 6E+1; 0.0203, not 0.02030."""
    return f"{figure.normalize():f}" if isinstance(figure, Decimal) else str(figure)
