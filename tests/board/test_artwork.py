"""Layers as arrays: how far they reach, and what is in them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stacks import PEN, filled_box, flashes, round_pad, square_pad, strokes

from portal.board.arcs import chords, flattened, sweep_rad
from portal.board.artwork import Artwork, Draws, DrillHits, holes_drawn_as_gerber
from portal.board.shapes import (
    Aperture,
    Late,
    composed,
    disc,
    hole,
    obround,
    rectangle,
    regular_polygon,
    signed_area,
)

length = st.floats(0.01, 100)


def test_nothing_has_no_bounds():
    assert Artwork().bounds_mm() is None
    assert Artwork().is_empty


def test_a_flash_reaches_as_far_as_its_aperture():
    assert flashes(square_pad(2), (10, 20)).bounds_mm() == (9, 19, 11, 21)


def test_a_stroke_reaches_half_its_width_beyond_its_ends():
    assert strokes((0, 0, 10, 0), pen=round_pad(2)).bounds_mm() == (-1, -1, 11, 1)


def test_a_region_reaches_as_far_as_its_points():
    assert filled_box(1, 2, 3, 4).bounds_mm() == (1, 2, 3, 4)


def test_an_arc_reaches_to_its_summit():
    half_turn = Draws(
        np.array([[1.0, 0, -1, 0]]), np.zeros((1, 2)), np.array([np.pi]), np.zeros(1, int), np.zeros(1, int)
    )

    assert Artwork((PEN,), draws=half_turn).bounds_mm() == pytest.approx((-1.1, -0.1, 1.1, 1.1), abs=0.002)


def test_an_area_is_positive_counter_clockwise():
    assert filled_box(0, 0, 2, 3).regions.signed_areas_mm2().tolist() == [6]
    assert signed_area(rectangle(2, 3)[::-1]) == -6


def test_a_line_is_one_chord():
    x, y, row = flattened(np.array([[0.0, 0, 5, 5]]), np.zeros((1, 2)), np.zeros(1))

    assert (x.tolist(), y.tolist(), row.tolist()) == ([5], [5], [0])


def test_chords_end_exactly_where_the_arc_ends():
    x, y, _ = flattened(np.array([[1.0, 0, 0, 1]]), np.zeros((1, 2)), np.array([np.pi / 2]))

    assert (x[-1], y[-1]) == (0, 1)


@given(radius=st.floats(0.1, 200), turn=st.floats(0.01, 6.2))
def test_chords_stay_within_a_micrometre_of_the_arc(radius, turn):
    [count] = chords(np.array([radius]), np.array([turn]))

    assert radius * (1 - np.cos(turn / count / 2)) <= 0.00101


@given(angle=st.floats(0.05, 6.2), start=st.floats(0, 6.2), clockwise=st.booleans())
def test_a_sweep_is_the_turn_from_start_to_end(angle, start, clockwise):
    turn = -angle if clockwise else angle
    first = np.array([[np.cos(start), np.sin(start)]])
    last = np.array([[np.cos(start + turn), np.sin(start + turn)]])

    assert sweep_rad(first, last, clockwise=np.array([clockwise]))[0] == pytest.approx(turn, abs=1e-6)


@given(length)
def test_a_disc_is_exactly_as_wide_as_its_diameter(diameter):
    assert np.ptp(disc(diameter), axis=0) == pytest.approx([diameter, diameter])


@given(length, length)
def test_an_obround_is_exactly_as_wide_and_high_as_it_says(width, height):
    assert np.ptp(obround(width, height), axis=0) == pytest.approx([width, height])


@given(st.integers(3, 12), length)
def test_all_corners_of_a_polygon_lie_on_its_circle(corners, diameter):
    assert np.hypot(*regular_polygon(corners, diameter, 20).T) == pytest.approx(diameter / 2)


@given(length, length)
def test_every_shape_is_filled_and_every_hole_is_not(width, height):
    assert signed_area(obround(width, height)) > 0
    assert signed_area(hole(rectangle(width, height))) < 0


def test_a_shape_with_a_hole_is_two_rings():
    rings = composed([(True, disc(4)), (False, disc(2))])

    assert [signed_area(ring) > 0 for ring in rings] == [True, False]


def test_a_hole_in_nothing_is_nothing():
    assert composed([(False, disc(2))]) == ()


def test_the_inner_radius_of_a_square_is_half_its_side():
    assert square_pad(3).inner_radius_mm == 1.5


def test_the_drill_mark_in_a_pad_does_not_make_its_ring_thinner():
    pad = Aperture("rectangle", (rectangle(3, 3), hole(disc(1))))

    assert pad.inner_radius_mm == 1.5


def test_a_pad_beside_its_own_origin_has_no_inner_radius():
    assert Aperture("macro", (rectangle(1, 1, (5, 5)),)).inner_radius_mm == 0


def test_a_mirrored_aperture_stays_filled():
    turned = square_pad(2).turned(np.diag([-1.0, 1.0]))

    assert signed_area(turned.rings[0]) == 4


def test_holes_drawn_as_gerber_are_holes():
    hits = holes_drawn_as_gerber(flashes(round_pad(0.8), (1, 2), (3, 4)))

    assert hits.diameter_mm.tolist() == [0.8, 0.8]
    assert hits.bounds_mm() == (1, 2, 3, 4)


def test_slots_drawn_as_gerber_are_slots():
    assert holes_drawn_as_gerber(strokes((0, 0, 3, 0), pen=round_pad(1))).slots.tolist() == [[0, 0, 3, 0, 1]]


def test_what_the_drill_layer_says_about_plating_is_kept():
    artwork = flashes(round_pad(3), (1, 2))
    plain = Artwork(artwork.apertures, artwork.flashes, attributes={".FileFunction": ("NonPlated", "1", "2", "NPTH")})

    assert holes_drawn_as_gerber(plain).plated is False


def test_square_flashes_are_no_holes():
    assert holes_drawn_as_gerber(flashes(square_pad(1), (0, 0))).count == 0


def test_an_empty_layer_has_no_holes():
    assert holes_drawn_as_gerber(Artwork()).count == 0


def test_no_holes_have_no_bounds():
    assert DrillHits().bounds_mm() is None


def test_parts_that_overlap_become_one_ring():
    assert len(composed([(True, rectangle(2, 2)), (True, rectangle(1, 3))])) == 1


def test_a_macro_is_not_drawn_before_somebody_looks():
    def fail():
        raise AssertionError

    assert Aperture("macro", Late(fail, fail)).kind == "macro"
