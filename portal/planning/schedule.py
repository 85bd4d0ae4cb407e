"""The shop and all that is booked in it, as a value: booking and cancelling give a new schedule, the old one stays."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from portal.planning.calendar import Calendar
from portal.planning.capacity import Booking, Rules, WorkCentre
from portal.planning.timetable import Timetable


@dataclass(frozen=True)
class Schedule:
    """`calendar` is the office's: it decides working days. Each work centre has its own shifts.

    `version` counts the changes of the kept bookings, so that a lost race is noticed.
    """

    calendar: Calendar
    centres: tuple[WorkCentre, ...]
    rules: Rules = field(default_factory=Rules)
    bookings: tuple[Booking, ...] = ()
    version: int = field(default=0, compare=False)

    def centre(self, name: str) -> WorkCentre:
        """The one of this name, else the first that does its work. LookupError is ours: the routing names no other."""
        found = self._by_name.get(name) or next((centre for centre in self.centres if centre.takes(name)), None)
        if found is None:
            raise LookupError(
                f"The work centre {name!r} has no shifts: add [work_centres.{name}] to the calendar file."
            )
        return found

    @cached_property
    def timetable(self) -> Timetable:
        """To try slots in. Whoever takes some gives them back: the schedule itself never changes."""
        return Timetable(self.centres, self.rules, self.bookings)

    @property
    def own(self) -> "Schedule":
        """The same with a timetable of its own: for another thread to try slots in."""
        other = replace(self)
        other.__dict__["timetable"] = self.timetable.copy()
        return other

    @cached_property
    def _by_name(self) -> dict[str, WorkCentre]:
        return {centre.name: centre for centre in self.centres}


def book(schedule: Schedule, bookings: Iterable[Booking]) -> Schedule:
    """The schedule with these bookings; Stale when one of them no longer fits because somebody was quicker."""
    return replace(schedule, bookings=schedule.timetable.with_all(bookings), version=schedule.version + 1)


def cancel(schedule: Schedule, reference: str) -> Schedule:
    """The schedule without what this reference has booked; what came behind it is set up for what now runs before."""
    left = replace(schedule, version=schedule.version + 1)
    left.timetable.cancel(reference)
    return replace(left, bookings=left.timetable.bookings())
