"""Curves and filled areas."""

import numpy as np
import pytest
from gerber_texts import codes, drawn

SQUARE = "G36*\nX0Y0D02*\nX10000000D01*\nY10000000D01*\nX0D01*\nY0D01*\nG37*"


def test_a_quarter_turn_counter_clockwise():
    [sweep] = drawn("G75*\nD10*\nX1000000Y0D02*\nG03X0Y1000000I-1000000J0D01*").draws.sweep

    assert sweep == pytest.approx(np.pi / 2)


def test_a_quarter_turn_clockwise_runs_the_other_way():
    [sweep] = drawn("G75*\nD10*\nX0Y1000000D02*\nG02X1000000Y0I0J-1000000D01*").draws.sweep

    assert sweep == pytest.approx(-np.pi / 2)


def test_same_start_and_end_is_a_full_circle():
    artwork = drawn("G75*\nD10*\nX1000000Y0D02*\nG03X1000000Y0I-1000000J0D01*")

    assert artwork.draws.sweep[0] == pytest.approx(2 * np.pi)
    assert artwork.bounds_mm() == pytest.approx((-1.1, -1.1, 1.1, 1.1), abs=0.002)


def test_an_arc_reaches_beyond_its_ends():
    artwork = drawn("G75*\nD10*\nX1000000Y0D02*\nG03X-1000000Y0I-1000000J0D01*")

    assert artwork.bounds_mm()[3] == pytest.approx(1.1, abs=0.002)


def test_single_quadrant_offsets_have_no_sign_and_find_their_centre():
    artwork = drawn("G74*\nD10*\nX1000000Y0D02*\nG03X0Y1000000I1000000J0D01*")

    assert artwork.draws.centres[0] == pytest.approx([0, 0])
    assert artwork.draws.sweep[0] == pytest.approx(np.pi / 2)


def test_single_quadrant_with_same_ends_is_a_dot():
    assert drawn("G74*\nD10*\nX1000000Y0D02*\nG03X1000000Y0I1000000J0D01*").draws.sweep.tolist() == [0.0]


def test_a_file_that_names_no_quadrant_mode_is_read_as_its_arcs_fit():
    artwork = drawn("D10*\nX1000000Y0D02*\nG03X0Y1000000I1000000J0D01*")

    assert artwork.draws.centres[0] == pytest.approx([0, 0])


def test_g01_ends_curves():
    assert drawn("G75*\nD10*\nG03*\nX0Y0D02*\nG01X1000000D01*").draws.sweep.tolist() == [0.0]


def test_an_arc_whose_ends_do_not_fit_its_centre_is_a_question_and_a_straight_line():
    artwork = drawn("G75*\nD10*\nX1000000Y0D02*\nG03X90000000Y0I-1000000J0D01*")

    assert artwork.draws.sweep.tolist() == [0.0]
    assert codes(artwork) == {"gerber-arc"}


def test_g02_left_on_for_straight_lines_is_no_question():
    artwork = drawn("G75*\nD10*\nG02*\nX0Y0D02*\nX5000000Y0D01*")

    assert artwork.draws.sweep.tolist() == [0.0]
    assert not codes(artwork)


def test_a_region_has_its_area():
    assert drawn(SQUARE).regions.signed_areas_mm2().tolist() == [100.0]


def test_a_region_needs_no_aperture():
    assert not codes(drawn(SQUARE, apertures=""))


def test_a_move_inside_a_region_begins_another_contour():
    body = SQUARE.replace("G37*", "X20000000Y0D02*\nX30000000D01*\nY10000000D01*\nX20000000Y0D01*\nG37*")

    assert drawn(body).regions.signed_areas_mm2().tolist() == [100.0, 50.0]


def test_two_regions_without_a_move_between_them_stay_apart():
    artwork = drawn(SQUARE + "\nG36*\nX5000000D01*\nY5000000D01*\nX0Y0D01*\nG37*")

    assert len(artwork.regions) == 2


def test_a_round_region_has_the_area_of_its_circle():
    artwork = drawn("G75*\nG36*\nX5000000Y0D02*\nG03X5000000Y0I-5000000J0D01*\nG37*")

    assert artwork.regions.signed_areas_mm2()[0] == pytest.approx(np.pi * 25, rel=1e-3)


def test_a_region_that_is_not_ended_is_closed_and_said():
    artwork = drawn(SQUARE.replace("G37*", ""))

    assert artwork.bounds_mm() == (0, 0, 10, 10)
    assert codes(artwork) == {"gerber-open-region"}


def test_strokes_after_a_region_are_strokes_again():
    artwork = drawn(SQUARE + "\nD10*\nX0Y0D02*\nX1000000D01*")

    assert (len(artwork.regions), len(artwork.draws)) == (1, 1)


def test_clear_regions_are_one_level_up():
    assert drawn(SQUARE + "\n%LPC*%\n" + SQUARE).regions.level.tolist() == [0, 1]
