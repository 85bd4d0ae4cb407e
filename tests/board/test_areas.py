"""Copper areas: painted and counted, within half a percent."""

from dataclasses import replace

import numpy as np
import pytest
from boards import at_level, made, pad, together, track, zone
from hypothesis import given
from hypothesis import strategies as st

from portal.board.areas import covered_mm2
from portal.board.artwork import Artwork

BOX = (0.0, 0.0, 20.0, 20.0)
ROUND = {
    "a zone": (zone(2, 2, 12, 12), 100),
    "a disc": (pad(10, 10, 8), np.pi * 16),
    "a track": (track(2, 10, 12, 10, 1), 10 + np.pi / 4),
    "two that overlap": (together(zone(2, 2, 12, 12), zone(7, 2, 17, 12)), 150),
    "a pad on a zone": (together(zone(2, 2, 12, 12), pad(5, 5)), 100),
    "a hole": (together(zone(2, 2, 12, 12), at_level(zone(4, 4, 6, 6), 1)), 96),
    "a pad in a hole": (together(zone(2, 2, 12, 12), at_level(zone(4, 4, 6, 6), 1), at_level(zone(4, 4, 5, 5), 2)), 97),
}


@pytest.mark.parametrize("what", ROUND)
def test_the_area_of(what):
    artwork, area = ROUND[what]

    assert covered_mm2(artwork, BOX) == pytest.approx(area, rel=0.005)


def test_nothing_covers_nothing():
    assert covered_mm2(Artwork(), BOX) == covered_mm2(pad(5, 5), (0, 0, 0, 0)) == 0


def test_a_negative_plot_covers_what_is_not_drawn():
    assert covered_mm2(replace(zone(0, 0, 10, 10), negative=True), BOX) == pytest.approx(300, rel=0.005)


def test_only_what_lies_on_the_board_counts():
    [area] = made(zone(15, -0.5, 20.5, 20.5)).copper_areas

    assert (area.area_mm2, area.share) == (pytest.approx(100, rel=0.005), pytest.approx(0.25, rel=0.005))


def test_each_layer_has_its_share():
    areas = made(zone(0, 0, 10, 20), zone(0, 0, 5, 20)).copper_areas

    assert [(area.layer, round(area.share, 2)) for area in areas] == [(1, 0.5), (2, 0.25)]


def test_cut_outs_are_no_board():
    ring = np.array([(0, 0), (20, 0), (20, 20), (0, 20.0)]), np.array([(5, 5), (5, 15), (15, 15), (15, 5.0)])

    assert covered_mm2(zone(0, 0, 20, 20), BOX, ring) == pytest.approx(300, rel=0.005)


def test_a_long_thin_board_is_painted_too():
    assert covered_mm2(zone(0, 0, 1, 300), (0, 0, 2, 600)) == pytest.approx(300, rel=0.005)


@given(st.floats(1, 9), st.floats(1, 9), st.floats(1, 8), st.floats(1, 8))
def test_any_rectangle(x, y, width, height):
    assert covered_mm2(zone(x, y, x + width, y + height), BOX) == pytest.approx(width * height, rel=0.005)
