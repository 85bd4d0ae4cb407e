"""The last day of a quote ends on the shop's wall, whatever day it is in UTC."""

from datetime import UTC, date, datetime, timedelta

import pytest
from booked import THANKS, Customer
from hypothesis import given
from hypothesis import strategies as st

from portal.errors import ChangedSince, Stale
from portal.models.quotes import Quote
from portal.production.lifecycle import Commercial
from portal.services import orders, quotes
from portal.services.audit import Act
from portal.services.desks import Desk
from portal.services.invariants import check_invariants
from portal.services.orders import Acceptance
from portal.services.pricing import local

LAST = date(2026, 12, 23)
NEW_YORK, AUCKLAND = "America/New_York", "Pacific/Auckland"


@pytest.fixture
def quote(session, kept, anna, act):
    """Firm since Monday: valid for thirty days."""
    return Customer(session, kept, anna, act).asks(100)


def accept(session, quote, moment, *, zone="Europe/Berlin"):
    act = Act(actor="anna@example.com", at=moment, request_id="test")
    shown = Acceptance(0, quote.current.sha256, "PO 1", local(moment, zone).date())
    return orders.accept_quote(session, quote, shown, act=act, letter=lambda _: THANKS)


def utc(day, hour, minute=0):
    return datetime(2026, 12, day, hour, minute, tzinfo=UTC)


def test_it_is_valid_until_the_day_that_it_says(quote):
    assert quote.valid_until == LAST


@pytest.mark.parametrize(
    ("zone", "moment"),
    [
        ("Europe/Berlin", utc(23, 22, 59)),
        (NEW_YORK, utc(24, 4, 59)),
        (AUCKLAND, utc(23, 10, 59)),
        ("UTC", utc(23, 23, 59)),
    ],
)
def test_in_the_last_minute_of_the_shops_day_it_is_accepted(session, quote, zone, moment):
    assert accept(session, quote, moment, zone=zone).total > 0


@pytest.mark.parametrize(
    ("zone", "moment"),
    [
        ("Europe/Berlin", utc(23, 23)),
        (NEW_YORK, utc(24, 5)),
        (AUCKLAND, utc(23, 11)),
        ("UTC", utc(24, 0)),
    ],
)
def test_a_minute_later_it_has_expired_and_says_what_to_do(session, quote, zone, moment):
    with pytest.raises(Stale, match="look at what it is today"):
        accept(session, quote, moment, zone=zone)

    assert quote.state is Commercial.FIRM


def test_without_the_shops_day_that_of_utc_counts(session, quote, act):
    shown = Acceptance(0, quote.current.sha256, "PO 1")
    late = Act(actor="anna@example.com", at=utc(24, 0), request_id="test")
    with pytest.raises(Stale):
        orders.accept_quote(session, quote, shown, act=late, letter=lambda _: THANKS)

    assert orders.accept_quote(session, quote, shown, act=act, letter=lambda _: THANKS).total > 0


def test_what_was_accepted_on_the_last_evening_of_new_york_is_sound(session, files, quote):
    accept(session, quote, utc(24, 4, 30), zone=NEW_YORK)
    session.flush()
    faults = [fault for one in check_invariants(session, files, utc(24, 5)) for fault in one.faults]

    assert not [fault for fault in faults if "expired" in fault]


def test_on_its_last_day_no_quote_expires(session, quote, act):
    assert quotes.expire_quotes(session, act, today=LAST) == []


def test_on_the_day_after_it_does_once(session, quote, act):
    assert quotes.expire_quotes(session, act, today=LAST + timedelta(days=1)) == [quote]
    assert quotes.expire_quotes(session, act, today=LAST + timedelta(days=1)) == []


def test_what_has_expired_is_not_accepted_even_by_a_page_of_before(session, quote, act):
    quotes.expire_quotes(session, act, today=LAST + timedelta(days=1))
    with pytest.raises(ChangedSince):
        accept(session, quote, utc(23, 12))


def test_an_order_does_not_expire_any_more(session, quote, act):
    accept(session, quote, utc(23, 12))

    assert quotes.expire_quotes(session, act, today=date(2030, 1, 1)) == []


def test_a_budget_that_nobody_reviewed_has_no_last_day(session, kept, anna, offered, act):
    budget = quotes.keep_as_quote(session, kept, offered, user=anna, act=act)

    assert quotes.expire_quotes(session, act, today=date(2030, 1, 1)) == []
    assert not budget.has_expired(date(2030, 1, 1))


@given(st.dates(date(2026, 1, 1), date(2030, 1, 1)), st.integers(-400, 400))
def test_a_quote_has_expired_exactly_after_its_last_day(last, days):
    assert Quote(valid_until=last).has_expired(last + timedelta(days=days)) == (days > 0)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2029, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_the_shops_day_is_never_more_than_one_from_that_of_utc(moment):
    days = {Desk(None, moment, zone).local_now.date() - moment.date() for zone in (NEW_YORK, AUCKLAND)}

    assert all(abs(day) <= timedelta(days=1) for day in days)
