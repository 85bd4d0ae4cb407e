"""Prices and dates together: the matrix of the costing room, each cell with the promise of the planning room."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.board.design import Design
from portal.costing.advice import Advice, advice
from portal.costing.matrix import Cell, Question, asked, row
from portal.costing.steps import Change, changes
from portal.models.bookings import SlotBooking
from portal.models.orders import Hold, Order
from portal.planning.capacity import Booking
from portal.planning.plan import Asked, plan
from portal.planning.promise import Promise
from portal.planning.promising import KIT_WHOLE, promise
from portal.planning.schedule import Schedule
from portal.planning.supplies import supplies
from portal.production.holds import next_number
from portal.routing.options import BuildOptions, Speed
from portal.services.part_leads import part_leads
from portal.services.shop import ShopData
from portal.services.snapshot import PricedCell, operation_of, promise_of

MOST_QUANTITIES = 12
MOST_BOARDS = 100_000


def priced_cells(
    design: Design,
    options: BuildOptions,
    shop: ShopData,
    *,
    quantities: Sequence[int],
    speeds: Iterable[Speed],
    local_now: datetime,
) -> tuple[PricedCell, ...]:
    """Quantity by quantity, each at every speed. `local_now`: the shop's wall clock, without a zone."""
    speeds = tuple(speeds)
    question = asked(design, options, shop.basis)
    return tuple(
        PricedCell(cell.sheet, cell.routing, _promise(question, cell, shop, local_now=local_now), cell.bought)
        for boards in quantities
        for cell in row(question, speeds, boards=boards)
    )


def advised(
    design: Design,
    options: BuildOptions,
    shop: ShopData,
    *,
    quantities: Sequence[int],
    speed: Speed,
    local_now: datetime,
) -> tuple[Advice, ...]:
    """What would cost less at these quantities, with the days that it changes in the promise."""
    question = asked(design, options, shop.basis)

    def days(about: Question, cell: Cell) -> int | None:
        promised = _promise(about, cell, shop, local_now=local_now).p80
        return (promised - local_now.date()).days if promised else None

    cells = [cell for boards in quantities for cell in row(question, (speed,), boards=boards)]
    return advice(question, cells, days=days)


def changes_between(cells: Iterable[PricedCell]) -> tuple[Change, ...]:
    """What changes at each quantity against the one before, at the same speed: process, panel, stencils, breaks …"""
    return changes(Cell(cell.sheet, cell.routing, cell.bought) for cell in cells)


def _promise(question: Question, cell: Cell, shop: ShopData, *, local_now: datetime) -> Promise:
    return promise(
        Asked(cell.routing.operations, cell.sheet.quantity, shop.schedule),
        supplies(
            question.design.board,
            part_leads(question, cell),
            shop.lead_times,
            boards=cell.sheet.quantity,
            speed=cell.sheet.speed,
        ),
        ordered_at=local_now,
        speed=cell.sheet.speed,
    )


def loaded(session: Session, shop: ShopData, local_now: datetime) -> ShopData:
    """The shop with the slots that orders hold from now on, so that a new promise queues behind them."""
    held = sa.select(SlotBooking).where(SlotBooking.ends >= local_now).order_by(SlotBooking.id)
    schedule = shop.schedule
    bookings = sorted((_booking(schedule, kept) for kept in session.scalars(held)), key=lambda booking: booking.order)
    return replace(shop, schedule=replace(schedule, bookings=tuple(bookings)))


def _booking(schedule: Schedule, kept: SlotBooking) -> Booking:
    calendar = schedule.centre(kept.work_centre).calendar
    return Booking(kept.work_centre, calendar.worked(kept.starts), calendar.worked(kept.ends), f"{kept.id}")


def book_slots(order: Order, shop: ShopData, local_now: datetime) -> None:
    """Hold the slots of an accepted order, behind a kit that takes as long as it was promised to take.

    The promised day counts from day 0, as the quote says: an order that comes later leaves as much later. An order
    whose date was entered by sales has no chain to plan by and holds no slots. Slots that end after the promised day
    open a hold: a promise never moves in silence.
    """
    chain = promise_of(order.cell["promise"]).steps
    kit = next((step for step in chain if step.label == KIT_WHOLE), None)
    if kit is None:
        return
    calendar = shop.schedule.calendar
    day_zero = calendar.day_zero(local_now)
    ready = calendar.add_days(day_zero, calendar.count_days(kit.start, kit.end))
    if order.promised_on:
        order.promised_on = calendar.add_days(order.promised_on, calendar.count_days(kit.start, day_zero))
    operations = [operation_of(value) for value in order.cell["routing"]["operations"]]
    morning = datetime.combine(ready + timedelta(days=1), time())
    slots = plan(operations, shop.schedule, kit_ready=morning, boards=order.cell["quantity"])
    order.bookings = [
        SlotBooking(work_centre=planned.booking.centre, starts=planned.start, ends=planned.end) for planned in slots
    ]
    _say_when_late(order, max((slot.end.date() for slot in slots), default=ready))


def _say_when_late(order: Order, ends: date) -> None:
    """Others were quicker since the quote: the promise stands on paper, so somebody must speak before work starts."""
    if order.promised_on and ends > order.promised_on:
        about = f"The shop's slots now end on {ends}, after the promised {order.promised_on}: agree on a date"
        number = next_number(order.holds)
        order.holds.append(Hold(number=number, who_must_act="sales", about=about, opened_at=order.accepted_at))


def local(at: datetime, zone: str) -> datetime:
    """A UTC time on the shop's wall clock."""
    return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
