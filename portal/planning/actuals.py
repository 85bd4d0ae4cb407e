"""What really happened pushes what comes behind it to the right: only its successors, and only as far as it must.

Successors are what stands behind it in the same place, and what waits for it in the same order. Every gap on the way
takes up some of the delay. Nothing is moved to the left: a slot that becomes free is a gain to be offered, not taken.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from heapq import heappop, heappush
from itertools import pairwise

from portal.planning.blocks import Turn
from portal.planning.calendar import Calendar
from portal.planning.capacity import Booking
from portal.planning.placing import Planned
from portal.planning.schedule import Schedule

Follows = Iterable[tuple[Booking, Booking]]  # the second waits for the first
Key = tuple[str, int | None, int, str]


def in_lots(planned: Sequence[Planned], reference: str) -> Iterator[tuple[Booking, Booking]]:
    """Who waits for whom in an order: step by step of each lot, and all lots for what is done once (kit, shipping)."""
    return in_turns([(step.turn, step.booked(reference)) for step in planned])


def in_turns(steps: Sequence[tuple[Turn, Booking]]) -> Iterator[tuple[Booking, Booking]]:
    """The same for slots of which is known what they are for, in the order in which they were planned."""
    for at, (after, booked) in enumerate(steps):
        before = [(turn, slot) for turn, slot in steps[:at] if turn.at < after.at]
        own = [(turn, slot) for turn, slot in before if turn.lot == after.lot or turn.block.is_whole_lot]
        waits_for = before if after.block.is_whole_lot else own[-1:]
        yield from ((slot, booked) for _, slot in waits_for)


def in_time(bookings: Iterable[Booking], schedule: Schedule) -> Iterator[tuple[Booking, Booking]]:
    """Where only slots are known: everything of an order waits for what began before it."""
    by_order: dict[str, list[tuple[datetime, Booking]]] = {}
    for booking in bookings:
        begins = schedule.centre(booking.centre).calendar.begins(booking.start)
        by_order.setdefault(booking.reference, []).append((begins, booking))
    for slots in by_order.values():
        slots.sort(key=lambda pair: pair[0])
        yield from ((before, after) for (_, before), (_, after) in pairwise(slots))


@dataclass(frozen=True)
class Shifted:
    """The schedule as it is now, and every slot that is no longer where it was."""

    schedule: Schedule
    moved: Mapping[Booking, Booking]

    @cached_property
    def ends(self) -> dict[str, datetime]:
        """For each order of which something moved: when its last moved slot ends now."""
        ends: dict[str, datetime] = {}
        for slot in self.moved.values():
            end = self.schedule.centre(slot.centre).calendar.ends(slot.end)
            ends[slot.reference] = max(end, ends.get(slot.reference, end))
        return ends


def right_shifted(
    schedule: Schedule, actual: Mapping[Booking, Booking], follows: Follows, *, now: datetime | None = None
) -> Shifted:
    """`actual` says for some slots where they really are, or are expected; the others are pushed by them.

    With a clock, whatever is not in `actual` has not begun, so it begins `now` at the earliest. Pairs of `follows` that
    are no longer in the schedule say nothing.
    """
    shop = _Shop(schedule, follows, now=now)
    moved = shop.pushed_by(actual)
    slots = (
        moved.get(slot) or (slot if slot.unit is not None else replace(slot, unit=shop.units.get(slot)))
        for slot in schedule.bookings
    )
    kept = tuple(sorted(slots, key=lambda slot: slot.order))
    return Shifted(replace(schedule, bookings=kept, version=schedule.version + 1), moved)


def key(slot: Booking) -> Key:
    """By which a slot is known again after its neighbours have changed its set-up: its end stays."""
    return slot.centre, slot.unit, slot.end, slot.reference


class _Shop:
    """Who is next to whom: in the place, and in the order."""

    def __init__(self, schedule: Schedule, follows: Follows, *, now: datetime | None = None) -> None:
        self.calendars = {centre.name: centre.calendar for centre in schedule.centres}
        self.clock = {name: calendar.worked(now) if now else 0 for name, calendar in self.calendars.items()}
        self.units: dict[Booking, int] = {}
        self.before: dict[Booking, Booking] = {}
        self.behind: dict[Booking, list[Booking]] = {}
        self.waits_for: dict[Booking, list[Booking]] = {}
        for lanes in schedule.timetable.lanes.values():
            for lane in lanes:
                self.units.update((slot, lane.unit) for slot in lane.bookings)
                self._link(pairwise(lane.bookings))
        here = {key(slot): slot for slot in self.units}
        for pair in follows:
            first, then = (here.get(key(slot)) for slot in pair)
            if first and then:
                self.waits_for.setdefault(then, []).append(first)
                self.behind.setdefault(first, []).append(then)

    def _link(self, neighbours: Iterable[tuple[Booking, Booking]]) -> None:
        for first, then in neighbours:
            self.before[then] = first
            self.behind.setdefault(first, []).append(then)

    def pushed_by(self, actual: Mapping[Booking, Booking]) -> dict[Booking, Booking]:
        """In order of their old beginnings, so that each is looked at when all before it are settled."""
        moved = {old: new for old, new in actual.items() if old != new}
        heap: list[tuple[int, int, int]] = []
        met: list[Booking] = []
        seen = set(actual)

        def meet(slots: Iterable[Booking]) -> None:
            for slot in slots:
                if slot not in seen:
                    seen.add(slot)
                    calendar = self.calendars[slot.centre]
                    heappush(heap, (calendar.wall_begin(slot.start), calendar.wall_end(slot.end), len(met)))
                    met.append(slot)

        meet(slot for slot in self.units if slot.start < self.clock[slot.centre])
        for slot in moved:
            meet(self.behind.get(slot, ()))
        while heap:
            slot = met[heappop(heap)[-1]]
            now = self._pushed(slot, moved)
            if now != slot:
                moved[slot] = now
                meet(self.behind.get(slot, ()))
        return moved

    def _pushed(self, slot: Booking, moved: Mapping[Booking, Booking]) -> Booking:
        before = moved.get(self.before[slot]) if slot in self.before else None
        start = max(slot.start, self.clock[slot.centre], before.end if before else 0)
        for first in self.waits_for.get(slot, ()):
            if first in moved:
                start = max(start, self._allowed(slot, first, moved[first]))
        late = start - slot.start
        return replace(slot, start=start, end=slot.end + late, unit=self.units[slot]) if late else slot

    def _allowed(self, slot: Booking, first: Booking, now: Booking) -> int:
        """Its beginning behind what it waits for. What ran side by side keeps its distance at both ends."""
        own, other = self.calendars[slot.centre], self.calendars[first.centre]
        planned_end, end = (own.worked_at(other.wall_end(booking.end)) for booking in (first, now))
        if planned_end <= slot.start:
            return end
        return slot.start + max(end - planned_end, _begun(own, other, now.start) - _begun(own, other, first.start))


def _begun(own: Calendar, other: Calendar, minute: int) -> int:
    return own.worked_at(other.wall_begin(minute))
