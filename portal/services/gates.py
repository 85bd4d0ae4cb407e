"""The four gates of an order: when each was passed, and what becomes of the promise when the last one was late.

The day is promised on the assumption that every gate is passed by the cut-off of day 0. Nothing moves while a gate is
open; when the last one is passed later than that, the order is planned again from the day on which its clock starts.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.errors import BadInput, NotYours
from portal.models.bookings import OrderGate
from portal.models.orders import Order
from portal.planning.calendar import Calendar
from portal.planning.days import day_in_words
from portal.planning.gates import Gate, Gates
from portal.planning.schedule import Schedule, book, cancel
from portal.production.instalments import may_start
from portal.production.lifecycle import HoldState
from portal.services.audit import Act, record
from portal.services.desks import Desk
from portal.services.ledger import has_begun, standings_of
from portal.services.pricing import local
from portal.services.promises import move_promise
from portal.services.quotes import content
from portal.services.schedules import Holder, rebook
from portal.services.slots import Slots, slots_of

BY_STAFF = (Gate.ALTERNATES, Gate.CONSIGNED_PARTS)  # payment passes by itself; the files were read before it was firm


def set_gates(order: Order, desk: Desk) -> None:
    """Those of an order that is just made. Its files were looked at before the quote was firm, and who accepts a quote
    approves the alternates that it names.
    """
    options, expected = content(order.revision)["options"], desk.in_days(0)
    if expected < desk.at:
        expected = desk.in_days(1)
    passed: dict[Gate, datetime | None] = {Gate.FILES: desk.at, Gate.PAYMENT: None}
    if options.get("alternates"):
        passed[Gate.ALTERNATES] = desk.at
    if options["consigned"] or options.get("supplied"):
        passed[Gate.CONSIGNED_PARTS] = None
    order.gates = [
        OrderGate(gate=gate, assumed_at=expected, passed_at=passed[gate], passed_by=order.accepted_by)
        for gate in Gate
        if gate in passed
    ]


def gates_of(order: Order, zone: str) -> Gates:
    return Gates({row.gate: local(row.passed_at, zone) if row.passed_at else None for row in order.gates})


def clock_in_words(order: Order, calendar: Calendar, zone: str) -> str:
    """Since when the clock runs, or what it waits for; nothing for orders of before there were gates."""
    first = min((event.at for lot in order.lots for event in lot.events), default=None)
    begun = local(first, zone).date() if first else None
    return gates_of(order, zone).in_words(calendar, begun=begun) if order.gates else ""


def pass_gate(session: Session, order: Order, gate: Gate, *, desk: Desk, act: Act) -> None:
    """It is passed now. When it was the last, and late, the order gets its slots and its day anew."""
    session.refresh(order, with_for_update=True)
    row = next((row for row in order.gates if row.gate is gate), None)
    if row is None:
        raise NotYours("gate")
    if row.passed_at:
        raise BadInput(f"“{gate}” was passed already, on {row.passed_at:%Y-%m-%d %H:%M} UTC. Reload the page.")
    row.passed_at, row.passed_by = desk.at, act.actor
    session.flush()
    moved = _planned_again(session, order, desk)
    record(session, act, "gate.passed", order.reference, gate=gate.value)
    if moved and order.promised_on and moved.promised_on > order.promised_on:
        expected = day_in_words(local(row.assumed_at, desk.zone).date())
        because = f"{clock_in_words(order, desk.shop.schedule.calendar, desk.zone)} It was expected by {expected}."
        move_promise(session, order, moved.promised_on, because=because, act=act)


def _planned_again(session: Session, order: Order, desk: Desk) -> Slots | None:
    """From the day on which the clock starts; None where it started as expected, or boards are on the line."""
    start = gates_of(order, desk.zone).last
    if start is None or all((row.passed_at or desk.at) <= row.assumed_at for row in order.gates) or has_begun(order):
        return None
    found: list[Slots] = []

    def planned(schedule: Schedule) -> tuple[Schedule, Holder]:
        free = cancel(schedule, order.reference)
        again = slots_of(order.quote, order.cell, free, local_at=start[1])
        if again is None:
            return schedule, order
        found[:] = [again]
        return book(free, (replace(slot, reference=order.reference) for slot in again.bookings)), order

    rebook(session, desk.shop, desk.local_now, planned)
    return found[0] if found else None


def paid_gates(session: Session) -> list[Order]:
    """Orders whose payment gate is open although nobody waits for money any more."""
    is_open = (OrderGate.gate == Gate.PAYMENT) & OrderGate.passed_at.is_(None)
    query = sa.select(Order).join(Order.gates).where(is_open).order_by(Order.id)  # type: ignore[attr-defined]
    return [order for order in session.scalars(query) if _may_start(order)]


def _may_start(order: Order) -> bool:
    """What is due at the order has come in, or sales have agreed to the terms of an order without a payment plan."""
    if order.plan:
        return may_start(standings_of(order))
    return bool(order.holds) and order.holds[0].state is HoldState.CLOSED


def pass_paid(session: Session, desk: Desk, act: Act) -> int:
    """How many payments have come in since somebody looked."""
    paid = paid_gates(session)
    for order in paid:
        pass_gate(session, order, Gate.PAYMENT, desk=desk, act=act.because("what was due at the order has come in"))
    return len(paid)


def shown(order: Order, desk: Desk) -> dict[str, Any]:
    """For a page: since when the clock runs, or what it waits for, and what staff can say has come."""
    return {
        "clock": clock_in_words(order, desk.shop.schedule.calendar, desk.zone),
        "open_gates": [row.gate for row in order.gates if row.gate in BY_STAFF and not row.passed_at],
    }
