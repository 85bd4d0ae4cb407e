"""Layers that take away, as areas: checked by the square millimetres that are left."""

from dataclasses import replace

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from stacks import filled_box, flashes, round_pad, square_pad, strokes

from portal.board.artwork import Artwork, Draws, Flashes
from portal.board.shapes import Aperture, hole, rectangle
from portal.board.solid import only_adding, parted, solid, takes_away

SHEET = (0.0, 0.0, 40.0, 30.0)


def squares(*placed: tuple[float, float, float, int]) -> Artwork:
    """Squares as (x, y, side, level)."""
    x, y, sides, levels = np.array(placed, dtype=float).T
    apertures = tuple(square_pad(side) for side in sides)
    return Artwork(apertures, Flashes(x, y, np.arange(len(x)), levels.astype(int)))


def area(artwork: Artwork) -> float:
    return solid(artwork, SHEET).area


def test_what_is_only_drawn_takes_nothing_away():
    assert not takes_away(squares((0, 0, 1, 0), (5, 5, 1, 2)))
    assert takes_away(squares((0, 0, 1, 0), (5, 5, 1, 1)))


def test_a_negative_image_takes_away():
    assert takes_away(replace(squares((0, 0, 1, 0)), negative=True))


def test_a_clear_square_leaves_a_frame():
    assert area(squares((10, 10, 4, 0), (10, 10, 2, 1))) == pytest.approx(12)


def test_what_is_drawn_after_a_clear_shape_is_there():
    assert area(squares((10, 10, 4, 0), (10, 10, 2, 1), (10, 10, 1, 2))) == pytest.approx(13)


def test_a_clear_shape_before_all_others_takes_nothing():
    assert area(squares((10, 10, 2, 1), (10, 10, 4, 2))) == pytest.approx(16)


def test_shapes_of_one_level_unite():
    assert area(squares((10, 10, 2, 0), (11, 10, 2, 0))) == pytest.approx(6)


def test_a_negative_image_is_the_sheet_without_what_is_drawn():
    assert area(replace(squares((10, 10, 2, 0)), negative=True)) == pytest.approx(1200 - 4)


def test_strokes_are_as_wide_as_their_pen():
    assert area(strokes((5, 5, 15, 5), pen=round_pad(2))) == pytest.approx(20 + np.pi, abs=0.05)


def test_an_arc_is_a_bent_stroke():
    circle = Draws(np.array([[6.0, 5, 6, 5]]), np.full((1, 2), 5.0), np.array([2 * np.pi]), *np.zeros((2, 1), int))

    assert area(Artwork((round_pad(0.2),), draws=circle)) == pytest.approx(2 * np.pi * 0.2, rel=0.01)


def test_regions_are_their_area():
    assert area(filled_box(1, 2, 4, 6)) == pytest.approx(12)


def test_the_hole_of_a_pad_stays_open():
    pad = Aperture("rectangle", (rectangle(4, 4), hole(rectangle(2, 2))))

    assert area(flashes(pad, (10, 10))) == pytest.approx(12)


def test_too_much_is_not_worked_out():
    assert solid(squares(*((n % 100, n // 100, 1, 0) for n in range(9_000))), SHEET) is None


def test_what_no_clear_shape_comes_near_is_left_as_it_is():
    plain, rest = parted(squares((10, 10, 4, 0), (10, 10, 2, 1), (30, 10, 4, 0)))

    assert plain.flashes.x.tolist() == [30]
    assert rest.flashes.x.tolist() == [10, 10]


def test_an_arc_is_near_what_lies_under_its_bow():
    half_turn = Draws(np.array([[1.0, 0, -1, 0]]), np.zeros((1, 2)), np.array([np.pi]), *np.zeros((2, 1), int))
    under = Flashes(np.zeros(1), np.ones(1), np.zeros(1, int), np.ones(1, int))

    assert len(parted(Artwork((round_pad(0.1),), under, half_turn))[1].draws) == 1


def test_of_several_contours_only_those_near_are_worked_out():
    boxes = [filled_box(0, 0, 2, 2), filled_box(20, 20, 23, 23)]
    points = np.concatenate([box.regions.points for box in boxes])
    regions = replace(boxes[0].regions, points=points, starts=np.array([0, 4, 8]), level=np.zeros(2, int))
    clear = Flashes(np.ones(1), np.ones(1), np.zeros(1, int), np.ones(1, int))
    plain, rest = parted(Artwork((square_pad(1),), clear, regions=regions))

    assert (plain.regions.signed_areas_mm2().tolist(), area(rest)) == ([9], 3)


def test_all_of_a_negative_image_is_worked_out():
    plain, rest = parted(replace(squares((1, 1, 1, 0)), negative=True))

    assert (len(plain.flashes), len(rest.flashes)) == (0, 1)


def test_without_what_takes_away_all_that_adds_is_left():
    assert only_adding(squares((1, 1, 1, 0), (1, 1, 1, 1), (2, 2, 1, 2))).flashes.level.tolist() == [0, 2]


placed = st.tuples(st.integers(2, 38), st.integers(2, 28), st.integers(1, 6), st.integers(0, 3))


@given(st.lists(placed, min_size=1, max_size=12))
def test_both_parts_together_are_the_whole(things):
    artwork = squares(*things)
    plain, rest = parted(artwork)
    together = shapely.union(solid(plain, SHEET), solid(rest, SHEET))

    assert together.area == pytest.approx(area(artwork))
