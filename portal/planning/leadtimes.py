"""How long deliveries take, as the lead-time file says: rows with a speed, days, and for bare boards their limits."""

from dataclasses import dataclass
from enum import StrEnum
from math import inf
from typing import TypeVar

from portal.planning.facts import Entry, Evidence, read_facts, refuse_faults
from portal.planning.kit import Wait
from portal.planning.suppliers import Learning
from portal.routing.options import Speed

Choice = TypeVar("Choice", bound=StrEnum)


class Delivery(StrEnum):
    PREPARATION = "preparation"
    BOARDS = "boards"
    STENCIL = "stencil"
    STOCKED_PARTS = "stocked-parts"


@dataclass(frozen=True, slots=True)
class Lead:
    """One row. The limits only say something about bare boards; elsewhere they are without end."""

    delivery: Delivery
    speed: Speed
    wait: Wait
    evidence: Evidence
    layers_up_to: float = inf
    area_m2_up_to: float = inf


@dataclass(frozen=True, slots=True)
class Maker:
    """A part that must come from its maker: the offer's lead time is the median, these shares of it the spread."""

    lo_share: float
    p95_share: float
    evidence: Evidence

    def wait(self, lead_days: int) -> Wait:
        return Wait(self.lo_share * lead_days, lead_days, self.p95_share * lead_days)


@dataclass(frozen=True, slots=True)
class LeadTimes:
    """`learning`: how own deliveries move these figures; `keeping`: what money bound in parts costs a year, as a share
    of it. None where the shop has not said.
    """

    leads: tuple[Lead, ...]
    maker: Maker
    learning: Learning | None = None
    keeping: float | None = None

    def lead(self, delivery: Delivery, speed: Speed, *, layers: int = 0, area_m2: float = 0.0) -> Lead | None:
        """The first row that covers it; None when the shop has no figure for such a thing."""
        for lead in self.leads:
            covers = layers <= lead.layers_up_to and area_m2 <= lead.area_m2_up_to
            if (lead.delivery, lead.speed) == (delivery, speed) and covers:
                return lead
        return None


def read_lead_times(text: str) -> LeadTimes:
    """RatesRefused with every fault of the file."""
    file = read_facts(text)
    leads = tuple(_lead(row) for row in file.rows("lead"))
    maker = _maker(file.entry("maker"))
    learning = _learning(file.entry("learning")) if "learning" in file.values else None
    keeping = _keeping(file.entry("keeping")) if "keeping" in file.values else None
    file.nothing_else()
    for delivery in Delivery:
        for speed in Speed:
            known = any((lead.delivery, lead.speed) == (delivery, speed) for lead in leads)
            file.expect(known, f"there is no lead row for {delivery}, {speed}")
    refuse_faults(file.faults)
    return LeadTimes(leads, maker, learning, keeping)


def _lead(row: Entry) -> Lead:
    lead = Lead(
        delivery=_choice(row, "delivery", Delivery.BOARDS),
        speed=_choice(row, "speed", Speed.STANDARD),
        wait=_wait(row),
        evidence=row.evidence(),
        layers_up_to=row.number_or("layers_up_to", inf),
        area_m2_up_to=row.number_or("area_m2_up_to", inf),
    )
    row.nothing_else()
    return lead


def _wait(row: Entry) -> Wait:
    days = [row.number(key) for key in ("lo_days", "median_days", "p95_days")]
    try:
        return Wait(*days)
    except ValueError as fault:
        row.expect(holds=False, otherwise=str(fault))
        return Wait(0, 0, 0)


def _maker(entry: Entry) -> Maker:
    lo_share, p95_share = entry.number("lo_share"), entry.number("p95_share")
    entry.expect(0 <= lo_share < 1 <= p95_share, "lo_share is below 1, and p95_share is 1 or more")
    maker = Maker(lo_share, p95_share, entry.evidence())
    entry.nothing_else()
    return maker


def _learning(entry: Entry) -> Learning:
    deliveries, half_life = entry.number("prior_deliveries"), entry.number("half_life_days")
    entry.expect(min(deliveries, half_life) > 0, "prior_deliveries and half_life_days are more than 0")
    learning = Learning(deliveries, half_life, entry.evidence())
    entry.nothing_else()
    return learning


def _keeping(entry: Entry) -> float:
    per_year = entry.number("per_year")
    entry.expect(0 <= per_year <= 1, "per_year is a share of the money, from 0 to 1")
    entry.evidence()
    entry.nothing_else()
    return per_year


def _choice(row: Entry, key: str, default: Choice) -> Choice:
    word = row.take(key, str, str(default))
    choices = type(default)
    row.expect(word in tuple(choices), f"{key} {word!r} is none of {', '.join(choices)}")
    return choices(word) if word in tuple(choices) else default
