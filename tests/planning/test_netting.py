"""Needs of parts, netted: the published case, and what must hold for any kits, stocks and deliveries."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.planning.netting import Item, Moved, netted

# OCA mrp_multi_level, its test data: two products, two subassemblies, two purchased parts.
ITEMS = {
    "FP1": Item(lead_days=2, made_of={"PP1": 2, "PP2": 3}),
    "FP2": Item(lead_days=1, made_of={"SF1": 2, "SF2": 3}),
    "SF1": Item(lead_days=1, made_of={"PP1": 3, "PP2": 2}),
    "SF2": Item(lead_days=3, on_hand=15, made_of={"PP2": 3}),
    "PP1": Item(on_hand=10),
    "PP2": Item(on_hand=20),
}
NEEDS = [Moved("FP1", 7, 100, "sale"), Moved("FP2", 7, 15, "sale"), Moved("FP2", 10, 12, "manufacturing order")]
COMING = [Moved("PP2", 0, 5)]
ROWS = [
    ("SF1", 6, 30, 30),
    ("SF1", 9, 24, 24),
    ("SF2", 6, 45, 30),
    ("SF2", 9, 36, 36),
    ("PP1", 5, 290, 280),
    ("PP1", 8, 72, 72),
    ("PP2", 3, 90, 65),
    ("PP2", 5, 360, 360),
    ("PP2", 6, 108, 108),
    ("PP2", 8, 48, 48),
]


def found():
    return netted(ITEMS, NEEDS, COMING)


@pytest.mark.parametrize("row", ROWS)
def test_oca_multi_level_row_of_demand_and_what_to_procure(row):
    assert row in {(one.item, one.day, one.gross, one.net) for one in found()}


def test_oca_multi_level_has_these_ten_rows_below_its_products_and_no_other():
    assert sorted((one.item, one.day, one.gross, one.net) for one in found() if one.item[:2] != "FP") == sorted(ROWS)


def test_oca_multi_level_says_for_whom_each_part_is():
    pegs = [one.pegs for one in found() if one.item == "PP1"]

    assert [sorted(each) for each in pegs] == [[("FP1", 200), ("SF1", 90)], [("SF1", 72)]]


def test_what_comes_after_the_day_does_not_help():
    [row] = netted({"R1": Item()}, [Moved("R1", 5, 10)], [Moved("R1", 6, 10)])

    assert row.net == 10


def test_what_came_too_late_for_one_need_covers_the_next():
    rows = netted({"R1": Item()}, [Moved("R1", 5, 10), Moved("R1", 7, 10)], [Moved("R1", 6, 10)])

    assert [row.net for row in rows] == [10, 0]


def test_what_stays_in_stock_for_safety_is_not_given_out():
    [row] = netted({"R1": Item(on_hand=50, safety=20)}, [Moved("R1", 5, 40)])

    assert row.net == 10


def test_a_part_is_ordered_its_lead_time_before_the_day_on_which_it_is_needed():
    [row] = netted({"U1": Item(lead_days=12)}, [Moved("U1", 20, 3)])

    assert row.order_by == 8


def test_a_bill_that_circles_is_our_fault():
    with pytest.raises(ValueError, match="made of itself"):
        netted({"A": Item(made_of={"B": 1}), "B": Item(made_of={"A": 1})}, [])


counts = st.integers(0, 500)
days = st.integers(0, 30)
needs = st.lists(st.builds(Moved, st.just("R1"), days, counts, st.sampled_from("abc")), max_size=12)
coming = st.lists(st.builds(Moved, st.just("R1"), days, counts), max_size=12)


@given(needs=needs, coming=coming, on_hand=counts)
def test_no_need_is_lost_and_each_has_its_owner(needs, coming, on_hand):
    rows = netted({"R1": Item(on_hand=on_hand)}, needs, coming)

    assert sum(row.gross for row in rows) == sum(need.count for need in needs)
    assert all(sum(count for _, count in row.pegs) == row.gross for row in rows)


@given(needs=needs, coming=coming, on_hand=counts)
def test_with_what_is_procured_nobody_ever_waits(needs, coming, on_hand):
    rows = netted({"R1": Item(on_hand=on_hand)}, needs, coming)

    for row in rows:
        came = sum(one.count for one in coming if one.day <= row.day)
        until = [other for other in rows if other.day <= row.day]
        assert on_hand + came + sum(one.net for one in until) >= sum(one.gross for one in until)


@given(needs=needs, coming=coming, on_hand=counts, more=counts)
def test_more_stock_never_means_more_to_buy(needs, coming, on_hand, more):
    few, many = (netted({"R1": Item(on_hand=count)}, needs, coming) for count in (on_hand, on_hand + more))

    assert sum(row.net for row in many) <= sum(row.net for row in few)
