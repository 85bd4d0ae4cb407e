"""What the etch makes trouble of: corners in which etchant stays, and thin islands that come off."""

import numpy as np
import pytest
from boards import at_level, codes, made, pad, together, track, zone
from hypothesis import given
from hypothesis import strategies as st
from stacks import copper_layer, drilled, region, strokes

from portal.board.acid_traps import SHARP_DEG, acid_traps
from portal.board.design import Severity

TIP = (10.0, 10.0)
PLANE = zone(2, 2, 18, 18)


def corner(degrees, length=5.0, turn=0.3):
    """Two strokes from one point, so far apart."""
    rays = [turn, turn + np.radians(degrees)]
    return strokes(*((*TIP, TIP[0] + length * np.cos(ray), TIP[1] + length * np.sin(ray)) for ray in rays))


def traps(artwork):
    return acid_traps(copper_layer(artwork))


@pytest.mark.parametrize(("degrees", "count"), [(5, 1), (30, 1), (59, 1), (61, 0), (90, 0), (135, 0), (180, 0)])
def test_only_a_sharp_corner_is_a_trap(degrees, count):
    assert len(traps(corner(degrees))) == count


def test_the_place_of_a_trap_is_around_its_tip():
    assert traps(corner(30))[0].tolist() == pytest.approx([9.8, 9.8, 10.2, 10.2])


@pytest.mark.parametrize("filled", [pad(*TIP), region((9, 9), (11, 9), (11, 11), (9, 11))])
def test_a_corner_that_a_pad_or_an_area_fills_is_none(filled):
    assert len(traps(together(corner(30), filled))) == 0
    assert len(traps(together(corner(30), pad(15, 5)))) == 1


def test_three_tracks_from_one_point_are_a_star_and_lettering_is_short():
    assert len(traps(together(corner(30), track(*TIP, 10, 2)))) == 0
    assert len(traps(corner(30, length=1.5))) == 0


def test_a_track_that_is_drawn_there_and_back_is_no_corner():
    assert len(traps(strokes((2, 2, 9, 2), (9, 2, 2, 2)))) == 0


def test_what_is_taken_away_is_no_track():
    assert len(traps(together(PLANE, at_level(corner(30), 1)))) == 0


def test_a_trap_is_told_with_its_layer_and_its_place():
    [finding] = made(track(2, 2, 8, 2), corner(30)).findings

    assert (finding.code, finding.severity, finding.where) == ("acid-trap", Severity.NOTE, "L2.gbr")
    assert finding.place.box_mm == pytest.approx((9.8, 9.8, 10.2, 10.2))


@given(st.floats(6, 179), st.floats(0, 6.28))
def test_how_a_corner_is_turned_does_not_matter(degrees, turn):
    if abs(degrees - SHARP_DEG) > 0.5:
        assert len(traps(corner(degrees, turn=turn))) == (degrees < SHARP_DEG)


def with_sliver(width, height=1.0):
    """A plane, a hole in it, and an island that the clear shapes have left standing."""
    x = 10 - width / 2
    y = 10 - height / 2
    frame = [(8, 8, x, 12), (x + width, 8, 12, 12), (x, 8, x + width, y), (x, y + height, x + width, 12)]
    return together(PLANE, *(at_level(zone(*box), 1) for box in frame))


@pytest.mark.parametrize(("width", "told"), [(0.05, True), (0.14, True), (0.2, False), (0.5, False)])
def test_a_thin_island_between_cuts_is_told_and_a_wide_one_is_not(width, told):
    assert ("copper-sliver" in codes(made(with_sliver(width)))) is told


def test_a_sliver_is_told_with_its_place():
    [finding] = made(with_sliver(0.1)).findings

    assert finding.place.box_mm == pytest.approx((9.95, 9.5, 10.05, 10.5), abs=0.002)


def test_an_island_on_a_plated_hole_is_a_ring_and_no_sliver():
    hole = drilled((10, 10, 0.05), plated=True)

    assert "copper-sliver" not in codes(made(with_sliver(0.1), drills=[hole]))


def test_a_board_with_nothing_sharp_and_nothing_thin_is_told_nothing():
    assert codes(made(together(track(2, 2, 8, 2), corner(90), pad(15, 15)))) == []
