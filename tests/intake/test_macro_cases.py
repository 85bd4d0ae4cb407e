"""Aperture macros as CAD tools write them, each with its area and extent worked out by hand."""

import numpy as np
import pytest
from gerber_texts import macro_rings
from hypothesis import given
from hypothesis import strategies as st

from portal.board.shapes import box_of, signed_area
from portal.intake.apertures import ApertureFault, build, read_definition
from portal.intake.macros import MacroFault, read_macro


def area(body: str, *parameters: float) -> float:
    return sum(signed_area(ring) for ring in macro_rings(body, list(parameters)))


def box(body: str, *parameters: float) -> tuple[float, ...]:
    points = np.concatenate(macro_rings(body, list(parameters)))
    return (*points.min(axis=0), *points.max(axis=0))


ROUNDED = """0 Rectangle with rounded corners*0 $1 Rounding radius*0 $2 $3 $4 $5 $6 $7 $8 $9 X,Y pos of 4 corners*
0 Add a 4 corners polygon primitive as box body*4,1,4,$2,$3,$4,$5,$6,$7,$8,$9,$2,$3,0*
0 Add four circle primitives for the rounded corners*
1,1,$1+$1,$2,$3*1,1,$1+$1,$4,$5*1,1,$1+$1,$6,$7*1,1,$1+$1,$8,$9*
0 Add four rect primitives between the rounded corners*
20,1,$1+$1,$2,$3,$4,$5,0*20,1,$1+$1,$4,$5,$6,$7,0*20,1,$1+$1,$6,$7,$8,$9,0*20,1,$1+$1,$8,$9,$2,$3,0*"""


def test_kicads_rounded_rectangle():
    corners = (0.25, -1, -0.5, 1, -0.5, 1, 0.5, -1, 0.5)

    assert box(ROUNDED, *corners) == pytest.approx((-1.25, -0.75, 1.25, 0.75))
    assert area(ROUNDED, *corners) == pytest.approx(2.5 * 1.5 - (4 - np.pi) * 0.25**2, rel=0.002)


def test_kicads_horizontal_oval():
    body = "0 Thick line with rounded ends*0 $1 width*\n20,1,$1,$2,$3,$4,$5,0*\n1,1,$1,$2,$3*\n1,1,$1,$4,$5*"

    assert area(body, 1, -1, 0, 1, 0) == pytest.approx(2 + np.pi / 4, rel=0.01)


def test_altiums_rounded_rectangle_turned_by_thirty_degrees():
    body = "21,1,2,1,0,0,30*21,1,1,2,0,0,30*1,1,1,0.5,0.5,30*1,1,1,-0.5,0.5,30*1,1,1,0.5,-0.5,30*1,1,1,-0.5,-0.5,30*"

    assert area(body) == pytest.approx(3 + np.pi / 4, rel=0.01)


def test_allegros_thermal_of_lines_and_circles():
    body = "1,1,2.0,0,0*1,0,1.6,0,0*21,0,3,0.4,0,0,45*21,0,3,0.4,0,0,135*"
    ring = np.pi * (1 - 0.64)
    gaps = 4 * 0.4 * 0.2  # four, each as wide as its bar and about as long as the ring is thick

    assert area(body) == pytest.approx(ring - gaps, rel=0.02)


def test_eagles_octagon():
    assert area("5,1,8,0,0,1.08239X$1,22.5*", 2) == pytest.approx(8 * (np.sqrt(2) - 1), rel=0.001)


def test_a_donut():
    assert area("1,1,2,0,0*1,0,1,0,0*") == pytest.approx(np.pi * 0.75, rel=0.01)


@pytest.mark.parametrize(
    ("body", "size"),
    [
        ("1,1,2,0,0,0*", np.pi),
        ("20,1,2,0,0,5,0,0*", 10),
        ("20,1,2,0,0,3,4,0*", 10),
        ("2,1,2,0,0,0,5,77*", 10),
        ("21,1,4,2,9,9,0*", 8),
        ("21,1,4,2,9,9,33*", 8),
        ("22,1,4,2,0,0,45*", 8),
        ("4,1,4,0,0,4,0,4,4,0,4,0,0,0*", 16),
        ("4,1,4,0,0,0,4,4,4,4,0,0,0,0*", 16),
        ("5,1,4,0,0,2,0*", 2),
        ("5,1,6,3,3,2,15*", 1.5 * np.sqrt(3)),
        ("6,0,0,4,0.5,0.5,1,0,0,0*", np.pi * (4 - 2.25)),
        ("6,0,0,4,0.5,0.5,9,0,0,0*", np.pi * (4 - 2.25 + 1 - 0.25)),
        ("7,0,0,4,2,0,0*", np.pi * 3),
    ],
)
def test_the_area_of_each_primitive(body, size):
    assert area(body) == pytest.approx(size, rel=0.01)


def test_a_thermal_lacks_its_cross():
    assert area("7,0,0,4,2,0.4,0*") == pytest.approx(np.pi * 3 - 4 * 0.4, rel=0.02)


def test_a_moire_has_its_cross_hair():
    assert box("6,0,0,2,0.2,0.2,1,0.1,6,0*") == pytest.approx((-3, -3, 3, 3))


@pytest.mark.parametrize(
    "code", ["1,1,2,5,0,90*", "21,1,2,2,5,0,90*", "4,1,4,4,-1,6,-1,6,1,4,1,4,-1,90*", "5,1,4,5,0,2,90*"]
)
def test_rotation_is_about_the_origin_of_the_macro(code):
    x0, y0, x1, y1 = box(code)

    assert ((x0 + x1) / 2, (y0 + y1) / 2) == pytest.approx((0, 5), abs=1e-6)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("$1", 3),
        ("$1+$2", 5),
        ("$1-$2", 1),
        ("$1x$2", 6),
        ("$1X$2", 6),
        ("$1/$2", 1.5),
        ("-$1+$2x4", 5),
        ("($1+$2)x($1-$2)", 5),
        ("2x(3x(1+1))", 12),
        ("$1--1", 4),
        ("10-2x3", 4),
        ("12/3x2", 8),
        ("$9+4", 4),
        ("1.5+.5", 2),
        ("+$1", 3),
    ],
)
def test_arithmetic(text, value):
    assert box(f"21,1,{text},1,0,0,0*", 3, 2)[2] == pytest.approx(value / 2)


def test_a_variable_is_computed_from_others():
    assert box("$3=$1+$2*$4=$3x2*21,1,$4,1,0,0,0*", 3, 2)[2] == pytest.approx(5)


def test_a_variable_may_change_between_primitives():
    body = "$1=2*21,1,$1,1,0,0,0*$1=4*21,1,1,$1,0,0,0*"

    assert box(body) == pytest.approx((-1, -2, 1, 2))


@pytest.mark.parametrize("exposure", ["0", "$1", "1-1"])
def test_exposure_may_be_computed(exposure):
    assert area(f"21,1,4,4,0,0,0*21,{exposure},2,2,0,0,0*", 0) == pytest.approx(12)


@pytest.mark.parametrize("body", ["1,1,0,0,0*", "21,1,0,5,0,0,0*", "20,1,1,2,2,2,2,0*", "5,1,4,0,0,0,0*", ""])
def test_what_has_no_size_is_nothing(body):
    assert macro_rings(body, []) == ()


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("9,1,1,1*", "not in the standard"),
        ("hello*", "no primitive"),
        ("21,1,4*", "lacks a number"),
        ("4,1,9,0,0,1,1,0*", "wrong number of points"),
        ("5,1,2,0,0,1,0*", "3 to 12 corners"),
        ("1,1,1/0,0,0*", "divides by zero"),
        ("1,1,(1,0,0*", "brackets"),
        ("1,1,1e5,0,0*", "no arithmetic"),
        ("1,1,2+,0,0*", "lacks a number"),
    ],
)
def test_a_fault_says_what_is_wrong(body, why):
    with pytest.raises(MacroFault, match=why):
        macro_rings(body, [])


@pytest.mark.parametrize(
    ("text", "code", "template", "values"),
    [
        ("10C,0.2", 10, "C", [0.2]),
        ("010R,1X2", 10, "R", [1, 2]),
        ("11ROUNDRECT,0.25X-1X0.5", 11, "ROUNDRECT", [0.25, -1, 0.5]),
        ("12PAD", 12, "PAD", []),
        ("13C,.5x.2", 13, "C", [0.5, 0.2]),
        ("14O,1X2X", 14, "O", [1, 2]),
        ("15C, 0.2 X 0.1", 15, "C", [0.2, 0.1]),
        ("16my-pad$1,1,2", 16, "my-pad$1", [1, 2]),
    ],
)
def test_definitions_in_their_spellings(text, code, template, values):
    assert read_definition(text) == (code, template, values)


@pytest.mark.parametrize("text", ["", "C,1", "10", "10C,a", "10C,1Xnan", "10C,inf"])
def test_definitions_that_cannot_be_read_are_faults(text):
    with pytest.raises(ApertureFault):
        read_definition(text)


@pytest.mark.parametrize("values", [[1.0, 1.0], [1.0, 4.0], [1.0, 0.5, 2.0]])
def test_a_hole_that_does_not_fit_its_pad_is_none(values):
    pad = build("C", values, {}, mm_per_unit=1)

    assert (len(pad.rings), pad.box) == (1, pytest.approx((-0.5, -0.5, 0.5, 0.5)))


def test_inches_become_millimetres_in_every_kind_of_aperture():
    macro = {"PAD": read_macro("21,1,$1,$1,0,0,0*")}
    boxes = {build(kind, [1.0, 4.0], macro, mm_per_unit=25.4).box[2] for kind in ("C", "P", "PAD")}

    assert [round(x, 6) for x in boxes] == [12.7]


side = st.floats(0.05, 20)


@given(side, side, st.integers(0, 359))
def test_turning_keeps_the_area(width, height, degrees):
    assert area(f"21,1,{width:.4f},{height:.4f},3,4,{degrees}*") == pytest.approx(width * height, rel=0.01, abs=0.01)


@given(st.lists(st.tuples(st.booleans(), st.integers(-5, 5), st.integers(-5, 5)), min_size=1, max_size=8))
def test_adding_and_taking_away_never_leaves_less_than_nothing(parts):
    body = "".join(f"21,{int(adds)},3,3,{x},{y},0*" for adds, x, y in parts)

    assert -1e-9 <= area(body) <= 9 * sum(adds for adds, _, _ in parts) + 1e-9


small = st.integers(-8, 8).map(lambda quarter: quarter / 4)
size = st.sampled_from(["0", "0.5", "1.25", "3"])
added = st.one_of(
    st.builds("1,1,{},{},{},{}".format, size, small, small, st.sampled_from([0, 30])),
    st.builds("20,1,{},{},{},{},{},{}".format, size, small, small, small, small, st.sampled_from([0, 45])),
    st.builds("21,1,{},{},{},{},{}".format, size, size, small, small, st.sampled_from([0, 20])),
    st.builds("4,1,3,{0},9,4,{1},-4,{2},{0},9,{3}".format, small, small, small, st.sampled_from([0, 60])),
    st.builds("5,1,{},{},{},{},10".format, st.sampled_from([3, 8]), small, small, size),
)
others = st.sampled_from(["1,0,1,2,0", "21,0,9,0.5,0,0,0", "7,0,0,3,2,0.3,0", "6,1,0,2,0.2,0.2,1,0.1,3,0"])


@given(st.lists(st.one_of(added, others), min_size=1, max_size=4))
def test_a_pad_reaches_as_far_as_what_it_draws(statements):
    pad = build("PAD", [], {"PAD": read_macro("".join(f"{one}*" for one in statements))}, mm_per_unit=25.4)

    assert pad.box == pytest.approx(box_of(pad.rings), abs=1e-6)


def test_what_a_macro_takes_away_again_is_not_in_its_box():
    pad = build("PAD", [], {"PAD": read_macro("21,1,4,2,0,0,0*21,0,2,4,2,0,0*")}, mm_per_unit=1)

    assert pad.box == pytest.approx((-2, -1, 1, 1))
