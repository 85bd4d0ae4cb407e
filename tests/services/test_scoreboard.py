"""Scores by month, by what everything waited for, and the worst misses; and the load of a day from its slots."""

from datetime import date, datetime, timedelta

import pytest
from booked import Customer
from dated_prices import NOW, the_shop
from reported import Floor

from portal.errors import BadInput
from portal.models.plans import PromiseScore
from portal.planning.scoring import Share
from portal.services.capacity import SlotState, board, what_if
from portal.services.orders import open_hold
from portal.services.scoreboard import MOST_MISSES, days_late, scoreboard

SCHEDULE = the_shop().schedule
OCTOBER, NOVEMBER = date(2026, 10, 12), date(2026, 11, 9)


@pytest.fixture
def anna_buys(session, kept, anna, act):
    return Customer(session, kept, anna, act)


@pytest.fixture
def floor(session, act):
    return Floor(session, act)


@pytest.fixture
def left(session, anna_buys):
    """An order that left so many days after its P80."""

    def scored(promised, late, *, kind="boards", by_hand=False):
        day = promised + timedelta(days=late)
        dates = {"p50": None, "p95": None} if by_hand else {"p50": promised, "p95": promised}
        session.add(
            PromiseScore(
                order=anna_buys.orders(anna_buys.asks(10), agreed=date.max),
                p80=promised,
                left_on=day,
                counted_on=day,
                held_days=0,
                critical_kind=kind,
                critical="",
                because="",
                **dates,
            )
        )
        session.flush()

    return scored


class TestScoreboard:
    def test_before_anything_has_left_it_is_empty(self, session):
        found = scoreboard(session)

        assert (found.whole.orders, found.months, found.kinds, found.misses) == (0, (), (), ())
        assert found.whole.shares == (None, None, None)

    def test_orders_are_counted_in_the_month_in_which_they_left(self, session, left):
        left(OCTOBER, 0)
        left(OCTOBER, 28)
        left(NOVEMBER, 0)
        october, november = scoreboard(session).months

        assert (october.name, october.orders, november.orders) == (date(2026, 10, 1), 1, 2)
        assert november.shares[1] == Share(1, 2)

    def test_an_order_whose_day_sales_entered_counts_for_its_p80_alone(self, session, left):
        left(OCTOBER, 0, kind="entered by hand", by_hand=True)

        assert scoreboard(session).whole.shares == (None, Share(1, 1), None)

    def test_the_kind_with_most_orders_stands_on_top(self, session, left):
        for kind in ("parts", "boards", "parts"):
            left(OCTOBER, 0, kind=kind)

        assert [(kept.name, kept.orders) for kept in scoreboard(session).kinds] == [("parts", 2), ("boards", 1)]

    def test_the_worst_misses_stand_first_and_what_was_early_is_none(self, session, left):
        for late in (-3, 2, 9, 0):
            left(OCTOBER, late)

        assert [days_late(score) for score in scoreboard(session).misses] == [9, 2]

    def test_no_more_misses_are_shown_than_fit(self, session, left):
        for late in range(1, MOST_MISSES + 3):
            left(OCTOBER, late)

        assert len(scoreboard(session).misses) == MOST_MISSES


class TestBoard:
    def shown(self, session, order, *, weeks=4, now=NOW):
        first = min(kept.starts for kept in order.bookings).date()
        return board(session, SCHEDULE, first=first - timedelta(days=first.weekday()), weeks=weeks, now=now)

    @pytest.fixture
    def order(self, anna_buys, floor):
        return floor.release(anna_buys.orders(anna_buys.asks(1000), agreed=date.max))

    def test_every_slot_stands_on_the_lane_of_its_place(self, session, order):
        lanes = {lane.name: lane.slots for lane in self.shown(session, order).lanes}

        assert sum(map(len, lanes.values())) == len(order.bookings)
        assert {slot.reference for slot in lanes["smt"]} == {order.reference}

    def test_the_load_of_all_days_is_what_is_booked(self, session, order):
        loads = self.shown(session, order).loads["smt"]
        calendar = SCHEDULE.centre("smt").calendar
        booked = sum(
            calendar.worked(kept.ends) - calendar.worked(kept.starts)
            for kept in order.bookings
            if kept.work_centre == "smt"
        )

        assert sum(load.booked for load in loads) == booked
        assert all(load.booked <= load.there for load in loads)

    def test_a_weekend_has_no_time(self, session, order):
        loads = self.shown(session, order).loads["smt"]

        assert {load.there for load in loads if load.day.weekday() > 4} == {0}

    def test_a_slot_runs_now_and_is_over_afterwards(self, session, order):
        first = min(order.bookings, key=lambda kept: kept.starts)
        states = [
            {slot.state for slot in self.shown(session, order, now=now).slots if slot.starts == first.starts}
            for now in (first.starts, first.ends + timedelta(minutes=1))
        ]

        assert states == [{SlotState.RUNNING}, {SlotState.OVER}]

    def test_an_order_on_hold_says_so_before_it_says_late(self, session, order, act):
        open_hold(session, order, about="a reel is missing", who_must_act="floor", act=act)
        order.promised_on = NOW.date()
        session.flush()

        assert {slot.state for slot in self.shown(session, order).slots} == {SlotState.ON_HOLD}

    def test_a_date_that_is_held_is_shown_by_its_quote(self, session, anna_buys, order):
        quote = anna_buys.asks(10)
        anna_buys.holds(quote)
        session.flush()
        held = [slot for slot in self.shown(session, order).slots if slot.state is SlotState.HELD]

        assert {slot.reference for slot in held} == {quote.reference}
        assert not any(slot.is_order for slot in held)


class TestWhatIf:
    def asked(self, session, centre, first, days=0):
        return what_if(session, SCHEDULE, centre=centre, first=first, last=first + timedelta(days=days))

    @pytest.fixture
    def order(self, anna_buys):
        return anna_buys.orders(anna_buys.asks(1000), agreed=date.max)

    def on_the_line(self, order):
        return min(kept.starts for kept in order.bookings if kept.work_centre == "smt").date()

    def test_a_line_that_stands_moves_the_order_that_runs_on_it(self, session, order):
        [moved] = self.asked(session, "smt", self.on_the_line(order), days=6)

        assert moved.reference == order.reference
        assert moved.days >= 5
        assert moved.breaks_promise is (moved.now.date() > order.promised_on)

    def test_a_station_that_breaks_stops_its_line(self, session, order):
        assert self.asked(session, "placement", self.on_the_line(order), days=6)

    def test_a_holiday_stops_everybody(self, session, order):
        assert self.asked(session, "", self.on_the_line(order), days=6)

    def test_a_place_where_nothing_is_booked_moves_nobody(self, session, order):
        assert self.asked(session, "xray", self.on_the_line(order), days=6) == []

    def test_asking_changes_nothing(self, session, order):
        before = [(kept.starts, kept.ends) for kept in order.bookings], order.promised_on
        self.asked(session, "", self.on_the_line(order), days=30)

        assert not session.dirty
        assert ([(kept.starts, kept.ends) for kept in order.bookings], order.promised_on) == before

    @pytest.mark.parametrize(
        ("centre", "first", "last"),
        [
            ("nowhere", date(2026, 12, 1), date(2026, 12, 1)),
            ("smt", date(2026, 12, 2), date(2026, 12, 1)),
            ("smt", date(2026, 1, 1), date(2026, 12, 31)),
            ("smt", None, date(2026, 12, 1)),
        ],
    )
    def test_a_question_without_sense_gets_a_sentence(self, session, centre, first, last):
        with pytest.raises(BadInput, match="Please"):
            what_if(session, SCHEDULE, centre=centre, first=first, last=last)


def test_a_slot_over_midnight_counts_on_both_days(session, anna_buys, floor):
    """From 21:00 to 7:00 on a line that works from 6:00 to 22:00 with two breaks."""
    order = floor.release(anna_buys.orders(anna_buys.asks(10), agreed=date.max))
    for kept in order.bookings:
        kept.work_centre, kept.unit = "smt", 0
        kept.starts, kept.ends = datetime(2026, 12, 1, 21), datetime(2026, 12, 2, 7)  # noqa: DTZ001
        kept.reference = f"slot {kept.id}"
    session.flush()
    loads = {
        load.day: load.booked
        for load in board(session, SCHEDULE, first=date(2026, 11, 30), weeks=1, now=NOW).loads["smt"]
    }

    slots = len(order.bookings)
    assert (loads[date(2026, 12, 1)], loads[date(2026, 12, 2)]) == (60 * slots, 60 * slots)
