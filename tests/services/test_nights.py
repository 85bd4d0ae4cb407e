"""The queue at night: what is moved, what stays, and that no promise is broken for it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from booked import Customer, desk, every_slot
from dated_prices import the_shop

from portal.models.bookings import HeldDate, ScheduleVersion, SlotBooking
from portal.models.orders import Order
from portal.models.work import AuditEntry
from portal.production.floor import FloorKind
from portal.services.floor import Report, record_floor
from portal.services.nights import NO_NEWS, looked_at, searched, take_over
from portal.services.orders import close_hold


@pytest.fixture
def anna_buys(session, kept, anna, act):
    return Customer(session, kept, anna, act)


@pytest.fixture
def queue(session, anna_buys):
    """Four orders; the slots of the small one were pushed aside, so that it is weeks late."""

    def made():
        orders = [anna_buys.orders(anna_buys.asks(boards), agreed=date.max) for boards in (6000, 6000, 6000, 5)]
        late = timedelta(days=35)
        for slot in orders[-1].bookings:
            slot.starts, slot.ends = slot.starts + late, slot.ends + late
        session.execute(sa.update(ScheduleVersion).values(version=77))
        session.flush()
        return orders

    return made


def night(session, *, tries=60, seed=1):
    return searched(looked_at(session, desk()), tries=tries, seed=seed)


def ends(session):
    """The day on which each order's slots end."""
    rows = session.execute(
        sa.select(Order.reference, sa.func.max(SlotBooking.ends)).join(Order.bookings).group_by(Order.reference)
    )
    return {reference: end.date() for reference, end in rows}


def test_an_order_that_was_pushed_aside_comes_forward_again(session, queue, act):
    *_, small = queue()
    found = night(session)

    assert take_over(session, found, desk(), act) is True
    assert found.found.after.late_days < found.late_days
    assert ends(session)[small.reference] <= small.promised_on


def test_no_promise_that_was_kept_is_broken_and_nothing_late_gets_later(session, queue, act):
    orders, before = queue(), ends(session)
    take_over(session, night(session), desk(), act)

    after = ends(session)
    assert all(after[order.reference] <= max(order.promised_on, before[order.reference]) for order in orders)


def test_staff_read_what_was_gained(session, queue, act):
    queue()
    found = night(session)
    take_over(session, found, desk(), act)

    assert found.in_words.startswith("4 orders could be moved; ")
    assert "late day" in found.in_words
    assert session.scalars(sa.select(AuditEntry.reason).where(AuditEntry.action == "schedule.improved")).all() == [
        found.in_words
    ]


def test_every_order_keeps_as_many_slots_of_its_own(session, queue, act):
    orders = queue()
    take_over(session, night(session), desk(), act)

    session.expire_all()
    for order in orders:
        assert order.bookings
        assert {slot.reference for slot in order.bookings} == {order.reference}


def test_what_has_begun_is_not_moved(session, queue, act):
    first, *_ = queue()
    close_hold(session, first, number=1, act=act)
    record_floor(session, first.lots[0], Report("r1", 0, FloorKind.STARTED), act)

    assert first.reference not in {one.reference for one in looked_at(session, desk()).waiting}


def test_what_begins_in_the_frozen_days_is_not_moved(session, queue):
    first, *_ = queue()
    begins = min(slot.starts for slot in first.bookings).date()
    days = (begins - desk().local_now.date()).days

    assert first.reference not in {one.reference for one in looked_at(session, desk(days)).waiting}


def test_a_date_that_is_held_is_not_moved(session, anna_buys, queue, act):
    queue()
    held = anna_buys.holds(anna_buys.asks(400))
    slots = [slot for slot in every_slot(session) if held.quote.reference in slot]
    take_over(session, night(session), desk(), act)

    moved = {slot.work_centre for slot in session.scalars(sa.select(HeldDate)).one().bookings}
    kept = [slot for slot in every_slot(session) if held.quote.reference in slot]
    assert (len(kept), bool(moved)) == (len(slots), True)


def test_when_somebody_booked_meanwhile_nothing_is_moved(session, anna_buys, queue, act):
    queue()
    found = night(session)
    anna_buys.orders(anna_buys.asks(10), agreed=date.max)
    before = every_slot(session)

    assert take_over(session, found, desk(), act) is False
    assert every_slot(session) == before


def test_what_is_not_better_is_not_taken(session, queue, act):
    queue()
    found = night(session)
    worse = replace(found, late_days=0, set_up_minutes=0)

    assert take_over(session, worse, desk(), act) is False
    assert worse.in_words.endswith(NO_NEWS)


def test_a_shop_without_a_queue_has_nothing_to_search(session, anna_buys):
    anna_buys.orders(anna_buys.asks(100))
    found = night(session)

    assert (found.found, found.in_words) == (None, f"1 order could be moved; {NO_NEWS}")


def test_the_kit_is_never_expected_earlier_than_it_was_promised(session, queue):
    waiting = looked_at(session, desk()).waiting
    queue()

    assert waiting == ()
    assert all(one.ready > desk().local_now for one in looked_at(session, desk()).waiting)
    assert the_shop().schedule.bookings == ()
