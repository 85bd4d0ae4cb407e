"""The edges to choose from as they are drawn: each where it lies, the small ones on top of the large."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.board.edges import EdgeChoice, drawn_edges

BOX, CORNERS = (0, 0, 60, 30), ((0, 0), (60, 30), (0, 30))
BOARD = EdgeChoice("edge.gm1", 60, 30, is_closed=True, is_taken=True, box_mm=BOX, contour=CORNERS)
FRAME = EdgeChoice("edge.gm1", 80, 50, is_closed=True, is_taken=False, box_mm=(-10, -10, 70, 40))
OLD = EdgeChoice("old.gko", 10, 10, is_closed=True, is_taken=False)


def test_the_small_edge_lies_on_the_large_one_and_keeps_its_number():
    drawn = drawn_edges((BOARD, FRAME), (0, 0, 60, 30), margin_mm=1)

    assert [(edge.number, edge.is_taken) for edge in drawn.edges] == [(1, False), (0, True)]


def test_y_points_down_in_a_drawing():
    drawn = drawn_edges((BOARD,), None, margin_mm=1)

    assert drawn.edges[0].path == "M0.000 0.000L60.000 -30.000L0.000 -30.000z"
    assert (drawn.edges[0].x, drawn.edges[0].y) == (0, -30)


def test_without_corners_the_box_is_drawn():
    assert drawn_edges((FRAME,), None, margin_mm=1).edges[0].path.count("L") == 3


def test_the_picture_lies_where_the_board_is():
    assert drawn_edges((FRAME,), (0, 0, 60, 30), margin_mm=1).picture == (-1, -31, 62, 32)
    assert drawn_edges((FRAME,), None, margin_mm=1).picture is None


@pytest.mark.parametrize("choices", [(), (OLD,)])
def test_what_lies_nowhere_is_not_drawn(choices):
    assert drawn_edges(choices, (0, 0, 60, 30), margin_mm=1) is None


millimetres = st.floats(-500, 500)
boxes = st.tuples(millimetres, millimetres, st.floats(0, 300), st.floats(0, 300)).map(
    lambda at: (at[0], at[1], at[0] + at[2], at[1] + at[3])
)


@given(st.lists(boxes, min_size=1, max_size=6), st.none() | boxes)
def test_all_of_them_are_within_the_view(found, board):
    choices = [EdgeChoice("f", 1, 1, is_closed=True, is_taken=False, box_mm=box) for box in found]
    x, y, width, height = map(float, drawn_edges(choices, board, margin_mm=1).view_box.split())

    assert all(x <= box[0] and box[2] <= x + width for box in found)
    assert all(y <= -box[3] and -box[1] <= y + height for box in found)
