"""A promise is scored when its order leaves: once, against the day that was promised first."""

from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa
from booked import Customer
from dated_prices import the_shop
from reported import ZONE, Floor

from portal.errors import BadInput
from portal.models.plans import PromiseScore
from portal.services.actuals import move_promise, open_orders
from portal.services.orders import close_hold, open_hold
from portal.services.scoring import score

CALENDAR = the_shop().schedule.calendar


@pytest.fixture
def floor(session, act):
    return Floor(session, act)


@pytest.fixture
def order(session, kept, anna, act, floor):
    customer = Customer(session, kept, anna, act)
    return floor.release(customer.orders(customer.asks(10), agreed=date.max))


def noon(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time()).replace(hour=12)


def scored(session, floor, order, day=None):
    floor.ships(order, noon(day or order.promised_on))
    found = score(session, order, CALENDAR, zone=ZONE, act=floor.act)
    session.flush()
    return found


def test_what_is_still_in_the_house_is_not_scored(session, floor, order):
    floor.begins(order, 0, noon(order.promised_on))

    assert score(session, order, CALENDAR, zone=ZONE, act=floor.act) is None


def test_what_left_on_its_day_has_kept_its_promise(session, floor, order):
    kept = scored(session, floor, order)

    assert kept.left_on == kept.counted_on == kept.p80 == order.promised_on
    assert kept.p50 <= kept.p80 <= kept.p95


def test_it_is_scored_once_and_no_longer_open(session, floor, order):
    scored(session, floor, order)

    assert score(session, order, CALENDAR, zone=ZONE, act=floor.act) is None
    assert order not in open_orders(session)


def test_a_promise_that_moved_is_scored_against_its_first_day(session, floor, order, act):
    first = order.promised_on
    move_promise(session, order, first + timedelta(days=14), because="the line stood still", act=act)
    kept = scored(session, floor, order)

    assert (kept.p80, kept.left_on) == (first, first + timedelta(days=14))
    assert kept.because == "the line stood still"


def test_days_on_which_the_customer_had_to_act_are_taken_off(session, floor, order):
    monday = date(2026, 11, 30)
    open_hold(session, order, about="parts are missing", who_must_act="customer", act=floor.at(noon(monday)))
    close_hold(session, order, number=2, act=floor.at(noon(monday + timedelta(days=3))))
    kept = scored(session, floor, order, CALENDAR.add_days(order.promised_on, 3))

    assert kept.held_days == 3
    assert kept.counted_on == kept.p80


def test_our_own_holds_count_against_us(session, floor, order):
    monday = date(2026, 11, 30)
    open_hold(session, order, about="the oven is cold", who_must_act="floor", act=floor.at(noon(monday)))
    close_hold(session, order, number=2, act=floor.at(noon(monday + timedelta(days=3))))
    kept = scored(session, floor, order)

    assert kept.held_days == 0
    assert "the oven is cold" in kept.because


def test_what_has_left_is_promised_no_more(session, floor, order, act):
    scored(session, floor, order)

    with pytest.raises(BadInput, match="left on"):
        move_promise(session, order, date(2027, 3, 1), because="too late", act=act)


def test_a_score_is_never_changed(session, floor, order):
    scored(session, floor, order)

    with pytest.raises(sa.exc.DBAPIError, match="append-only"), session.begin_nested():
        session.execute(sa.update(PromiseScore).values(held_days=99))
