"""A plan of dated call-offs: each release is built as late as its date allows, after those that are wanted earlier.

Building late is what just in time means: money is bound for days instead of months. Parts are ordered for each release
so that its whole kit lies there in 95 of 100 cases; the day until which that is still possible is told part by part.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise

from portal.errors import BadInput
from portal.planning.kit import Supply, Wait, arrival_day, kit_days, kit_quantiles, unknown
from portal.planning.placing import Planned
from portal.planning.plan import Asked
from portal.planning.promising import CHANCES, SHOWN
from portal.planning.schedule import Schedule, book
from portal.planning.uncertain import READY, done_by
from portal.routing.operations import Operation

KIT_SURE = 0.95  # of a release's kit lying there on the morning when its work begins
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Bought:
    """One delivery of one release. `is_long_lead`: made or ordered for this customer, and not taken back."""

    name: str
    cost: Decimal
    wait: Wait | None
    is_long_lead: bool = False

    @property
    def supply(self) -> Supply:
        return Supply(self.name, self.wait, "")


@dataclass(frozen=True)
class Release:
    """What the customer calls off: so many boards on a day. `work_cost` is all that is not material."""

    name: str
    boards: int
    wanted: date
    operations: Sequence[Operation]
    material: tuple[Bought, ...]
    work_cost: Decimal


@dataclass(frozen=True, slots=True)
class Purchase:
    """`latest`: the last day on which ordering is safe; `ordered` is not before day 0, so it may be later than that."""

    bought: Bought
    latest: date
    ordered: date

    @property
    def is_safe(self) -> bool:
        return self.ordered <= self.latest


@dataclass(frozen=True, slots=True)
class Task:
    """One piece of the work of a release, as it was planned: so many minutes of it."""

    label: str
    minutes: int
    start: datetime
    end: datetime


@dataclass(frozen=True)
class ReleasePlan:
    """Dates and slots of one release; all dates None when the lead time of `unknown` parts is not known.

    `tasks` say what is paid for of its slots; a plan that was kept has them alone.
    """

    release: Release
    p50: date | None = None
    p80: date | None = None
    p95: date | None = None
    begins: date | None = None
    planned: tuple[Planned, ...] = ()
    purchases: tuple[Purchase, ...] = ()
    unknown: tuple[str, ...] = ()
    tasks: tuple[Task, ...] = ()

    @property
    def is_in_time(self) -> bool:
        return self.p80 is not None and self.p80 <= self.release.wanted


def evenly(boards: int, days: Sequence[date]) -> list[tuple[int, date]]:
    """The whole in releases of nearly the same size; none of them empty."""
    if not 1 <= len(days) <= boards:
        raise BadInput(f"{boards} boards cannot be called off on {len(days)} days. Name between one and {boards} days.")
    cuts = [boards * number // len(days) for number in range(len(days) + 1)]
    sizes = (after - before for before, after in pairwise(cuts))
    return list(zip(sizes, sorted(days), strict=True))


def plan_releases(
    releases: Sequence[Release], schedule: Schedule, *, day_zero: date, product: str
) -> tuple[ReleasePlan, ...]:
    """By the days on which they are wanted; an earlier release has its slots before a later one asks for any."""
    plans = []
    for release in sorted(releases, key=lambda release: release.wanted):
        plan = _plan(release, schedule, day_zero=day_zero, product=product)
        schedule = book(schedule, [step.booked(f"{product} {release.name}") for step in plan.planned])
        plans.append(plan)
    return tuple(plans)


def _plan(release: Release, schedule: Schedule, *, day_zero: date, product: str) -> ReleasePlan:
    kit = [bought.supply for bought in release.material]
    if nobody_knows := unknown(kit):
        return ReleasePlan(release, unknown=nobody_knows)
    asked = Asked(release.operations, release.boards, schedule, product)
    latest = _latest_morning(asked, day_zero, release.wanted)

    def morning(days: int) -> date:
        return max(latest, schedule.calendar.add_days(day_zero, days + 1))

    begins = morning(kit_days(kit, SHOWN))
    plan = asked.plan_from(_at(begins))
    p50, p80, p95 = _done_by(asked, [morning(days) for days in kit_quantiles(kit, READY)]) or [
        _dispatched(asked, morning(kit_days(kit, chance))) for chance in CHANCES
    ]
    purchases = _purchases(release, schedule, day_zero=day_zero, begins=begins)
    tasks = tuple(Task(step.block.label, step.block.minutes, step.start, step.end) for step in plan.planned)
    slots_end = _dispatched(asked, begins)
    dates = p50, max(p80, slots_end), max(p95, slots_end)
    return ReleasePlan(release, *dates, begins, plan.planned, purchases, tasks=tasks)


def _done_by(asked: Asked, mornings: Sequence[date]) -> list[date] | None:
    """The three dates where the shop has learnt how far work strays from its plan; without work, nothing strays."""
    noise = asked.schedule.rules.noise
    if noise is None or not asked.operations:
        return None
    return done_by(asked, [_at(morning) for morning in mornings], noise, chances=CHANCES)


def _latest_morning(asked: Asked, day_zero: date, wanted: date) -> date:
    """From which the release is still done in time, as surely as it is promised; day zero when it is not. A later
    morning never ends earlier.
    """
    calendar = asked.schedule.calendar
    early, late = 0, max(0, calendar.count_days(day_zero, wanted + A_DAY))
    while late - early > 1:
        middle = (early + late) // 2
        morning = calendar.add_days(day_zero, middle)
        dates = _done_by(asked, [morning]) or [_dispatched(asked, morning)] * len(CHANCES)
        in_time = dates[CHANCES.index(SHOWN)] <= wanted
        early, late = (middle, late) if in_time else (early, middle)
    return calendar.add_days(day_zero, early)


def _purchases(release: Release, schedule: Schedule, *, day_zero: date, begins: date) -> tuple[Purchase, ...]:
    """Forty parts that are each 95 % sure make no sure kit: each of them is ordered for its share of the whole."""
    share = KIT_SURE ** (1 / max(1, len(release.material)))
    days = [(bought, arrival_day(bought.wait.days_at(share)) + 1) for bought in release.material if bought.wait]
    latest = [(bought, schedule.calendar.add_days(begins, -needed)) for bought, needed in days]
    return tuple(Purchase(bought, day, max(day, day_zero)) for bought, day in latest)


def _dispatched(asked: Asked, morning: date) -> date:
    """A shift that ends at midnight belongs to the day that ends; a release without work leaves with its kit."""
    planned = asked.plan_from(_at(morning)).planned
    return max((step.end - timedelta(minutes=1) for step in planned), default=_at(morning)).date()


def _at(morning: date) -> datetime:
    return datetime.combine(morning, time())
