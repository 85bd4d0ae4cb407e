"""One try to put an order into slots: block after block, each as early as its boards and its place allow."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from math import ceil

from portal.planning.blocks import Block, Turn
from portal.planning.calendar import Calendar, Span
from portal.planning.capacity import Booking, WorkCentre
from portal.planning.timetable import Demand, Fit, Job, Lane, Timetable

NEVER = 1 << 60  # later than any wall minute
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
    """Where an order goes. In wall minutes: its last block is done at `end`.

    Were the kit laid out at any time up to `idle_until`, the rest of the plan would be the same. One that is not whole
    was broken off: it ends at `end` or later.
    """

    planned: tuple[Planned, ...]
    end: int
    idle_until: int
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class Needs:
    """What an order does at one work centre, whose places work the same shifts."""

    lanes: Sequence[Lane]
    demand: Demand

    def earliest_end(self, kit_end: int) -> int:
        """The wall minute before which it is not done there."""
        calendar = self.lanes[0].centre.calendar
        free = calendar.worked_at(kit_end)
        if len(self.lanes) == 1:
            return calendar.wall_end(self.lanes[0].least_end(self.demand, free=free))
        return calendar.wall_end(free + max(1, ceil(self.demand.work / len(self.lanes))))


@dataclass(frozen=True)
class Way:
    """A cut of the order and the line it runs through; None where it needs none."""

    cut: Sequence[Turn]
    line: WorkCentre | None
    timetable: Timetable

    def lanes(self, block: Block) -> Sequence[Lane]:
        """LookupError is ours: the routing names a work centre that nobody serves."""
        if block.stations and self.line:
            return self.timetable.lanes[self.line.name]
        lanes = self.timetable.serving(block.centre)
        if not lanes:
            raise LookupError(f"The work centre {block.centre!r} has no shifts: add it to the calendar file.")
        return lanes

    def earliest_end(self, kit_end: int) -> int:
        """Before this wall minute nobody can be done: the work of each place takes its time, in the gaps it has."""
        return max((needs.earliest_end(kit_end) for needs in self._needs), default=kit_end)

    @cached_property
    def _needs(self) -> list["Needs"]:
        """What is done at each work centre. Where people of several shifts serve, nothing is said."""
        by_centre: dict[str, tuple[Sequence[Lane], list[Job]]] = {}
        for turn in self.cut:
            lanes = self.lanes(turn.block)
            centre = lanes[0].centre
            if not turn.block.is_whole_lot and all(lane.centre.calendar is centre.calendar for lane in lanes):
                _, jobs = by_centre.setdefault(centre.name, (lanes, []))
                jobs.append(turn.block.on(centre))
        return [Needs(lanes, lanes[0].demand(jobs)) for lanes, jobs in by_centre.values()]

    def place(self, ready: int, below: int) -> Plan:
        """The plan when the kit is whole at `ready`; nothing stays booked.

        Broken off as soon as something ends at `below` or later: then another try is better.
        """
        mark = self.timetable.mark
        placed = _Placed(self, ready)
        is_whole = all(placed.put(turn) < below for turn in self.cut)
        self.timetable.undo(mark)
        return placed.plan(is_whole=is_whole)


class _Placed:
    """What is placed so far in one try."""

    def __init__(self, way: Way, ready: int) -> None:
        self.way, self.ready = way, ready
        self.steps: list[Planned] = []
        self.last_of: dict[int, Planned] = {}
        self.kit: Planned | None = None
        self.end, self.idle_until = ready, NEVER

    def plan(self, *, is_whole: bool) -> Plan:
        return Plan(tuple(self.steps) if is_whole else (), self.end, min(self.idle_until, self.end), is_whole)

    def put(self, turn: Turn) -> int:
        """On the place where it ends first; when that is, in wall minutes."""
        fit, bounds, job = self._best_fit(turn)
        booking = self.way.timetable.take(fit, job, TRY)
        if fit.follower and fit.follower.reference == TRY:
            self._set_up_anew(fit.follower)
        step = Planned(turn, booking, bounds.free, fit.lane.centre.calendar)
        end = step.calendar.wall_end(booking.end)
        before = self.last_of.get(turn.lot)
        if not turn.block.is_whole_lot and (before is None or before.block.is_whole_lot):
            self.idle_until = min(self.idle_until, step.calendar.wall_begin(booking.start))
        if turn.block.is_whole_lot and self.kit is None:
            self.kit = step
        self.steps.append(step)
        self.last_of[turn.lot] = step
        self.end = max(self.end, end)
        return end

    def _set_up_anew(self, follower: Booking) -> None:
        """An own slot that now stands behind another own one: its work stays, its set-up is another."""
        place = follower.centre, follower.unit, follower.end
        for at, step in enumerate(self.steps):
            if (step.booking.centre, step.booking.unit, step.booking.end) == place:
                self.steps[at] = replace(step, booking=follower)

    def _best_fit(self, turn: Turn) -> tuple[Fit, Bounds, Job]:
        block, found, found_end = turn.block, None, NEVER
        calendar, bounds = None, Bounds(0)
        lanes = self.way.lanes(block)
        for lane in lanes:
            if lane.centre.calendar is not calendar:
                calendar = lane.centre.calendar
                bounds = self._bounds(turn, block.on(lane.centre), calendar)
            job = block.on(lane.centre)
            fit = lane.fit(job, free=bounds.free, until=bounds.until)
            end = calendar.wall_end(fit.end) if len(lanes) > 1 else 0
            if end < found_end:
                found, found_end = (fit, bounds, job), end
            if fit.start == bounds.free:
                break  # nobody can be earlier
        if found is None:
            raise AssertionError("a way has lanes for each of its blocks")
        return found

    def _bounds(self, turn: Turn, job: Job, calendar: Calendar) -> Bounds:
        """A bench begins so late that it never waits for boards, and ends after the last of them came."""
        if turn.block.is_whole_lot and self.steps:
            return Bounds(max(_on(calendar, step, step.booking.end) for step in self.last_of.values()))
        before = self.last_of.get(turn.lot) or self.kit
        if before is None:
            return Bounds(calendar.worked_at(self.ready))
        lot_there = _on(calendar, before, before.booking.end)
        if before.block.is_whole_lot:
            return Bounds(lot_there)
        first_there = _on(calendar, before, min(before.booking.work_start + before.block.first, before.booking.end))
        last_done = lot_there + turn.block.last
        return Bounds(max(first_there, last_done - job.work - job.set_up), last_done)


def _on(calendar: Calendar, step: Planned, minute: int) -> int:
    """A minute at which something ends there, on this calendar."""
    return minute if calendar is step.calendar else calendar.worked_at(step.calendar.wall_end(minute))
