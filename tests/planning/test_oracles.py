"""Published figures that planning must reproduce, each by its source (facts of lead times, §8, cases 3 and 8).

Job shops stand in test_job_shops.py, rows of available-to-promise in test_atp.py, merge bias in test_kit.py.
"""

import random
from datetime import date, datetime, timedelta
from math import comb, sqrt
from statistics import quantiles

import pytest
from hypothesis import given
from hypothesis import strategies as st
from planning_shop import an_operation

from portal.planning.calendar import Calendar, Span, working_week
from portal.planning.capacity import Booking, Load, WorkCentre
from portal.planning.guesses import Guess, buffer, chance_by
from portal.planning.kit import Supply, Wait, _bisect, kit_days
from portal.planning.plan import Asked
from portal.planning.schedule import Schedule, book

# PERT: quesba.com 463106 gives the path's mean 50 and variance 10.556; the four stages that have them are ours.
PATH = [Guess(11, 20, 29), Guess(7, 10, 13), Guess(8, 10, 12), Guess(9, 10, 11)]


def test_pert_is_done_by_day_53_in_822_of_1000_cases():
    assert sum(stage.mean for stage in PATH) == pytest.approx(50)
    assert sum(stage.variance for stage in PATH) == pytest.approx(10.556, abs=0.001)
    assert chance_by(PATH, 53) == pytest.approx(0.822, abs=0.0005)


def test_stages_that_are_certain_are_done_on_their_day():
    certain = [Guess(2, 2, 2), Guess(3, 3, 3)]

    assert (chance_by(certain, 4.9), chance_by(certain, 5)) == (0, 1)


@pytest.mark.parametrize("wrong", [(3, 2, 4), (1, 3, 2), (-1, 2, 3)])
def test_guesses_that_do_not_rise_are_refused(wrong):
    with pytest.raises(ValueError, match="best to worst"):
        Guess(*wrong)


@given(days=st.floats(0, 100), more=st.floats(0, 50))
def test_a_later_day_is_never_less_likely(days, more):
    assert chance_by(PATH, days) <= chance_by(PATH, days + more)


DEVORE = Wait.lognormal(0, 2.05, sqrt(0.06))  # Devore, chapter 4, problem 81 (vaia.com)


def test_devores_lognormal_has_these_quantiles():
    assert DEVORE.median_days == pytest.approx(7.77, abs=0.005)
    assert DEVORE.days_at(0.99) == pytest.approx(13.73, abs=0.01)


def test_devores_lognormal_has_these_chances():
    over_eight = 1 - DEVORE.chance_by(8)

    assert 1 - DEVORE.chance_by(12) == pytest.approx(0.038, abs=0.0005)
    assert 10 * over_eight == pytest.approx(4.52, abs=0.01)


def test_a_critical_chain_of_three_has_one_buffer_of_4_69():
    assert buffer([3, 3, 2]) == pytest.approx(4.69, abs=0.005)  # gristprojectmanagement.us: "4.7 days"


@given(days=st.lists(st.floats(0, 50), min_size=1, max_size=8))
def test_one_buffer_is_never_more_than_padding_every_stage_nor_less_than_the_longest(days):
    assert max(days) - 1e-9 <= buffer(days) <= sum(days) + 1e-9


def test_a_kit_of_forty_lines_at_95_percent_is_whole_in_129_of_1000_cases():
    line = Wait(1, 3, 6)

    assert line.chance_by(6) ** 40 == pytest.approx(0.129, abs=0.0005)
    assert kit_days([Supply("line", line, "")] * 40, 0.128) == 6


def test_of_so_many_lines_some_are_late_as_the_binomial_says():
    on_time = Wait(1, 3, 6).chance_by(6)

    assert comb(40, 39) * on_time**39 * (1 - on_time) == pytest.approx(0.27, abs=0.005)  # exactly one is missing


KITS = {
    "one maker": [Wait(8, 12, 18)],
    "forty lines alike": [Wait(1, 3, 6)] * 40,
    "boards, stencil, parcels and a maker": [Wait(4, 5, 7), Wait(1, 2, 3), *[Wait(1, 3, 6)] * 5, Wait(21, 30, 45)],
}


@pytest.mark.parametrize("waits", KITS.values(), ids=KITS)
def test_the_kit_agrees_within_two_percent_with_20000_drawn_kits(waits):
    draw = random.Random(6)  # noqa: S311 - no secret
    kits = [max(wait.days_at(draw.uniform(1e-9, 1 - 1e-9)) for wait in waits) for _ in range(20_000)]
    twentieths = quantiles(kits, n=20)

    for percent in (50, 80, 95):
        assert _bisect(waits, percent / 100) == pytest.approx(twentieths[percent // 5 - 1], rel=0.02)


# frePPLe, test/constraints_leadtime_1 and test/setup_1 (MIT): a plant that works day and night, days as units.
ROUND_THE_CLOCK = Calendar(working_week(range(7), [Span(0, 24 * 60)]), frozenset(), datetime.min.time())
NEW_YEAR = datetime(2009, 1, 1)  # noqa: DTZ001 - the shop's local time
DAY_MIN = 24 * 60


def a_plant(*names):
    """Its operations share nothing: many places each."""
    return Schedule(ROUND_THE_CLOCK, tuple(WorkCentre(name, 10, ROUND_THE_CLOCK) for name in names))


def lasting(centre, days):
    return an_operation("test", centre, set_up_min=0, cycle_s=days * DAY_MIN * 60, units=1)


def delivered(schedule, *operations, ready=NEW_YEAR):
    return Asked(operations, 1, schedule).plan_from(ready).planned[-1].end.date()


def test_frepple_lead_time_order_1_is_delivered_on_9_january_and_not_on_the_3rd():
    plant = a_plant("make end item", "delivery")

    # 7 of the 15 subassemblies on hand: 7 days to make, 1 day to deliver, from the current date
    assert delivered(plant, lasting("make end item", 7), lasting("delivery", 1)) == date(2009, 1, 9)


def test_frepple_lead_time_order_2_waits_for_six_more_subassemblies_and_comes_on_11_january():
    plant = a_plant("make subassembly", "make end item", "delivery")
    steps = lasting("make subassembly", 2), lasting("make end item", 7), lasting("delivery", 1)

    # in passes of 2: 1 day and 2 times 12 hours
    assert delivered(plant, *steps) == date(2009, 1, 11)


PAINT_BLACK = an_operation("test", "painting", set_up_min=DAY_MIN, cycle_s=7 * DAY_MIN * 60, units=1)


def test_frepple_setup_black_behind_green_takes_a_day_of_set_up_and_is_done_on_9_january():
    """Green before: rule 1 of its matrix, green to anything, one day. Black: 7 pieces of a day, wanted on the 5th."""
    shop = Schedule(ROUND_THE_CLOCK, (WorkCentre("painting", 1, ROUND_THE_CLOCK),))
    start = ROUND_THE_CLOCK.worked(NEW_YEAR)
    green = Booking("painting", start - DAY_MIN, start, "green", 0, 0, 0, Load("green Test"))
    [planned] = Asked([PAINT_BLACK], 1, book(shop, [green]), "black").plan_from(NEW_YEAR).planned

    assert (planned.booking.set_up, planned.end.date()) == (DAY_MIN, date(2009, 1, 9))


def test_frepple_setup_more_of_the_same_colour_needs_none():
    shop = Schedule(ROUND_THE_CLOCK, (WorkCentre("painting", 1, ROUND_THE_CLOCK),))
    start = ROUND_THE_CLOCK.worked(NEW_YEAR)
    before = Booking("painting", start - DAY_MIN, start, "before", 0, 0, DAY_MIN, Load("black Test"))
    [planned] = Asked([PAINT_BLACK], 1, book(shop, [before]), "black").plan_from(NEW_YEAR).planned

    assert (planned.booking.set_up, planned.end) == (0, NEW_YEAR + timedelta(days=7))
