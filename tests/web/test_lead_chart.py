"""The chart of lead time against quantity: logarithmic, honest about what is not known, and within its frame."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.web.lead_chart import HEIGHT, LABEL_WIDTH, WIDTH, Lead, in_words, lead_chart, times_up_to

MONDAY = date(2026, 11, 23)


def a_lead(boards, days, *, speed="standard", late=2):
    if days is None:
        return Lead(boards, speed, None, None, None)
    return Lead(boards, speed, *(MONDAY + timedelta(days=count) for count in (days - 1, days, days + late)))


def chart(*leads):
    return lead_chart(leads, day_zero=MONDAY)


def xs(line):
    return [float(pair.split(",")[0]) for pair in line.split()]


def ys(line):
    return [float(pair.split(",")[1]) for pair in line.split()]


def test_ten_times_as_many_boards_are_always_the_same_step_to_the_right():
    [series] = chart(*(a_lead(boards, 10) for boards in (1, 10, 100, 1000))).series
    steps = {round(right - left) for left, right in pairwise(xs(series.lines[0]))}

    assert len(steps) == 1


def test_a_longer_lead_time_is_higher():
    [series] = chart(a_lead(1, 10), a_lead(10, 20), a_lead(100, 30)).series

    assert ys(series.lines[0]) == sorted(ys(series.lines[0]), reverse=True)


def test_each_speed_has_a_line_of_its_own():
    drawn = chart(*(a_lead(boards, 9, speed=speed) for boards in (1, 10) for speed in ("standard", "express")))

    assert [(series.speed, len(series.marks)) for series in drawn.series] == [("standard", 2), ("express", 2)]


def test_the_band_goes_along_the_late_dates_and_back_along_the_early_ones():
    [series] = chart(a_lead(1, 10), a_lead(10, 10)).series
    late, later, early, earlier = ys(series.bands[0])

    assert late == later < ys(series.lines[0])[0] < early == earlier


def test_nothing_is_drawn_across_a_date_that_nobody_knows():
    [series] = chart(a_lead(1, 9), a_lead(10, 9), a_lead(100, None), a_lead(1000, 9), a_lead(5000, 9)).series

    assert [len(xs(line)) for line in series.lines] == [2, 2]
    assert len(series.marks) == 4


def test_a_date_that_sales_entered_is_a_point_without_a_band():
    entered = Lead(10, "standard", None, MONDAY + timedelta(days=30), None)
    [series] = chart(a_lead(1, 9), entered).series

    assert (len(series.marks), series.bands) == (2, ())


@pytest.mark.parametrize(
    "leads", [(), (a_lead(10, 9),), (a_lead(10, 9), a_lead(10, 5, speed="express")), (a_lead(1, None), a_lead(9, None))]
)
def test_where_nothing_can_be_compared_there_is_no_chart(leads):
    assert chart(*leads) is None


def test_without_a_day_to_count_from_there_is_no_chart():
    assert lead_chart([a_lead(1, 9), a_lead(10, 9)], day_zero=None) is None


def test_a_label_that_would_lie_over_another_is_left_out():
    drawn = chart(*(a_lead(boards, 9) for boards in (100, 101, 102, 10_000)))

    assert [tick.label for tick in drawn.quantities] == ["100", "", "", "10,000"]


@pytest.mark.parametrize(
    ("days", "ticks"), [(0, [0, 1]), (5, [0, 1, 2, 3, 4, 5]), (11, [0, 2, 4, 6, 8, 10, 12]), (40, [*range(0, 43, 7)])]
)
def test_the_axis_of_time_has_even_steps_and_ends_at_the_latest_date_or_above(days, ticks):
    assert times_up_to(days)[: len(ticks)] == ticks
    assert times_up_to(days)[-1] >= days


@pytest.mark.parametrize(("days", "said"), [(0, "order"), (1, "1 day"), (6, "6 days"), (7, "1 week"), (28, "4 weeks")])
def test_days_are_said_as_people_say_them(days, said):
    assert in_words(days) == said


a_day = st.none() | st.integers(1, 2000)
some_leads = st.lists(st.tuples(st.integers(1, 100_000), a_day), min_size=2, max_size=12)


@given(some_leads, st.integers(0, 400))
def test_whatever_the_dates_all_that_is_drawn_lies_within_the_frame(figures, late):
    drawn = chart(*(a_lead(boards, days, late=late) for boards, days in sorted(figures, key=lambda f: f[0])))
    lines = [line for series in drawn.series for line in (*series.lines, *series.bands)] if drawn else []

    assert all(0 <= x <= WIDTH for line in lines for x in xs(line))
    assert all(0 <= y <= HEIGHT for line in lines for y in ys(line))


@given(st.lists(st.integers(1, 100_000), min_size=2, max_size=12, unique=True))
def test_however_many_quantities_their_labels_never_touch(quantities):
    drawn = chart(*(a_lead(boards, 9) for boards in sorted(quantities)))
    labels = [tick.at for tick in drawn.quantities if tick.label]

    assert all(right - left >= LABEL_WIDTH for left, right in pairwise(labels))
