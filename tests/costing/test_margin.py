"""What is left of a price, by the shares that the shop says are in its rates."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.costing.lines import CostGroup, CostLine
from portal.costing.margin import MarginRule, margin_of
from portal.errors import RatesRefused
from portal.routing.sourced import checked

TEXT = """
floor = { value = "0.05", unit = "of the price", grade = "U", date = 2026-11-23, source = "the shop" }
[included]
unit = "of the price of the group"
grade = "U"
date = 2026-11-23
source = "the shop"
of = { parts = "0.10", assembly = "0.25" }
"""
RULE = checked(MarginRule, TEXT, file="company.toml")
FLOOR = RULE.floor.value


def line(group, amount):
    return CostLine(group, "a line", Decimal(1), "order", Decimal(amount), "")


SOLD = [line(CostGroup.PARTS, "100"), line(CostGroup.ASSEMBLY, "100")]


def test_the_cost_is_what_is_left_without_the_margin_of_each_group():
    margin = margin_of(SOLD, RULE)
    assert (margin.price, margin.cost, margin.share) == (200, 165, Decimal("0.1750"))


def test_a_discount_is_paid_by_the_margin_alone():
    margin = margin_of([*SOLD, line(CostGroup.ADJUSTMENT, "-25")], RULE)
    assert (margin.amount, margin.cost) == (10, 165)


def test_a_group_that_is_not_named_has_no_margin_in_it():
    assert margin_of([line(CostGroup.STENCIL, "60")], RULE).amount == 0


@pytest.mark.parametrize(("discount", "is_below"), [("-26.31", False), ("-26.32", True)])
def test_the_floor_is_met_to_the_cent(discount, is_below):
    """5 % of what remains: 173.69 leaves 8.69, 173.68 leaves 8.68."""
    assert margin_of([*SOLD, line(CostGroup.ADJUSTMENT, discount)], RULE).is_below(FLOOR) is is_below


def test_a_margin_that_is_the_floor_itself_is_not_below_it():
    assert not margin_of([line(CostGroup.ASSEMBLY, "100")], RULE).is_below(Decimal("0.25"))


def test_a_price_of_nothing_is_below_every_floor():
    nothing = margin_of([*SOLD, line(CostGroup.ADJUSTMENT, "-200")], RULE)
    assert (nothing.is_below(Decimal(0)), nothing.share) == (True, -1)


@pytest.mark.parametrize("share", ["1", "1.2", "-0.1", "lots"])
def test_a_share_is_from_nothing_to_less_than_all(share):
    with pytest.raises(RatesRefused, match=r"included\.of\.parts"):
        checked(MarginRule, TEXT.replace('"0.10"', f'"{share}"'), file="company.toml")


def test_a_group_that_no_quote_has_is_named():
    with pytest.raises(RatesRefused, match=r"included\.of\.labour"):
        checked(MarginRule, TEXT.replace("assembly", "labour"), file="company.toml")


@given(st.lists(st.decimals(Decimal(1), Decimal(10_000), places=2), min_size=1), st.integers(0, 90))
def test_a_larger_discount_never_leaves_a_larger_share(amounts, per_cent):
    sold = [line(CostGroup.PARTS, amount) for amount in amounts]
    off = [line(CostGroup.ADJUSTMENT, -sum(amounts) * share / 100) for share in (per_cent, per_cent + 5)]
    less, more = (margin_of([*sold, one], RULE) for one in off)
    assert more.share <= less.share
