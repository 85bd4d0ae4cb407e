"""A rate card: the shop's prices, or any published price list, as data. No code belongs to a tariff.

A card is a TOML file; docs/rate-cards.md shows each key with an example, and every example there is priced by a test.

    name, currency, as_of   which list this is, its money, its day
    source, grade           where its figures come from; a charge without its own has these, and as_of for its date
    [[charges]]             what is charged: charge.py
    [drivers], [texts]      further facts that the list counts by or chooses by, with their meaning
    [computed]              drivers that are worked out from others: computed.py
    [limits]                what the list takes: conditions on drivers; beyond them it gives no price
    [currencies]            what one unit of other money costs in the card's
    covered                 work that the list does in other charges, so that nobody misses a charge for it
    [attrition]             how many parts are bought beyond the need
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, get_args

from pydantic import BeforeValidator, Field, ValidationError, model_validator

from portal.costing.attrition import Attrition
from portal.costing.card_faults import faults_between, told_circle
from portal.costing.charge import Charge
from portal.costing.computed import Computed, circle, inputs_of
from portal.costing.conditions import Condition
from portal.costing.drivers import MINUTE
from portal.costing.names import Driver, Text, as_list, names_in, something
from portal.currencies import smallest
from portal.errors import RatesRefused
from portal.routing.sourced import Data, Grade, Rate, checked, table_of

MANY = 2


class Exchange(Data):
    """What one unit of another money costs in the card's."""

    rate: Annotated[Rate, Field(gt=0)]
    source: str
    date: date
    grade: Grade


class RateCard(Data):
    name: Text
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    as_of: date
    note: str = ""
    source: str = ""
    grade: Grade | None = None
    drivers: Mapping[str, str] = {}
    texts: Mapping[str, str] = {}
    computed: Mapping[str, Computed] = {}
    limits: Mapping[Driver, Condition] = {}
    currencies: Mapping[Annotated[str, Field(pattern=r"^[A-Z]{3}$")], Exchange] = {}
    covered: Annotated[tuple[Driver, ...], BeforeValidator(as_list)] = ()
    charges: Annotated[tuple[Charge, ...], BeforeValidator(something)]
    attrition: Attrition | None = None

    @model_validator(mode="before")
    @classmethod
    def says_origin_once(cls, given: Any) -> Any:
        """Source, grade and day of the card are those of each charge that has none of its own.

        Where one of them is faulty the card is refused for it once, not once more for each charge.
        """
        if not isinstance(given, dict) or not isinstance(given.get("charges"), list):
            return given
        origin = {key: given[key] for key in ("source", "grade") if given.get(key)}
        if "grade" in origin and origin["grade"] not in get_args(Grade):
            origin["grade"] = "U"
        if "source" in origin and not isinstance(origin["source"], str):
            origin["source"] = "faulty"
        if "source" in origin and "as_of" in given:
            origin["date"] = given["as_of"] if is_day(given["as_of"]) else date.min
        charges = [{**origin, **charge} if isinstance(charge, dict) else charge for charge in given["charges"]]
        return {**given, "charges": charges}

    @cached_property
    def work_centres(self) -> frozenset[str]:
        """Where a minute has a price."""
        names = (name for charge in self.charges for name in charge.per if name.startswith(MINUTE))
        return frozenset(name.removeprefix(MINUTE) for name in names)

    @property
    def coin(self) -> Decimal:
        return smallest(self.currency)

    @cached_property
    def minute_rates(self) -> Mapping[str, Decimal]:
        """Of each work centre, where it is one plain rate."""
        rates: dict[str, Decimal] = {}
        for charge in self.charges:
            if charge.is_by_operation and charge.rate is not None:
                rates[charge.work_centre] = rates.get(charge.work_centre, Decimal(0)) + charge.rate
        return rates

    @cached_property
    def counted(self) -> tuple[int, ...]:
        """The charges that are always made, by their place: neither shares of others nor one of several ways."""
        return tuple(n for n, charge in enumerate(self.charges) if not (charge.is_share or charge.alternative))

    @cached_property
    def shares(self) -> tuple[int, ...]:
        """Made when all that they may count is there."""
        return tuple(n for n, charge in enumerate(self.charges) if charge.is_share and not charge.alternative)

    @cached_property
    def minutes_read(self) -> frozenset[str]:
        """As drivers: every work centre whose minutes the card asks for anywhere."""
        return frozenset(name for names in self.reads for name in names if name.startswith(MINUTE))

    @cached_property
    def reads(self) -> tuple[frozenset[str], ...]:
        """For each charge the drivers that it rests on, through all that is worked out."""
        return tuple(frozenset(inputs_of(charge.drivers, self.computed)) for charge in self.charges)

    @cached_property
    def shows(self) -> tuple[frozenset[str], ...]:
        """For each charge all that its lines show: the drivers that it rests on, and those that its reason tells."""
        told = [frozenset(inputs_of(names_in(charge.because), self.computed)) for charge in self.charges]
        return tuple(reads | names for reads, names in zip(self.reads, told, strict=True))

    @cached_property
    def is_computed_by_speed(self) -> bool:
        return "speed" in inputs_of(self.computed, self.computed)


def is_day(given: object) -> bool:
    """Of those that a card takes: 2026-11-23, in quotes or not; neither 20261123 nor a moment."""
    try:
        return bool(re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", str(given)) and date.fromisoformat(str(given)))
    except ValueError:
        return False


def read_rate_card(text: str, *, file: str = "rates.toml") -> RateCard:
    """RatesRefused with every fault of the file: those of its parts, and circles between them, in one message."""
    try:
        card = checked(RateCard, text, file=file)
    except RatesRefused as refused:
        circles = (f"{file}: {fault}" for fault in circles_in(text))
        raise RatesRefused([*origin_told_once(refused.faults, file), *circles]) from refused
    if between := list(faults_between(card)):
        raise RatesRefused([f"{file}: {fault}" for fault in between])
    return card


def origin_told_once(faults: list[str], file: str) -> Iterator[str]:
    """Of a card without a source not three faults for each of its charges."""
    missing = Counter(filter(None, map(origin_missing, faults)))
    yield from (fault for fault in faults if missing[origin_missing(fault)] < MANY)
    if keys := [key for key, charges in missing.items() if charges >= MANY]:
        yield f"{file}: {', '.join(keys)}: missing in several charges; say source, grade and as_of once, at the head"


def origin_missing(fault: str) -> str:
    found = re.search(r": charges\.\d+\.(source|date|grade): is missing", fault)
    return found[1] if found else ""


def circles_in(text: str) -> Iterator[str]:
    """Of a card that is faulty elsewhere: among those of its own drivers that can be read."""
    try:
        given = table_of(text, file="")
    except RatesRefused:
        return
    tables = own_tables(given.get("computed"))
    readable: dict[str, Computed] = {}
    for name, table in tables.items():
        with suppress(ValidationError):
            readable[name] = Computed.model_validate(table, context=given)
    if names := circle(readable):
        yield told_circle(names)


def own_tables(given: object) -> dict[str, object]:
    return given if isinstance(given, dict) else {}


def load_rate_card(path: Path) -> RateCard:
    return read_rate_card(path.read_text(encoding="utf-8"), file=path.name)
