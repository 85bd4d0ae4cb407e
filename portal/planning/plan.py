"""Operations put into slots, one after the other, each as early as its boards and its work centre allow.

Every step of it only ever answers a later question with a later slot, so the whole is monotone: a kit that comes later
never ends earlier. That is why the 80 % day of the kit gives the 80 % day of the order.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from portal.planning.calendar import Span
from portal.planning.capacity import Booking, Rules, Schedule, first_slot
from portal.routing.operations import Operation, OperationKind

# Nothing is printed before the kit is whole, and nothing leaves the house in parts unless it was sold so.
WHOLE_LOT = frozenset({OperationKind.KIT, OperationKind.SHIP})

# Stations that a conveyor joins: none of them is free for others while the lot runs through.
IN_LINE = frozenset(
    {OperationKind.PRINT, OperationKind.SPI, OperationKind.PLACE, OperationKind.REFLOW, OperationKind.AOI}
)


@dataclass(frozen=True, slots=True)
class Planned:
    """One operation in its slot. `span` is in work minutes of the work centre; it could have begun at `free`."""

    operation: Operation
    span: Span
    free: int
    start: datetime
    end: datetime

    @property
    def has_queued(self) -> bool:
        return self.span.start > self.free

    def booking(self, reference: str) -> Booking:
        return Booking(self.operation.work_centre, self.span.start, self.span.end, reference)


@dataclass(frozen=True, slots=True)
class Bounds:
    """Not before `free`, and not done before `until`, in work minutes."""

    free: int
    until: int = 0


def plan(operations: Iterable[Operation], schedule: Schedule, *, kit_ready: datetime) -> tuple[Planned, ...]:
    """The slots; nothing is booked. LookupError when the shop has no such work centre."""
    planned: list[Planned] = []
    for operation in operations:
        calendar = schedule.centre(operation.work_centre).calendar
        bounds = _behind(planned[-1], operation, schedule) if planned else Bounds(calendar.worked(kit_ready))
        free = max(bounds.free, _own_end(operation, planned))
        length = minutes(operation)
        span = first_slot(schedule, operation.work_centre, minutes=length, not_before=free, until=bounds.until)
        planned.append(Planned(operation, span, free, calendar.begins(span.start), calendar.ends(span.end)))
    return tuple(planned)


def minutes(operation: Operation) -> int:
    """Whole work minutes, at least one: even a label takes somebody at work."""
    return max(1, ceil(operation.minutes))


def _behind(before: Planned, operation: Operation, schedule: Schedule) -> Bounds:
    """A line runs in step: its stations begin with the first boards and stay until the last.

    A bench begins so late that it never waits for boards. Both end after the last board came.
    """
    calendar = schedule.centre(operation.work_centre).calendar
    lot_there = calendar.worked(before.end)
    if {before.operation.kind, operation.kind} & WHOLE_LOT:
        return Bounds(lot_there)
    first_out = min(before.span.start + _first_minutes(before.operation, schedule.rules), before.span.end)
    first_there = calendar.worked(schedule.centre(before.operation.work_centre).calendar.ends(first_out))
    last_done = lot_there + _cycle_minutes(operation, schedule.rules)
    if {before.operation.kind, operation.kind} <= IN_LINE:
        return Bounds(first_there, last_done)
    return Bounds(max(first_there, last_done - minutes(operation)))


def _first_minutes(operation: Operation, rules: Rules) -> int:
    """Until the first boards come out; never at the minute at which it begins."""
    return max(1, ceil(operation.set_up_min) + _cycle_minutes(operation, rules))


def _cycle_minutes(operation: Operation, rules: Rules) -> int:
    """For as many boards or panels as move on together."""
    return ceil(operation.cycle_s * min(rules.transfer_units, operation.units) / 60)


def _own_end(operation: Operation, planned: Iterable[Planned]) -> int:
    """A lot that comes to the same work centre again (its other side) cannot overtake itself."""
    ends = (done.span.end for done in planned if done.operation.work_centre == operation.work_centre)
    return max(ends, default=0)
