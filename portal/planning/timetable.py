"""Slots tried, taken and given back: the one thing of the planning room that changes, and it can be undone exactly.

Each place of a work centre is a lane of bookings that do not overlap. A slot is looked for gap by gap; what it costs
depends on its neighbours: the set-up behind the one before, and the set-up that the one after now needs.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from portal.errors import Stale
from portal.planning.capacity import Booking, Load, Rules, WorkCentre


@dataclass(frozen=True, slots=True)
class Job:
    """What needs a slot: `set_up` minutes from an empty machine, then `work` minutes. For what, says `load`."""

    work: int
    set_up: int = 0
    load: Load | None = None


class Fit(NamedTuple):
    """A slot that was found: the booking's times in its lane, and how the one behind it changes."""

    lane: "Lane"
    at: int
    start: int
    set_up: int
    end: int
    follower: Booking | None


class Demand(NamedTuple):
    """What many jobs need of one lane: work in all, the shortest and the longest of them, one set-up for each gap.

    `is_new`: nothing of theirs is set up there yet.
    """

    work: int
    smallest: int
    largest: int
    set_up: int
    is_new: bool


class Lane:
    """One unit of a work centre: its bookings in order of time, with their times beside them for quick search."""

    __slots__ = ("bookings", "centre", "ends", "latest", "products", "rules", "unit", "work_starts")

    def __init__(self, centre: WorkCentre, unit: int, rules: Rules) -> None:
        self.centre, self.unit, self.rules = centre, unit, rules
        self.bookings: list[Booking] = []
        self.work_starts: list[int] = []
        self.latest: list[int] = []  # when each begins behind another product that has all its reels on
        self.ends: list[int] = []
        self.products: Counter[str] = Counter()  # of the loads, to know where a set-up may fall away

    def copy(self) -> "Lane":
        lane = Lane(self.centre, self.unit, self.rules)
        lane.bookings, lane.ends = [*self.bookings], [*self.ends]
        lane.work_starts, lane.latest = [*self.work_starts], [*self.latest]
        lane.products = self.products.copy()
        return lane

    def fit(self, job: Job, *, free: int, until: int = 0) -> Fit:
        """The earliest slot in one piece that begins at `free` or later and lasts at least until `until`."""
        until_next, work = self._room_for(job)
        ends, at, count = self.ends, bisect_right(self.ends, free), len(self.ends)
        begin = free
        while True:
            while at < count and begin + work > until_next[at]:
                begin = ends[at]
                at += 1
            found = self._in_gap(job, at, begin=begin, until=until)
            if found:
                return found
            begin = ends[at]
            at += 1

    def demand(self, jobs: Sequence[Job]) -> "Demand":
        """What they need of this lane as it is now, however they are put into its gaps."""
        rooms = [self._room_for(job) for job in jobs]
        works = [job.work for job in jobs]
        set_up = min(least - work for work, (_, least) in zip(works, rooms, strict=True))
        is_new = all(until is self.latest for until, _ in rooms)
        return Demand(sum(works), max(1, min(works)), max(works), set_up, is_new)

    def least_end(self, demand: "Demand", *, free: int) -> int:
        """Before this minute they are not done: each in one piece, in the gaps that there are."""
        at, begin = bisect_right(self.ends, free), free
        work, smallest, largest, set_up, is_new = demand
        until_next = self.latest if is_new else self.work_starts
        for ready, end in zip(until_next[at:], self.ends[at:], strict=True):
            room = ready - begin - set_up
            if room >= smallest:
                if room >= work:
                    break
                work -= min(room, room // smallest * largest)
            begin = end
        return begin + set_up + work

    def _room_for(self, job: Job) -> tuple[list[int], int]:
        """Until when each gap is free at most, and how much the job needs of it at least.

        Behind another product nobody saves more than all reels; the same product saves every set-up.
        """
        if job.load is None:
            return self.latest, job.work + job.set_up
        if self.products[job.load.product]:
            return self.work_starts, job.work
        return self.latest, job.work + self.rules.least_set_up(job.set_up, job.load)

    def _in_gap(self, job: Job, at: int, *, begin: int, until: int) -> Fit | None:
        before = self.bookings[at - 1].load if at else None
        set_up = self.rules.set_up(before, job.set_up, job.load)
        end = max(begin + set_up + job.work, until)
        fit = Fit(self, at, begin, set_up, end, None)
        return fit if at == len(self.bookings) else self._before(job.load, at, fit)

    def _before(self, load: Load | None, at: int, fit: Fit) -> Fit | None:
        """With the set-up that the booking behind it then needs; None when that takes the room."""
        behind = self.bookings[at]
        needs = self.rules.set_up(load, behind.full_set_up, behind.load) if behind.load else behind.set_up
        start = behind.work_start - needs
        if fit.end > start:
            return None
        return fit if needs == behind.set_up else fit._replace(follower=replace(behind, start=start, set_up=needs))

    def room(self, booking: Booking) -> Fit | None:
        """Exactly this slot, if it is free still."""
        at = bisect_right(self.ends, booking.start)
        if at == len(self.ends):
            return Fit(self, at, booking.start, booking.set_up, booking.end, None)
        if booking.end <= self.work_starts[at]:
            return self._before(booking.load, at, Fit(self, at, booking.start, booking.set_up, booking.end, None))
        return None

    def put(self, at: int, booking: Booking) -> None:
        self.bookings.insert(at, booking)
        self.work_starts.insert(at, booking.work_start)
        self.latest.insert(at, booking.work_start - self._least_set_up(booking))
        self.ends.insert(at, booking.end)
        if booking.load:
            self.products[booking.load.product] += 1

    def pull(self, at: int) -> None:
        load = self.bookings[at].load
        if load:
            self.products[load.product] -= 1
        del self.bookings[at], self.work_starts[at], self.latest[at], self.ends[at]

    def _least_set_up(self, booking: Booking) -> int:
        if booking.load is None:
            return booking.set_up
        return self.rules.least_set_up(booking.full_set_up, booking.load)

    def change(self, at: int, booking: Booking) -> None:
        """Another set-up; the work itself stays where it is."""
        self.bookings[at] = booking


class Step(NamedTuple):
    """One change, as it is needed to take it back."""

    lane: Lane
    at: int
    follower: Booking | None


class Timetable:
    """All lanes of a shop. `take` and `undo` are exact opposites."""

    def __init__(self, centres: Sequence[WorkCentre], rules: Rules, bookings: Iterable[Booking] = ()) -> None:
        self.centres, self.rules = centres, rules
        self.lanes = {
            centre.name: tuple(Lane(centre, unit, rules) for unit in range(centre.units)) for centre in centres
        }
        self._serving: dict[str, tuple[Lane, ...]] = {}
        self._steps: list[Step] = []
        for booking in sorted(bookings, key=lambda booking: booking.start):
            self._settle(booking)

    def copy(self) -> "Timetable":
        """Another one with the same bookings: two threads must not try slots in one."""
        other = Timetable(self.centres, self.rules)
        other.lanes = {name: tuple(lane.copy() for lane in lanes) for name, lanes in self.lanes.items()}
        return other

    def serving(self, centre: str) -> tuple[Lane, ...]:
        """Every place or person that takes operations of this work centre, those of the centre itself first."""
        if centre not in self._serving:
            takers = [there for there in self.centres if there.takes(centre)]
            takers.sort(key=lambda there: (there.name != centre, len(there.serves)))
            self._serving[centre] = tuple(lane for there in takers for lane in self.lanes[there.name])
        return self._serving[centre]

    def lines(self, stations: Iterable[str]) -> tuple[WorkCentre, ...]:
        """The lines whose conveyor joins all these work centres."""
        needed = frozenset(stations)
        return tuple(centre for centre in self.centres if centre.stations and needed <= centre.stations)

    def take(self, fit: Fit, job: Job, reference: str) -> Booking:
        booking = Booking(
            fit.lane.centre.name, fit.start, fit.end, reference, fit.lane.unit, fit.set_up, job.set_up, job.load
        )
        self._put(fit, booking)
        return booking

    def _put(self, fit: Fit, booking: Booking) -> None:
        lane, old = fit.lane, None
        if fit.follower:
            old = lane.bookings[fit.at]
            lane.change(fit.at, fit.follower)
        lane.put(fit.at, booking)
        self._steps.append(Step(lane, fit.at, old))

    @property
    def mark(self) -> int:
        """To come back to with `undo`."""
        return len(self._steps)

    def undo(self, mark: int) -> None:
        """Everything as it was then."""
        while len(self._steps) > mark:
            step = self._steps.pop()
            step.lane.pull(step.at)
            if step.follower:
                step.lane.change(step.at, step.follower)

    def bookings(self) -> tuple[Booking, ...]:
        every = (booking for lanes in self.lanes.values() for lane in lanes for booking in lane.bookings)
        return tuple(sorted(every, key=lambda booking: booking.order))

    def cancel(self, reference: str) -> None:
        """Give back what it has, for good; the ones behind are set up anew for what now runs before them."""
        for lane in self._every_lane():
            for at in reversed(range(len(lane.bookings))):
                if lane.bookings[at].reference == reference:
                    lane.pull(at)
                    self._set_up_again(lane, at)
        self._steps.clear()

    def _set_up_again(self, lane: Lane, at: int) -> None:
        if at == len(lane.bookings) or lane.bookings[at].load is None:
            return
        behind, before = lane.bookings[at], lane.bookings[at - 1] if at else None
        needs = self.rules.set_up(before.load if before else None, behind.full_set_up, behind.load)
        start = behind.work_start - needs
        if before is None or before.end <= start:
            lane.change(at, replace(behind, start=start, set_up=needs))

    def _every_lane(self) -> Iterator[Lane]:
        return (lane for lanes in self.lanes.values() for lane in lanes)

    def with_all(self, bookings: Iterable[Booking]) -> tuple[Booking, ...]:
        """What is booked then; Stale when they do not fit beside it, or beside each other. Nothing stays taken."""
        mark = self.mark
        try:
            self.take_all(bookings)
            return self.bookings()
        finally:
            self.undo(mark)

    def take_all(self, bookings: Iterable[Booking]) -> None:
        """Exactly these slots; Stale when one is taken."""
        for booking in sorted(bookings, key=lambda booking: booking.start):
            fit = next(filter(None, (lane.room(booking) for lane in self._own_lanes(booking))), None)
            if fit is None:
                raise Stale(f"The slot on {booking.centre} has been taken meanwhile. Ask for the date again.")
            self._put(fit, booking)

    def _settle(self, booking: Booking) -> None:
        """What is booked stays booked, even where a holiday that was added since has pushed two of them together."""
        own = self._own_lanes(booking)
        fit = next(filter(None, (lane.room(booking) for lane in own)), None)
        if fit:
            fit.lane.put(fit.at, booking)
            return
        lane = min(own, key=lambda lane: lane.ends[-1])
        late = max(0, lane.ends[-1] - booking.start)
        lane.put(len(lane.ends), replace(booking, start=booking.start + late, end=booking.end + late))

    def _own_lanes(self, booking: Booking) -> tuple[Lane, ...]:
        lanes = self.lanes.get(booking.centre)
        if not lanes:
            raise LookupError(f"[work_centres.{booking.centre}] is booked and has no shifts in the calendar file.")
        return lanes[booking.unit : booking.unit + 1] or lanes if booking.unit is not None else lanes
