"""The capacity board: what is booked where, how full each day is, and what would move if a place stood still."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.errors import BadInput
from portal.models.bookings import HeldDate, SlotBooking
from portal.models.orders import Hold, Order
from portal.models.quotes import Quote
from portal.planning.capacity import WorkCentre
from portal.planning.schedule import Schedule
from portal.planning.whatif import EVERYWHERE, Moves, closed, moved
from portal.production.lifecycle import HoldState
from portal.services.actuals import Work, open_orders, with_slots

MOST_WEEKS = 12
MOST_CLOSED_DAYS = 60
A_MINUTE = timedelta(minutes=1)


class SlotState(StrEnum):
    """The first that holds, in this order."""

    OVER = "over"
    HELD = "held date"
    ON_HOLD = "on hold"
    LATE = "late"
    RUNNING = "now"
    PLANNED = "planned"


@dataclass(frozen=True, slots=True)
class BookedSlot:
    """`reference` is an order's, or a quote's whose date is held."""

    centre: str
    unit: int
    starts: datetime
    ends: datetime
    reference: str
    state: SlotState

    @property
    def is_order(self) -> bool:
        return self.state is not SlotState.HELD


@dataclass(frozen=True, slots=True)
class Lane:
    """One place of a work centre with its slots, in order of time."""

    name: str
    slots: tuple[BookedSlot, ...]


@dataclass(frozen=True, slots=True)
class DayLoad:
    """In minutes of all places of the centre; a day on which nobody works has none."""

    day: date
    booked: int
    there: int

    @property
    def share(self) -> float | None:
        return self.booked / self.there if self.there else None


@dataclass(frozen=True)
class Board:
    days: tuple[date, ...]
    now: datetime
    lanes: tuple[Lane, ...]
    loads: Mapping[str, tuple[DayLoad, ...]]  # by work centre, lines first

    @property
    def slots(self) -> list[BookedSlot]:
        return sorted((slot for lane in self.lanes for slot in lane.slots), key=lambda slot: (slot.starts, slot.centre))


def board(session: Session, schedule: Schedule, *, first: date, weeks: int, now: datetime) -> Board:
    days = tuple(first + timedelta(days=number) for number in range(7 * weeks))
    slots = list(_slots(session, days[0], days[-1] + timedelta(days=1), now))
    centres = _shown(schedule, {slot.centre for slot in slots})
    lanes = [lane for centre in centres for lane in _lanes(centre, slots)]
    loads = {centre.name: tuple(_loads(centre, slots, days)) for centre in centres}
    return Board(days, now, tuple(lanes), loads)


def _shown(schedule: Schedule, booked: set[str]) -> list[WorkCentre]:
    """Lines first. A station that only ever runs as part of a line is shown where it has slots of its own."""
    joined = {station for centre in schedule.centres for station in centre.stations}
    shown = [centre for centre in schedule.centres if centre.name in booked or centre.name not in joined]
    return sorted(shown, key=lambda centre: not centre.stations)


def _slots(session: Session, since: date, until: date, now: datetime) -> Iterator[BookedSlot]:
    """As rows, not as objects: there are hundreds."""
    last = sa.select(SlotBooking.order_id, sa.func.max(SlotBooking.ends).label("ends")).group_by(SlotBooking.order_id)
    ends = last.subquery()
    held = sa.exists().where(Hold.order_id == Order.id, Hold.state == HoldState.OPEN)
    slot = SlotBooking
    named = sa.func.coalesce(Order.reference, Quote.reference)
    query = (
        sa.select(slot.work_centre, slot.unit, slot.starts, slot.ends, named.label("reference"))
        .add_columns(slot.order_id, Order.promised_on, held.label("is_held"), ends.c.ends.label("last"))
        .outerjoin(Order, Order.id == slot.order_id)
        .outerjoin(HeldDate, HeldDate.id == slot.held_date_id)
        .outerjoin(Quote, Quote.id == HeldDate.quote_id)
        .outerjoin(ends, ends.c.order_id == slot.order_id)
        .where(slot.starts < datetime.combine(until, time()), slot.ends > datetime.combine(since, time()))
        .order_by(slot.starts, slot.id)
    )
    for row in session.execute(query):
        yield BookedSlot(row.work_centre, row.unit or 0, row.starts, row.ends, row.reference, _state(row, now))


def last_day(ends: datetime) -> date:
    """What ends at midnight is done on the day before."""
    return (ends - A_MINUTE).date()


def _state(row: Any, now: datetime) -> SlotState:
    claims = (
        (SlotState.OVER, row.ends <= now),
        (SlotState.HELD, row.order_id is None),
        (SlotState.ON_HOLD, row.is_held),
        (SlotState.LATE, bool(row.promised_on and row.last and last_day(row.last) > row.promised_on)),
        (SlotState.RUNNING, row.starts <= now),
    )
    return next((state for state, holds in claims if holds), SlotState.PLANNED)


def _lanes(centre: WorkCentre, slots: Sequence[BookedSlot]) -> Iterator[Lane]:
    for unit in range(centre.units):
        name = centre.name if centre.units == 1 else f"{centre.name} {unit + 1}"
        yield Lane(name, tuple(slot for slot in slots if (slot.centre, slot.unit) == (centre.name, unit)))


def _loads(centre: WorkCentre, slots: Sequence[BookedSlot], days: Sequence[date]) -> Iterator[DayLoad]:
    worked = centre.calendar.worked
    booked: dict[date, int] = defaultdict(int)
    for slot in slots:
        if slot.centre == centre.name:
            for number in range((slot.ends.date() - slot.starts.date()).days + 1):
                day = slot.starts.date() + timedelta(days=number)
                morning = datetime.combine(day, time())
                begin, end = max(slot.starts, morning), min(slot.ends, morning + timedelta(days=1))
                booked[day] += worked(end) - worked(begin)
    for day in days:
        there = sum(span.minutes for span in centre.calendar.spans(day)) * centre.units
        yield DayLoad(day, booked[day], there)


@dataclass(frozen=True, slots=True)
class WouldMove:
    """An order whose last slot would end at another time; `promised_on` is not moved by asking."""

    reference: str
    was: datetime
    now: datetime
    promised_on: date | None

    @property
    def days(self) -> int:
        return (last_day(self.now) - last_day(self.was)).days

    @property
    def is_late_already(self) -> bool:
        return self.promised_on is not None and last_day(self.was) > self.promised_on

    @property
    def breaks_promise(self) -> bool:
        return self.promised_on is not None and last_day(self.now) > self.promised_on


def what_if(
    session: Session, schedule: Schedule, *, centre: str, first: date | None, last: date | None
) -> list[WouldMove]:
    """Which orders would end later, the worst first, if this place (all where it is empty) stood on these days."""
    if first is None or last is None or not 0 <= (last - first).days < MOST_CLOSED_DAYS:
        raise BadInput(f"Please give a first and a last day, at most {MOST_CLOSED_DAYS} days from each other.")
    if centre not in {EVERYWHERE, *(there.name for there in schedule.centres)}:
        raise BadInput("There is no such work centre. Please choose one of the list.")
    orders = [order for order in open_orders(session) if order.bookings]
    rows = {f"{kept.id}": order.reference for order in orders for kept in order.bookings}
    full, slots = with_slots(schedule, [kept for order in orders for kept in order.bookings])
    follows = [pair for order in orders for pair in Work(order, schedule, "UTC").follows(slots)]
    found = moved(full, closed(schedule, centre, first=first, last=last), follows, holder=rows)
    promised = {order.reference: order.promised_on for order in orders}
    would = [_would(reference, moves, promised[reference]) for reference, moves in found.items()]
    return sorted(would, key=lambda one: (-one.days, one.reference))


def _would(reference: str, moves: Moves, promised_on: date | None) -> WouldMove:
    return WouldMove(reference, moves.was, moves.now, promised_on)
