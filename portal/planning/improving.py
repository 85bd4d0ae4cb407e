"""The shop's queue put into a better order at night: fewer late days first, then fewer minutes of set-up.

Only what waits outside the frozen fence is moved; what is booked in the schedule given stays where it is. An order
whose promise was kept before is kept after: a queue that would break one is no improvement, whatever it gains.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from portal.planning.annealing import annealed
from portal.planning.calendar import moment_of, wall_of
from portal.planning.capacity import Booking
from portal.planning.placing import NEVER, Way
from portal.planning.plan import Asked
from portal.planning.schedule import Schedule
from portal.routing.operations import Operation

A_DAY_LATE = 10_000.0  # outweighs every set-up that a queue can save
A_BROKEN_DAY = 1e9  # outweighs everything: a promise that was kept is not broken


@dataclass(frozen=True)
class Waiting:
    """An order that is booked and not begun: its kit is whole at `ready`, and it leaves by `promised`.

    `ends`: the day on which its slots end as they are now, where that is known. `product`: the board, so that more of
    the same needs no set-up between; its own name where nothing is said.
    """

    reference: str
    operations: Sequence[Operation]
    boards: int
    ready: datetime
    promised: date
    ends: date | None = None
    product: str = ""

    @property
    def latest(self) -> date | None:
        """No queue may make it later than that: the promise, or where it is already."""
        return max(self.promised, self.ends) if self.ends else None


@dataclass(frozen=True)
class Queue:
    """A schedule with all that waits in it, and what it costs. `ends`: when each order is done."""

    schedule: Schedule
    ends: dict[str, date]
    late_days: int
    set_up_minutes: int


@dataclass(frozen=True)
class Improvement:
    before: Queue
    after: Queue
    tried: int

    @property
    def in_words(self) -> str:
        late, minutes = self.before.late_days - self.after.late_days, self._saved_minutes
        gained = [f"{late} late day{'s' * (late != 1)} fewer"] if late else []
        gained += [f"{minutes} min of set-up saved"] if minutes > 0 else []
        return (
            f"{' and '.join(gained) or 'nothing better was found'}; {self.tried} queue{'s' * (self.tried != 1)} tried"
        )

    @property
    def _saved_minutes(self) -> int:
        return self.before.set_up_minutes - self.after.set_up_minutes


def improved(
    waiting: Sequence[Waiting],
    schedule: Schedule,
    *,
    tries: int,
    seed: int,
    is_over: Callable[[], bool] = lambda: False,
) -> Improvement:
    """The best queue found within so many tries, beginning with the one given. The schedule holds what is frozen."""
    ways = _ways(waiting, schedule)
    before = _queued(waiting, schedule, ways)
    latest = {
        order.reference: order.latest or order.promised
        for order in waiting
        if order.ends or before.ends[order.reference] <= order.promised
    }

    def cost(order: Sequence[Waiting], _limit: float) -> float:
        queue = _queued(order, schedule, ways)
        broken = sum(max(0, (queue.ends[name] - day).days) for name, day in latest.items())
        return broken * A_BROKEN_DAY + queue.late_days * A_DAY_LATE + queue.set_up_minutes

    found = annealed(waiting, cost, tries=tries, seed=seed, is_over=is_over)
    return Improvement(before, _queued(found.order, schedule, ways), found.tried)


def _ways(waiting: Sequence[Waiting], schedule: Schedule) -> dict[str, Way]:
    """The cut and line that suit each order behind those before it; a night's search does not try them again."""
    filled, ways = schedule.own, {}
    for order in waiting:
        asked = Asked(order.operations, order.boards, filled, order.product or order.reference)
        ways[order.reference] = asked.best_way(order.ready)
        asked.take_from(order.ready, order.reference)
    return ways


def _queued(waiting: Sequence[Waiting], schedule: Schedule, ways: dict[str, Way]) -> Queue:
    """Every order in the slots that those before it leave."""
    timetable = schedule.timetable.copy()
    ends = {}
    for order in waiting:
        way = Way(ways[order.reference].cut, ways[order.reference].line, timetable)
        plan = way.place(wall_of(order.ready), NEVER)
        timetable.take_all(step.booked(order.reference) for step in plan.planned)
        ends[order.reference] = moment_of(plan.end - 1).date()
    late = sum(max(0, (ends[order.reference] - order.promised).days) for order in waiting)
    references = {order.reference for order in waiting}
    kept = timetable.bookings()
    set_up = sum(booking.set_up for booking in kept if booking.reference in references)
    return Queue(_with(schedule, kept), ends, late, set_up)


def _with(schedule: Schedule, bookings: tuple[Booking, ...]) -> Schedule:
    return Schedule(schedule.calendar, schedule.centres, schedule.rules, bookings, schedule.version + 1)
