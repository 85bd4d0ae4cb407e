"""Purchases for several needs at once: the textbook's case, and what must hold for any costs."""

from decimal import Decimal
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from portal.planning.lotsizes import Together, cheapest_purchases

DEMANDS = (90, 120, 80, 70)  # Snyder and Shen, example 3.9 (stockpyl's textbook instances): K 500, h 2


def textbook(first: int, last: int) -> Decimal:
    """500 for each order, and 2 for each piece and period that it is kept."""
    kept = sum(DEMANDS[number] * (number - first) for number in range(first, last + 1))
    return Decimal(500 + 2 * kept)


def test_wagner_and_whitin_order_210_and_150_for_1380():
    found = cheapest_purchases(4, textbook)

    assert [sum(DEMANDS[one.first : one.last + 1]) for one in found] == [210, 150]
    assert sum(one.cost for one in found) == 1380


def test_nothing_is_bought_for_nobody():
    assert cheapest_purchases(0, textbook) == ()


def test_of_equal_costs_each_is_bought_when_it_is_needed():
    assert cheapest_purchases(3, lambda first, last: Decimal(10 * (last - first + 1))) == tuple(
        Together(number, number, Decimal(10)) for number in range(3)
    )


costs = st.lists(st.integers(0, 100).map(Decimal), min_size=15, max_size=15)
PAIRS = [(first, last) for last in range(5) for first in range(last + 1)]


def all_cuts(count: int):
    for size in range(count):
        for cuts in combinations(range(1, count), size):
            yield list(zip((0, *cuts), (*(cut - 1 for cut in cuts), count - 1), strict=True))


@given(costs=costs)
def test_no_other_cut_is_cheaper(costs):
    table = dict(zip(PAIRS, costs, strict=True))
    found = cheapest_purchases(5, lambda first, last: table[first, last])

    assert sum(one.cost for one in found) == min(sum(table[pair] for pair in cut) for cut in all_cuts(5))


@given(costs=costs)
def test_every_need_is_bought_once(costs):
    table = dict(zip(PAIRS, costs, strict=True))
    found = cheapest_purchases(5, lambda first, last: table[first, last])

    assert [number for one in found for number in range(one.first, one.last + 1)] == list(range(5))
