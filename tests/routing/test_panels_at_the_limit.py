"""Panels of at most 100 × 100 mm with rails of 5 and gaps of 2: what just fits, and what just does not."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_shop import small_shop

from portal.board.design import Board
from portal.routing.panels import grid, panels

ROOM = Decimal(100), Decimal(100)


def laid_out(width, height, boards=1000):
    return panels(Board(width, height), small_shop().panel, room=ROOM, boards=boards)


@pytest.mark.parametrize(
    ("size", "columns_rows"),
    [
        ((100, 90), (1, 1)),
        ((100.1, 90), (0, 1)),
        ((100, 90.1), (1, 0)),
        ((49, 44), (2, 2)),  # 49 + 2 + 49 = 100; 44 + 2 + 44 + 2 × 5 = 100
        ((49.1, 44), (1, 2)),
        ((49, 44.1), (2, 1)),
        ((32, 90), (3, 1)),  # 3 × 32 + 2 × 2
        ((8, 8), (10, 9)),  # 10 × 8 + 9 × 2 = 98; 9 × 8 + 8 × 2 + 10 = 98
        ((1, 1), (34, 30)),
    ],
)
def test_as_many_boards_fit_as_fit_on_paper(size, columns_rows):
    width, height = (Decimal(str(length)) for length in size)

    assert grid((width, height), ROOM, small_shop().panel) == columns_rows


@pytest.mark.parametrize("size", [(100.1, 20), (90.1, 90.1), (500, 500), (100, 90)])
def test_a_board_as_large_as_the_machine_has_no_rails_and_travels_alone(size):
    found = laid_out(*size, boards=3)

    assert (found.panels, found.boards_per_panel) == (3, 1)
    assert (found.width_mm, found.height_mm) == tuple(Decimal(str(length)) for length in size)
    assert found.because.endswith("one board a panel")


@pytest.mark.parametrize(
    ("boards", "count", "per_panel", "width_mm", "height_mm"),
    [
        (1, 1, 1, 40, 30),
        (2, 1, 2, 82, 30),
        (3, 1, 3, 82, 52),  # the fourth place stays empty
        (8, 1, 8, 82, 96),
        (9, 2, 5, 82, 74),  # spread over two, and not eight and one
        (10, 2, 5, 82, 74),
        (17, 3, 6, 82, 74),
        (100_000, 12_500, 8, 82, 96),
    ],
)
def test_boards_are_spread_evenly_over_as_few_panels_as_they_need(boards, count, per_panel, width_mm, height_mm):
    found = laid_out(40, 20, boards)

    assert (found.panels, found.boards_per_panel) == (count, per_panel)
    assert (found.width_mm, found.height_mm) == (width_mm, height_mm)


@pytest.mark.parametrize(
    ("size", "boards", "said"),
    [
        ((20, 40), 14, "20 × 40 mm, 4 × 2 with 1 empty place on a panel of at most 100 × 100 mm"),
        ((40, 20), 8, "40 × 20 mm, 2 × 4 on a panel of at most 100 × 100 mm"),
        ((20, 40), 10, "20 × 40 mm, 3 × 2 with 1 empty place on a panel of at most 100 × 100 mm"),
        ((30, 45), 4, "30 × 45 mm turned, 2 × 2 on a panel of at most 100 × 100 mm"),
    ],
)
def test_a_reason_names_the_board_its_grid_and_the_machines_limit(size, boards, said):
    assert laid_out(*size, boards).because == said


@pytest.mark.parametrize(("boards", "columns_rows"), [(5, (3, 2)), (7, (4, 2)), (4, (4, 1)), (3, (3, 1))])
def test_a_panel_is_no_wider_than_its_boards_need(boards, columns_rows):
    """Of 20 × 40 mm, four stand beside each other and two above."""
    found = laid_out(20, 40, boards)

    assert (found.columns, found.rows) == columns_rows
    assert found.width_mm == 22 * found.columns - 2


@pytest.mark.parametrize("size", [(None, None), (40, None), (None, 20), (0, 20), (40, 0)])
def test_half_a_size_is_no_size(size):
    found = laid_out(*size, boards=9)

    assert (found.width_mm, found.height_mm, found.area_cm2) == (None, None, None)
    assert found.because == "board size unknown: one board a panel"


SIZES = st.integers(1, 1500).map(lambda tenths: tenths / 10)


@given(width=SIZES, height=SIZES, boards=st.integers(1, 100_000))
def test_no_more_panels_are_used_than_the_grid_asks_for(width, height, boards):
    size = Decimal(str(width)), Decimal(str(height))
    grids = [grid(way, ROOM, small_shop().panel) for way in (size, size[::-1])]
    places = max(1, *(columns * rows for columns, rows in grids))

    assert laid_out(width, height, boards).panels == -(-boards // places)


@given(width=SIZES, height=SIZES, boards=st.integers(1, 100_000))
def test_less_than_one_panel_of_boards_is_built_that_nobody_ordered(width, height, boards):
    found = laid_out(width, height, boards)

    assert 0 <= found.panels * found.boards_per_panel - boards < found.panels


@given(width=SIZES, height=SIZES, boards=st.integers(1, 5000))
def test_a_panel_is_at_least_as_large_as_the_boards_on_it(width, height, boards):
    found = laid_out(width, height, boards)

    assert found.area_cm2 >= found.boards_per_panel * Decimal(str(width)) * Decimal(str(height)) / 100


@given(width=SIZES, height=SIZES, smaller=st.integers(1, 9))
def test_a_smaller_board_never_needs_more_panels(width, height, smaller):
    share = smaller / 10

    assert laid_out(width * share, height).panels <= laid_out(width, height).panels
