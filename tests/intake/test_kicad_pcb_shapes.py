"""KiCad's pads by their shape: areas and extents that can be worked out by hand."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kicad_texts import KICAD_4, KICAD_5, KICAD_9, alone, area_mm2, box, copper, film, footprint, pad, read

from portal.board.design import FileRole, Side
from portal.intake.kicad_pcb_shapes import aperture, shape_of
from portal.intake.s_expressions import read_s_expression

PI = math.pi


def flashed(*items: str, **parts: str):
    return copper(read(alone(*items, **parts)))


def made(text: str, kind: str, margin: float = 0.0, angle: float = 0.0):
    shape = shape_of(read_s_expression(f"(pad {text})"), kind)
    return aperture(shape, margin=(margin, margin), angle_deg=angle, function=())


@pytest.mark.parametrize(
    ("shape", "size", "extra", "mm2"),
    [
        ("circle", "2 2", "", PI),
        ("rect", "2 4", "", 8),
        ("oval", "2 4", "", 4 + PI),
        ("oval", "4 2", "", 4 + PI),
        ("roundrect", "4 4", "(roundrect_rratio 0.25)", 16 - (4 - PI)),  # four corners of 1 mm radius
        ("roundrect", "2 4", "(roundrect_rratio 0.5)", 4 + PI),
        ("roundrect", "2 4", "(roundrect_rratio 0)", 8),
        ("roundrect", "4 4", "(roundrect_rratio 0) (chamfer_ratio 0.25) (chamfer top_left)", 15.5),
        ("roundrect", "4 4", "(roundrect_rratio 0) (chamfer_ratio 0.25) (chamfer top_left bottom_right)", 15),
        ("roundrect", "4 4", "(roundrect_rratio 0.25) (chamfer_ratio 0.25) (chamfer top_left)", 15.5 - 0.75 * (4 - PI)),
        ("trapezoid", "4 4", "(rect_delta 0 0)", 16),
        ("trapezoid", "4 4", "(rect_delta 0 2)", 16),  # as much as it gains below, it loses above
        ("trapezoid", "4 4", "(rect_delta 2 0)", 16),
    ],
)
def test_each_shape_has_its_area(shape, size, extra, mm2):
    assert area_mm2(flashed(extra, shape=shape, size=size)) == pytest.approx(mm2, rel=0.004)


@pytest.mark.parametrize(
    ("angle", "extent"),
    [
        ("", (-0.5, -1, 0.5, 1)),
        (" 90", (-1, -0.5, 1, 0.5)),
        (" 180", (-0.5, -1, 0.5, 1)),
        (" -90", (-1, -0.5, 1, 0.5)),
        (" 450", (-1, -0.5, 1, 0.5)),
    ],
)
def test_a_quarter_turn_changes_the_sides_exactly(angle, extent):
    assert flashed(at=f"0 0{angle}").bounds_mm() == extent


def test_a_pad_turned_by_45_degrees_reaches_as_far_as_its_diagonal():
    assert box(flashed(size="2 2", at="0 0 45")) == (-1.41, -1.41, 1.41, 1.41)


@pytest.mark.parametrize(
    ("corner", "missing"),
    [("top_left", (-2, 2)), ("top_right", (2, 2)), ("bottom_left", (-2, -2)), ("bottom_right", (2, -2))],
)
def test_a_chamfer_takes_the_corner_that_it_names(corner, missing):
    [ring] = made(f"(size 4 4) (chamfer_ratio 0.25) (chamfer {corner})", "roundrect").rings

    nearest = min(math.dist(point, missing) for point in ring)
    others = [(x, y) for x in (-2, 2) for y in (-2, 2) if (x, y) != missing]
    assert nearest == pytest.approx(1)
    assert all(min(math.dist(point, other) for point in ring) < 1e-9 for other in others)


@pytest.mark.parametrize(
    ("delta", "wide"),
    [("0 1", "left and right"), ("1 0", "top and bottom")],
)
def test_a_trapezoid_grows_on_one_side_and_shrinks_on_the_other(delta, wide):
    [ring] = made(f"(size 4 4) (rect_delta {delta})", "trapezoid").rings
    x, y = ring[:, 0].tolist(), ring[:, 1].tolist()

    spread = {"left and right": sorted(map(abs, x)), "top and bottom": sorted(map(abs, y))}
    assert spread.pop(wide) == [1.5, 1.5, 2.5, 2.5]
    assert next(iter(spread.values())) == [2, 2, 2, 2]


def test_an_offset_moves_the_shape_and_not_the_hole():
    board = read(alone("(drill 1 (offset 2 0))", kind="thru_hole", layers='"*.Cu"', at="0 0 90"))

    assert box(copper(board)) == (-1, 1.5, 1, 2.5)  # a pad of 1 × 2 mm, turned, its middle 2 mm above the hole
    assert (board.stack.drills[0].x_mm[0], board.stack.drills[0].y_mm[0]) == (0, 0)


def test_the_pads_own_turn_includes_that_of_its_footprint():
    part = footprint(pad(at="5 0 90"), at="0 0 90")

    assert box(copper(read(part))) == (-1, 4.5, 1, 5.5)


PRIMITIVES = {
    "(gr_poly (pts (xy 0 0) (xy 4 0) (xy 4 -4) (xy 0 -4)) (width 0))": (0, 0, 4, 4),
    "(gr_poly (pts (xy 0 0) (xy 4 0) (xy 4 -4) (xy 0 -4)) (width 0.2) (fill yes))": (-0.1, -0.1, 4.1, 4.1),
    "(gr_line (start 0 0) (end 4 -4) (width 0.2))": (-0.1, -0.1, 4.1, 4.1),
    "(gr_rect (start 0 0) (end 4 -4) (width 0.2))": (-0.1, -0.1, 4.1, 4.1),
    "(gr_rect (start 0 0) (end 4 -4) (width 0) (fill yes))": (0, 0, 4, 4),
    "(gr_circle (center 2 -2) (end 4 -2) (width 0))": (-0.1, -0.1, 4, 4),
    "(gr_arc (start 4 0) (mid 2.828427 -2.828427) (end 0 -4) (width 0.2))": (-0.1, -0.1, 4.1, 4.1),
    "(gr_arc (start 0 0) (end 4 0) (angle -90) (width 0.2))": (-0.1, -0.1, 4.1, 4.1),
    "(gr_curve (pts (xy 0 0) (xy 0 -4) (xy 4 -4) (xy 4 0)) (width 0.2))": (-0.1, -0.1, 4.1, 3.1),
    "(gr_unheard_of (start 0 0))": (-0.1, -0.1, 0.1, 0.1),
}


@pytest.mark.parametrize(("primitive", "extent"), PRIMITIVES.items())
def test_a_custom_pad_is_its_anchor_with_its_primitives(primitive, extent):
    anchor = "(options (clearance outline) (anchor rect))"
    artwork = flashed(anchor, f"(primitives {primitive})", shape="custom", size="0.2 0.2")

    x0, y0, x1, y1 = extent
    assert box(artwork) == (min(x0, -0.1), min(y0, -0.1), x1, y1)


def test_a_custom_pad_without_an_anchors_shape_stands_on_a_circle():
    artwork = flashed("(options (clearance outline) (anchor circle)) (primitives)", shape="custom", size="2 2")

    assert area_mm2(artwork) == pytest.approx(PI, rel=0.004)


def test_a_custom_pad_turns_with_its_primitives():
    poly = "(primitives (gr_poly (pts (xy 0 0) (xy 4 0) (xy 4 -1) (xy 0 -1)) (width 0)))"

    assert box(flashed(poly, shape="custom", size="0.2 0.2", at="0 0 90")) == (-1, -0.1, 0.1, 4)


@pytest.mark.parametrize(
    ("kind", "extra", "mm2"),
    [
        ("circle", "", PI * 1.1**2),
        ("rect", "", 4 + 4 * 2 * 0.1 + PI * 0.01),
        ("oval", "", PI * 1.1**2),
        ("roundrect", "(roundrect_rratio 0.25)", 2.2**2 - (4 - PI) * 0.6**2),
        ("trapezoid", "(rect_delta 0 0)", 4 + 4 * 2 * 0.1 + PI * 0.01),
    ],
)
def test_a_shape_grows_by_its_margin_all_around(kind, extra, mm2):
    grown = made(f"(size 2 2) {extra}", kind, margin=0.1)

    assert sum(_area(ring) for ring in grown.rings) == pytest.approx(mm2, rel=0.004)


def _area(ring) -> float:
    x, y = ring[:, 0], ring[:, 1]
    return abs(sum(x[i - 1] * y[i] - x[i] * y[i - 1] for i in range(len(x)))) / 2


def test_up_to_4_a_grown_rectangle_kept_its_corners():
    part = alone(size="2 2", layers="F.Cu F.Mask")
    setup = "(pad_to_mask_clearance 0.1)"
    old, new = (read(part, version=version, setup=setup) for version in (KICAD_4, KICAD_5))

    assert area_mm2(film(old, FileRole.MASK, Side.TOP)) == pytest.approx(4.84)
    assert area_mm2(film(new, FileRole.MASK, Side.TOP)) < 4.84


@pytest.mark.parametrize(("size", "margin"), [("0 0", 0.0), ("2 2", -1.0), ("2 0.5", -0.25)])
def test_a_shape_of_which_nothing_is_left_is_none(size, margin):
    assert made(f"(size {size})", "rect", margin=margin) is None


def test_a_pad_of_one_number_is_as_high_as_wide():
    assert made("(size 2)", "rect").box == (-1, -1, 1, 1)


def test_a_pad_without_a_size_is_not_drawn():
    assert copper(read(alone().replace("(size 1 2)", ""))).is_empty


def test_a_pad_stack_of_9_has_its_own_shape_on_each_layer():
    stack = """(padstack (mode front_inner_back)
      (layer "Inner" (shape circle) (size 1 1)) (layer "B.Cu" (shape rect) (size 3 3)))"""
    board = read(alone("(drill 0.5)", stack, kind="thru_hole", layers='"*.Cu"'), version=KICAD_9)

    assert box(copper(board, Side.TOP)) == (-0.5, -1, 0.5, 1)
    assert box(copper(board, Side.BOTTOM)) == (-1.5, -1.5, 1.5, 1.5)


SIZES = st.floats(0.1, 10).map(lambda value: round(value, 3))


@given(
    width=SIZES,
    height=SIZES,
    angle=st.integers(-720, 720),
    kind=st.sampled_from(["rect", "oval", "roundrect", "circle", "trapezoid"]),
)
def test_turning_a_pad_never_makes_it_larger_or_smaller(width, height, angle, kind):
    text = f"(size {width} {height}) (roundrect_rratio 0.2)"
    still, turned = made(text, kind), made(text, kind, angle=angle)

    assert sum(map(_area, turned.rings)) == pytest.approx(sum(map(_area, still.rings)), rel=1e-6)


@given(width=SIZES, height=SIZES, margin=st.floats(0, 1), kind=st.sampled_from(["rect", "oval", "roundrect"]))
def test_a_margin_reaches_as_far_on_every_side(width, height, margin, kind):
    text = f"(size {width} {height}) (roundrect_rratio 0.25)"
    still, grown = made(text, kind), made(text, kind, margin=margin)

    reach = [abs(one - other) for one, other in zip(still.box, grown.box, strict=True)]
    assert reach == pytest.approx([margin] * 4, abs=0.002)
