"""Areas filled with a thin pen are no tracks; tracks beside them are."""

import numpy as np
import pytest
from boards import together, track, zone
from stacks import copper_layer, ring, round_pad, strokes

from portal.board.copper import min_track_mm, track_spots
from portal.board.copper_hatching import hatching


def filled(x0, y0, x1, y1, pen=0.1):
    """An area as EAGLE draws it: its edge, and lines one beside the other."""
    lines = [(x0, y, x1, y) for y in np.arange(y0, y1, 0.8 * pen).tolist()]
    return strokes(*ring(x0, y0, x1, y1), *lines, pen=round_pad(pen))


def thinnest(*artworks):
    return min_track_mm((copper_layer(together(*artworks)),))


def test_the_pen_of_a_filled_area_is_no_track():
    assert thinnest(filled(2, 2, 8, 8), track(10, 2, 18, 2, 0.25)) == 0.25


def test_a_track_of_the_same_pen_elsewhere_is_one():
    assert thinnest(filled(2, 2, 8, 8), track(10, 2, 18, 2, 0.1)) == 0.1


def test_a_thinner_track_is_found_beside_filled_areas():
    assert thinnest(filled(2, 2, 8, 8, 0.15), track(10, 2, 18, 2, 0.1)) == 0.1


def test_upright_and_slanting_hatches_are_seen_too():
    upright = strokes(*((x, 2, x, 8) for x in np.arange(2, 8, 0.08).tolist()), pen=round_pad(0.1))
    slanting = strokes(*((x, 2, x + 6, 8) for x in np.arange(2, 8, 0.1).tolist()), pen=round_pad(0.1))

    assert thinnest(upright, track(15, 2, 15, 18, 0.3)) == thinnest(slanting, track(15, 2, 15, 18, 0.3)) == 0.3


def test_a_bus_of_tracks_is_no_hatch():
    bus = strokes(*((2, y, 18, y) for y in np.arange(2, 8, 0.2).tolist()), pen=round_pad(0.1))

    assert thinnest(bus) == 0.1


def test_a_track_drawn_twice_is_a_track():
    assert thinnest(strokes((2, 2, 9, 2), (2, 2, 9, 2), (9, 2, 9, 9), (9, 2, 9, 9), pen=round_pad(0.1))) == 0.1


def test_a_wide_pen_hatches_no_areas_but_rectangles():
    slanting = strokes(*((x, 2, x + 6, 8) for x in np.arange(2, 8, 0.5).tolist()), pen=round_pad(0.5))

    assert thinnest(slanting, track(15, 2, 15, 18, 0.8)) == 0.5
    assert thinnest(filled(2, 2, 18, 18, 0.5), track(20, 2, 20, 18, 0.8)) == 0.8


def painted(pen, *, rows=(7.2275, 7.6878, 8.1481)):
    """A pad of a connector as Fusion and EAGLE plot it that have no such aperture: its rim, and lines across."""
    across = [(8.5672, y, 9.0328, y) for y in rows]
    return strokes(*ring(8.5672, 6.7672, 9.0328, 8.4328), *across, pen=round_pad(pen))


def test_the_pen_that_paints_a_pad_is_no_track():
    assert thinnest(painted(0.4845), track(12, 2, 12, 9, 0.5)) == 0.5


def test_a_pen_that_paints_pads_and_draws_a_track_is_one():
    assert thinnest(painted(0.4845), track(12, 2, 12, 9, 0.4845), track(15, 2, 15, 9, 0.5)) == 0.4845


def test_a_ring_that_leaves_its_middle_free_is_a_track():
    assert thinnest(painted(0.3, rows=()), track(12, 2, 12, 9, 0.5)) == 0.3


def test_a_track_drawn_to_and_fro_is_no_pad():
    hairpin = strokes((2, 2, 9, 2), (9, 2, 9, 2.1), (9, 2.1, 2, 2.1), (2, 2.1, 2, 2), pen=round_pad(0.4))

    assert thinnest(hairpin, track(12, 2, 12, 9, 0.5)) == 0.4


def test_thin_strokes_on_a_contour_with_other_corners_are_its_edge():
    edge = strokes((2, 2, 8, 2), (8, 2, 14, 2), pen=round_pad(0.03))

    assert thinnest(zone(2, 2, 14, 8), edge, track(2, 15, 9, 15, 0.2)) == 0.2


def test_an_arc_along_a_contour_is_its_edge():
    from dataclasses import replace

    from portal.board.artwork import Draws

    nothing = np.zeros(1, dtype=np.int64)
    bow = Draws(np.array([[2.0, 2, 14, 2]]), np.array([[8.0, 2]]), np.array([np.pi]), nothing, nothing)

    assert thinnest(zone(2, 2, 14, 8), replace(track(0, 0, 1, 1, 0.1), draws=bow), track(2, 15, 9, 15, 0.2)) == 0.2


def test_each_track_has_its_place():
    found = track_spots((copper_layer(together(track(2, 2, 9, 2, 0.3), track(9, 5, 2, 5, 0.15))),))

    assert (found.value.tolist(), found.box[0].tolist()) == ([0.15, 0.3], [2, 5, 9, 5])


@pytest.mark.parametrize("count", [1, 4_000])
def test_few_and_many_strokes_are_judged_alike(count):
    """Only some of many strokes are asked first."""
    bus = np.array([(0, y, 10, y) for y in np.arange(count) * 0.5], dtype=float)

    assert not hatching(bus, np.full(count, 0.1), np.ones(count, dtype=bool)).any()


@pytest.mark.parametrize("count", [2, 3])
def test_tracks_that_meet_at_a_sharp_angle_are_tracks(count):
    """A pair that leaves one pad, a degree apart."""
    fan = strokes(*((0, 0, 8, 0.12 * n) for n in range(count)), pen=round_pad(0.25))

    assert thinnest(fan, track(10, 2, 18, 2, 0.5)) == 0.25
