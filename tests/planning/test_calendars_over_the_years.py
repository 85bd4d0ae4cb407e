"""Leap days, turns of the year, nights of the clock change, shops of one weekday: work counted over all of them."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from planning_shop import DAY, LINE, at, days

from portal.planning.calendar import Calendar, Span, moment_of, wall_of, working_week
from portal.planning.tally import NEAR_DAYS, Tally

NIGHT = Calendar(working_week(range(7), [Span(0, 6 * 60), Span(22 * 60, 24 * 60)]), frozenset(), time(12))
SATURDAYS = Calendar(working_week([5], [Span(8 * 60, 12 * 60)]), frozenset(), time(12))
CLOSED = frozenset(date(2026, 12, 24) + timedelta(days=number) for number in range(14))
SHUT_DOWN = Calendar(DAY.week, CLOSED, time(12))


@pytest.mark.parametrize(
    ("start", "days_", "end"),
    [
        ("2026-12-30", 2, "2027-01-01"),  # no holiday in this shop
        ("2026-12-24", 1, "2026-12-28"),
        ("2028-02-28", 1, "2028-02-29"),
        ("2027-02-26", 1, "2027-03-01"),
        ("2026-11-23", 0, "2026-11-23"),
        ("2026-11-28", 0, "2026-11-30"),
        ("2026-11-23", -1, "2026-11-20"),
        ("2026-12-28", -1, "2026-12-24"),
    ],
)
def test_working_days_go_on_over_months_and_years(start, days_, end):
    assert DAY.add_days(date.fromisoformat(start), days_) == date.fromisoformat(end)


def test_a_leap_year_that_begins_on_saturday_has_260_working_days():
    assert DAY.count_days(date(2028, 1, 1), date(2029, 1, 1)) == 260
    assert DAY.count_days(date(2026, 1, 1), date(2027, 1, 1)) == 260  # 261 less Christmas; the 26th is a Saturday


def test_counting_backwards_is_below_nothing():
    assert DAY.count_days(date(2026, 11, 30), date(2026, 11, 23)) == -5


def test_a_shut_down_of_two_weeks_is_no_working_day():
    assert SHUT_DOWN.add_days(date(2026, 12, 23), 1) == date(2027, 1, 7)
    assert SHUT_DOWN.count_days(date(2026, 12, 24), date(2027, 1, 7)) == 0


def test_an_order_in_a_shut_down_counts_from_its_end():
    assert SHUT_DOWN.day_zero(at("2026-12-27 09:00")) == date(2027, 1, 7)


def test_work_begun_before_a_shut_down_ends_after_it():
    """480 minutes a day: an hour on the 23rd, the rest on 7 January."""
    worked = SHUT_DOWN.worked(at("2026-12-23 14:30"))
    assert SHUT_DOWN.ends(worked + 120) == at("2027-01-07 08:00")


def test_who_works_on_saturdays_only_ends_a_week_later():
    worked = SATURDAYS.worked(at("2026-11-28 11:00"))
    assert SATURDAYS.ends(worked + 61) == at("2026-12-05 08:01")
    assert SATURDAYS.add_days(date(2026, 11, 23), 1) == date(2026, 12, 5)


@pytest.mark.parametrize("night", ["2026-03-29", "2026-10-25"])
def test_a_night_of_the_clock_change_is_counted_as_it_stands_on_the_wall(night):
    """The shop plans in its local time, without a zone: from midnight to six are six hours in any night."""
    midnight = at(f"{night} 00:00")
    assert NIGHT.worked(midnight + timedelta(hours=6)) - NIGHT.worked(midnight) == 360


def test_a_night_shift_runs_over_midnight_without_a_gap():
    worked = NIGHT.worked(at("2026-12-31 23:00"))
    assert NIGHT.ends(worked + 120) == at("2027-01-01 01:00")


def test_a_job_that_ends_at_midnight_ends_on_the_day_that_begins():
    assert NIGHT.ends(NIGHT.worked(at("2026-12-31 23:00")) + 60) == at("2027-01-01 00:00")


def test_between_shifts_no_work_goes_by():
    assert NIGHT.worked(at("2026-11-23 06:00")) == NIGHT.worked(at("2026-11-23 21:59"))


@pytest.mark.parametrize(
    ("shifts", "breaks", "spans"),
    [
        ([(480, 960)], [], [(480, 960)]),
        ([(480, 960)], [(480, 500)], [(500, 960)]),
        ([(480, 960)], [(940, 960)], [(480, 940)]),
        ([(480, 960)], [(400, 1000)], []),
        ([(480, 960)], [(1000, 1010)], [(480, 960)]),
        ([(0, 1440)], [], [(0, 1440)]),
        ([(480, 720), (600, 960)], [], [(480, 960)]),
        ([(480, 960)], [(600, 610), (610, 620)], [(480, 600), (620, 960)]),
    ],
)
def test_breaks_are_cut_out_of_shifts(shifts, breaks, spans):
    monday = working_week([0], [Span(*shift) for shift in shifts], [Span(*rest) for rest in breaks])[0]
    assert [(span.start, span.end) for span in monday] == spans


def test_a_week_of_breaks_alone_is_our_mistake():
    with pytest.raises(ValueError, match="somebody works on at least one of them"):
        Calendar(working_week(range(5), [Span(480, 960)], [Span(480, 960)]), frozenset(), time(12))


def test_a_second_after_the_minute_is_the_next_minute():
    assert wall_of(datetime(2026, 11, 23, 7, 0, 1)) - wall_of(datetime(2026, 11, 23, 7)) == 1  # noqa: DTZ001


@given(day=days, minutes=st.integers(0, 24 * 60 - 1))
def test_a_minute_on_the_wall_comes_back_as_it_was(day, minutes):
    moment = datetime.combine(day, time()) + timedelta(minutes=minutes)
    assert moment_of(wall_of(moment)) == moment


@given(day=days, count=st.integers(1, 300))
def test_so_many_days_forward_and_back_is_where_one_began(day, count):
    monday = LINE.add_days(day, 0)
    assert LINE.add_days(LINE.add_days(monday, count), -count) == monday


@given(first=days, second=days, third=days)
def test_days_between_add_up(first, second, third):
    whole = DAY.count_days(first, third)
    assert DAY.count_days(first, second) + DAY.count_days(second, third) == whole


ONE_A_DAY = Tally((1, 1, 1, 1, 1, 0, 0), (date(2026, 12, 25).toordinal(),))


@pytest.mark.parametrize("away", [-3 * NEAR_DAYS, -NEAR_DAYS, 0, NEAR_DAYS - 1, NEAR_DAYS, 3 * NEAR_DAYS])
def test_far_from_the_days_counted_out_the_sum_is_reckoned_and_the_same(away):
    fresh = Tally(ONE_A_DAY.per_weekday, ONE_A_DAY.holidays)
    fresh.before(date(2026, 11, 23).toordinal())
    day = date(2026, 11, 23).toordinal() + away
    assert fresh.before(day) == fresh.reckoned(day)


@given(count=st.integers(0, 700_000))
def test_a_number_splits_into_its_day_and_its_place_on_it(count):
    minutes = Tally((480, 480, 480, 480, 360, 0, 0), (date(2026, 12, 25).toordinal(),))
    day, left = minutes.split(count)
    assert minutes.before(day) + left == count
    assert 0 <= left < 480
