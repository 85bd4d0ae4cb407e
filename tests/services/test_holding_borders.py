"""Dates that are held for a customer, at their borders: the last minute, twice, too late, another cell."""

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from booked import Customer, cell_of, desk, every_slot
from dated_prices import the_shop

from portal.errors import BadInput, NotYours
from portal.models.bookings import HeldDate, SlotBooking
from portal.models.work import AuditEntry
from portal.services import planning, quotes
from portal.services.planning import MOST_HELD_DAYS, RESERVES_NOTHING

CALENDAR = the_shop().schedule.calendar
A_MINUTE = timedelta(minutes=1)


@pytest.fixture
def anna_buys(session, kept, anna, act):
    return Customer(session, kept, anna, act)


@pytest.fixture
def quote(anna_buys):
    return anna_buys.asks(100)


def keep(session, quote, until, act, *, cell=0, days=0):
    return planning.hold(session, quote, cell_of(quote, cell), until=until, desk=desk(days), act=act)


def last_moment():
    """23:59 on the shop's wall, on the last day that may be held."""
    day = CALENDAR.add_days(desk().local_now.date(), MOST_HELD_DAYS)
    return datetime(day.year, day.month, day.day, 22, 59, tzinfo=UTC)


def asked(session, quote, days=0, cell=0):
    return planning.inquire(session, quote, cell_of(quote, cell), desk(days))


class TestUntil:
    def test_the_last_minute_of_the_last_day_may_be_held(self, session, quote, act):
        assert keep(session, quote, last_moment(), act).until == last_moment()

    def test_a_minute_later_is_the_next_day_in_the_shop_and_refused(self, session, quote, act):
        with pytest.raises(BadInput, match="at the latest"):
            keep(session, quote, last_moment() + A_MINUTE, act)

    def test_until_this_very_moment_is_no_time(self, session, quote, act):
        with pytest.raises(BadInput, match="a day that is over"):
            keep(session, quote, desk().at, act)

    def test_a_minute_from_now_is(self, session, quote, act):
        assert keep(session, quote, desk().at + A_MINUTE, act).bookings

    def test_no_date_is_held_longer_than_its_quote_is_valid(self, session, quote, act):
        quote.valid_until = desk().at.date() + timedelta(days=1)
        session.flush()
        with pytest.raises(BadInput, match="until 2026-11-24 at the latest"):
            keep(session, quote, desk(2).at, act)

    def test_on_the_last_day_of_the_quote_it_may_be_held(self, session, quote, act):
        quote.valid_until = desk().at.date()
        session.flush()

        assert keep(session, quote, desk().at + timedelta(hours=3), act).bookings

    def test_what_is_refused_books_nothing(self, session, quote, act):
        before = every_slot(session)
        with pytest.raises(BadInput):
            keep(session, quote, desk(60).at, act)

        assert every_slot(session) == before
        assert session.scalars(sa.select(HeldDate)).all() == []


class TestWhat:
    def test_a_declined_quote_has_no_date_to_hold(self, session, quote, act):
        quotes.decline_quote(session, quote, act.because("too dear"))
        with pytest.raises(BadInput, match="make a new one"):
            keep(session, quote, desk(2).at, act)

    def test_an_order_has_its_slots_already(self, session, anna_buys, quote, act):
        anna_buys.orders(quote)
        with pytest.raises(BadInput, match="accepted"):
            keep(session, quote, desk(2).at, act)

    def test_holding_another_quantity_gives_the_first_one_back(self, session, anna_buys, act):
        quote = anna_buys.asks(10, 1000)
        keep(session, quote, desk(2).at, act)
        held = keep(session, quote, desk(2).at, act, cell=1)

        assert held.quantity == 1000
        assert {slot.held_date_id for slot in session.scalars(sa.select(SlotBooking))} == {held.id}

    def test_holding_the_same_twice_keeps_the_same_slots(self, session, quote, act):
        first = keep(session, quote, desk(2).at, act).promised_on
        before = [slot[1:] for slot in every_slot(session)]

        assert keep(session, quote, desk(2).at, act).promised_on == first
        assert [slot[1:] for slot in every_slot(session)] == before

    def test_holding_longer_is_never_an_earlier_day(self, session, quote, act):
        days = [keep(session, quote, desk(days).at, act).promised_on for days in (1, 2, 4, 8)]

        assert days == sorted(days)

    def test_who_held_it_and_until_when_is_in_the_audit(self, session, quote, act):
        keep(session, quote, desk(2).at, act)
        entry = session.scalars(sa.select(AuditEntry).where(AuditEntry.action == "date.held")).one()

        assert (entry.subject, entry.changes["until"]) == (quote.reference, desk(2).at.isoformat())


class TestAsking:
    def test_a_date_that_is_only_asked_for_reserves_nothing_and_says_so(self, session, quote):
        assert asked(session, quote).reserves == RESERVES_NOTHING

    def test_a_held_one_says_nothing_of_the_kind(self, session, quote, act):
        keep(session, quote, desk(2).at, act)

        assert asked(session, quote).reserves == ""

    def test_it_is_held_in_its_last_minute_and_not_one_later(self, session, quote, act):
        until = keep(session, quote, desk(2).at, act).until

        assert planning.held_date(session, quote, until) is not None
        assert planning.held_date(session, quote, until + timedelta(seconds=1)) is None

    def test_the_held_date_of_one_cell_is_not_that_of_another(self, session, anna_buys, act):
        quote = anna_buys.asks(10, 1000)
        keep(session, quote, desk(2).at, act)

        assert asked(session, quote, cell=1).held is None

    def test_asking_writes_nothing(self, session, quote, act):
        keep(session, quote, desk(2).at, act)
        before = every_slot(session)
        asked(session, quote, days=1)

        assert every_slot(session) == before

    def test_a_quote_that_is_asked_for_on_its_own_day_has_not_moved(self, session, quote):
        found = asked(session, quote)

        assert (found.has_moved, found.because) == (False, "")

    def test_a_day_later_it_has_moved_and_says_by_how_much(self, session, quote):
        found = asked(session, quote, days=1)

        assert found.has_moved
        assert found.because == "day 0 is 1 working day later than in the quote"

    def test_over_a_weekend_only_working_days_count(self, session, quote):
        assert "5 working days" in asked(session, quote, days=7).because


class TestEnding:
    def test_in_its_last_moment_it_is_not_over(self, session, quote, act):
        until = keep(session, quote, desk(2).at, act).until

        assert not planning.held_are_over(session, until)
        assert planning.held_are_over(session, until + timedelta(seconds=1))

    def test_an_empty_shop_has_nothing_that_is_over(self, session):
        assert not planning.held_are_over(session, desk(300).at)

    def test_what_is_over_is_given_back_once(self, session, quote, act):
        keep(session, quote, desk(2).at, act)

        assert planning.release_over(session, desk(3), act) == 1
        assert planning.release_over(session, desk(3), act) == 0

    def test_a_declined_quote_gives_its_date_back_before_its_time(self, session, quote, act):
        keep(session, quote, desk(5).at, act)
        quotes.decline_quote(session, quote, act.because("too dear"))

        assert planning.release_over(session, desk(), act) == 1
        assert every_slot(session) == []

    def test_the_audit_says_why_it_was_given_back(self, session, quote, act):
        keep(session, quote, desk(2).at, act)
        planning.release_over(session, desk(3), act)
        entry = session.scalars(sa.select(AuditEntry).where(AuditEntry.action == "date.released")).one()

        assert entry.reason == "its time is over"

    def test_only_what_is_over_is_given_back(self, session, anna_buys, act):
        short, long = anna_buys.asks(10), anna_buys.asks(100)
        keep(session, short, desk(1).at, act)
        kept = keep(session, long, desk(8).at, act)
        planning.release_over(session, desk(2), act)

        assert session.scalars(sa.select(HeldDate)).all() == [kept]

    def test_a_quote_without_a_held_date_has_none_to_find(self, session, quote):
        with pytest.raises(NotYours):
            planning.find_held(session, quote)

    def test_an_order_in_time_takes_its_held_day_and_its_slots(self, session, anna_buys, quote, act):
        held = keep(session, quote, desk(2).at, act).promised_on
        slots = {(slot.work_centre, slot.starts) for slot in session.scalars(sa.select(SlotBooking))}
        order = anna_buys.orders(quote, at=desk(1), agreed=held)

        assert order.promised_on <= held
        assert len(order.bookings) == len(slots)
        assert session.scalars(sa.select(HeldDate)).all() == []

    def test_an_order_after_its_time_leaves_no_held_slot_behind(self, session, anna_buys, quote, act):
        keep(session, quote, desk(1).at, act)
        anna_buys.orders(quote, at=desk(2), agreed=date.max)

        assert {slot.held_date_id for slot in session.scalars(sa.select(SlotBooking))} == {None}
