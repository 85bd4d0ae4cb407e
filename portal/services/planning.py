"""The date of a quote: asked for (reserves nothing), held until a time, confirmed with an order, given back.

A quote's date counts from the day on which it is ordered, behind a kit that takes as long as it was promised to take.
So the slots are looked for again at each of these moments, and whoever is asked to agree sees both dates first.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.errors import BadInput, DateMoved, NotYours
from portal.models.bookings import HeldDate
from portal.models.orders import Order
from portal.models.quotes import Quote
from portal.planning.schedule import Schedule, book, cancel
from portal.production.lifecycle import BINDING, Commercial
from portal.routing.options import Speed
from portal.services.audit import Act, record
from portal.services.desks import Desk
from portal.services.gates import set_gates
from portal.services.pricing import local
from portal.services.schedules import Holder, loaded, rebook
from portal.services.slots import Cell, Slots, has_chain, on_paper, slots_of
from portal.services.snapshot import promise_of

MOST_HELD_DAYS = 10  # working days: longer, and the slots are kept from those who would order
HOLDABLE = BINDING | {Commercial.BUDGET}
RESERVES_NOTHING = "This date reserves nothing: whoever orders first is built first."


@dataclass(frozen=True, slots=True)
class Dated:
    """The date of a cell as it was quoted, and as it is if it is ordered now; None where there is none."""

    quoted: date | None
    now: date | None
    because: str
    held: HeldDate | None = None

    @property
    def has_moved(self) -> bool:
        return self.now is not None and self.now != self.quoted

    @property
    def reserves(self) -> str:
        return "" if self.held else RESERVES_NOTHING


def inquire(session: Session, quote: Quote, cell: Cell, desk: Desk) -> Dated:
    """What the date is if it is ordered now. Reserves nothing."""
    quoted, held = promise_of(cell["promise"]).p80, held_date(session, quote, desk.at)
    schedule = loaded(session, desk.shop, desk.local_now).schedule
    now = slots_of(quote, cell, schedule, local_at=desk.local_now)
    if now is None:
        return Dated(quoted, quoted, "")
    if held and _is_of(held, cell):
        fresh = slots_of(quote, cell, cancel(schedule, quote.reference), local_at=desk.local_now)
        if fresh is None or held.promised_on <= fresh.promised_on:
            return Dated(quoted, held.promised_on, "that is the day that is held for you", held)
        now = fresh
    return Dated(quoted, now.promised_on, now.because, held if held and _is_of(held, cell) else None)


def held_date(session: Session, quote: Quote, at: datetime) -> HeldDate | None:
    """The date that is held for this quote, until its time is over."""
    return session.scalars(sa.select(HeldDate).where(HeldDate.quote_id == quote.id, HeldDate.until >= at)).first()


def hold(session: Session, quote: Quote, cell: Cell, *, until: datetime, desk: Desk, act: Act) -> HeldDate:
    """Keep the date of this cell, with its slots, for an order until then; a hold of before is given back.

    The slots are those of an order at the last moment, so that none of them comes too early. `until`: UTC.
    """
    session.refresh(quote, with_for_update=True)
    local_until = local(until, desk.zone)
    _refuse_to_hold(quote, until, desk)
    there = session.scalars(sa.select(HeldDate).where(HeldDate.quote_id == quote.id)).first()
    kept = there or HeldDate(quote=quote)
    kept.quantity, kept.speed, kept.until = cell["quantity"], Speed(cell["speed"]), until
    kept.held_by, kept.held_at = act.actor, act.at

    def planned(schedule: Schedule) -> tuple[Schedule, Holder]:
        free = cancel(schedule, quote.reference) if there else schedule
        found = slots_of(quote, cell, free, local_at=local_until)
        if found is None:
            raise BadInput("This cell has no date that the shop has computed. Enter one, or ask for its lead times.")
        kept.promised_on = found.promised_on
        return book(free, found.bookings), kept

    rebook(session, desk.shop, desk.local_now, planned)
    said = {"until": until.isoformat(), "promised_on": kept.promised_on.isoformat()}
    record(session, act, "date.held", quote.reference, quantity=kept.quantity, speed=kept.speed.value, **said)
    return kept


def _refuse_to_hold(quote: Quote, until: datetime, desk: Desk) -> None:
    if quote.state not in HOLDABLE:
        raise BadInput(f"This quote is {quote.state}, so there is no date to hold. Please make a new one.")
    calendar = desk.shop.schedule.calendar
    last = calendar.add_days(desk.local_now.date(), MOST_HELD_DAYS)
    if quote.valid_until:
        last = min(last, quote.valid_until)
    if until <= desk.at or local(until, desk.zone).date() > last:
        raise BadInput(f"A date is held until {last} at the latest, and not until a day that is over. Choose another.")


def confirm(session: Session, order: Order, desk: Desk, *, agreed: date | None = None) -> None:
    """Book the slots of an order that is being accepted; DateMoved when its day is later than the one agreed to.

    Without an agreed day it is the quoted one, counted from the day of the order. An order whose date was entered by
    sales has no chain to plan by and holds no slots.
    """
    quote, cell = order.quote, order.cell
    held = session.scalars(sa.select(HeldDate).where(HeldDate.quote_id == quote.id)).first()
    is_kept = held is not None and held.until >= desk.at and _is_of(held, cell)

    def planned(schedule: Schedule) -> tuple[Schedule, Holder]:
        free = cancel(schedule, quote.reference) if held else schedule
        found = slots_of(quote, cell, free, local_at=desk.local_now)
        if found is None:
            return free, order
        bookings = found.bookings
        if held and is_kept and held.promised_on <= found.promised_on:
            bookings = tuple(slot for slot in schedule.timetable.bookings() if slot.reference == quote.reference)
            found = replace(found, promised_on=held.promised_on)
        _refuse_later(found, agreed or on_paper(cell, desk.shop.schedule.calendar, desk.local_now))
        order.promised_on = found.promised_on
        return book(free, (replace(slot, reference=order.reference) for slot in bookings)), order

    if has_chain(cell) or held:
        rebook(session, desk.shop, desk.local_now, planned)
    if held:
        session.delete(held)
    set_gates(order, desk)


def _refuse_later(found: Slots, agreed: date | None) -> None:
    if agreed and found.promised_on > agreed:
        raise DateMoved(agreed, found.promised_on)


def release(session: Session, held: HeldDate, desk: Desk, act: Act) -> None:
    """Give a held date back: the shop is as if nobody had held it."""
    quote = held.quote
    rebook(session, desk.shop, desk.local_now, lambda schedule: (cancel(schedule, quote.reference), held))
    session.delete(held)
    record(session, act, "date.released", quote.reference, promised_on=held.promised_on.isoformat())


def held_are_over(session: Session, at: datetime) -> bool:
    return session.scalars(_over(at).limit(1)).first() is not None


def release_over(session: Session, desk: Desk, act: Act) -> int:
    """Those whose time is over, and those of quotes that are no longer open; how many."""
    over = list(session.scalars(_over(desk.at)))
    for held in over:
        why = "its time is over" if held.until < desk.at else f"the quote is {held.quote.state}"
        release(session, held, desk, act.because(why))
    return len(over)


def _over(at: datetime) -> sa.Select[tuple[HeldDate]]:
    is_over = sa.or_(HeldDate.until < at, Quote.state.not_in(HOLDABLE))
    return sa.select(HeldDate).join(HeldDate.quote).where(is_over)


def cancel_slots(session: Session, order: Order, desk: Desk, act: Act) -> None:
    """Give back all slots of an order that will not be built, and those of its releases."""

    def freed(schedule: Schedule) -> tuple[Schedule, Holder]:
        for name in dict.fromkeys((order.reference, *(kept.reference for kept in order.bookings))):
            schedule = cancel(schedule, name)
        return schedule, order

    rebook(session, desk.shop, desk.local_now, freed)
    record(session, act, "slots.cancelled", order.reference)


def find_held(session: Session, quote: Quote) -> HeldDate:
    held = session.scalars(sa.select(HeldDate).where(HeldDate.quote_id == quote.id)).first()
    if held is None:
        raise NotYours("held date")
    return held


def _is_of(held: HeldDate, cell: Cell) -> bool:
    return (held.quantity, held.speed) == (cell["quantity"], cell["speed"])
