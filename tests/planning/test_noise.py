"""How long things really take, learnt: few actuals move the prior little, many replace it, old ones fade."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.planning.facts import Evidence
from portal.planning.noise import CASES, Noise, Ran, learnt
from portal.planning.suppliers import Learning

TODAY = date(2026, 11, 23)
LEARNING = Learning(8, 365, Evidence("the test", TODAY, "U"))
AS_PLANNED = Noise((1.0,) * CASES)


def orders(*ratios, planned=100, age=0):
    return [Ran(planned, planned * ratio, TODAY - timedelta(days=age)) for ratio in ratios]


def after(past):
    return learnt(past, LEARNING, today=TODAY)


def minutes(noise, case, *, planned=100):
    """What so many planned minutes take in this case."""
    ratio, more = noise.cases[case]
    return planned * ratio + more


MIDDLE = CASES // 2


def test_without_actuals_all_runs_as_planned():
    assert after([]) == AS_PLANNED


def test_one_actual_in_nine_is_two_of_the_nineteen_cases():
    noise = after(orders(1.9))

    assert [round(minutes(noise, case)) > 150 for case in range(CASES)].count(True) == 2
    assert minutes(noise, MIDDLE) == pytest.approx(100, abs=1)


def test_as_many_actuals_as_the_prior_weighs_are_half():
    noise = after(orders(*[1.5] * 8))

    assert (minutes(noise, 0), minutes(noise, -1)) == (pytest.approx(100, abs=1), pytest.approx(150, abs=1))


def test_many_actuals_speak_for_themselves():
    noise = after(orders(*[1.2] * 2000))

    assert {round(minutes(noise, case)) for case in range(CASES)} == {120}


def test_old_actuals_fade():
    noise = after(orders(*[1.5] * 8, age=3650))

    assert {round(minutes(noise, case)) for case in range(CASES)} == {100}


def test_the_spread_of_the_actuals_is_kept():
    noise = after(orders(*[0.8 + 0.001 * number for number in range(1000)]))

    assert minutes(noise, 0) == pytest.approx(80 + 100 / 38, abs=2)
    assert minutes(noise, -1) == pytest.approx(180 - 100 / 38, abs=2)


def test_as_long_as_all_are_alike_everything_is_laid_to_the_work():
    """Ten times the work then takes ten times the time."""
    noise = after(orders(*[1.5] * 400))

    assert minutes(noise, MIDDLE, planned=1000) == pytest.approx(1500, rel=0.02)


def test_who_waits_an_hour_whatever_the_work_is_told_an_hour():
    waited = [Ran(planned, planned + 60, TODAY) for planned in (60, 120, 240, 480, 960) for _ in range(80)]
    noise = after(waited)

    assert minutes(noise, MIDDLE, planned=60) == pytest.approx(120, abs=4)
    assert minutes(noise, MIDDLE, planned=4000) == pytest.approx(4060, rel=0.01)


def test_work_that_is_slower_and_waits_is_told_apart():
    ran = [Ran(planned, 1.3 * planned + 45, TODAY) for planned in (60, 120, 240, 480, 960) for _ in range(80)]
    noise = after(ran)

    assert noise.ratios[0] == pytest.approx(1.3, abs=0.02)
    assert noise.minutes[MIDDLE] == pytest.approx(45, abs=5)


def test_what_was_planned_at_nothing_says_nothing():
    assert after([Ran(0, 50, TODAY)]) == AS_PLANNED


@pytest.mark.parametrize("wrong", [(), (0.0, 1.0), (-1.0,), (1.2, 1.1)])
def test_noise_that_is_none_is_refused(wrong):
    with pytest.raises(ValueError, match="rising order"):
        Noise(wrong)


@pytest.mark.parametrize("wrong", [(1,), (5, 4), (1, 2, 3)])
def test_minutes_that_are_not_those_of_the_ratios_are_refused(wrong):
    with pytest.raises(ValueError, match="minutes of noise"):
        Noise((1.0, 1.1), wrong)


def test_without_minutes_only_the_ratios_count():
    assert Noise((0.9, 1.2)).cases == ((0.9, 0), (1.2, 0))


some = st.lists(st.tuples(st.integers(1, 3000), st.floats(0.2, 5)), max_size=60)


def ran(pairs):
    return [Ran(planned, planned * ratio, TODAY) for planned, ratio in pairs]


@given(pairs=some)
def test_whatever_was_seen_the_cases_rise(pairs):
    noise = after(ran(pairs))

    assert len(noise.cases) == CASES
    assert list(noise.cases) == sorted(noise.cases)


@given(pairs=some, more=st.integers(0, 500))
def test_orders_that_all_wait_longer_are_never_learnt_as_quicker(pairs, more):
    """Of what a typical order takes; how much of it grows with the work may be seen otherwise."""
    past = ran(pairs)
    later = [Ran(one.planned, one.actual + more, TODAY) for one in past]
    typical = sum(one.planned for one in past) / len(past) if past else 100

    quick, slow = (sum(minutes(after(each), case, planned=typical) for case in range(CASES)) for each in (past, later))
    assert quick <= slow + CASES


@given(pairs=some, planned=st.integers(1, 5000), more=st.integers(0, 5000))
def test_more_work_never_takes_less_time(pairs, planned, more):
    noise = after(ran(pairs))

    assert minutes(noise, MIDDLE, planned=planned) <= minutes(noise, MIDDLE, planned=planned + more)
