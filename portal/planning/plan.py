"""An order put into slots, block after block, each as early as its boards and its place allow.

Set-ups that depend on neighbours, several lines and several lots can make a single try jump backwards: parts that come
later would end earlier. Waiting is always allowed, so the answer is the best of this morning's and all later mornings'
tries. That makes it monotone: the 80 % day of the kit gives the 80 % day of the order.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from portal.planning.blocks import Block, Turn, blocks, cuts
from portal.planning.calendar import MINUTES_A_DAY, Calendar, Span, wall_of
from portal.planning.capacity import Booking, WorkCentre
from portal.planning.schedule import Schedule
from portal.planning.timetable import Fit, Job, Lane, Timetable
from portal.routing.operations import Operation

TRY = "asked"  # in whose name slots are tried; nobody ever sees it


@dataclass(frozen=True, slots=True)
class Planned:
    """One block of one lot in its slot. It could have begun at `free`, in work minutes of its centre."""

    turn: Turn
    booking: Booking
    free: int
    calendar: Calendar

    @property
    def block(self) -> Block:
        return self.turn.block

    @property
    def span(self) -> Span:
        return Span(self.booking.start, self.booking.end)

    @property
    def start(self) -> datetime:
        return self.calendar.begins(self.booking.start)

    @property
    def end(self) -> datetime:
        return self.calendar.ends(self.booking.end)

    @property
    def has_queued(self) -> bool:
        return self.booking.start > self.free

    def booked(self, reference: str) -> Booking:
        """The slot in the name of an order; a board without a name of its own is only ever like itself."""
        load = self.booking.load
        if load and load.product.startswith(TRY):
            load = replace(load, product=load.product.replace(TRY, reference, 1))
        return replace(self.booking, reference=reference, load=load)


@dataclass(frozen=True, slots=True)
class Bounds:
    """Not before `free`, and not done before `until`, in work minutes."""

    free: int
    until: int = 0


@dataclass(frozen=True)
class Plan:
    """Where an order goes. `end` is the wall minute at which its last block is done."""

    planned: tuple[Planned, ...]
    end: int


@dataclass(frozen=True)
class Asked:
    """An order to plan. What was tried is remembered: three chances ask for nearly the same mornings.

    `product` says which bookings are of the same board, so that nothing is set up between them.
    """

    operations: Sequence[Operation]
    boards: int
    schedule: Schedule
    product: str = TRY
    _tries: dict[int, Plan] = field(default_factory=dict)

    def plan_from(self, ready: datetime) -> Plan:
        """The best of waiting until this or any later morning; exactly monotone in `ready`."""
        wall = wall_of(ready)
        best = self._try(wall)
        later = (wall // MINUTES_A_DAY + 1) * MINUTES_A_DAY
        while later < best.end:
            best = min(best, self._try(later), key=lambda plan: plan.end)
            later += MINUTES_A_DAY
        return best

    def _try(self, ready: int) -> Plan:
        if ready not in self._tries:
            self._tries[ready] = min(self._ways(ready), key=lambda plan: plan.end)
        return self._tries[ready]

    def _ways(self, ready: int) -> Iterator[Plan]:
        """In one lot and in several, on every line that can: nothing stays booked."""
        timetable = self.schedule.timetable
        for cut in self._cuts:
            for line in self._lines(cut):
                mark = timetable.mark
                planned = _Placing(timetable, line, ready).place(cut)
                yield Plan(planned, max((step.calendar.wall_end(step.booking.end) for step in planned), default=ready))
                timetable.undo(mark)

    @cached_property
    def _cuts(self) -> list[list[Turn]]:
        joined = [centre for centre in self.schedule.centres if centre.stations]
        rules = self.schedule.rules
        order = blocks(self.operations, rules, joined, self.product)
        return cuts(order, self.boards, rules, self.product)

    def _lines(self, cut: Sequence[Turn]) -> Sequence[WorkCentre | None]:
        """All sides of an order run through one line: who has set it up knows the board."""
        stations = frozenset(station for turn in cut for station in turn.block.stations)
        return self.schedule.timetable.lines(stations) if stations else (None,)


class _Placing:
    """One try: the lots of an order, block after block, on one line."""

    def __init__(self, timetable: Timetable, line: WorkCentre | None, ready: int) -> None:
        self.timetable, self.line, self.ready = timetable, line, ready
        self.placed: list[Planned] = []

    def place(self, cut: Sequence[Turn]) -> tuple[Planned, ...]:
        own: dict[int, list[Planned]] = {}
        for turn in cut:
            of_lot = own.setdefault(turn.lot, [])
            of_lot.append(self._placed(turn, of_lot))
            self.placed.append(of_lot[-1])
        return tuple(self.placed)

    def _placed(self, turn: Turn, own: Sequence[Planned]) -> Planned:
        block = turn.block
        found: tuple[int, Fit, Bounds, Job] | None = None
        bounds: dict[int, Bounds] = {}
        for lane in self._lanes(block):
            calendar = lane.centre.calendar
            job = block.on(lane.centre)
            limit = bounds.setdefault(id(calendar), self._bounds(block, job, own, calendar))
            fit = lane.fit(job, free=limit.free, until=limit.until)
            end = calendar.wall_end(fit.end)
            if found is None or end < found[0]:
                found = end, fit, limit, job
            if fit.start == limit.free:
                break  # nobody can be earlier
        if found is None:
            raise LookupError(f"The work centre {block.centre!r} has no shifts: add it to the calendar file.")
        _, fit, limit, job = found
        booking = self.timetable.take(fit, job, TRY)
        return Planned(turn, booking, limit.free, fit.lane.centre.calendar)

    def _lanes(self, block: Block) -> Sequence[Lane]:
        if block.stations and self.line:
            return self.timetable.lanes[self.line.name]
        return self.timetable.serving(block.centre)

    def _bounds(self, block: Block, job: Job, own: Sequence[Planned], calendar: Calendar) -> Bounds:
        """A bench begins so late that it never waits for boards, and ends after the last of them came."""
        if block.is_whole_lot and self.placed:
            return Bounds(max(_on(calendar, step, step.booking.end) for step in self.placed))
        if not own:
            kit = next((step for step in self.placed if step.block.is_whole_lot), None)
            return Bounds(_on(calendar, kit, kit.booking.end) if kit else calendar.worked_at(self.ready))
        before = own[-1]
        lot_there = _on(calendar, before, before.booking.end)
        if before.block.is_whole_lot:
            return Bounds(lot_there)
        first_there = _on(calendar, before, min(before.booking.work_start + before.block.first, before.booking.end))
        last_done = lot_there + block.last
        return Bounds(max(first_there, last_done - job.work - job.set_up), last_done)


def _on(calendar: Calendar, step: Planned, minute: int) -> int:
    """A minute at which something ends there, on this calendar."""
    return minute if calendar is step.calendar else calendar.worked_at(step.calendar.wall_end(minute))


def plan(
    operations: Sequence[Operation], schedule: Schedule, *, kit_ready: datetime, boards: int = 0, product: str = TRY
) -> tuple[Planned, ...]:
    """The slots; nothing is booked. LookupError when the shop has no such work centre."""
    return Asked(operations, boards, schedule, product).plan_from(kit_ready).planned
