"""What of stock and receipts may still be promised: two published tables, and laws."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.planning.atp import available, cumulative, discrete

ORACLE_SUPPLY, ORACLE_DEMAND = [6, 4, 2, 4, 8, 4, 4, 4], [6, 2, 3, 6, 6, 1, 2, 2]
JDE_ORDERS, JDE_RECEIPTS = [30, 25, 30, 10, 0, 35, 0, 0], [0, 0, 60, 0, 0, 60, 0, 0]

counts = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=1, max_size=12)


def test_oracles_row_of_backward_consumption_and_accumulation():
    assert available(ORACLE_SUPPLY, ORACLE_DEMAND) == [0, 0, 0, -1, 2, 5, 7, 9]


def test_jd_edwards_discrete_row():
    assert [count for count in discrete(80, JDE_RECEIPTS, JDE_ORDERS) if count is not None] == [25, 20, 25]


def test_jd_edwards_cumulative_row():
    assert cumulative(80, JDE_RECEIPTS, JDE_ORDERS) == [25, 25, 45, 45, 45, 70, 70, 70]


def test_stock_without_receipts_is_promised_from_the_first_period():
    assert discrete(100, [0, 0, 0], [10, 20, 30]) == [40, None, None]


def test_periods_that_do_not_match_are_our_mistake():
    with pytest.raises(ValueError, match="zip"):
        available([1, 2], [1])


def test_a_shortage_takes_the_nearest_surplus_before_it():
    assert available([5, 5, 0], [0, 0, 4]) == [5, 6, 6]


def test_a_surplus_never_pays_for_what_was_short_before():
    assert available([0, 9], [4, 0]) == [-4, 9]


@given(counts)
def test_nothing_is_promised_that_is_not_there(periods):
    supply, demand = zip(*periods, strict=True)

    assert available(supply, demand)[-1] <= sum(supply)


@given(counts)
def test_where_nothing_is_short_all_that_is_left_can_be_promised(periods):
    demand = [wanted for _, wanted in periods]
    supply = [wanted + extra for extra, wanted in periods]

    assert available(supply, demand)[-1] == sum(supply) - sum(demand)


@given(counts, st.integers(0, 11), st.integers(0, 20))
def test_more_supply_never_lowers_what_can_be_promised(periods, at, more):
    supply, demand = map(list, zip(*periods, strict=True))
    larger = [count + more * (period == at) for period, count in enumerate(supply)]

    assert all(a <= b for a, b in zip(available(supply, demand), available(larger, demand), strict=True))


@given(st.integers(0, 100), counts)
def test_the_cumulative_row_is_the_discrete_one_added_up(on_hand, periods):
    receipts, orders = zip(*periods, strict=True)

    assert cumulative(on_hand, receipts, orders)[-1] == on_hand + sum(receipts) - sum(orders)
