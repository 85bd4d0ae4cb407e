"""The queue put into a better order at night: searched without a transaction, written only if nobody booked meanwhile.

What has begun, what begins inside the frozen days, and dates that are held stay where they are. No order is moved past
its promise, nor past where it stands if it is late already.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from portal.models.bookings import SlotBooking
from portal.models.orders import Lot, Order
from portal.planning.capacity import Booking
from portal.planning.improving import Improvement, Waiting, improved
from portal.planning.schedule import Schedule
from portal.services.audit import Act, record
from portal.services.desks import Desk
from portal.services.gates import gates_of
from portal.services.ledger import has_begun
from portal.services.pricing import local
from portal.services.schedules import Holders, loaded, rebook
from portal.services.slots import begins_at, has_chain, product_of
from portal.services.snapshot import operation_of

A_MINUTE = timedelta(minutes=1)
NO_NEWS = "nothing better was found"


@dataclass(frozen=True)
class Night:
    """The schedule as it is and what was searched in it. `late_days` and `set_up_minutes`: of what waits, as it is."""

    schedule: Schedule
    waiting: tuple[Waiting, ...]
    late_days: int
    set_up_minutes: int
    found: Improvement | None = None

    @property
    def is_better(self) -> bool:
        """Against what is really booked, not against a queue built anew."""
        if self.found is None:
            return False
        after, latest = self.found.after, {order.reference: order.latest for order in self.waiting}
        keeps_all = all(day <= (latest[name] or day) for name, day in after.ends.items())
        return keeps_all and (after.late_days, after.set_up_minutes) < (self.late_days, self.set_up_minutes)

    @property
    def in_words(self) -> str:
        """What staff read in the list of jobs."""
        count = f"{len(self.waiting)} order{'s' * (len(self.waiting) != 1)} could be moved"
        if self.found is None or not self.is_better:
            return f"{count}; {NO_NEWS}"
        late, minutes = (
            self.late_days - self.found.after.late_days,
            self.set_up_minutes - self.found.after.set_up_minutes,
        )
        gained = [f"{late} late day{'s' * (late != 1)} fewer"] if late else []
        gained += (
            [f"{minutes} min of set-up saved" if minutes > 0 else f"{-minutes} min more set-up"] if minutes else []
        )
        return f"{count}; {', '.join(gained)}; {self.found.tried} queues tried"


def looked_at(session: Session, desk: Desk) -> Night:
    """What waits and may be moved, in the order in which it is booked."""
    schedule = loaded(session, desk.shop, desk.local_now).schedule
    slots = _slots_by_order(schedule)
    orders = [order for order in _not_begun(session) if order.reference in slots]
    free_from = _after_the_fence(schedule, desk.local_now.date())
    waiting = [
        _waiting(order, slots[order.reference], schedule, desk=desk)
        for order in orders
        if order.promised_on and _first_day(slots[order.reference], schedule) >= free_from
    ]
    waiting.sort(key=lambda one: min(_begin(slot, schedule) for slot in slots[one.reference]))
    waiting = [replace(one, ready=max(one.ready, datetime.combine(free_from, time()))) for one in waiting]
    late = sum(max(0, (one.ends - one.promised).days) for one in waiting if one.ends)
    set_up = sum(slot.set_up for one in waiting for slot in slots[one.reference])
    return Night(schedule, tuple(waiting), late, set_up)


def searched(night: Night, *, tries: int, seed: int, is_over: Callable[[], bool] = lambda: False) -> Night:
    """Takes its time, so no transaction is open meanwhile. The first queue tried is the one that is booked."""
    if len(night.waiting) < 2:
        return night
    frozen = _without({one.reference for one in night.waiting}, night.schedule)
    return replace(night, found=improved(night.waiting, frozen, tries=tries, seed=seed, is_over=is_over))


def take_over(session: Session, night: Night, desk: Desk, act: Act) -> bool:
    """Book what was found, unless somebody booked since, or it is not better; whether it was booked."""
    found = night.found
    if found is None or not night.is_better:
        return False
    names = [one.reference for one in night.waiting]
    holders = {order.reference: order for order in session.scalars(sa.select(Order).where(Order.reference.in_(names)))}
    done = []

    def planned(schedule: Schedule) -> tuple[Schedule, Holders]:
        is_same = schedule.version == night.schedule.version
        done[:] = [is_same]
        return (replace(schedule, bookings=found.after.schedule.bookings) if is_same else schedule), holders

    rebook(session, desk.shop, desk.local_now, planned)
    if done[-1]:
        record(session, act.because(night.in_words), "schedule.improved", "schedule", orders=len(names))
    return done[-1]


def _not_begun(session: Session) -> list[Order]:
    """Orders with slots ahead and nothing reported yet."""
    has_slots = sa.exists().where(SlotBooking.order_id == Order.id)
    query = sa.select(Order).where(has_slots).options(selectinload(Order.lots).selectinload(Lot.events))
    return [
        order for order in session.scalars(query.order_by(Order.id)) if has_chain(order.cell) and not has_begun(order)
    ]


def _slots_by_order(schedule: Schedule) -> dict[str, list[Booking]]:
    slots: dict[str, list[Booking]] = {}
    for slot in schedule.timetable.bookings():
        slots.setdefault(slot.reference, []).append(slot)
    return slots


def _after_the_fence(schedule: Schedule, today: date) -> date:
    """The next working day at the earliest: who plans at night leaves the morning alone."""
    days = max([1, *schedule.rules.fence_days.values()])
    return schedule.calendar.add_days(today, days + 1)


def _begin(slot: Booking, schedule: Schedule) -> datetime:
    return schedule.centre(slot.centre).calendar.begins(slot.start)


def _first_day(slots: list[Booking], schedule: Schedule) -> date:
    return min(_begin(slot, schedule) for slot in slots).date()


def _waiting(order: Order, slots: list[Booking], schedule: Schedule, *, desk: Desk) -> Waiting:
    started = gates_of(order, desk.zone).last
    ends = max(schedule.centre(slot.centre).calendar.ends(slot.end) - A_MINUTE for slot in slots).date()
    return Waiting(
        order.reference,
        [operation_of(value) for value in order.cell["routing"]["operations"]],
        order.boards,
        begins_at(order.cell, schedule, started[1] if started else local(order.accepted_at, desk.zone)),
        order.promised_on or ends,
        ends,
        product_of(order.quote, order.cell),
    )


def _without(references: set[str], schedule: Schedule) -> Schedule:
    """The schedule with only what is frozen, set up for what is left."""
    timetable = schedule.timetable.copy()
    for reference in references:
        timetable.cancel(reference)
    return replace(schedule, bookings=timetable.bookings())
