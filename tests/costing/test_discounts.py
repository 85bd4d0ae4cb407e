"""A discount is one line that checks by hand, whatever it is taken from."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.costing.discounts import Discount, discount_line
from portal.costing.lines import CostGroup, CostLine, total
from portal.errors import BadInput

LINES = (
    CostLine(CostGroup.PARTS, "STM32G071CBT6", Decimal(100), "parts", Decimal("2.501"), "at the break of 100"),
    CostLine(CostGroup.ASSEMBLY, "Placement", Decimal(60), "min", Decimal("0.65"), "1,200 placements"),
)


def taken(figure, *, is_per_cent=True, of=None, lines=LINES):
    return discount_line(Discount("Discount", "a returning customer", Decimal(figure), is_per_cent, of), lines, "EUR")


def test_per_cent_of_the_total_is_what_the_lines_come_to_times_the_share():
    line = taken("5")
    assert (line.quantity, line.unit, line.rate) == (Decimal("289.10"), "EUR", Decimal("-0.05"))
    assert line.amount == Decimal("-14.46")  # 14.455, half up


def test_per_cent_of_one_group_leaves_the_others_alone():
    line = taken("10", of=CostGroup.ASSEMBLY)
    assert line.amount == Decimal("-3.90")
    assert line.because == "10 % of the assembly lines: a returning customer"


def test_an_amount_is_taken_off_once():
    line = taken("20", is_per_cent=False)
    assert (line.quantity, line.amount, line.group) == (Decimal(1), Decimal("-20.00"), CostGroup.ADJUSTMENT)


def test_a_second_discount_is_taken_of_what_the_first_left():
    first = taken("50")
    assert taken("50", lines=(*LINES, first)).amount == Decimal("-72.28")  # of 289.10 - 144.55


@pytest.mark.parametrize("figure", ["0", "-5", "100.01"])
def test_more_than_all_or_less_than_nothing_is_no_discount(figure):
    with pytest.raises(BadInput, match="above zero and at most 100"):
        taken(figure)


def test_an_amount_above_what_is_there_is_refused_with_what_is_there():
    with pytest.raises(BadInput, match=r"The assembly lines come to 39\.00"):
        taken("39.01", is_per_cent=False, of=CostGroup.ASSEMBLY)


def test_there_is_no_discount_on_lines_that_are_not_there():
    with pytest.raises(BadInput, match="nothing in the stencil lines"):
        taken("5", of=CostGroup.STENCIL)


amounts = st.decimals(Decimal("0.01"), Decimal(100_000), places=2)
shares = st.decimals(Decimal("0.01"), Decimal(100), places=2)


@given(amounts, shares)
def test_no_discount_turns_a_price_around_or_is_off_by_more_than_half_a_cent(amount, share):
    lines = (CostLine(CostGroup.PARTS, "R1", Decimal(1), "parts", amount, ""),)
    line = taken(share, lines=lines)
    assert total([*lines, line]) >= 0
    assert abs(line.amount + amount * share / 100) <= Decimal("0.005")
