"""Arcs of every quadrant, direction and mode, each with the geometry worked out by hand."""

import numpy as np
import pytest
from gerber_texts import area_mm2, codes, drawn, numbers
from hypothesis import given
from hypothesis import strategies as st

QUARTER = np.pi / 2
EAST, NORTH, WEST, SOUTH = (2, 0), (0, 2), (-2, 0), (0, -2)


def arc(start, end, to_centre, *, code="G03", mode="G75") -> str:
    (x0, y0), (x1, y1), (i, j) = (numbers(*pair) for pair in (start, end, to_centre))
    return f"{mode}*\nD10*\nX{x0}Y{y0}D02*\n{code}X{x1}Y{y1}I{i}J{j}D01*"


def back(start) -> tuple[float, float]:
    return -start[0], -start[1]


@pytest.mark.parametrize(
    ("start", "end", "code", "turn"),
    [
        (EAST, NORTH, "G03", QUARTER),
        (NORTH, WEST, "G03", QUARTER),
        (WEST, SOUTH, "G03", QUARTER),
        (SOUTH, EAST, "G03", QUARTER),
        (EAST, WEST, "G03", 2 * QUARTER),
        (EAST, SOUTH, "G03", 3 * QUARTER),
        (NORTH, EAST, "G03", 3 * QUARTER),
        (NORTH, EAST, "G02", -QUARTER),
        (EAST, SOUTH, "G02", -QUARTER),
        (SOUTH, WEST, "G02", -QUARTER),
        (WEST, NORTH, "G02", -QUARTER),
        (WEST, EAST, "G02", -2 * QUARTER),
        (EAST, NORTH, "G02", -3 * QUARTER),
        (EAST, EAST, "G03", 4 * QUARTER),
        (SOUTH, SOUTH, "G02", -4 * QUARTER),
    ],
)
def test_an_arc_turns_from_its_start_to_its_end_in_its_direction(start, end, code, turn):
    draws = drawn(arc(start, end, back(start), code=code)).draws

    assert draws.sweep[0] == pytest.approx(turn)
    assert draws.centres[0] == pytest.approx([0, 0])


@pytest.mark.parametrize(
    ("start", "end", "box"),
    [
        (EAST, NORTH, (0, 0, 2, 2)),
        (NORTH, WEST, (-2, 0, 0, 2)),
        (EAST, WEST, (-2, 0, 2, 2)),
        (NORTH, SOUTH, (-2, -2, 0, 2)),
        (EAST, SOUTH, (-2, -2, 2, 2)),
        (EAST, EAST, (-2, -2, 2, 2)),
    ],
)
def test_an_arc_reaches_as_far_as_the_quadrants_it_runs_through(start, end, box):
    bounds = drawn(arc(start, end, back(start)), apertures="%ADD10C,0*%").bounds_mm()

    assert bounds == pytest.approx(box, abs=0.001)


@pytest.mark.parametrize(
    ("start", "end", "code"),
    [
        (EAST, NORTH, "G03"),
        (NORTH, WEST, "G03"),
        (WEST, SOUTH, "G03"),
        (SOUTH, EAST, "G03"),
        (NORTH, EAST, "G02"),
        (EAST, SOUTH, "G02"),
        (SOUTH, WEST, "G02"),
        (WEST, NORTH, "G02"),
    ],
)
def test_in_single_quadrant_mode_the_sign_of_the_centre_is_found(start, end, code):
    size = abs(start[0]), abs(start[1])
    draws = drawn(arc(start, end, size, code=code, mode="G74")).draws

    assert draws.centres[0] == pytest.approx([0, 0], abs=1e-9)
    assert draws.sweep[0] == pytest.approx(QUARTER if code == "G03" else -QUARTER)


def test_a_circle_of_four_single_quadrant_arcs_is_a_circle():
    ends = ("G03X0Y2000000I2000000J0D01*", "X-2000000Y0I0J2000000D01*", "X0Y-2000000I2000000J0D01*")
    artwork = drawn("G74*\nD10*\nX2000000Y0D02*\n" + "\n".join(ends) + "\nX2000000Y0I0J2000000D01*")

    assert artwork.draws.sweep == pytest.approx([QUARTER] * 4)
    assert artwork.bounds_mm() == pytest.approx((-2.1, -2.1, 2.1, 2.1), abs=0.001)


def test_a_slanted_single_quadrant_arc_takes_the_centre_that_fits():
    draws = drawn(arc((3, 4), (0, 5), (3, 4), mode="G74")).draws

    assert draws.centres[0] == pytest.approx([0, 0])
    assert draws.sweep[0] == pytest.approx(np.arctan2(3, 4))


def test_a_missing_offset_is_zero_and_not_the_last_one():
    body = "G75*\nD10*\nX2000000Y0D02*\nG03X0Y2000000I-2000000D01*\nX-2000000Y0J-2000000D01*"

    assert drawn(body).draws.centres.tolist() == [[0, 0], [0, 0]]


def test_the_direction_stays_until_it_is_changed():
    body = "G75*\nD10*\nX2000000Y0D02*\nG03*\nX0Y2000000I-2000000D01*\nX-2000000Y0J-2000000D01*\nG01*\nX0D01*"

    assert drawn(body).draws.sweep == pytest.approx([QUARTER, QUARTER, 0])


def test_the_quadrant_mode_may_change_within_a_file():
    body = arc(EAST, NORTH, (2, 0), mode="G74") + "\n" + arc(EAST, EAST, (-2, 0)).removeprefix("G75*\nD10*\n")

    assert drawn(body.replace("G03X2", "G75*\nG03X2")).draws.sweep == pytest.approx([QUARTER, 4 * QUARTER])


def test_the_offset_counts_from_the_start_of_the_arc():
    draws = drawn(arc((12, 7), (10, 9), (-2, 0))).draws

    assert draws.centres[0] == pytest.approx([10, 7])


def test_an_arc_in_inches_is_where_inches_say():
    body = "G75*\nD10*\nX10000Y0D02*\nG03X0Y10000I-10000J0D01*"
    artwork = drawn(body, header="%FSLAX24Y24*%\n%MOIN*%\n", apertures="%ADD10C,0*%")

    assert artwork.bounds_mm() == pytest.approx((0, 0, 25.4, 25.4), abs=0.002)


def test_offsets_have_the_omitted_zeros_of_their_coordinates():
    body = "G75*\nD10*\nX01Y0D02*\nG03X0Y01I-01J0D01*"
    artwork = drawn(body, header="%FSTAX24Y24*%\n%MOIN*%\n", apertures="%ADD10C,0*%")

    assert artwork.draws.centres[0] == pytest.approx([0, 0])


def test_an_end_that_was_rounded_a_little_off_the_circle_is_still_reached():
    artwork = drawn(arc(EAST, (0.004, 1.999), (-2, 0)))

    assert artwork.draws.ends[0] == pytest.approx([2, 0, 0.004, 1.999])
    assert not codes(artwork)


def test_incremental_arcs_end_where_the_steps_lead():
    body = "G75*\nD10*\nX2000000Y0D02*\nG91*\nG03X-2000000Y2000000I-2000000J0D01*"

    assert drawn(body).draws.ends.tolist() == [[2, 0, 0, 2]]


def test_a_flash_in_arc_mode_is_a_flash():
    artwork = drawn("G75*\nG02*\nD10*\nX2000000Y0D03*")

    assert (len(artwork.flashes), len(artwork.draws)) == (1, 0)


def test_a_radius_of_four_metres_is_no_arc():
    artwork = drawn(arc((0, 0), (2, 2), (9999, 0)))

    assert artwork.draws.sweep.tolist() == [0]
    assert codes(artwork) == {"gerber-arc"}


def test_a_ring_has_the_area_of_its_stroke():
    artwork = drawn(arc(EAST, EAST, (-2, 0)))

    assert area_mm2(artwork) == pytest.approx(2 * np.pi * 2 * 0.2, rel=0.01)


def test_a_half_disc_by_region_has_half_the_area():
    body = "G75*\nG36*\nX2000000Y0D02*\nG03X-2000000Y0I-2000000J0D01*\nG01X2000000Y0D01*\nG37*"

    assert drawn(body).regions.signed_areas_mm2()[0] == pytest.approx(2 * np.pi, rel=0.002)


def test_an_obround_by_region_has_the_area_of_its_parts():
    body = (
        "G75*\nG36*\nX0Y0D02*\nG01X4000000D01*\nG03X4000000Y2000000I0J1000000D01*\n"
        "G01X0D01*\nG03X0Y0I0J-1000000D01*\nG37*"
    )

    assert drawn(body).regions.signed_areas_mm2()[0] == pytest.approx(8 + np.pi, rel=0.002)
    assert drawn(body).bounds_mm() == pytest.approx((-1, 0, 5, 2), abs=0.001)


angle = st.floats(0, 6.28)
radius = st.floats(0.5, 50)


@given(angle, st.floats(0.1, 6.1), radius, st.booleans())
def test_the_end_of_every_arc_lies_on_its_circle(start, turn, size, is_clockwise):
    turn = -turn if is_clockwise else turn
    ends = [(size * np.cos(a), size * np.sin(a)) for a in (start, start + turn)]
    draws = drawn(arc(*ends, back(ends[0]), code="G02" if is_clockwise else "G03")).draws

    assert draws.sweep[0] == pytest.approx(turn, abs=1e-4)
    assert np.hypot(*(draws.ends[0, 2:] - draws.centres[0])) == pytest.approx(size, abs=1e-4)


@given(angle, st.floats(0.1, np.pi / 2 - 0.01), radius)
def test_both_quadrant_modes_draw_the_same_short_arc(start, turn, size):
    quadrant = np.floor(start / QUARTER) * QUARTER
    first, last = sorted((quadrant + (start % QUARTER) * 0.5, quadrant + min(start % QUARTER * 0.5 + turn, QUARTER)))
    ends = [(size * np.cos(a), size * np.sin(a)) for a in (first, last)]
    single = drawn(arc(*ends, (abs(ends[0][0]), abs(ends[0][1])), mode="G74")).draws
    multi = drawn(arc(*ends, back(ends[0]))).draws

    assert single.sweep[0] == pytest.approx(multi.sweep[0], abs=1e-3)
