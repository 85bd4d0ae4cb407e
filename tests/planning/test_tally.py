"""Sums over days, without walking from day to day."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from portal.planning.tally import Tally

MONDAY = date(2026, 11, 23).toordinal()
WEEK = Tally((480, 480, 480, 480, 360, 0, 0), ())
CHRISTMAS = Tally((480, 480, 480, 480, 360, 0, 0), (date(2026, 12, 25).toordinal(),))


def test_a_week_holds_what_its_days_hold():
    assert WEEK.before(MONDAY + 7) - WEEK.before(MONDAY) == 4 * 480 + 360


def test_a_weekend_holds_nothing():
    assert WEEK.before(MONDAY + 7) == WEEK.before(MONDAY + 5)


def test_a_holiday_takes_its_own_weekday_away():
    new_year = date(2027, 1, 1).toordinal()

    assert WEEK.before(new_year) - CHRISTMAS.before(new_year) == 360  # 25 December 2026 is a Friday


def test_a_holiday_takes_nothing_from_the_days_up_to_it():
    christmas = date(2026, 12, 25).toordinal()

    assert WEEK.before(christmas) == CHRISTMAS.before(christmas)


def test_a_count_falls_on_the_day_that_holds_it():
    start = WEEK.before(MONDAY)

    assert [WEEK.day_of(start + minutes) - MONDAY for minutes in (0, 479, 480, 2279, 2280)] == [0, 0, 1, 4, 7]


tallies = st.builds(
    lambda weekly, holidays: Tally(tuple(weekly), tuple(sorted(holidays))),
    st.lists(st.integers(0, 1440), min_size=7, max_size=7).filter(any),
    st.sets(st.integers(730_000, 740_000), max_size=60),
)


@given(tally=tallies, day=st.integers(730_000, 740_000), walked=st.integers(0, 30))
def test_the_sum_is_what_walking_from_day_to_day_gives(tally, day, walked):
    days = range(day, day + walked)
    each = (tally.per_weekday[date.fromordinal(d).weekday()] for d in days if d not in tally.holidays)

    assert tally.before(day + walked) - tally.before(day) == sum(each)


@given(tally=tallies, day=st.integers(730_000, 740_000))
def test_the_day_of_a_count_holds_it(tally, day):
    count = tally.before(day)
    found = tally.day_of(count)

    assert tally.before(found) <= count < tally.before(found + 1)
