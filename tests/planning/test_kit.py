"""Merge bias: a kit is later than each of its deliveries. The figures were published, or measured by simulation."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from planning_shop import certain, supply_lists, waits

from portal.planning.kit import Supply, Wait, _bisect, arrival_day, kit_days, most_likely_last, unknown, working_days

A_LINE = Wait(lo_days=1, median_days=3, p95_days=6)  # a stocked part: typically 3 days, in 1 of 20 cases over 6


@pytest.mark.parametrize(
    ("lines", "p50", "p80", "p95"),
    [(1, 3.0, 4.2, 6.0), (5, 4.8, 6.2, 8.3), (20, 6.5, 8.2, 10.5), (40, 7.5, 9.2, 11.7), (80, 8.5, 10.4, 13.0)],
)
def test_more_lines_make_the_kit_later(lines, p50, p80, p95):
    kit = [_bisect([A_LINE] * lines, chance) for chance in (0.50, 0.80, 0.95)]

    assert kit == pytest.approx([p50, p80, p95], abs=0.05)


def test_forty_lines_of_95_percent_are_all_there_in_13_of_100_cases():
    assert A_LINE.chance_by(6) ** 40 == pytest.approx(0.129, abs=0.0005)


def test_a_published_lognormal_exercise_comes_out():
    wait = Wait(lo_days=0, median_days=7.768, p95_days=7.768 * 1.4962)  # mu 2.05, sigma² 0.06 (Devore)

    assert wait.days_at(0.99) == pytest.approx(13.73, abs=0.02)
    assert 1 - wait.chance_by(12) == pytest.approx(0.038, abs=0.001)


def test_nothing_arrives_before_it_can():
    assert A_LINE.chance_by(1) == 0


def test_a_certain_wait_is_there_on_its_day_and_not_before():
    wait = Wait(5, 5, 5)

    assert (wait.chance_by(4.99), wait.chance_by(5)) == (0, 1)


def test_a_certain_kit_of_five_days_is_whole_on_day_five():
    assert kit_days([certain(5), certain(2, "Stencil")], 0.95) == 5


def test_a_kit_of_nothing_is_whole_at_once():
    assert kit_days([], 0.80) == 0


def test_what_arrives_in_the_course_of_a_day_counts_for_that_day():
    assert [arrival_day(days) for days in (0, 0.2, 4.0, 4.1, 5.0)] == [0, 1, 4, 5, 5]


@pytest.mark.parametrize("wrong", [(3, 2, 6), (1, 3, 2), (-1, 3, 6), (2, 2, 5)])
def test_a_wait_that_contradicts_itself_is_refused(wrong):
    with pytest.raises(ValueError, match="lo < median"):
        Wait(*wrong)


def test_who_cannot_say_is_named():
    assert unknown([certain(5), Supply("U3", None, "nobody has told")]) == ("U3",)


def test_the_slowest_supply_is_the_one_to_chase():
    supplies = [certain(2, "Stencil"), Supply("U3", Wait(8, 12, 18), ""), Supply("R1", A_LINE, "")]

    assert most_likely_last(supplies, 14).name == "U3"


@pytest.mark.parametrize(("days", "said"), [(1, "1 working day"), (0.5, "0.5 working days"), (12, "12 working days")])
def test_days_are_said_as_people_say_them(days, said):
    assert working_days(days) == said


def test_of_nothing_nothing_is_last():
    assert most_likely_last([], 3) is None


@given(supplies=supply_lists)
def test_the_kit_is_never_earlier_than_its_slowest_delivery(supplies):
    slowest = max(arrival_day(supply.wait.days_at(0.80)) for supply in supplies)

    assert kit_days(supplies, 0.80) >= slowest


@given(supplies=supply_lists, more=waits())
def test_one_more_delivery_never_makes_the_kit_earlier(supplies, more):
    longer = [*supplies, Supply("one more", more, "")]

    assert kit_days(longer, 0.80) >= kit_days(supplies, 0.80)


@given(supplies=supply_lists)
def test_to_be_surer_takes_longer(supplies):
    assert all(a <= b for a, b in pairwise(kit_days(supplies, chance) for chance in (0.50, 0.80, 0.95)))


@given(wait=waits(), chance=st.floats(0.01, 0.99))
def test_days_and_chance_are_each_others_inverse(wait, chance):
    days = wait.days_at(chance)

    assert wait.chance_by(days + 1e-9) >= chance - 1e-6
