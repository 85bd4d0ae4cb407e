"""Layers in grey: as much of each pixel is covered as the shapes cover of it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stacks import PEN, filled_box, flashes, region, round_pad, square_pad, strokes

from portal.board.artwork import Artwork, Draws, Flashes
from portal.board.raster import (
    CLOSE,
    LINE,
    MOVE,
    Canvas,
    View,
    drawn,
    pixels,
    polygons,
    polylines,
    repeated,
    seen_rings,
)
from portal.board.shapes import Aperture, disc, hole, rectangle
from portal.board.solid import solid

VIEW = View((0.0, 0.0, 20.0, 20.0), 400)
PLACES = st.floats(2, 18)
PADS = st.sampled_from([round_pad(1.5), square_pad(2), PEN, Aperture("obround", (rectangle(3, 1),))])


def inked_mm2(artwork, view=VIEW):
    return float(pixels(drawn(artwork, Canvas(view))).sum()) / 255 / view.scale**2


def kinds(path):
    """M, L and Z of a cairo path, points left out."""
    names = {value.view(np.int64).item(): name for value, name in ((MOVE, "M"), (LINE, "L"), (CLOSE, "Z"))}
    found, row = "", 0
    while row < len(path):
        found += names[path[row, 0].view(np.int64).item()]
        row += 1 if found[-1] == "Z" else 2
    return found


def test_contours_are_closed_one_by_one():
    path = polygons(np.array([(0, 0), (1, 0), (1, 1), (5, 5), (6, 5), (6, 6), (5, 6)], float), np.array([0, 3, 7]))

    assert kinds(path) == "MLLZMLLLZ"
    assert path[1].tolist() == [0, 0]
    assert path[8].tolist() == [5, 5]


def test_lines_stay_open():
    assert kinds(polylines(np.zeros((4, 2)), np.array([True, False, True, False]))) == "MLML"


def test_a_shape_is_repeated_with_its_hole():
    rings = [rectangle(2, 2), hole(rectangle(1, 1))]

    assert kinds(repeated(rings, np.array([(0.0, 0.0), (5.0, 0.0)]))) == "MLLLZMLLLZ" * 2


def test_corners_that_nobody_would_see_are_left_out():
    [fewer] = seen_rings(Aperture("circle", (disc(1.0),)), 0.05)

    assert 4 <= len(fewer) < 20


@pytest.mark.parametrize(
    ("artwork", "mm2"),
    [
        (filled_box(2, 2, 12, 7), 50),
        (region((2, 2), (2, 7), (12, 7), (12, 2)), 50),  # clockwise
        (flashes(square_pad(4), (10, 10), (11, 10)), 20),  # they overlap
        (flashes(round_pad(4), (10, 10)), 4 * np.pi),
        (strokes((5, 5, 15, 5), pen=round_pad(2)), 20 + np.pi),
        (strokes((10, 10, 10, 10), pen=round_pad(2)), np.pi),  # a dot
        (flashes(Aperture("rectangle", (rectangle(4, 4), hole(rectangle(2, 2)))), (10, 10)), 12),
        (Artwork(negative=True), 400),
    ],
)
def test_a_layer_covers_what_it_should(artwork, mm2):
    assert inked_mm2(artwork) == pytest.approx(mm2, rel=0.01)


def test_an_arc_is_round():
    ring = Draws(np.array([[15.0, 10, 15, 10]]), np.array([[10.0, 10]]), np.array([2 * np.pi]), *[np.zeros(1, int)] * 2)

    assert inked_mm2(Artwork((round_pad(1),), draws=ring)) == pytest.approx(np.pi * (5.5**2 - 4.5**2), rel=0.01)


def test_what_is_finer_than_a_pixel_is_still_seen():
    hair = strokes((2, 10, 18, 10), pen=round_pad(0.001))

    assert inked_mm2(hair) > 0.1


def test_an_empty_layer_covers_nothing():
    assert inked_mm2(Artwork()) == 0


@given(places=st.lists(st.tuples(PLACES, PLACES), min_size=1, max_size=12), pad=PADS)
def test_pads_cover_their_union(places, pad):
    artwork = flashes(pad, *places)

    assert inked_mm2(artwork) == pytest.approx(solid(artwork, VIEW.box).area, rel=0.03, abs=0.02)


@given(st.lists(st.tuples(PLACES, PLACES, st.integers(0, 3)), min_size=1, max_size=10))
def test_levels_add_and_take_away_in_their_turn(shapes):
    x, y, level = np.array(shapes, float).T
    artwork = Artwork((square_pad(3),), Flashes(x, y, np.zeros(len(x), int), level.astype(int)))

    assert inked_mm2(artwork) == pytest.approx(solid(artwork, VIEW.box).area, abs=0.3)


@given(st.integers(1, 3000), st.floats(0.5, 500), st.floats(0.5, 500))
def test_a_view_shows_its_whole_box(width_px, width, height):
    view = View((10.0, 20.0, 10.0 + width, 20.0 + height), width_px)
    corner = view.matrix().transform_point(10.0, 20.0 + height)

    assert corner == pytest.approx((0, 0), abs=1e-6)
    assert view.size[1] == pytest.approx(width_px * height / width, abs=1)


def test_a_mirrored_view_turns_left_and_right():
    view = View((0.0, 0.0, 20.0, 20.0), 400, is_mirrored=True)
    ink = pixels(drawn(filled_box(0, 0, 5, 20), Canvas(view)))

    assert (ink[:, :290].max(), ink[:, 310:].min()) == (0, 255)
