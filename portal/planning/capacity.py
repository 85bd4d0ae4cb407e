"""Work centres and what is booked on them, as values: booking and cancelling give a new schedule, the old one stays.

Bookings are kept in the work minutes of their centre's calendar: one that runs over a weekend is still one span.
A pool (six hand-soldering operators) is a work centre with several units; one booking takes one unit.
"""

from bisect import bisect_right, insort
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import accumulate
from types import MappingProxyType

from portal.errors import Stale
from portal.planning.calendar import Calendar, Span
from portal.routing.options import Speed


@dataclass(frozen=True)
class WorkCentre:
    name: str
    units: int
    calendar: Calendar


@dataclass(frozen=True, slots=True, order=True)
class Booking:
    """One unit of a work centre from work minute to work minute; `reference` says for whom (lot and operation)."""

    centre: str
    start: int
    end: int
    reference: str


@dataclass(frozen=True)
class Rules:
    """How the shop plans. `transfer_units`: boards or panels that move on together, before the lot is done.

    `fence_days`: work of this speed is not planned into so many working days from day 0; what is there is frozen.
    """

    transfer_units: int = 1
    fence_days: Mapping[Speed, int] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class Schedule:
    """`calendar` is the office's: it decides working days. Each work centre has its own shifts."""

    calendar: Calendar
    centres: tuple[WorkCentre, ...]
    rules: Rules = field(default_factory=Rules)
    bookings: tuple[Booking, ...] = ()

    def centre(self, name: str) -> WorkCentre:
        """LookupError is ours: the routing names a work centre that the calendar file does not have."""
        if name not in self._by_name:
            raise LookupError(
                f"The work centre {name!r} has no shifts: add [work_centres.{name}] to the calendar file."
            )
        return self._by_name[name]

    def full(self, centre: str) -> tuple[Span, ...]:
        """When every unit of the work centre is taken, in order of time."""
        return self._full.get(centre, ())

    @cached_property
    def _by_name(self) -> dict[str, WorkCentre]:
        return {centre.name: centre for centre in self.centres}

    @cached_property
    def _full(self) -> dict[str, tuple[Span, ...]]:
        booked: dict[str, list[Booking]] = {}
        for booking in self.bookings:
            booked.setdefault(booking.centre, []).append(booking)
        return {name: tuple(_when_full(taken, units=self.centre(name).units)) for name, taken in booked.items()}


def first_slot(schedule: Schedule, centre: str, *, minutes: int, not_before: int, until: int = 0) -> Span:
    """The earliest span in one piece, in the centre's work minutes, that lasts so long and at least `until`.

    A later `not_before` or `until` never gives an earlier one.
    """
    start, full = not_before, schedule.full(centre)
    for taken in full[bisect_right(full, not_before, key=lambda span: span.end) :]:
        if max(start + minutes, until) <= taken.start:
            break
        start = max(start, taken.end)
    return Span(start, max(start + minutes, until))


def book(schedule: Schedule, bookings: Iterable[Booking]) -> Schedule:
    """The schedule with these bookings; Stale when one of them no longer fits because somebody was quicker."""
    bookings, kept = tuple(bookings), list(schedule.bookings)
    for booking in bookings:
        insort(kept, booking)
    for name in {booking.centre for booking in bookings}:
        if _peak(booking for booking in kept if booking.centre == name) > schedule.centre(name).units:
            raise Stale(f"The slot on {name} has been taken meanwhile. Ask for the date again.")
    return replace(schedule, bookings=tuple(kept))


def cancel(schedule: Schedule, reference: str) -> Schedule:
    """The schedule as it was before this reference was booked."""
    return replace(schedule, bookings=tuple(kept for kept in schedule.bookings if kept.reference != reference))


def _when_full(bookings: Iterable[Booking], *, units: int) -> Iterator[Span]:
    load, since = 0, 0
    for minute, change in _changes(bookings):
        if change == 1 and load + 1 == units:
            since = minute
        if change == -1 and load == units and minute > since:
            yield Span(since, minute)
        load += change


def _peak(bookings: Iterable[Booking]) -> int:
    return max(accumulate(change for _, change in _changes(bookings)), default=0)


def _changes(bookings: Iterable[Booking]) -> list[tuple[int, int]]:
    """Starts and ends in order of time; at the same minute the ends come first."""
    taken = [booking for booking in bookings if booking.end > booking.start]
    return sorted([(booking.start, 1) for booking in taken] + [(booking.end, -1) for booking in taken])
