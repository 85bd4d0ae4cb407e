"""Prices and dates together: each cell with the promise behind it, and orders that push later promises back."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from dated_prices import BOARD, NOW, cells, the_shop
from samples import MONDAY, a_cell

from portal.board.design import Board
from portal.models.orders import Order
from portal.routing.operations import OperationKind
from portal.routing.options import BuildOptions, Speed
from portal.services import orders, quotes
from portal.services.outbox import Words
from portal.services.pricing import advised, book_slots, changes_between, loaded, local
from portal.services.snapshot import cell_value, with_date

THANKS = Words("Thanks", "Thanks.", "<p>Thanks.</p>")


class TestCells:
    def test_they_come_quantity_by_quantity_each_at_every_speed(self):
        found = [(cell.sheet.quantity, cell.sheet.speed) for cell in cells(100, 10, speeds=Speed)]

        assert found == [(100, "standard"), (100, "express"), (10, "standard"), (10, "express")]

    def test_speeds_may_be_given_as_they_come(self):
        assert len(cells(1, 10, speeds=iter(Speed))) == 4

    def test_each_is_dated_by_its_own_routing(self):
        [few, many] = cells(10, 10_000)

        assert few.promise.p80 < many.promise.p80
        assert few.routing.boards == 10

    def test_no_date_is_before_the_question(self):
        assert all(cell.promise.p50 > NOW.date() for cell in cells(1, 10, speeds=Speed))

    def test_express_is_never_later(self):
        for standard, express in (cells(boards, speeds=Speed) for boards in (1, 100, 3000)):
            assert express.promise.p80 <= standard.promise.p80

    def test_after_the_cut_off_day_zero_is_the_next_day(self):
        [before], [after] = cells(10, now=NOW.replace(hour=12)), cells(10, now=NOW.replace(hour=12, minute=1))

        assert before.promise.p80 < after.promise.p80

    def test_a_board_of_unknown_layers_has_a_price_but_no_date(self):
        [cell] = cells(10, design=replace(BOARD, board=Board(50.0, 30.0)))

        assert (cell.promise.p80, cell.promise.unknown[0]) == (None, "Bare boards")


class TestChanges:
    def test_what_changes_at_a_quantity_is_told_with_what_it_does_to_a_board(self):
        found = changes_between(cells(1000, 1, 10))

        assert {(change.before, change.at) for change in found} <= {(1, 10), (10, 1000)}
        assert [change.per_board < 0 for change in found if change.step == "price break"] == [True]

    def test_one_quantity_has_nothing_to_be_compared_with(self):
        assert changes_between(cells(10, speeds=Speed)) == ()


class TestAdvice:
    def test_each_advice_is_of_an_asked_quantity_and_says_its_days(self):
        found = advised(BOARD, BuildOptions(), the_shop(), quantities=(10, 100), speed=Speed.EXPRESS, local_now=NOW)
        [slower] = [one for one in found if one.change == "Standard speed instead of express"]

        assert {one.quantity for one in found} <= {10, 100}
        assert slower.days > 0


@pytest.fixture
def order(session, kept, anna, act):
    """An accepted order over so many boards, with its slots booked."""

    def accepted(boards=1000, *, change=lambda snapshot: snapshot):
        offered = quotes.Offered(BuildOptions(), cells(boards), "EUR", {})
        quote = quotes.keep_as_quote(session, kept, offered, user=anna, act=act)
        changed = change(quotes.content(quote.current))
        quotes.revise_quote(session, quote, changed, act.because("as it was asked for"))
        quotes.make_firm(session, quote, act, today=MONDAY.date())
        acceptance = orders.Acceptance(cell=0, sha256=quote.current.sha256, customer_po="PO 1")
        return orders.accept_quote(
            session,
            quote,
            acceptance,
            act=act,
            letter=lambda _: THANKS,
            book=lambda order: book_slots(order, loaded(session, the_shop(), NOW), NOW),
        )

    return accepted


class TestBookings:
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

    def test_what_is_over_is_held_no_more(self, session, order):
        last = max(booking.ends for booking in order().bookings)

        assert loaded(session, the_shop(), last + timedelta(minutes=1)).schedule.bookings == ()
        assert len(loaded(session, the_shop(), last).schedule.bookings) >= 1

    def test_two_orders_never_hold_the_same_minute_of_one_machine(self, session, order):
        for _ in range(3):
            order(1000)

        schedule = loaded(session, the_shop(), NOW).schedule
        for centre in (centre for centre in schedule.centres if centre.units == 1):
            spans = sorted((b.start, b.end) for b in schedule.bookings if b.centre == centre.name)
            assert all(first[1] <= second[0] for first, second in pairwise(spans)), centre.name

    def test_a_shop_without_orders_is_as_it_was(self, session):
        assert loaded(session, the_shop(), NOW).schedule.bookings == ()

    def test_an_order_whose_date_sales_entered_holds_no_slot(self, order):
        """There is no chain behind such a date."""

        def by_hand(snapshot):
            cell = snapshot["cells"][0]
            bare = {**snapshot, "cells": [{**cell, "promise": {**cell["promise"], "steps": []}}]}
            return with_date(bare, date(2026, 12, 24), cells=[0], because="agreed by telephone")

        held = order(change=by_hand)
        assert (held.bookings, held.promised_on) == ([], date(2026, 12, 24))

    def test_a_later_acceptance_is_planned_from_its_own_day(self, order):
        """The kit takes as long as it was promised to take, from the day of the acceptance."""
        held, later = order(), NOW + timedelta(days=28)
        first = min(booking.starts for booking in held.bookings)

        book_slots(held, the_shop(), later)
        assert min(booking.starts for booking in held.bookings) - first >= timedelta(days=26)

    def test_an_order_on_the_day_of_its_quote_leaves_when_the_quote_says(self, order):
        held = order()
        assert held.promised_on.isoformat() == held.cell["promise"]["p80"]
        assert len(held.holds) == 1

    def test_an_order_that_comes_later_is_promised_as_many_working_days_later(self, order):
        held, two_weeks = order(), NOW + timedelta(days=14)
        quoted = date.fromisoformat(held.cell["promise"]["p80"])

        book_slots(held, the_shop(), two_weeks)
        assert held.promised_on == the_shop().schedule.calendar.add_days(quoted, 10)

    def test_when_others_were_quicker_somebody_must_speak_before_work_starts(self, order):
        """Each of these takes the slots that the next one was quoted."""
        crowd = [order(5_000) for _ in range(4)]
        late = crowd[-1]

        assert [hold.number for hold in late.holds] == [1, 2]
        assert "agree on a date" in late.holds[1].about

    def test_a_slot_over_a_weekend_comes_back_as_the_same_work(self, session, order):
        held = order(20_000)
        centre = the_shop().schedule.centre
        worked = {
            f"{slot.id}": centre(slot.work_centre).calendar.worked(slot.ends)
            - centre(slot.work_centre).calendar.worked(slot.starts)
            for slot in held.bookings
        }

        bookings = loaded(session, the_shop(), NOW).schedule.bookings
        assert {booking.reference: booking.end - booking.start for booking in bookings} == worked
        assert any(slot.ends.date() - slot.starts.date() > timedelta(days=2) for slot in held.bookings)


class TestLocalClock:
    @pytest.mark.parametrize(
        ("at", "zone", "wall"),
        [
            (datetime(2026, 11, 23, 11, 30, tzinfo=UTC), "Europe/Berlin", "2026-11-23T12:30:00"),
            (datetime(2026, 7, 1, 11, 30, tzinfo=UTC), "Europe/Berlin", "2026-07-01T13:30:00"),
            (datetime(2026, 11, 23, 23, 30, tzinfo=UTC), "Europe/Berlin", "2026-11-24T00:30:00"),
            (datetime(2026, 11, 23, 2, 0, tzinfo=UTC), "America/Los_Angeles", "2026-11-22T18:00:00"),
            (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "Europe/Berlin", "2026-10-25T02:30:00"),
        ],
    )
    def test_the_shops_wall_shows_its_own_time_without_a_zone(self, at, zone, wall):
        assert local(at, zone).isoformat() == wall

    def test_the_cut_off_is_the_shops_noon_wherever_the_server_stands(self):
        ten_to_noon = datetime(2026, 11, 23, 10, 50, tzinfo=UTC)
        [berlin] = cells(10, now=local(ten_to_noon, "Europe/Berlin"))
        [kyiv] = cells(10, now=local(ten_to_noon, "Europe/Kyiv"))

        assert berlin.promise.p80 < kyiv.promise.p80


def test_an_order_made_without_a_portal_books_what_its_cell_says():
    """The operations are those that were priced, whatever the machines' file says today."""
    order = Order(cell=cell_value(cells(10)[0]))

    book_slots(order, the_shop(), NOW)
    assert {booking.work_centre for booking in order.bookings} >= {"kitting", "smt", "packing"}


def test_a_cell_without_a_chain_books_nothing():
    order = Order(cell=cell_value(a_cell()))

    book_slots(order, the_shop(), NOW)
    assert order.bookings == []
    assert OperationKind.PRINT in {OperationKind(o["kind"]) for o in order.cell["routing"]["operations"]}
