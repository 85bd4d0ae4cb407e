"""The shop's queue put into a better order at night: fewer late days first, then fewer minutes of set-up.

Only what waits outside the frozen fence is moved; what is booked in the schedule given stays where it is. An order
whose promise was kept before is kept after: a queue that would break one is no improvement, whatever it gains.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import inf

from portal.planning.annealing import annealed
from portal.planning.calendar import moment_of, wall_of
from portal.planning.capacity import Booking
from portal.planning.placing import NEVER, Way
from portal.planning.plan import Asked
from portal.planning.schedule import Schedule
from portal.planning.timetable import Timetable
from portal.routing.operations import Operation

A_DAY_LATE = 10_000.0  # outweighs every set-up that a queue can save


@dataclass(frozen=True)
class Waiting:
    """An order that is booked and not begun: its kit is whole at `ready`, and it leaves by `promised`."""

    reference: str
    operations: Sequence[Operation]
    boards: int
    ready: datetime
    promised: date


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
    ways = {order.reference: _way(order, schedule) for order in waiting}
    before = _queued(waiting, schedule, ways)
    kept = {order.reference for order in waiting if before.ends[order.reference] <= order.promised}

    def cost(order: Sequence[Waiting], _limit: float) -> float:
        queue = _queued(order, schedule, ways)
        if any(queue.ends[one.reference] > one.promised for one in order if one.reference in kept):
            return inf
        return queue.late_days * A_DAY_LATE + queue.set_up_minutes

    found = annealed(waiting, cost, tries=tries, seed=seed, is_over=is_over)
    return Improvement(before, _queued(found.order, schedule, ways), found.tried)


def _way(order: Waiting, schedule: Schedule) -> Way:
    """The cut and line that suit the order in the shop as it is; a night's search does not try them again."""
    return Asked(order.operations, order.boards, schedule, order.reference).best_way(order.ready)


def _queued(waiting: Sequence[Waiting], schedule: Schedule, ways: dict[str, Way]) -> Queue:
    """Every order in the slots that those before it leave."""
    timetable = Timetable(schedule.centres, schedule.rules, schedule.bookings)
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
