"""How many boards travel together: a grid between two rails, at most 250 × 200 mm in the demo shop."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from routing_examples import demo_shop

from portal.board.design import Board, Panel
from portal.routing.panels import panels
from portal.routing.ways import room


def laid_out(width, height, boards):
    shop = demo_shop()
    return panels(Board(width, height), shop.panel, room=room(shop.lines[0]), boards=boards)


@pytest.mark.parametrize(
    ("size", "boards", "count", "per_panel"),
    [
        ((50, 30), 1, 1, 1),
        ((50, 30), 24, 1, 24),
        ((50, 30), 25, 2, 13),
        ((50, 30), 1000, 42, 24),
        ((120, 90), 4, 1, 4),
        ((120, 90), 100, 25, 4),
        ((200, 150), 10, 10, 1),
        ((400, 300), 10, 10, 1),
    ],
)
def test_boards_are_spread_evenly_over_as_few_panels_as_possible(size, boards, count, per_panel):
    found = laid_out(*size, boards)

    assert (found.panels, found.boards_per_panel) == (count, per_panel)


def test_a_panel_is_as_large_as_its_grid_its_gaps_and_two_rails():
    found = laid_out(50, 30, 1000)

    assert found.width_mm == 4 * 50 + 3 * Decimal("1.6")
    assert found.height_mm == 6 * 30 + 5 * Decimal("1.6") + 2 * 5


def test_boards_lie_across_where_more_of_them_fit():
    """90 × 60: two beside each other and three above; across four and two."""
    assert laid_out(90, 60, 1000).boards_per_panel == 8


@pytest.mark.parametrize(("size", "boards", "panel"), [((20, 15), 1, (50, 50)), ((240, 30), 1, (240, 50))])
def test_a_small_board_gets_wider_rails_and_that_is_said(size, boards, panel):
    found = laid_out(*size, boards)

    assert (found.width_mm, found.height_mm) == panel
    assert "rails widened to 50 mm" in found.because


@pytest.mark.parametrize(("height", "is_said"), [(40.0, False), (39.9, True)])
def test_a_panel_that_is_just_as_high_as_the_least_keeps_its_rails(height, is_said):
    """40 mm of board between two rails of 5 are 50."""
    found = laid_out(100, height, 2)

    assert found.height_mm == 50
    assert ("rails widened" in found.because) is is_said


def of_four(**marks):
    return Board(104, 74, panel=Panel(2, 2, 4, board_width_mm=50, board_height_mm=35, **marks))


@pytest.mark.parametrize(("boards", "count"), [(1, 1), (4, 1), (5, 2), (100, 25)])
def test_a_customers_own_panel_stays_as_it_is(boards, count):
    shop = demo_shop()
    found = panels(of_four(), shop.panel, room=room(shop.lines[0]), boards=boards)

    assert (found.panels, found.boards_per_panel, found.width_mm, found.height_mm) == (count, 4, 104, 74)
    assert found.because == f"your panel of 4 boards (2 × 2), 104 × 74 mm: {boards} boards on {count}"


def test_few_boards_make_a_small_panel():
    assert laid_out(50, 30, 2).area_cm2 < laid_out(50, 30, 24).area_cm2


def test_a_board_that_travels_alone_is_its_own_panel():
    found = laid_out(200, 150, 3)

    assert (found.width_mm, found.height_mm, found.area_cm2) == (200, 150, 300)


@pytest.mark.parametrize("size", [(None, None), (50, None), (None, 30), (0, 0)])
def test_a_board_of_unknown_size_travels_alone_and_its_panel_has_no_area(size):
    found = laid_out(*size, 7)

    assert (found.panels, found.boards_per_panel, found.area_cm2) == (7, 1, None)
    assert "unknown" in found.because


SIZES = st.floats(5, 400, allow_nan=False)


@given(width=SIZES, height=SIZES, boards=st.integers(1, 10_000))
def test_a_panel_never_outgrows_the_machine_but_for_a_single_board(width, height, boards):
    found = laid_out(width, height, boards)

    assert found.boards_per_panel == 1 or (found.width_mm <= 250 and found.height_mm <= 200)


@given(width=SIZES, height=SIZES, boards=st.integers(1, 5000), more=st.integers(0, 500))
def test_more_boards_never_need_fewer_places(width, height, boards, more):
    few, many = laid_out(width, height, boards), laid_out(width, height, boards + more)

    assert few.panels <= many.panels
    assert few.panels * few.boards_per_panel <= many.panels * many.boards_per_panel
