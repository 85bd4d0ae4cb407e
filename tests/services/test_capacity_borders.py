"""The capacity board at its borders: midnight, the first and last day, several places, nobody's and many orders."""

from datetime import date, datetime, timedelta

import pytest
from booked import Customer, desk
from dated_prices import NOW, the_shop
from hypothesis import given
from hypothesis import strategies as st

from portal.errors import BadInput
from portal.services.capacity import (
    MOST_CLOSED_DAYS,
    DayLoad,
    SlotState,
    WouldMove,
    board,
    last_day,
    what_if,
)

MONDAY = date(2026, 11, 23)
SCHEDULE = the_shop().schedule
MOMENTS = st.datetimes(datetime(2026, 11, 1), datetime(2027, 3, 1)).map(lambda at: at.replace(second=0, microsecond=0))  # noqa: DTZ001


@pytest.fixture
def anna_buys(session, kept, anna, act):
    return Customer(session, kept, anna, act)


@pytest.fixture
def order(anna_buys):
    return anna_buys.orders(anna_buys.asks(100), agreed=date.max)


def shown(session, *, first=MONDAY, weeks=8, now=NOW):
    return board(session, SCHEDULE, first=first, weeks=weeks, now=now)


def states(session, now=NOW):
    return {slot.state for slot in shown(session, now=now).slots}


def would(was: datetime, now: datetime, promised: date | None) -> WouldMove:
    return WouldMove("O-1", was, now, promised)


def midnight(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time())


def test_what_ends_at_midnight_is_done_on_the_day_before():
    assert last_day(midnight(date(2027, 1, 1))) == date(2026, 12, 31)


def test_what_ends_a_minute_later_is_of_the_next_day():
    assert last_day(midnight(date(2027, 1, 1)) + timedelta(minutes=1)) == date(2027, 1, 1)


def test_a_night_shift_that_ends_at_midnight_of_the_promised_day_breaks_no_promise():
    one = would(midnight(MONDAY), midnight(MONDAY + timedelta(days=5)), MONDAY + timedelta(days=4))

    assert not one.breaks_promise


def test_a_minute_after_midnight_it_does():
    ends = midnight(MONDAY + timedelta(days=5)) + timedelta(minutes=1)

    assert would(midnight(MONDAY), ends, MONDAY + timedelta(days=4)).breaks_promise


@pytest.mark.parametrize(("days", "is_late"), [(4, False), (3, True)])
def test_an_order_that_is_late_already_is_told_apart_from_one_that_would_be(days, is_late):
    one = would(
        midnight(MONDAY + timedelta(days=5)), midnight(MONDAY + timedelta(days=9)), MONDAY + timedelta(days=days)
    )

    assert (one.breaks_promise, one.is_late_already) == (True, is_late)


def test_an_order_that_nobody_dated_breaks_no_promise():
    assert not would(NOW, NOW + timedelta(days=300), None).breaks_promise


def test_from_an_evening_to_midnight_is_no_day_later():
    assert would(NOW.replace(hour=22), midnight(MONDAY + timedelta(days=1)), MONDAY).days == 0


@given(MOMENTS, st.integers(0, 90))
def test_so_many_days_later_are_so_many_days(was, days):
    assert would(was, was + timedelta(days=days), MONDAY).days == days


@given(MOMENTS, st.integers(1, 1440))
def test_a_move_that_ends_by_the_end_of_the_promised_day_keeps_it(was, minutes):
    ends = midnight(was.date()) + timedelta(minutes=minutes)

    assert not would(was, ends, was.date()).breaks_promise


def test_a_day_on_which_nobody_works_has_no_share():
    assert DayLoad(date(2026, 11, 29), 0, 0).share is None


def test_a_full_day_is_a_whole():
    assert DayLoad(MONDAY, 480, 480).share == 1.0


class TestBoard:
    def test_an_empty_shop_shows_its_places_and_no_slot(self, session):
        empty = shown(session)

        assert empty.slots == []
        assert all(not load.booked for loads in empty.loads.values() for load in loads)

    def test_a_week_has_seven_days_over_the_turn_of_the_year(self, session):
        days = shown(session, first=date(2026, 12, 28), weeks=1).days

        assert (len(days), days[-1]) == (7, date(2027, 1, 3))

    def test_lines_stand_above_single_stations(self, session):
        names = list(shown(session).loads)
        lines = {centre.name for centre in SCHEDULE.centres if centre.stations}

        assert set(names[: len(lines)]) == lines

    @pytest.mark.usefixtures("order")
    def test_a_station_of_a_line_has_no_row_of_its_own_while_it_only_runs_there(self, session):
        joined = {station for centre in SCHEDULE.centres for station in centre.stations}

        assert not joined & set(shown(session).loads)

    def test_a_centre_with_two_places_has_two_numbered_lanes(self, session):
        names = [lane.name for lane in shown(session).lanes]
        several = [centre for centre in SCHEDULE.centres if centre.units > 1 and centre.name in shown(session).loads]

        assert all(f"{centre.name} {centre.units}" in names for centre in several)
        assert len(names) == len(set(names))

    def test_what_ended_before_the_first_day_is_not_shown(self, session, order):
        assert shown(session, first=order.promised_on + timedelta(days=1)).slots == []

    @pytest.mark.usefixtures("order")
    def test_what_begins_after_the_last_day_is_not_shown(self, session):
        assert shown(session, first=MONDAY - timedelta(days=14), weeks=1).slots == []

    def test_a_slot_that_began_before_the_first_day_and_runs_into_it_is_shown(self, session, order):
        longest = max(order.bookings, key=lambda kept: kept.ends - kept.starts)
        longest.starts = midnight(longest.ends.date()) - timedelta(hours=3)
        session.flush()

        slots = shown(session, first=longest.ends.date()).slots
        assert longest.starts in {slot.starts for slot in slots}

    def test_an_order_that_is_planned_and_free_of_holds_is_planned(self, session, order):
        for hold in order.open_holds:
            hold.close(desk().at)
        session.flush()

        assert states(session) == {SlotState.PLANNED}

    def test_an_order_past_its_promise_is_late(self, session, order):
        for hold in order.open_holds:
            hold.close(desk().at)
        order.promised_on = max(kept.ends for kept in order.bookings).date() - timedelta(days=1)
        session.flush()

        assert states(session) == {SlotState.LATE}

    def test_what_is_over_is_over_even_if_it_was_late_and_held(self, session, order):
        order.promised_on = MONDAY
        session.flush()

        assert states(session, now=max(kept.ends for kept in order.bookings)) == {SlotState.OVER}

    def test_an_order_whose_last_slot_ends_at_midnight_of_its_day_is_not_late(self, session, order):
        for hold in order.open_holds:
            hold.close(desk().at)
        last = max(order.bookings, key=lambda kept: kept.ends)
        last.ends = midnight(order.promised_on + timedelta(days=1))
        session.flush()

        assert SlotState.LATE not in states(session)

    def test_two_orders_are_told_apart_by_their_references(self, session, anna_buys, order):
        other = anna_buys.orders(anna_buys.asks(10), agreed=date.max)

        assert {slot.reference for slot in shown(session).slots} == {order.reference, other.reference}

    @pytest.mark.usefixtures("order")
    def test_slots_are_in_order_of_time(self, session, anna_buys):
        anna_buys.orders(anna_buys.asks(10), agreed=date.max)
        starts = [slot.starts for slot in shown(session).slots]

        assert starts == sorted(starts)

    def test_a_held_date_is_no_order(self, session, anna_buys):
        anna_buys.holds(anna_buys.asks(100))

        assert {slot.is_order for slot in shown(session).slots} == {False}

    def test_a_slot_of_before_places_were_known_is_in_the_first(self, session, order):
        first = order.bookings[0]
        first.unit = None
        session.flush()
        found = [
            slot for slot in shown(session).slots if (slot.centre, slot.starts) == (first.work_centre, first.starts)
        ]

        assert [slot.unit for slot in found] == [0]


class TestWhatIf:
    def ask(self, session, centre="", first=MONDAY, days=1):
        return what_if(session, SCHEDULE, centre=centre, first=first, last=first + timedelta(days=days - 1))

    def test_in_an_empty_shop_nobody_is_moved(self, session):
        assert self.ask(session, days=10) == []

    def test_one_day_may_be_asked_for(self, session, order):
        [moved] = self.ask(session, first=min(kept.starts for kept in order.bookings).date())

        assert moved.reference == order.reference
        assert moved.days >= 1

    def test_the_most_days_may_be_asked_for_and_not_one_more(self, session):
        self.ask(session, days=MOST_CLOSED_DAYS)
        with pytest.raises(BadInput, match="at most 60 days"):
            self.ask(session, days=MOST_CLOSED_DAYS + 1)

    def test_a_last_day_before_the_first_is_no_question(self, session):
        with pytest.raises(BadInput, match="first and a last day"):
            self.ask(session, days=0)

    @pytest.mark.usefixtures("order")
    def test_a_sunday_off_moves_nobody(self, session):
        assert self.ask(session, first=date(2026, 11, 29)) == []

    def test_after_its_last_day_an_order_is_not_moved(self, session, order):
        after = max(kept.ends for kept in order.bookings).date() + timedelta(days=1)

        assert self.ask(session, first=after, days=20) == []

    def test_longer_closed_is_never_sooner_done(self, session, order):
        first = min(kept.starts for kept in order.bookings).date()
        ends = [self.ask(session, first=first, days=days)[0].now for days in (1, 5, 20)]

        assert ends == sorted(ends)

    @pytest.mark.usefixtures("order")
    def test_the_worst_is_on_top(self, session, anna_buys):
        anna_buys.orders(anna_buys.asks(1000), agreed=date.max)
        days = [moved.days for moved in self.ask(session, days=40)]

        assert len(days) == 2
        assert days == sorted(days, reverse=True)

    def test_a_date_that_is_only_held_is_no_order_that_moves(self, session, anna_buys):
        anna_buys.holds(anna_buys.asks(100))

        assert self.ask(session, days=40) == []
