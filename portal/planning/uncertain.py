"""When an order is done if neither its kit nor its work is certain: every case of the one with every case of the other.

The work of a plan is stretched by the ratios of actual to planned spans. Waiting is always allowed, so a case is never
later than that of any later morning: this keeps a later kit from giving an earlier date.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import ceil

from portal.planning.calendar import Calendar, moment_of, wall_of
from portal.planning.noise import LEAST, Noise, Ran
from portal.planning.placing import Plan
from portal.planning.plan import Asked

A_DAY = timedelta(days=1)
Case = tuple[float, int]  # a ratio of the planned time, and minutes beyond it
AS_PLANNED: Case = (1.0, 0)
READY = 39  # cases of the kit; odd, so that the middle one is the median


@dataclass(frozen=True, slots=True)
class Stretch:
    """The part of a plan that noise stretches: from where it no longer waits in a queue, in work minutes to its end.

    Who works last may keep other hours than those before: boards that are tested in the evening are packed in the
    morning, and leave a day later. So the work before ends on its own `calendar`, and what is left then is done on the
    `last` one. `places`: at how many it works, and may have to wait.
    """

    calendar: Calendar
    start: int
    end: int
    last: Calendar
    left: int = 0
    places: int = 2

    @classmethod
    def over(cls, ends: Sequence[tuple[Calendar, int]], *, since: int, places: int = 2) -> "Stretch":
        """`ends`: of each step, in its own work minutes. `since`: the minute on the wall at which the wait is over."""
        walls = [(calendar.wall_end(end), calendar, end) for calendar, end in ends]
        _, last, end = max(walls, key=lambda step: step[0])
        before = [step for step in walls if step[1] != last and step[0] > since]
        wall, calendar, handed_on = max(before, key=lambda step: step[0]) if before else (0, last, end)
        start = min(calendar.worked_at(since), handed_on - 1)
        left = max(1, end - last.worked_at(wall)) if before else 0
        return cls(calendar, start, handed_on, last, left, max(2, places))

    @property
    def planned(self) -> int:
        return self.end - self.start + self.left

    def until(self, ratio: float, minutes: int = 0) -> int:
        """The minute on the wall when it takes so much of its planned time, and waits so many work minutes more.

        Where it waits nobody notes, so each of its places is taken to keep it waiting as long, the last one too.
        """
        before, at_last = self.end - self.start, max(0, minutes) // self.places if self.left else 0
        most = max(1, ceil(before * LEAST), ceil(before * ratio) + minutes - at_last)
        wall = self.calendar.wall_end(self.start + most)
        left = max(1, ceil(self.left * max(ratio, LEAST))) + at_last
        return self.last.wall_end(self.last.worked_at(wall) + left) if self.left else wall

    def ran(self, done: datetime) -> Ran:
        """To learn from: the time it took beside the plan. Boards that were packed first thing in the morning came at
        some time since the evening before: the middle of all waits that end at this very minute.
        """
        wall = self.last.wall_end(self.last.worked(done))
        least, most = (self._first_beyond(wall + more) for more in (-1, 0))
        return Ran(self.planned, max(1, self.planned + (least + most - 1) // 2), done.date())

    def _first_beyond(self, wall: int) -> int:
        """The fewest minutes of waiting (or of time saved) that end later than that."""
        low, high = -self.planned, 1
        while self.until(1.0, high) <= wall:
            low, high = high, 2 * high
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if self.until(1.0, middle) > wall else (middle, high)
        return high


def stretch(plan: Plan, begins: datetime) -> Stretch:
    """ValueError for a plan without work."""
    queued_until = plan.idle_until if plan.idle_until < plan.end else 0
    ends = [(step.calendar, step.booking.end) for step in plan.planned]
    places = len({step.booking.centre for step in plan.planned})
    return Stretch.over(ends, since=max(wall_of(begins), queued_until), places=places)


def cases(asked: Asked, mornings: Sequence[datetime], noise: Noise) -> list[int]:
    """In rising order, the minutes on the wall at which it is done, each of these mornings being equally likely."""
    plans = _Mornings(asked, min(mornings), max(mornings), most=noise.cases[-1])
    return sorted(plans.end(morning, case) for morning in mornings for case in noise.cases)


def done_by(asked: Asked, mornings: Sequence[datetime], noise: Noise, *, chances: Sequence[float]) -> list[date]:
    """The day for each chance, with each of these mornings being equally likely."""
    ends = cases(asked, mornings, noise)
    calendars = {centre.calendar for centre in asked.schedule.centres}
    return [in_so_many(ends, chance, calendars) for chance in chances]


def in_so_many(ends: Sequence[int], chance: float, calendars: Collection[Calendar]) -> date:
    """The day by which about so many of the cases are done. `calendars`: of all who may end something.

    A day is a coarse thing: were it always the first by which at least so many are done, far more would keep it. So it
    is the first that is as near to the chance as the next one: over many orders the rate is right.
    """
    wanted, day = 2 * chance * len(ends), day_of(ends[0])
    done, after = _done_by(ends, day), _next_day(day, calendars)
    while done + (then := _done_by(ends, after)) < wanted:
        done, day, after = then, after, _next_day(after, calendars)
    return day


def _done_by(ends: Sequence[int], day: date) -> int:
    """How many cases; what ends at midnight belongs to the day that ends."""
    return bisect_right(ends, wall_of(datetime.combine(day + A_DAY, time())))


def _next_day(day: date, calendars: Collection[Calendar]) -> date:
    """On which somebody works."""
    day += A_DAY
    while not any(calendar.is_working(day) for calendar in calendars):
        day += A_DAY
    return day


def day_of(minute: int) -> date:
    """What ends at midnight belongs to the day that ends."""
    return moment_of(minute - 1).date()


class _Mornings:
    """The plans of all mornings from the first that is asked for until nothing that began at the last can be open."""

    def __init__(self, asked: Asked, first: datetime, last: datetime, *, most: Case) -> None:
        over = moment_of(max(stretch(asked.plan_from(last), last).until(*case) for case in (most, AS_PLANNED)))
        days = asked.schedule.calendar.count_days(first.date(), over.date()) + 1
        self.mornings = [_morning(asked, first.date(), number) for number in range(days + 1)]
        self.stretches = list(self._stretches(asked))
        self.ends: dict[tuple[int, Case], int] = {}

    def _stretches(self, asked: Asked) -> Iterator[Stretch]:
        plan, found = asked.plan_from(self.mornings[-1]), []
        for morning in reversed(self.mornings):
            plan = asked.plan_before(morning, plan)
            found.append(stretch(plan, morning))
        return reversed(found)

    def end(self, morning: datetime, case: Case) -> int:
        """A morning on which nobody works is as good as the next one on which somebody does."""
        at = bisect_left(self.mornings, morning)
        if (at, case) not in self.ends:
            self.ends[at, case] = self._earliest(at, case)
        return self.ends[at, case]

    def _earliest(self, at: int, case: Case) -> int:
        best = self.stretches[at].until(*case)
        for later in range(at + 1, len(self.mornings)):
            if wall_of(self.mornings[later]) >= best:
                break
            best = min(best, self.stretches[later].until(*case))
        return best


def _morning(asked: Asked, first: date, number: int) -> datetime:
    return datetime.combine(asked.schedule.calendar.add_days(first, number), time())
