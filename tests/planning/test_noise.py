"""How long things really take, learnt: few actuals move the prior little, many replace it, old ones fade."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.planning.facts import Evidence
from portal.planning.noise import RATIOS, Noise, Ran, learnt
from portal.planning.suppliers import Learning

TODAY = date(2026, 11, 23)
LEARNING = Learning(8, 365, Evidence("the test", TODAY, "U"))
AS_PLANNED = Noise((1.0,))


def ran(*ratios, age=0):
    return [Ran(100, 100 * ratio, TODAY - timedelta(days=age)) for ratio in ratios]


def after(*ratios, prior=AS_PLANNED, age=0):
    return learnt(prior, ran(*ratios, age=age), LEARNING, today=TODAY)


def test_without_actuals_the_prior_stands():
    assert set(after().ratios) == {1.0}


def test_one_actual_in_nine_is_two_of_the_nineteen_ratios():
    assert after(1.5).ratios.count(1.5) == 2


def test_as_many_actuals_as_the_prior_weighs_are_half():
    assert after(*[1.5] * 8).ratios.count(1.5) in {9, 10}


def test_many_actuals_speak_for_themselves():
    assert after(*[1.2] * 2000).ratios.count(1.2) == RATIOS


def test_old_actuals_fade():
    assert after(*[1.5] * 8, age=3650).ratios.count(1.5) == 0


def test_the_spread_of_the_actuals_is_kept():
    ratios = after(*[0.8 + 0.001 * number for number in range(1000)]).ratios

    assert ratios[0] == pytest.approx(0.8 + 1 / 38, abs=0.01)
    assert ratios[-1] == pytest.approx(1.8 - 1 / 38, abs=0.01)


def test_what_was_planned_at_nothing_says_nothing():
    free = Ran(0, 50, TODAY)

    assert learnt(AS_PLANNED, [free], LEARNING, today=TODAY) == after()


@pytest.mark.parametrize("wrong", [(), (0.0, 1.0), (-1.0,), (1.2, 1.1)])
def test_noise_that_is_none_is_refused(wrong):
    with pytest.raises(ValueError, match="rising order"):
        Noise(wrong)


some = st.lists(st.floats(0.2, 5), max_size=60)


@given(ratios=some)
def test_what_is_learnt_is_always_noise_of_ratios_that_were_seen(ratios):
    assert set(after(*ratios).ratios) <= {1.0, *(run.ratio for run in ran(*ratios))}


@given(ratios=some, more=st.floats(0, 2))
def test_slower_work_is_never_learnt_as_quicker(ratios, more):
    slower = after(*(ratio + more for ratio in ratios))

    assert all(a <= b + 1e-9 for a, b in zip(after(*ratios).ratios, slower.ratios, strict=True))


@given(ratios=some)
def test_the_order_of_the_actuals_does_not_matter(ratios):
    assert after(*ratios) == after(*reversed(ratios))
