"""An order is built in lots: few, even, of whole panels."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.production.lots import plan_lots


@pytest.mark.parametrize(
    ("boards", "lots"),
    [(1, (1,)), (250, (250,)), (251, (126, 125)), (1000, (250, 250, 250, 250)), (5000, (250,) * 20), (0, ())],
)
def test_lots_are_as_few_and_as_even_as_can_be(boards, lots):
    assert plan_lots(boards, lot_size=250) == lots


def test_a_panel_is_never_split():
    assert plan_lots(500, lot_size=250, boards_per_panel=8) == (168, 168, 164)  # 63 panels, at most 31 a lot


def test_a_panel_bigger_than_a_lot_is_a_lot():
    assert plan_lots(30, lot_size=5, boards_per_panel=12) == (12, 12, 6)


orders = st.tuples(st.integers(1, 20_000), st.integers(1, 1000), st.integers(1, 40))


@given(order=orders)
def test_all_boards_are_in_a_lot_and_no_lot_is_empty(order):
    boards, lot_size, boards_per_panel = order
    lots = plan_lots(boards, lot_size=lot_size, boards_per_panel=boards_per_panel)

    assert sum(lots) == boards
    assert min(lots) >= 1


@given(order=orders)
def test_no_lot_is_bigger_than_it_may_be(order):
    boards, lot_size, boards_per_panel = order

    assert max(plan_lots(boards, lot_size=lot_size, boards_per_panel=boards_per_panel)) <= max(
        lot_size, boards_per_panel
    )


@given(order=orders)
def test_only_the_last_lot_has_a_panel_that_is_not_full(order):
    boards, lot_size, boards_per_panel = order
    *full, _ = plan_lots(boards, lot_size=lot_size, boards_per_panel=boards_per_panel)

    assert all(lot % boards_per_panel == 0 for lot in full)
