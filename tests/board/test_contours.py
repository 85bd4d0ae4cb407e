"""Closed contours among strokes: any shape, drawn in any order, either way, with gaps that are closed and said."""

import numpy as np
import pytest
import shapely
from boards import together
from hypothesis import given, settings
from hypothesis import strategies as st
from moved import MIRRORED, moved_artwork, turned
from stacks import frame, region, ring, strokes

from portal.board.artwork import Artwork, Draws
from portal.board.rings import GAP_MM, MOST_CONTOURS, SAID_GAP_MM, SMALLEST_MM, centre_line_box, contours
from portal.board.shapes import Aperture, disc

FEW = settings(max_examples=25)
PEN = Aperture("circle", (disc(0.1),), 0.1)
REACHES = st.lists(st.floats(4, 12).map(lambda value: round(value, 2)), min_size=3, max_size=10)


def corners(reaches) -> np.ndarray:
    """Of a star about 20, 20."""
    angles = np.linspace(0, 2 * np.pi, len(reaches), endpoint=False)
    return 20 + np.array(reaches)[:, None] * np.column_stack((np.cos(angles), np.sin(angles)))


def sides(points) -> list[list[float]]:
    return np.hstack((points, np.roll(points, -1, axis=0))).tolist()


def areas(artwork) -> list[float]:
    return sorted(contour.shape.area for contour in contours(artwork))


@FEW
@given(REACHES, st.randoms(use_true_random=False))
def test_sides_in_any_order_and_direction_enclose_their_shape(reaches, chance):
    points = corners(reaches)
    lines = [side if chance.random() < 0.5 else side[2:] + side[:2] for side in sides(points)]
    chance.shuffle(lines)

    assert areas(strokes(*lines)) == [pytest.approx(shapely.Polygon(points).area)]


@FEW
@given(REACHES)
def test_a_filled_contour_is_the_same_shape_as_its_sides(reaches):
    points = corners(reaches)

    assert areas(region(*points.tolist())) == pytest.approx(areas(strokes(*sides(points))))


@pytest.mark.parametrize("matrix", [turned(90), turned(33), MIRRORED], ids=["90", "33", "mirrored"])
@settings(max_examples=10)
@given(reaches=REACHES)
def test_a_contour_turned_or_mirrored_is_as_large(matrix, reaches):
    board = strokes(*sides(corners(reaches)))

    assert areas(moved_artwork(board, matrix, (7, -3))) == pytest.approx(areas(board))


@pytest.mark.parametrize("gap", [0.006, 0.03, 0.09])
@FEW
@given(reaches=REACHES)
def test_a_gap_is_closed_and_said_as_wide_as_it_is(gap, reaches):
    lines = sides(corners(reaches))
    x0, y0, x1, y1 = lines[0]
    short = 1 - gap / np.hypot(x1 - x0, y1 - y0)
    lines[0] = [x0, y0, x0 + short * (x1 - x0), y0 + short * (y1 - y0)]
    [found] = contours(strokes(*lines))

    assert SAID_GAP_MM < gap < GAP_MM
    assert found.gap_mm == pytest.approx(gap, abs=1e-6)


@pytest.mark.parametrize("gap", [0.0, 0.001, 0.0015])
def test_rounding_is_no_gap(gap):
    lines = [list(side) for side in ring(0, 0, 30, 20)]
    lines[0][0] += gap

    assert contours(strokes(*lines))[0].gap_mm == 0


@pytest.mark.parametrize("gap", [0.15, 0.5, 3.0])
def test_a_gap_too_wide_for_a_slip_leaves_the_contour_open(gap):
    lines = [list(side) for side in ring(0, 0, 30, 20)]
    lines[0][0] += gap

    assert contours(strokes(*lines)) == ()


@pytest.mark.parametrize("count", [1, 2, 5])
def test_rings_side_by_side_are_contours_of_their_own(count):
    frames = together(*(frame(12 * n, 0, 12 * n + 10, 8) for n in range(count)))

    assert areas(frames) == pytest.approx([80] * count)


def test_a_ring_within_a_ring_is_a_contour_too():
    assert areas(together(frame(0, 0, 30, 20), frame(5, 5, 10, 10))) == pytest.approx([25, 600])


@pytest.mark.parametrize(("size", "count"), [(1.0, 0), (1.9, 0), (2.1, 1), (5.0, 1)])
def test_what_is_too_small_for_a_board_or_a_cut_out_is_left_out(size, count):
    assert (size > SMALLEST_MM) is (count == 1)
    assert len(contours(frame(0, 0, size, 20))) == count


def test_of_very_many_rings_the_largest_are_kept():
    frames = together(*(frame(0, 30 * n, 10 + n, 30 * n + 20) for n in range(MOST_CONTOURS + 5)))

    assert areas(frames)[0] == pytest.approx(20 * 15)
    assert len(contours(frames)) == MOST_CONTOURS


@FEW
@given(st.floats(2, 40), st.integers(1, 4))
def test_a_circle_of_any_arcs_is_round(radius, parts):
    turns = np.linspace(0, 2 * np.pi, parts + 1)
    points = radius * np.column_stack((np.cos(turns), np.sin(turns)))
    nothing = np.zeros(parts, dtype=np.int64)
    draws = Draws(
        np.hstack((points[:-1], points[1:])), np.zeros((parts, 2)), np.full(parts, 2 * np.pi / parts), nothing, nothing
    )

    assert areas(Artwork((PEN,), draws=draws)) == [pytest.approx(np.pi * radius**2, rel=0.002)]


@FEW
@given(REACHES)
def test_the_box_of_the_centre_line_is_that_of_the_corners(reaches):
    points = corners(reaches)
    found = centre_line_box(strokes(*sides(points)))

    assert found == pytest.approx((*points.min(axis=0), *points.max(axis=0)))


@FEW
@given(REACHES)
def test_a_contours_box_is_that_of_its_corners(reaches):
    points = corners(reaches)
    [found] = contours(strokes(*sides(points)))

    assert found.box == pytest.approx((*points.min(axis=0), *points.max(axis=0)))


def test_a_line_across_a_ring_does_not_part_it():
    assert areas(strokes(*ring(0, 0, 30, 20), (15, 0, 15, 20))) == pytest.approx([600])


@pytest.mark.parametrize("empty", [Artwork(), strokes((0, 0, 30, 0)), strokes((3, 3, 3, 3))])
def test_what_closes_nothing_has_no_contour(empty):
    assert contours(empty) == ()
