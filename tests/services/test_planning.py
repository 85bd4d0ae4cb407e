"""The date of a quote: asked for, held, confirmed, given back."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
import sqlalchemy as sa
from booked import Customer, cell_of, desk, every_slot
from dated_prices import NOW, cells, the_shop
from samples import a_cell

from portal.errors import BadInput, DateMoved
from portal.models.bookings import HeldDate, SlotBooking
from portal.models.work import AuditEntry
from portal.planning.schedule import Schedule
from portal.routing.options import Speed
from portal.services import planning, quotes
from portal.services.planning import RESERVES_NOTHING
from portal.services.schedules import loaded
from portal.services.snapshot import cell_value, with_date


@pytest.fixture
def anna_buys(session, kept, anna, act):
    return Customer(session, kept, anna, act)


@pytest.fixture
def order(anna_buys):
    """An accepted order over so many boards, with its slots booked, whatever its day came to be."""

    def accepted(boards=1000):
        return anna_buys.orders(anna_buys.asks(boards), agreed=date.max)

    return accepted


def schedule(session, days=0) -> Schedule:
    return loaded(session, the_shop(), NOW + timedelta(days=days)).schedule


class TestOrders:
    def test_an_order_holds_the_line_once_a_side_and_a_slot_for_each_other_operation(self, order):
        held = order()

        centres = {operation["work_centre"] for operation in held.cell["routing"]["operations"]}
        joined = the_shop().schedule.centre("smt").stations
        assert {booking.work_centre for booking in held.bookings} == (centres - joined) | {"smt"}

    def test_no_slot_ends_before_it_begins_nor_begins_before_the_order(self, order):
        assert all(NOW < booking.starts < booking.ends for booking in order().bookings)

    def test_the_last_slot_ends_on_the_promised_day_or_before(self, order):
        held = order()

        assert max(booking.ends for booking in held.bookings).date() <= held.promised_on

    def test_an_order_pushes_the_next_promise_back(self, session, order):
        [alone] = cells(5000)
        for _ in range(3):
            order(5000)

        [behind] = cells(5000, shop=loaded(session, the_shop(), NOW))
        assert behind.promise.p80 > alone.promise.p80

    def test_an_order_never_makes_a_promise_sooner(self, session, order):
        order(3000)
        shop = loaded(session, the_shop(), NOW)

        for alone, behind in zip(
            cells(1, 100, 3000, speeds=Speed), cells(1, 100, 3000, speeds=Speed, shop=shop), strict=True
        ):
            assert behind.promise.p80 >= alone.promise.p80

    def test_a_price_does_not_depend_on_who_came_first(self, session, order):
        order(3000)
        shop = loaded(session, the_shop(), NOW)

        assert [c.sheet for c in cells(10, 1000)] == [c.sheet for c in cells(10, 1000, shop=shop)]

    def test_what_was_over_a_week_ago_is_held_no_more(self, session, order):
        last = max(booking.ends for booking in order().bookings)

        assert loaded(session, the_shop(), last + timedelta(days=9)).schedule.bookings == ()
        assert len(loaded(session, the_shop(), last).schedule.bookings) >= 1

    def test_two_orders_never_hold_the_same_minute_of_one_place(self, session, order):
        for _ in range(3):
            order(1000)

        for lanes in schedule(session).timetable.lanes.values():
            for lane in lanes:
                assert all(first.end <= then.start for first, then in pairwise(lane.bookings)), lane.centre.name

    def test_an_order_whose_date_sales_entered_holds_no_slot(self, anna_buys):
        """There is no chain behind such a date."""

        def by_hand(snapshot):
            cell = snapshot["cells"][0]
            bare = {**snapshot, "cells": [{**cell, "promise": {**cell["promise"], "steps": []}}]}
            return with_date(bare, date(2026, 12, 24), cells=[0], because="agreed by telephone")

        held = anna_buys.orders(anna_buys.asks(change=by_hand))
        assert (held.bookings, held.promised_on) == ([], date(2026, 12, 24))

    def test_an_order_on_the_day_of_its_quote_leaves_when_the_quote_says(self, order):
        held = order()
        assert held.promised_on.isoformat() == held.cell["promise"]["p80"]
        assert len(held.holds) == 1

    def test_an_order_that_comes_later_is_promised_as_many_working_days_later(self, anna_buys):
        quote = anna_buys.asks()
        held = anna_buys.orders(quote, at=desk(14))

        quoted = date.fromisoformat(held.cell["promise"]["p80"])
        assert held.promised_on == the_shop().schedule.calendar.add_days(quoted, 10)

    def test_the_same_board_is_not_set_up_twice(self, order):
        first, second = order(100), order(100)

        loads = {slot.product for held in (first, second) for slot in held.bookings if slot.work_centre == "smt"}
        assert len(loads) == len({slot.product for slot in first.bookings if slot.work_centre == "smt"})
        set_ups = sum(slot.set_up for held in (first, second) for slot in held.bookings)
        assert set_ups < sum(slot.full_set_up for held in (first, second) for slot in held.bookings)


class TestConfirming:
    def test_when_others_were_quicker_the_new_day_is_agreed_to_first(self, anna_buys, order):
        """Each of these takes the slots that the last one was quoted."""
        quote = anna_buys.asks(5000)
        for _ in range(3):
            order(5000)

        with pytest.raises(DateMoved) as moved:
            anna_buys.orders(quote)
        assert moved.value.was.isoformat() == cell_of(quote)["promise"]["p80"]
        assert moved.value.now > moved.value.was

    def test_a_day_that_was_agreed_to_is_booked(self, session, anna_buys, order):
        quote = anna_buys.asks(5000)
        for _ in range(3):
            order(5000)

        dated = planning.inquire(session, quote, cell_of(quote), desk())
        held = anna_buys.orders(quote, agreed=dated.now)
        assert (dated.has_moved, dated.because) == (True, "others were quicker")
        assert held.promised_on == dated.now > dated.quoted

    def test_an_earlier_day_than_agreed_is_taken_without_asking(self, anna_buys):
        quote = anna_buys.asks()

        assert anna_buys.orders(quote, agreed=date(2027, 12, 24)).promised_on < date(2027, 1, 31)


class TestInquiring:
    def test_it_reserves_nothing_and_says_so(self, session, anna_buys):
        quote, before = anna_buys.asks(), every_slot(session)
        dated = planning.inquire(session, quote, cell_of(quote), desk())

        assert (dated.reserves, dated.has_moved) == (RESERVES_NOTHING, False)
        assert every_slot(session) == before

    def test_days_later_it_says_why_the_day_is_another(self, session, anna_buys):
        quote = anna_buys.asks()
        dated = planning.inquire(session, quote, cell_of(quote), desk(1))

        assert dated.now > dated.quoted
        assert dated.because == "day 0 is 1 working day later than in the quote"

    def test_a_date_without_a_chain_stays_as_it_is(self, session, anna_buys):
        quote = anna_buys.asks()
        dated = planning.inquire(session, quote, cell_value(a_cell()), desk(14))

        assert (dated.now, dated.has_moved) == (date(2026, 12, 4), False)


class TestHolding:
    def test_a_held_date_is_that_of_an_order_at_the_last_moment(self, anna_buys):
        held = anna_buys.holds(quote := anna_buys.asks(), days=2)

        quoted = date.fromisoformat(cell_of(quote)["promise"]["p80"])
        assert held.promised_on == the_shop().schedule.calendar.add_days(quoted, 2)
        assert {slot.reference for slot in held.bookings} == {quote.reference}

    def test_others_queue_behind_it(self, session, anna_buys):
        [alone] = cells(5000)
        for _ in range(2):
            anna_buys.holds(anna_buys.asks(5000))

        [behind] = cells(5000, shop=loaded(session, the_shop(), NOW))
        assert behind.promise.p80 > alone.promise.p80

    def test_an_order_in_time_takes_exactly_what_was_held(self, session, anna_buys, order):
        held = anna_buys.holds(quote := anna_buys.asks(5000), days=2)
        day, slots = held.promised_on, {(s.work_centre, s.unit, s.ends) for s in held.bookings}
        for _ in range(3):
            order(5000)

        bought = anna_buys.orders(quote, at=desk(2))
        assert bought.promised_on == day
        assert {(s.work_centre, s.unit, s.ends) for s in bought.bookings} == slots
        assert session.scalars(sa.select(HeldDate)).all() == []

    def test_an_order_before_the_last_moment_may_leave_earlier(self, anna_buys):
        held = anna_buys.holds(quote := anna_buys.asks(), days=2)

        assert anna_buys.orders(quote).promised_on < held.promised_on

    def test_an_order_of_another_cell_gives_the_held_one_back(self, session, anna_buys):
        anna_buys.holds(quote := anna_buys.asks(1000, 10))
        bought = anna_buys.orders(quote, cell=1)

        assert session.scalars(sa.select(SlotBooking.reference).distinct()).all() == [bought.reference]

    def test_an_order_after_its_time_finds_nothing_held(self, session, anna_buys):
        held = anna_buys.holds(quote := anna_buys.asks(5000), days=1)
        until = held.promised_on

        dated = planning.inquire(session, quote, cell_of(quote), desk(3))
        assert (dated.held, dated.reserves) == (None, RESERVES_NOTHING)
        assert anna_buys.orders(quote, at=desk(3), agreed=date.max).promised_on > until

    def test_to_hold_again_gives_the_first_hold_back(self, session, anna_buys):
        quote = anna_buys.asks(1000, 10)
        anna_buys.holds(quote)
        again = anna_buys.holds(quote, cell=1, days=3)

        assert session.scalars(sa.select(HeldDate)).all() == [again]
        assert {slot.held_date_id for slot in session.scalars(sa.select(SlotBooking))} == {again.id}

    def test_the_page_says_until_when_it_is_held(self, session, anna_buys):
        held = anna_buys.holds(quote := anna_buys.asks())
        dated = planning.inquire(session, quote, cell_of(quote), desk(2))

        assert (dated.held, dated.reserves) == (held, "")

    @pytest.mark.parametrize("days", [0, -1, 15, 40])
    def test_nothing_is_held_for_ever_or_for_the_past(self, anna_buys, days):
        with pytest.raises(BadInput, match="at the latest"):
            anna_buys.holds(anna_buys.asks(), days=days)

    def test_nothing_is_held_of_a_quote_that_is_declined(self, session, anna_buys, act):
        quotes.decline_quote(session, quote := anna_buys.asks(), act)

        with pytest.raises(BadInput, match="declined"):
            anna_buys.holds(quote)

    def test_a_date_that_sales_entered_has_no_slots_to_hold(self, session, anna_buys, act):
        with pytest.raises(BadInput, match="no date that the shop has computed"):
            planning.hold(
                session,
                anna_buys.asks(),
                cell_value(a_cell()),
                until=desk().at + timedelta(days=1),
                desk=desk(),
                act=act,
            )

    def test_it_ends_at_the_cut_off_of_a_working_day(self):
        ends = [desk(days).in_days(2).isoformat() for days in (0, 4)]

        assert ends == ["2026-11-25T11:00:00+00:00", "2026-12-01T11:00:00+00:00"]  # noon in Berlin

    def test_it_is_in_the_audit_with_its_day(self, session, anna_buys):
        held = anna_buys.holds(quote := anna_buys.asks())
        entry = session.scalars(sa.select(AuditEntry).where(AuditEntry.action == "date.held")).one()

        assert (entry.subject, entry.changes["promised_on"]) == (quote.reference, held.promised_on.isoformat())


class TestGivingBack:
    def test_a_hold_that_is_over_is_released_by_the_worker(self, session, anna_buys, act):
        before = every_slot(session)
        anna_buys.holds(anna_buys.asks(), days=2)

        assert planning.release_over(session, desk(1), act) == 0
        assert planning.release_over(session, desk(3), act) == 1
        assert every_slot(session) == before

    def test_a_hold_of_a_quote_that_is_declined_is_released_at_once(self, session, anna_buys, act):
        anna_buys.holds(quote := anna_buys.asks())
        quotes.decline_quote(session, quote, act)

        assert planning.release_over(session, desk(), act) == 1
        entry = session.scalars(sa.select(AuditEntry).where(AuditEntry.action == "date.released")).one()
        assert entry.reason == "the quote is declined"

    def test_an_order_that_will_not_be_built_gives_all_its_slots_back(self, session, order, act):
        order(500)
        before = every_slot(session)
        planning.cancel_slots(session, order(5000), desk(), act)

        assert every_slot(session) == before
