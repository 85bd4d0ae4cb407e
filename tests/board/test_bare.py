"""The bare board as a path: what is milled and drilled away is not in it."""

import re

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from stacks import drilled, frame, outline_layer, ring, stack, strokes

from portal.board.bare import bare_path
from portal.board.outline import outline
from portal.board.svg_paths import circles_path, ring_path, shape_path

EDGE = outline_layer(frame(0, 0, 40, 30))
CIRCLE = re.compile(r"M(-?\d+) (-?\d+)a(\d+) \d+ 0 0 ([01]) \d+ 0a\d+ \d+ 0 0 [01] -\d+ 0z")


def path(*holes, slots=(), edge=EDGE) -> str:
    board = stack(edge, drills=(drilled(*holes, slots=slots),))
    return bare_path(board, outline(board))


def area(text: str) -> float:
    """Of a path for a non-zero fill in which no two edges cross, in mm²."""
    circles = CIRCLE.findall(text)
    total = sum((1 if turn == "1" else -1) * np.pi * (int(radius) / 1000) ** 2 for _, _, radius, turn in circles)
    for sub_path in re.findall(r"M([-\d ]+)l([-\d ]+)z", CIRCLE.sub("", text)):
        start, steps = (np.array(part.split(), dtype=float).reshape(-1, 2) for part in sub_path)
        x, y = np.concatenate((start, start + np.cumsum(steps, axis=0))).T / 1000
        total += float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2
    return total


def test_a_board_without_holes_is_its_edge():
    assert area(path()) == pytest.approx(1200)


def test_a_hole_that_touches_nothing_is_two_arcs_that_run_the_other_way():
    assert "M9500 10000a500 500 0 0 0 1000 0a500 500 0 0 0 -1000 0z" in path((10, 10, 1.0))
    assert area(path((10, 10, 1.0))) == pytest.approx(1200 - np.pi / 4, rel=1e-6)


def test_two_holes_that_overlap_leave_no_lens_between_them():
    both = area(path((10, 10, 2.0), (11, 10, 2.0)))
    lens = 2 * np.pi / 3 - np.sqrt(3) / 2  # of two circles of radius 1 whose centres are 1 apart

    assert both == pytest.approx(1200 - 2 * np.pi + lens, abs=0.05)


def test_a_hole_on_the_edge_takes_only_its_half():
    assert area(path((0, 15, 4.0))) == pytest.approx(1200 - 2 * np.pi, abs=0.05)


def test_a_hole_beside_the_board_takes_nothing():
    assert area(path((-20, 15, 4.0))) == pytest.approx(1200)


def test_a_hole_in_two_sizes_is_as_large_as_its_larger_one():
    assert area(path((10, 10, 1.0), (10, 10, 3.0))) == pytest.approx(1200 - np.pi * 2.25, abs=0.05)


def test_a_hole_of_unknown_size_is_not_drawn():
    assert path((10, 10, np.nan)) == path()


def test_a_slot_is_cut_out():
    assert area(path(slots=[(10, 10, 13, 10, 1.0)])) == pytest.approx(1200 - 3 - np.pi / 4, abs=0.01)


def test_every_cut_of_a_routed_path_is_cut_out():
    window = [(5, 5, 15, 5, 1.0), (15, 5, 15, 15, 1.0), (15, 15, 5, 15, 1.0), (5, 15, 5, 5, 1.0)]
    missing = 11 * 11 - (1 - np.pi / 4)  # with round corners; the middle stays in the picture

    assert area(path(slots=window)) == pytest.approx(1200 - missing + 81, abs=0.05)


def test_a_hole_in_a_slot_belongs_to_it():
    slot = [(10, 10, 13, 10, 1.0)]

    assert area(path((10, 10, 1.0), slots=slot)) == pytest.approx(area(path(slots=slot)), abs=0.05)


def test_a_cut_out_is_no_board():
    edge = outline_layer(strokes(*ring(0, 0, 40, 30), *ring(10, 10, 20, 20)))

    assert area(path(edge=edge)) == pytest.approx(1100)


def test_two_boards_side_by_side_are_both_there():
    edge = outline_layer(strokes(*ring(0, 0, 40, 30), *ring(50, 0, 90, 30)))

    assert area(path(edge=edge)) == pytest.approx(2400)


def test_circles_of_the_material_run_counter_clockwise():
    assert area(circles_path(np.array([5.0]), np.array([5.0]), np.array([2.0]))) == pytest.approx(np.pi)


def test_an_area_with_a_hole_is_two_rings_of_opposite_turn():
    shape = shapely.box(0, 0, 10, 10).difference(shapely.box(4, 4, 6, 6))

    assert shape_path(shape).count("z") == 2
    assert area(shape_path(shape)) == pytest.approx(96)


def test_no_area_is_an_empty_path():
    assert shape_path(shapely.Polygon()) == ""


@given(st.lists(st.tuples(st.integers(2, 38), st.integers(2, 28), st.sampled_from([0.3, 1.0, 1.9])), max_size=15))
def test_a_board_is_its_edge_less_what_the_holes_cover(holes):
    circles = [shapely.Point(x, y).buffer(size / 2, quad_segs=16) for x, y, size in holes]

    assert area(path(*holes)) == pytest.approx(1200 - shapely.union_all(circles).area, abs=0.02 * (1 + len(holes)))


@given(st.floats(0.5, 50), st.floats(0.5, 50))
def test_a_ring_is_written_in_whole_micrometres(width, height):
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)])

    assert area(ring_path(corners)) == pytest.approx(width * height, abs=0.002 * (width + height))
