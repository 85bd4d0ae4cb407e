"""The desk's clock: until when a date counts from a day, in UTC, whatever the zone, the season or the year."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from booked import desk
from dated_prices import the_shop
from hypothesis import given
from hypothesis import strategies as st

from portal.services.desks import Desk

CALENDAR = the_shop().schedule.calendar
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "UTC")
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2029, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


def at(moment: str, zone: str = "Europe/Berlin") -> Desk:
    return Desk(the_shop(), datetime.fromisoformat(moment).replace(tzinfo=UTC), zone)


def test_the_wall_shows_the_shops_own_hour():
    assert desk().local_now.isoformat() == "2026-11-23T09:00:00"


@pytest.mark.parametrize(
    ("moment", "zone", "day"),
    [
        ("2026-11-23T23:30:00", "Europe/Berlin", date(2026, 11, 24)),
        ("2026-11-24T03:00:00", "America/New_York", date(2026, 11, 23)),
        ("2026-11-23T12:00:00", "Pacific/Auckland", date(2026, 11, 24)),
        ("2026-12-31T23:00:00", "Europe/Berlin", date(2027, 1, 1)),
    ],
)
def test_it_is_the_day_of_the_shop_and_not_of_the_server(moment, zone, day):
    assert at(moment, zone).local_now.date() == day


def test_in_winter_noon_in_berlin_is_eleven_in_utc():
    assert desk().in_days(0) == datetime(2026, 11, 23, 11, tzinfo=UTC)


def test_in_summer_it_is_ten():
    assert at("2026-07-06T06:00:00").in_days(0) == datetime(2026, 7, 6, 10, tzinfo=UTC)


def test_over_the_night_on_which_the_clocks_go_forward_noon_stays_noon():
    friday = at("2027-03-26T08:00:00")
    end = friday.in_days(2).astimezone(ZoneInfo("Europe/Berlin"))

    assert (end.hour, end.utcoffset()) == (12, timedelta(hours=2))


def test_over_the_night_on_which_the_clocks_go_back_noon_stays_noon():
    friday = at("2026-10-23T08:00:00")

    assert friday.in_days(1) == datetime(2026, 10, 26, 11, tzinfo=UTC)


def test_a_weekend_is_no_working_day():
    assert at("2026-11-27T08:00:00").in_days(1).date() == date(2026, 11, 30)


def test_on_a_sunday_day_0_is_monday():
    assert at("2026-11-29T08:00:00").in_days(0).date() == date(2026, 11, 30)


def test_the_days_between_the_years_are_counted_by_the_shops_calendar():
    end = at("2026-12-30T08:00:00").in_days(2).date()

    assert end.year == 2027
    assert CALENDAR.count_days(date(2026, 12, 30), end) == 2


@given(MOMENTS, st.integers(0, 30), st.sampled_from(ZONES))
def test_it_always_ends_at_the_cut_off_of_a_working_day(moment, days, zone):
    end = Desk(the_shop(), moment, zone).in_days(days).astimezone(ZoneInfo(zone))

    assert end.time() == CALENDAR.cut_off
    assert CALENDAR.is_working(end.date())


@given(MOMENTS, st.integers(0, 30), st.sampled_from(ZONES))
def test_a_day_more_is_always_later(moment, days, zone):
    one = Desk(the_shop(), moment, zone)

    assert one.in_days(days) < one.in_days(days + 1)


@given(MOMENTS, st.integers(0, 30), st.sampled_from(ZONES))
def test_what_is_ordered_before_it_ends_counts_from_that_day(moment, days, zone):
    end = Desk(the_shop(), moment, zone).in_days(days)

    assert CALENDAR.day_zero(Desk(the_shop(), end, zone).local_now) == end.astimezone(ZoneInfo(zone)).date()
