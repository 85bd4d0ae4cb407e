"""gEDA draws each pad with one stroke, on the copper and wider on the mask; tracks and letters are none."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stacks import round_pad, square_pad, strokes
from test_pads import film, top

from portal.board.design import FileRole

CHIP = ((5, 5, 5.6, 5), (7, 5, 7.6, 5))  # of two pads


def pads_of_films(copper, mask):
    return top(film(FileRole.COPPER, copper), film(FileRole.MASK, mask))


@pytest.mark.parametrize("pen", [round_pad, square_pad])
def test_a_stroke_that_the_mask_repeats_with_a_wider_pen_is_a_pad(pen):
    found = pads_of_films(strokes(*CHIP, pen=pen(0.4)), strokes(*CHIP, pen=pen(0.7)))

    assert found.x_mm.tolist() == pytest.approx([5.3, 7.3])
    assert (found.width_mm.tolist(), found.height_mm.tolist()) == (pytest.approx([1, 1]), pytest.approx([0.4, 0.4]))


def test_letters_of_one_pen_on_both_films_are_no_pads():
    drawn = strokes(*CHIP, pen=round_pad(0.2))

    assert len(pads_of_films(drawn, drawn)) == 0


def test_tracks_below_the_mask_are_no_pads():
    copper = strokes(*CHIP, (5.6, 5, 7, 5), (7.6, 5, 9, 8), pen=round_pad(0.4))

    assert len(pads_of_films(copper, strokes(*CHIP, pen=round_pad(0.7)))) == 2


def test_neighbours_whose_openings_touch_stay_apart():
    """The mask of a fine pitch is one heap of strokes."""
    pins = tuple((1 + 0.5 * at, 2, 1 + 0.5 * at, 3.2) for at in range(8))
    found = pads_of_films(strokes(*pins, pen=square_pad(0.3)), strokes(*pins, pen=square_pad(0.55)))

    assert found.x_mm.tolist() == pytest.approx([1 + 0.5 * at for at in range(8)])


def test_the_way_a_stroke_is_drawn_does_not_matter():
    back = tuple((*end[2:], *end[:2]) for end in CHIP)

    assert len(pads_of_films(strokes(*CHIP, pen=round_pad(0.4)), strokes(*back, pen=round_pad(0.7)))) == 2


def test_a_stroke_drawn_twice_is_one_pad():
    found = pads_of_films(strokes(*CHIP, *CHIP, pen=round_pad(0.4)), strokes(*CHIP, pen=round_pad(0.7)))

    assert len(found) == 2


@given(st.integers(0, 179))
def test_a_pad_is_as_long_and_as_wide_at_any_angle(angle):
    x, y = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    line = ((10 - x, 10 - y, 10 + x, 10 + y),)
    found = pads_of_films(strokes(*line, pen=round_pad(0.4)), strokes(*line, pen=round_pad(0.7)))

    assert sorted((found.width_mm[0], found.height_mm[0])) == pytest.approx([0.4, 2.4], abs=0.03)
