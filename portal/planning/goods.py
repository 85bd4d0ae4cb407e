"""Kits and what of them has come: which parts are still to be ordered, late, or here, and what may be promised.

Parts belong to who paid for them: what is left over of one kit of a customer serves his next one, and nobody else's.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from portal.planning.atp import available
from portal.planning.calendar import Calendar
from portal.planning.netting import Item, Moved, Net, netted

WEEKS = 8  # that are looked ahead


class PartState(StrEnum):
    """The first that holds, in this order."""

    HERE = "here"
    LATE = "late"
    EXPECTED = "expected"
    TO_SEND = "to send"
    TO_ORDER = "to order"


@dataclass(frozen=True, slots=True)
class KitPart:
    """One kind of part of a kit, of one supplier. `supplier` is empty for what the customer sends.

    `expected_on`: of what is ordered and not here, the last day; None where nobody has told.
    """

    name: str
    supplier: str
    needed: int
    is_from_stock: bool
    is_consigned: bool
    mpn: str = ""
    lead_days: int | None = None
    ordered: int = 0
    arrived: int = 0
    expected_on: date | None = None

    @property
    def missing(self) -> int:
        return max(0, self.needed - self.arrived)

    @property
    def coming(self) -> int:
        """Ordered and not here yet."""
        return max(0, self.ordered - self.arrived)

    def state(self, today: date, needed_on: date | None) -> PartState:
        """Late: it should be here, or will be when work has begun."""
        expected, needed = self.expected_on or date.max, needed_on or date.max
        is_late = today > min(expected, needed) or needed < expected < date.max
        claims = (
            (PartState.HERE, not self.missing),
            (PartState.LATE, is_late),
            (PartState.EXPECTED, self.coming >= self.missing),
            (PartState.TO_SEND, self.is_consigned),
        )
        return next((state for state, holds in claims if holds), PartState.TO_ORDER)


@dataclass(frozen=True, slots=True)
class Kit:
    """All parts of an order, or of one of its releases. `needed_on`: when it is laid out; None where nobody knows."""

    owner: str  # the customer
    name: str
    needed_on: date | None
    parts: tuple[KitPart, ...]

    @property
    def here(self) -> int:
        return sum(not part.missing for part in self.parts)

    @property
    def is_whole(self) -> bool:
        return self.here == len(self.parts)


@dataclass(frozen=True, slots=True)
class Stock:
    """So many of a part that belong to a customer and are in no open kit: left over of an earlier one."""

    owner: str
    part: str
    count: int


@dataclass(frozen=True, slots=True)
class PartPlan:
    """One part of one customer over all his kits. `promisable`: by week, what no kit asks for."""

    owner: str
    part: str
    needed: int
    here: int
    coming: int
    to_order: tuple[Net, ...]
    promisable: tuple[int, ...]

    @property
    def short(self) -> int:
        return sum(row.net for row in self.to_order)


@dataclass(frozen=True, slots=True)
class Planner:
    """Today, the working days, and how many of them a parcel of stocked parts takes at worst."""

    today: date
    calendar: Calendar
    stocked_days: int = 0

    def day(self, of: date | None) -> int:
        """Its number among the working days; a day that nobody knows is today."""
        return self.calendar.count_days(self.today, of) if of and of > self.today else 0

    def lead_days(self, part: KitPart) -> int:
        return self.stocked_days if part.is_from_stock else max(self.stocked_days, part.lead_days or 0)


def part_plans(kits: Sequence[Kit], stock: Iterable[Stock], planner: Planner) -> list[PartPlan]:
    """Those to be ordered first on top. A kit without a day is needed today: nobody can say that it has time."""
    own: dict[tuple[str, str], int] = defaultdict(int)
    for one in stock:
        own[one.owner, one.part] += one.count
    by_part: dict[tuple[str, str], list[tuple[Kit, KitPart]]] = defaultdict(list)
    for kit in kits:
        for part in kit.parts:
            if not part.is_consigned:
                by_part[kit.owner, part.name].append((kit, part))
    plans = [_plan(there, uses, planner, left_over=own[there]) for there, uses in by_part.items()]
    return sorted(plans, key=lambda plan: (min((row.order_by for row in plan.to_order), default=1 << 30), plan.part))


def _plan(there: tuple[str, str], uses: Sequence[tuple[Kit, KitPart]], planner: Planner, *, left_over: int) -> PartPlan:
    """Each kit is one, made of its parts; from there the needs are netted like any."""
    owner, part = there
    here = left_over + sum(min(use.arrived, use.needed) for _, use in uses)
    lead = max(planner.lead_days(use) for _, use in uses)
    made_of: dict[str, int] = defaultdict(int)
    for kit, use in uses:
        made_of[kit.name] += use.needed
    items = {name: Item(made_of={part: count}) for name, count in made_of.items()}
    days = {kit.name: planner.day(kit.needed_on) for kit, _ in uses}
    coming = [Moved(part, planner.day(use.expected_on or kit.needed_on), use.coming) for kit, use in uses if use.coming]
    rows = netted(
        {**items, part: Item(lead_days=lead, on_hand=here)}, [Moved(name, days[name], 1) for name in items], coming
    )
    short = tuple(row for row in rows if row.item == part and row.net)
    promisable = _promisable(uses, here, today=planner.today)
    return PartPlan(owner, part, sum(made_of.values()), here, sum(one.count for one in coming), short, promisable)


def _promisable(uses: Sequence[tuple[Kit, KitPart]], here: int, *, today: date) -> tuple[int, ...]:
    supply, demand = [0] * WEEKS, [0] * WEEKS
    supply[0] = here
    for kit, use in uses:
        demand[_week(kit.needed_on, today)] += use.needed
        supply[_week(use.expected_on or kit.needed_on, today)] += use.coming
    return tuple(available(supply, demand))


def _week(day: date | None, today: date) -> int:
    """The last one holds all that comes later."""
    return min(WEEKS - 1, max(0, (day - today) // timedelta(days=7))) if day else 0
