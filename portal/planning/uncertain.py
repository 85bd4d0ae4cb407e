"""When an order is done if neither its kit nor its work is certain: every case of the one with every case of the other.

The work of a plan is stretched by the ratios of actual to planned spans. Waiting is always allowed, so a case is never
later than that of any later morning: this keeps a later kit from giving an earlier date.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from math import ceil

from portal.planning.calendar import Calendar, moment_of, wall_of
from portal.planning.noise import Noise
from portal.planning.placing import Plan
from portal.planning.plan import Asked

READY = 39  # cases of the kit; odd, so that the middle one is the median


@dataclass(frozen=True, slots=True)
class Stretch:
    """The part of a plan that noise stretches: from where it no longer waits in a queue, in work minutes to its end."""

    calendar: Calendar
    start: int
    end: int

    def until(self, ratio: float) -> int:
        """The minute on the wall when it takes so much of its planned time."""
        return self.calendar.wall_end(self.start + max(1, ceil((self.end - self.start) * ratio)))

    def ratio(self, done: datetime) -> float:
        """To learn from: how the time it took compares with the plan."""
        return (self.calendar.worked(done) - self.start) / (self.end - self.start)


def stretch(plan: Plan, begins: datetime) -> Stretch:
    """ValueError for a plan without work."""
    last = max(plan.planned, key=lambda step: step.end)
    queued_until = plan.idle_until if plan.idle_until < plan.end else 0
    start = last.calendar.worked_at(max(wall_of(begins), queued_until))
    return Stretch(last.calendar, min(start, last.booking.end - 1), last.booking.end)


def cases(asked: Asked, mornings: Sequence[datetime], noise: Noise) -> list[int]:
    """In rising order, the minutes on the wall at which it is done, each of these mornings being equally likely."""
    plans = _Mornings(asked)
    return sorted(plans.end(morning.date(), ratio) for morning in mornings for ratio in noise.ratios)


def in_so_many(ends: Sequence[int], chance: float) -> int:
    """By when so many of the cases are done."""
    return ends[ceil(chance * len(ends)) - 1]


@dataclass
class _Mornings:
    """The plans of all mornings that were asked for."""

    asked: Asked
    _stretches: dict[date, Stretch] = field(default_factory=dict)
    _ends: dict[tuple[date, float], int] = field(default_factory=dict)

    def end(self, morning: date, ratio: float) -> int:
        if (morning, ratio) not in self._ends:
            self._ends[morning, ratio] = self._earliest(morning, ratio)
        return self._ends[morning, ratio]

    def _earliest(self, morning: date, ratio: float) -> int:
        best = self._stretch(morning).until(ratio)
        while datetime.combine(morning := self._next(morning), time()) < moment_of(best):
            best = min(best, self._stretch(morning).until(ratio))
        return best

    def _next(self, morning: date) -> date:
        return self.asked.schedule.calendar.add_days(morning, 1)

    def _stretch(self, morning: date) -> Stretch:
        if morning not in self._stretches:
            begins = datetime.combine(morning, time())
            self._stretches[morning] = stretch(self.asked.plan_from(begins), begins)
        return self._stretches[morning]
