"""Rounding as price lists say it: to a step, half up, up or down."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.costing.rounding import Rounding

figures = st.decimals(0, 10**6, places=4)
steps = st.sampled_from(["0.01", "0.05", "0.5", "1", "10", "25"])


@pytest.mark.parametrize(
    ("figure", "to", "way", "found"),
    [
        ("1.005", "0.01", "half-up", "1.01"),
        ("1.004", "0.01", "half-up", "1.00"),
        ("1.001", "0.01", "up", "1.01"),
        ("1.009", "0.01", "down", "1.00"),
        ("1.02", "0.05", "half-up", "1.00"),
        ("12.50", "5", "half-up", "15"),
        ("0", "10", "up", "0"),
    ],
)
def test_a_figure_goes_to_the_step_that_the_list_means(figure, to, way, found):
    assert Rounding(to=to, way=way).of(Decimal(figure)) == Decimal(found)


@given(figure=figures, to=steps)
def test_up_is_never_below_down_never_above_and_half_up_one_of_them(figure, to):
    down, half, up = (Rounding(to=to, way=way).of(figure) for way in ("down", "half-up", "up"))

    assert down <= figure <= up
    assert half in {down, up}
    assert up - down in {Decimal(0), Decimal(to)}


@given(figure=figures, more=figures, to=steps, way=st.sampled_from(["down", "half-up", "up"]))
def test_more_is_never_rounded_to_less_and_what_is_round_stays(figure, more, to, way):
    rounding = Rounding(to=to, way=way)

    assert rounding.of(figure) <= rounding.of(figure + more)
    assert rounding.of(rounding.of(figure)) == rounding.of(figure)
