"""Apertures and their macros: the shapes of pads, from strangers."""

from contextlib import suppress

import numpy as np
import pytest
from gerber_texts import area_mm2, codes, drawn, macro_rings
from hypothesis import given
from hypothesis import strategies as st

from portal.board.shapes import signed_area
from portal.intake.gerber import GerberRefused
from portal.intake.macros import MacroFault


def size(definition: str) -> tuple[float, float, float, float]:
    return drawn("D10*\nX0Y0D03*", apertures=f"%ADD10{definition}*%\n").bounds_mm()


def macro_size(body: str, modifiers: str = "") -> tuple[float, float, float, float]:
    apertures = f"%AMPAD*{body}%\n%ADD10PAD{modifiers}*%\n"
    return drawn("D10*\nX0Y0D03*", apertures=apertures).bounds_mm()


def area(body: str, *parameters: float) -> float:
    return sum(signed_area(ring) for ring in macro_rings(body, list(parameters)))


@pytest.mark.parametrize(
    ("definition", "half_width", "half_height"),
    [
        ("C,2", 1, 1),
        ("R,4X2", 2, 1),
        ("O,4X2", 2, 1),
        ("O,2X4", 1, 2),
        ("P,2X4", 1, 1),
        ("C,2X1", 1, 1),
        ("R,3", 1.5, 1.5),
    ],
)
def test_standard_apertures_have_their_sizes(definition, half_width, half_height):
    assert size(definition) == pytest.approx((-half_width, -half_height, half_width, half_height))


def test_an_obround_has_round_ends():
    [_, aperture] = drawn("D10*X0Y0D03*", apertures="%ADD10O,4X2*%").apertures

    assert signed_area(aperture.rings[0]) == pytest.approx(2 * 2 + np.pi, rel=0.01)


def test_a_hole_in_an_aperture_is_a_ring_that_runs_clockwise():
    [_, aperture] = drawn("D10*X0Y0D03*", apertures="%ADD10R,4X4X1*%").apertures

    assert [signed_area(ring) > 0 for ring in aperture.rings] == [True, False]


def test_an_aperture_of_no_size_is_only_a_place():
    assert size("C,0") == (0, 0, 0, 0)


def test_a_stroke_is_as_wide_as_its_aperture():
    artwork = drawn("D10*\nX0Y0D02*\nX10000000D01*", apertures="%ADD10C,2*%")

    assert artwork.bounds_mm() == (-1, -1, 11, 1)


@pytest.mark.parametrize(
    "definition", ["C,-2", "P,2X100000000", "P,2X2", "C,abc", "NOBODY,1", "C", "C,9999999", "C,nan"]
)
def test_an_aperture_that_cannot_be_is_left_out_and_said(definition):
    artwork = drawn("D10*\nX0Y0D03*", apertures=f"%ADD10{definition}*%\n")

    assert artwork.is_empty
    assert "gerber-aperture" in codes(artwork)


@pytest.mark.parametrize(
    ("body", "box"),
    [
        ("1,1,2,3,0*", (2, -1, 4, 1)),
        ("1,1,2,3,0,90*", (-1, 2, 1, 4)),
        ("20,1,2,0,0,4,0,0*", (0, -1, 4, 1)),
        ("2,1,2,0,0,4,0,90*", (-1, 0, 1, 4)),
        ("21,1,4,2,1,1,0*", (-1, 0, 3, 2)),
        ("22,1,4,2,1,1,0*", (1, 1, 5, 3)),
        ("4,1,3,0,0,2,0,2,2,0,0,0*", (0, 0, 2, 2)),
        ("4,1,3,0,0,2,0,2,2,0,0*", (0, 0, 2, 2)),
        ("5,1,4,0,0,2,0*", (-1, -1, 1, 1)),
        ("6,0,0,4,0.2,0.2,3,0.1,5,0*", (-2.5, -2.5, 2.5, 2.5)),
        ("7,0,0,4,3,0.5,0*", (-2, -2, 2, 2)),
    ],
)
def test_every_macro_primitive_is_drawn(body, box):
    assert macro_size(body) == pytest.approx(box, abs=0.05)


def test_eagles_octagon_is_there():
    x0, y0, x1, y1 = macro_size("5,1,8,0,0,1.08239X$1,22.5*", ",2")

    assert (x0, y0, x1, y1) == pytest.approx((-1, -1, 1, 1), abs=1e-4)


def test_a_thermal_is_four_pieces():
    assert len(macro_rings("7,0,0,4,3,0.5,45*", [])) == 4


def test_an_exposure_of_zero_takes_away():
    assert area("21,1,4,4,0,0,0*21,0,2,2,0,0,0*") == pytest.approx(12)


def test_what_comes_after_a_hole_fills_it_again():
    assert area("21,1,4,4,0,0,0*21,0,2,2,0,0,0*21,1,1,1,0,0,0*") == pytest.approx(13)


def test_overlapping_parts_count_once():
    assert area("21,1,4,2,0,0,0*21,1,2,4,0,0,0*") == pytest.approx(12)


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("1+2x3", 7),
        ("(1+2)x3", 9),
        ("8/2/2", 2),
        ("8-2-2", 4),
        ("-1+3", 2),
        ("3x-1+5", 2),
        ("$1X2", 8),
        ("$1-$2", 4),
        ("+5", 5),
        (".5x4", 2),
    ],
)
def test_macro_arithmetic_is_that_of_school(expression, value):
    assert area(f"21,1,{expression},1,0,0,0*", 4) == pytest.approx(value)


def test_a_variable_may_be_set_from_itself():
    assert area("$1=$1x2*21,1,$1,1,0,0,0*", 3) == pytest.approx(6)


def test_comments_in_macros_are_skipped():
    assert area("0 a pad with 1,1,1*21,1,2,2,0,0,0*0 end*") == pytest.approx(4)


def test_line_breaks_inside_a_macro_do_not_matter():
    assert area("\n4,1,3,\n0,0,\n2,0,\n2,2,\n0,0,\n0*\n") == pytest.approx(2)


@pytest.mark.parametrize(
    "body",
    [
        "1,1,$1/0,0,0*",
        "1,1," + "(" * 3000 + "1" + ")" * 3000 + ",0,0*",
        "1,1,(1,0,0*",
        "1,1,1),0,0*",
        "1,1,__import__,0,0*",
        "99,1,1*",
        "1,1*",
        "4,1,100000000,0,0,1,1,0*",
        "5,1,100000,0,0,1,0*",
        "1,1,1x,0,0*",
        "1,1,999999x999999x999999,0,0*",
    ],
)
def test_a_macro_that_is_no_shape_is_a_fault_and_not_a_crash(body):
    with pytest.raises(MacroFault):
        macro_rings(body, [1.0])


def test_a_moire_of_a_million_rings_is_drawn_with_twenty():
    assert len(macro_rings("6,0,0,10,0.01,0.01,900000,0,0,0*", [])) <= 40


def test_one_large_macro_used_by_thousands_of_apertures_is_refused():
    apertures = "%AMBIG*" + "21,1,1,1,0,0,0*" * 1000 + "%\n" + "".join(f"%ADD{n}BIG*%\n" for n in range(10, 200))

    with pytest.raises(GerberRefused):
        drawn("D10*\nX0Y0D03*", apertures=apertures)


def test_a_macro_that_adds_and_takes_away_without_end_is_left_out():
    with pytest.raises(MacroFault):
        macro_rings("1,1,5,0,0*1,0,4,0,0*" * 200, [])


def test_a_faulty_macro_costs_only_its_own_pads():
    apertures = "%AMBAD*1,1,$1/0,0,0*%\n%ADD10BAD,1*%\n%ADD11C,1*%\n"
    artwork = drawn("D10*\nX0Y0D03*\nD11*\nX5000000Y0D03*", apertures=apertures)

    assert artwork.flashes.x.tolist() == [5.0]
    assert {"gerber-aperture", "gerber-missing-aperture"} == codes(artwork)


@given(st.floats(0.01, 100), st.floats(0.01, 100))
def test_a_rectangle_macro_has_width_times_height(width, height):
    assert area(f"21,1,{width:.4f},{height:.4f},0,0,30*") == pytest.approx(width * height, rel=0.02, abs=1e-3)


@given(st.text("0123456789+-xX/().,$*=", max_size=80))
def test_no_macro_text_crashes(text):
    with suppress(MacroFault):
        macro_rings(text, [1.0, 2.0])


def test_a_macro_flashed_in_clear_polarity_erases_what_lies_below():
    """gerbv paints such a flash dark; legends of KiCad that leave the pads free depend on it."""
    apertures = "%AMPAD*21,1,1,1,0,0,0*%\n%ADD10R,2X2*%\n%ADD11PAD*%\n"

    assert area_mm2(drawn("D10*\nX0Y0D03*\n%LPC*%\nD11*\nX0Y0D03*", apertures=apertures)) == pytest.approx(3.0)


def test_a_part_of_a_macro_that_takes_away_leaves_what_others_drew():
    """Exposure off works within the macro only: the rectangle below shines through the hole."""
    apertures = "%AMRING*1,1,2,0,0*1,0,1,0,0*%\n%ADD10R,4X4*%\n%ADD11RING*%\n"

    assert area_mm2(drawn("D10*\nX0Y0D03*\nD11*\nX0Y0D03*", apertures=apertures)) == pytest.approx(16.0)
