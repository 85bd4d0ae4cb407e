"""What would move if a place stood still, or nobody came, for some days: tried on a copy, nothing is kept."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from portal.planning.calendar import Calendar
from portal.planning.capacity import Booking, WorkCentre
from portal.planning.schedule import Schedule

EVERYWHERE = ""  # the name that no work centre has: a holiday of the whole shop


@dataclass(frozen=True, slots=True)
class Moves:
    """An order's last end, before and after."""

    was: datetime
    now: datetime


def closed(schedule: Schedule, centre: str, *, first: date, last: date) -> Schedule:
    """The empty shop with these days off, at one work centre or everywhere. A line stands when a station of it does."""
    days = frozenset(first + timedelta(days=number) for number in range((last - first).days + 1))

    def stands(there: WorkCentre) -> bool:
        return centre in {EVERYWHERE, there.name} or centre in there.stations

    calendars = {
        there.name: replace(there.calendar, holidays=there.calendar.holidays | days)
        for there in schedule.centres
        if stands(there)
    }
    centres = tuple(replace(there, calendar=calendars.get(there.name, there.calendar)) for there in schedule.centres)
    return replace(schedule, centres=centres, bookings=())


def moved(
    schedule: Schedule, shop: Schedule, follows: Iterable[tuple[Booking, Booking]], *, holder: Mapping[str, str]
) -> dict[str, Moves]:
    """Each order that ends at another time in `shop`, which is `closed`; `holder` names the order of a slot.

    In the order of their old beginnings each slot goes to where its place is free and what it waits for is done.
    """
    try_ = _Try(schedule, shop, follows)
    ends: dict[str, list[tuple[datetime, datetime]]] = defaultdict(list)
    for slot, there in try_.placed().items():
        order = holder[slot.reference]
        ends[order].append((try_.old(slot).ends(slot.end), try_.new(slot).ends(there.end)))
    last = {order: Moves(max(was for was, _ in pairs), max(now for _, now in pairs)) for order, pairs in ends.items()}
    return {order: moves for order, moves in last.items() if moves.was != moves.now}


class _Try:
    def __init__(self, schedule: Schedule, shop: Schedule, follows: Iterable[tuple[Booking, Booking]]) -> None:
        self.schedule, self.shop = schedule, shop
        lanes = (lane for lanes in schedule.timetable.lanes.values() for lane in lanes)
        self.units = {slot: lane.unit for lane in lanes for slot in lane.bookings}
        self.waits_for: dict[Booking, list[Booking]] = defaultdict(list)
        for first, then in follows:
            self.waits_for[then].append(first)
        self.there: dict[Booking, Booking] = {}

    def old(self, slot: Booking) -> Calendar:
        return self.schedule.centre(slot.centre).calendar

    def new(self, slot: Booking) -> Calendar:
        return self.shop.centre(slot.centre).calendar

    def placed(self) -> dict[Booking, Booking]:
        free: dict[tuple[str, int], int] = defaultdict(int)
        for slot in sorted(self.units, key=lambda slot: (self.old(slot).wall_begin(slot.start), slot.end)):
            place = slot.centre, self.units[slot]
            as_planned = self.new(slot).worked_at(self.old(slot).wall_begin(slot.start))
            start = max([as_planned, free[place], *self._allowed(slot)])
            self.there[slot] = replace(slot, start=start, end=start + slot.end - slot.start)
            free[place] = self.there[slot].end
        return self.there

    def _allowed(self, slot: Booking) -> list[int]:
        """Behind what it waits for; what ran side by side stays as far behind as it was."""
        return [self._behind(slot, first) for first in self.waits_for[slot] if first in self.there]

    def _behind(self, slot: Booking, first: Booking) -> int:
        old, new = self.old(slot), self.new(slot)
        there, first_new = self.there[first], self.new(first)
        ended = old.worked_at(self.old(first).wall_end(first.end))
        ends, began = new.worked_at(first_new.wall_end(there.end)), new.worked_at(first_new.wall_begin(there.start))
        if ended <= slot.start:
            return ends
        return max(ends - (ended - slot.start), began)
