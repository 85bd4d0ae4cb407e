"""Where a cell of a quote goes when its clock starts at some time, and the day that is promised then.

The frozen promise says how long the kit takes; the operations are those that were priced. Nothing is read or written.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from portal.models.quotes import Quote
from portal.planning.calendar import Calendar
from portal.planning.capacity import Booking
from portal.planning.plan import plan
from portal.planning.promise import PromiseStep
from portal.planning.promising import ALLOWANCE, KIT_WHOLE
from portal.planning.schedule import Schedule
from portal.routing.options import Speed
from portal.services.snapshot import operation_of, promise_of

Cell = dict[str, Any]
A_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Slots:
    """`because` says why the day is not the quoted one."""

    bookings: tuple[Booking, ...]
    promised_on: date
    because: str


def has_chain(cell: Cell) -> bool:
    """Not where a date was entered by sales, or where there is none."""
    return cell["promise"]["p80"] is not None and _step(cell, KIT_WHOLE) is not None


def slots_of(quote: Quote, cell: Cell, schedule: Schedule, *, local_at: datetime) -> Slots | None:
    """None where there is no chain to plan by. The day is the later of two: the quoted one, counted from day 0, and
    the one on which the slots end, with the allowance that the promise holds for the whole order.
    """
    if not has_chain(cell):
        return None
    operations = [operation_of(value) for value in cell["routing"]["operations"]]
    begins, boards = begins_at(cell, schedule, local_at), cell["quantity"]
    steps = plan(operations, schedule, kit_ready=begins, boards=boards, product=product_of(quote, cell))
    ends = max((step.end - A_MINUTE for step in steps), default=begins).date()
    built, promised = _with_allowance(ends, cell, schedule.calendar), on_paper(cell, schedule.calendar, local_at)
    day = max(built, promised) if promised else built
    bookings = tuple(step.booked(quote.reference) for step in steps)
    return Slots(bookings, day, _because(cell, schedule, day, local_at=local_at))


def on_paper(cell: Cell, calendar: Calendar, local_at: datetime) -> date | None:
    """The quoted day, as many working days after this day 0 as it was after the quote's."""
    quoted = promise_of(cell["promise"]).p80
    return calendar.add_days(quoted, _days_later(cell, calendar, local_at)) if quoted else None


def _days_later(cell: Cell, calendar: Calendar, local_at: datetime) -> int:
    """Working days between the quote's day 0 and this one."""
    kit = _step(cell, KIT_WHOLE)
    return max(0, calendar.count_days(kit.start, calendar.day_zero(local_at))) if kit else 0


def product_of(quote: Quote, cell: Cell) -> str:
    """The board on its panel, as slots name it: more of the same needs no set-up between."""
    return f"{quote.design.reference} by {cell['routing']['boards_per_panel']}"


def begins_at(cell: Cell, schedule: Schedule, local_at: datetime) -> datetime:
    """Work begins the morning after the kit is whole, and not inside the frozen days."""
    calendar, kit = schedule.calendar, _step(cell, KIT_WHOLE)
    day_zero = calendar.day_zero(local_at)
    whole = calendar.add_days(day_zero, calendar.count_days(kit.start, kit.end) if kit else 0)
    fence = calendar.add_days(day_zero, schedule.rules.fence_days.get(Speed(cell["speed"]), 0))
    return datetime.combine(max(whole + timedelta(days=1), fence), time())


def _with_allowance(ends: date, cell: Cell, calendar: Calendar) -> date:
    step = _step(cell, ALLOWANCE)
    return calendar.add_days(ends, calendar.count_days(step.start, step.end)) if step else ends


def _because(cell: Cell, schedule: Schedule, day: date, *, local_at: datetime) -> str:
    days, promised = _days_later(cell, schedule.calendar, local_at), on_paper(cell, schedule.calendar, local_at)
    reasons = [f"day 0 is {days} working day{'s' * (days != 1)} later than in the quote"] if days else []
    reasons += ["others were quicker"] if promised and day > promised else []
    return " and ".join(reasons)


def _step(cell: Cell, label: str) -> PromiseStep | None:
    return next((step for step in promise_of(cell["promise"]).steps if step.label == label), None)
