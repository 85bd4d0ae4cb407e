"""The shop's working time: days, minutes, and the hour after which tomorrow begins."""

from datetime import UTC, date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from planning_shop import DAY, at, calendars, days, moments

from portal.planning.calendar import Calendar, Span, moment_of, wall_of, working_week

FRIDAY, SATURDAY, MONDAY = date(2026, 11, 27), date(2026, 11, 28), date(2026, 11, 30)


def test_a_break_cuts_a_shift_in_two():
    week = working_week([0], [Span(420, 930)], [Span(720, 750)])

    assert week[0] == (Span(420, 720), Span(750, 930))


def test_shifts_that_touch_are_one_span():
    assert working_week([0], [Span(360, 840), Span(840, 1320)])[0] == (Span(360, 1320),)


def test_nobody_works_on_the_other_weekdays():
    assert working_week([0], [Span(420, 930)])[1:] == ((),) * 6


def test_a_calendar_without_work_is_our_mistake():
    with pytest.raises(ValueError, match="at least one"):
        Calendar(((),) * 7, frozenset(), time(12))


def test_the_working_day_after_friday_is_monday():
    assert DAY.add_days(FRIDAY, 1) == MONDAY


def test_a_saturday_counts_as_the_next_working_day():
    assert DAY.add_days(SATURDAY, 0) == MONDAY
    assert DAY.add_days(SATURDAY, 1) == date(2026, 12, 1)


def test_ten_working_days_over_christmas_are_two_weeks_and_a_holiday():
    assert DAY.add_days(date(2026, 12, 18), 10) == date(2027, 1, 4)  # 25 December is a Friday: nobody works


def test_a_week_has_five_working_days():
    assert DAY.count_days(date(2026, 11, 23), MONDAY) == 5


@pytest.mark.parametrize(
    ("ordered_at", "day_zero"),
    [
        (at("2026-11-27 09:00"), FRIDAY),
        (at("2026-11-27 12:00"), FRIDAY),
        (at("2026-11-27 12:00:01"), MONDAY),
        (at("2026-11-28 09:00"), MONDAY),
        (at("2026-11-29 23:00"), MONDAY),
        (at("2026-12-25 09:00"), date(2026, 12, 28)),
    ],
)
def test_after_the_cut_off_day_zero_is_the_next_working_day(ordered_at, day_zero):
    assert DAY.day_zero(ordered_at) == day_zero


def test_a_moment_with_a_zone_is_our_mistake():
    with pytest.raises(ValueError, match="local time"):
        DAY.day_zero(at("2026-11-27 12:30").replace(tzinfo=UTC))


def test_work_that_begins_before_lunch_ends_after_it():
    eleven = DAY.worked(at("2026-11-27 11:00"))

    assert DAY.ends(eleven + 90) == at("2026-11-27 13:00")


def test_work_that_begins_on_friday_afternoon_ends_on_monday():
    three = DAY.worked(at("2026-11-27 15:00"))

    assert DAY.ends(three + 60) == at("2026-11-30 07:30")


def test_a_job_that_ends_with_the_shift_does_not_end_next_morning():
    shift_end = DAY.worked(at("2026-11-27 15:30"))

    assert DAY.ends(shift_end) == at("2026-11-27 15:30")
    assert DAY.begins(shift_end) == at("2026-11-30 07:00")


def test_a_minute_begun_is_gone():
    assert DAY.worked(at("2026-11-27 07:00:01")) == DAY.worked(at("2026-11-27 07:01"))


def test_midnight_ends_a_day():
    assert moment_of(wall_of(at("2026-11-27 00:00")) + 1440) == at("2026-11-28")


@given(calendar=calendars(), moment=moments)
def test_work_minutes_come_back_from_wall_time(calendar, moment):
    minutes = calendar.worked(moment)

    assert calendar.worked(calendar.begins(minutes)) == minutes
    assert calendar.worked(calendar.ends(minutes)) == minutes


@given(calendar=calendars(), moment=moments)
def test_no_work_lies_between_a_moment_and_the_next_work(calendar, moment):
    moment = moment.replace(second=0, microsecond=0)
    worked = calendar.worked(moment)

    assert calendar.ends(worked) <= moment <= calendar.begins(worked)


@given(calendar=calendars(), moment=moments, later=st.timedeltas(timedelta(), timedelta(days=400)))
def test_work_minutes_never_run_backwards(calendar, moment, later):
    assert calendar.worked(moment) <= calendar.worked(moment + later)


@given(calendar=calendars(), day=days, count=st.integers(0, 500), more=st.integers(1, 50))
def test_more_working_days_are_always_later(calendar, day, count, more):
    assert calendar.add_days(day, count) < calendar.add_days(day, count + more)


@given(calendar=calendars(), day=days, count=st.integers(0, 500))
def test_added_working_days_can_be_counted(calendar, day, count):
    after = calendar.add_days(day, count)

    assert calendar.is_working(after)
    assert calendar.count_days(day, after) == count


@given(calendar=calendars(), start=days)
def test_counting_agrees_with_walking_day_by_day(calendar, start):
    walked = [start + timedelta(days=number) for number in range(60)]

    assert calendar.count_days(start, start + timedelta(days=60)) == sum(map(calendar.is_working, walked))
