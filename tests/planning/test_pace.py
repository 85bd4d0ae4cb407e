"""The pace of a work centre, learnt from what it finished: a few runs say little, old ones less."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from planning_shop import MONDAY_MORNING, ROUTING, a_shop, certain

from portal.planning.facts import Evidence
from portal.planning.noise import Ran
from portal.planning.pace import MOST, at_pace, pace
from portal.planning.plan import Asked, plan
from portal.planning.promising import promise
from portal.planning.suppliers import Learning
from portal.routing.options import Speed

TODAY = date(2026, 11, 23)
LEARNING = Learning(8, 365, Evidence("test", TODAY, "U"))


def learnt(*runs: Ran) -> float:
    return pace(runs, LEARNING, today=TODAY)


def test_who_has_finished_nothing_is_as_fast_as_the_routing_says():
    assert learnt() == 1


def test_eight_runs_weigh_as_much_as_the_prior():
    assert learnt(*[Ran(60, 60 * 1.44, TODAY)] * 8) == pytest.approx(1.2)  # the square root of 1.44


def test_many_runs_are_believed():
    assert learnt(*[Ran(60, 75, TODAY)] * 800) == pytest.approx(1.25, rel=0.01)


def test_twice_as_long_and_half_as_long_even_out():
    assert learnt(Ran(60, 120, TODAY), Ran(60, 30, TODAY)) == pytest.approx(1)


def test_a_run_of_a_year_ago_weighs_half():
    old = [Ran(60, 120, TODAY - timedelta(days=365))] * 2

    assert learnt(*old) == pytest.approx(learnt(Ran(60, 120, TODAY)))


def test_a_report_that_was_forgotten_over_a_weekend_counts_for_no_more_than_four_times():
    assert learnt(Ran(10, 5000, TODAY)) == learnt(Ran(10, 10 * MOST, TODAY))


runs = st.builds(Ran, st.floats(1, 500), st.floats(0.1, 5000), st.dates(date(2020, 1, 1), date(2026, 12, 31)))


@given(st.lists(runs, max_size=20))
def test_no_history_makes_a_centre_stand_or_fly(history):
    assert 1 / MOST <= learnt(*history) <= MOST


def test_a_slow_work_centre_takes_longer_in_the_next_promise():
    shop = a_shop()
    ends = [
        plan(ROUTING, at_pace(shop, paces), kit_ready=MONDAY_MORNING, boards=100)[-1].end
        for paces in ({}, {"line": 3.0})
    ]

    assert ends[0] < ends[1]


def test_a_centre_that_has_learnt_nothing_stays_as_it_is():
    assert at_pace(a_shop(), {"elsewhere": 2.0}) == a_shop()


def test_the_reason_of_a_date_says_at_which_pace_a_place_works():
    def reasons(paces):
        asked = Asked(ROUTING, 100, at_pace(a_shop(), paces))
        made = promise(asked, [certain(1)], ordered_at=MONDAY_MORNING, speed=Speed.STANDARD)
        return next(step.because for step in made.steps if step.label == "Placement")

    assert reasons({"line": 1.12}).startswith("173 min at line at 112% of its planned cycles")  # 60 + 100 × 1.12, begun
    assert reasons({}).startswith("160 min at line:")
