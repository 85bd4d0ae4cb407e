"""What clear shapes leave of a layer: exact where they lie, untouched where they do not."""

from dataclasses import replace

import numpy as np
import pytest
import shapely
from boards import at_level, made, pad, together, track, zone
from stacks import copper_layer, flashes, outline_layer, square_pad, stack

from portal.board import capsules_cleared
from portal.board.artwork import Draws
from portal.board.capsules_cleared import TooManyCuts, left_on_film, shapes_of
from portal.board.fabrication import fabrication
from portal.board.outline import outline

PLANE = zone(0, 0, 20, 20)


def areas(*artworks):
    left = left_on_film(together(*artworks))
    return sorted(shapely.area(shapes_of(left, np.arange(len(left)))).round(3).tolist())


def test_a_layer_without_clear_shapes_stays_as_it_was_drawn():
    assert len(left_on_film(together(PLANE, pad(5, 5))).radius.nonzero()[0]) == 1


def test_a_hole_is_cut_into_a_plane():
    assert areas(PLANE, at_level(flashes(square_pad(2), (10, 10)), 1)) == [396]


def test_holes_that_overlap_take_away_once():
    assert areas(PLANE, at_level(flashes(square_pad(2), (10, 10), (11, 10)), 1)) == [394]


def test_a_cut_through_makes_two_things():
    assert areas(PLANE, at_level(zone(9, -1, 11, 21), 1)) == [180, 180]


def test_what_is_drawn_later_stays():
    assert areas(PLANE, at_level(zone(5, 5, 15, 15), 1), at_level(zone(9, 9, 11, 11), 2)) == [4, 300]


def test_what_is_cut_away_wholly_is_gone():
    assert areas(zone(5, 5, 6, 6), at_level(zone(4, 4, 7, 7), 1)) == []


def test_only_what_a_clear_shape_touches_becomes_a_polygon():
    left = left_on_film(together(pad(5, 5), pad(15, 15), at_level(zone(4, 4, 5, 6), 1)))

    assert left.radius.max() == 0.5
    assert len(left.filled) == 1


def test_a_round_cut_is_right_to_a_micrometre():
    [left] = left_on_film(together(PLANE, at_level(pad(10, 10, 3), 1))).filled

    reach = np.hypot(*(shapely.get_coordinates(left.interiors[0]) - 10).T)
    assert reach.max() < 1.501
    assert left.interiors[0].distance(shapely.Point(10, 10)) > 1.499


def test_an_arc_can_be_cut():
    nothing = np.zeros(1, dtype=np.int64)
    half = Draws(np.array([[15.0, 10, 5, 10]]), np.array([[10.0, 10]]), np.array([np.pi]), nothing, nothing)
    arc = replace(track(0, 0, 1, 1), draws=half)

    assert len(areas(arc, at_level(zone(9, 0, 11, 20), 1))) == 2


def test_a_negative_plot_is_a_sheet_from_which_things_are_taken():
    drawing = replace(together(flashes(square_pad(2), (10, 10))), negative=True)
    left = left_on_film(drawing, (0, 0, 20, 20))

    assert shapely.area(left.filled).tolist() == [396]


def test_a_negative_plane_has_its_antipads_as_gaps():
    """The moat around the island is 0.3 mm wide."""
    moat = together(zone(5, 5, 15, 15), at_level(zone(5.3, 5.3, 14.7, 14.7), 1))
    layers = outline_layer(together(track(0, 0, 20, 0), track(20, 0, 20, 20), track(20, 20, 0, 20), track(0, 20, 0, 0)))
    board = stack(layers, copper_layer(replace(moat, negative=True)))

    assert fabrication(board, outline(board)).min_clearance_mm == pytest.approx(0.3, abs=0.001)


def test_a_sliver_between_two_cuts_is_no_net():
    cuts = at_level(together(zone(5, 5, 9, 9), zone(9.05, 5, 15, 9), zone(5, 8.5, 15, 9), zone(5, 5, 15, 5.5)), 1)

    assert made(together(PLANE, cuts)).min_clearance_mm is None


def test_what_would_take_too_long_is_said_and_not_guessed(monkeypatch):
    monkeypatch.setattr(capsules_cleared, "MOST_CUTS", 1)
    layer = together(PLANE, pad(1, 1), at_level(flashes(square_pad(2), (10, 10), (4, 4)), 1))

    with pytest.raises(TooManyCuts):
        left_on_film(layer)
    board = made(layer)
    assert (board.min_clearance_mm, board.searched_mm, board.capability) == (None, None, None)
    assert [finding.code for finding in board.findings] == ["copper-unmeasured"]
