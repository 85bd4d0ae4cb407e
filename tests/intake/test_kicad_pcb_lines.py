"""What is drawn on a KiCad board, of the board and of its footprints: sizes worked out by hand."""

import math

import numpy as np
import pytest
from kicad_texts import KICAD_4, KICAD_5, KICAD_7, KICAD_9, area_mm2, box, copper, edge, film, footprint, read

from portal.board.design import FileRole, Side
from portal.intake.kicad_pcb_ways import curve_of, ring_of, through
from portal.intake.s_expressions import read_s_expression

PEN = "(stroke (width 0.2) (type solid))"
SQUARE = "(pts (xy 0 0) (xy 10 0) (xy 10 10) (xy 0 10))"


def drawn(item: str, version: int = KICAD_7):
    return edge(read(f"({item} (layer Edge.Cuts))", version=version))


@pytest.mark.parametrize(
    ("item", "extent"),
    [
        (f"gr_line (start 0 0) (end 10 0) {PEN}", (-0.1, -0.1, 10.1, 0.1)),
        ("gr_line (start 0 0) (end 10 0) (width 0.2)", (-0.1, -0.1, 10.1, 0.1)),
        (f"gr_rect (start 0 0) (end 10 5) {PEN} (fill none)", (-0.1, -5.1, 10.1, 0.1)),
        (f"gr_circle (center 5 5) (end 10 5) {PEN} (fill none)", (-0.1, -10.1, 10.1, 0.1)),
        (f"gr_poly {SQUARE} {PEN} (fill none)", (-0.1, -10.1, 10.1, 0.1)),
        (f"gr_arc (start 0 5) (mid 5 0) (end 10 5) {PEN}", (-0.1, -5.1, 10.1, 0.1)),
        (f"gr_arc (start 5 5) (end 0 5) (angle 180) {PEN}", (-0.1, -5.1, 10.1, 0.1)),
        (f"gr_curve (pts (xy 0 0) (xy 0 4) (xy 10 4) (xy 10 0)) {PEN}", (-0.1, -3.1, 10.1, 0.1)),
    ],
)
def test_each_thing_reaches_as_far_as_its_pen_with_y_up(item, extent):
    assert box(drawn(item)) == extent


def test_a_line_without_width_is_drawn_with_the_plotters_pen():
    assert box(drawn("gr_line (start 0 0) (end 10 0) (width 0)")) == (-0.05, -0.05, 10.05, 0.05)


def test_the_old_arc_runs_clockwise_as_one_sees_it():
    artwork = drawn("gr_arc (start 0 0) (end 10 0) (angle 90) (width 0.2)", KICAD_5)

    assert box(artwork) == (-0.1, -10.1, 10.1, 0.1)  # from east to south, which is down
    assert artwork.draws.sweep[0] == pytest.approx(-math.pi / 2)


def test_the_old_and_the_new_spelling_of_an_arc_are_one():
    old = drawn("gr_arc (start 0 0) (end 10 0) (angle 90) (width 0.2)", KICAD_5)
    new = drawn(f"gr_arc (start 10 0) (mid 7.0710678 7.0710678) (end 0 10) {PEN}")

    assert np.allclose(old.draws.ends, new.draws.ends, atol=1e-6)
    assert np.allclose(old.draws.sweep, new.draws.sweep, atol=1e-6)


@pytest.mark.parametrize(
    ("middle", "centre", "sweep"),
    [
        ((5, 5), (5, 0), -math.pi),  # over the top, clockwise
        ((5, -5), (5, 0), math.pi),
        ((5, 0), (0, 0), 0.0),  # on the line
        ((5, 1e-12), (0, 0), 0.0),
        ((5, 1e-6), (0, 0), 0.0),  # so flat that its centre is kilometres away
    ],
)
def test_three_points_make_an_arc_unless_they_lie_on_a_line(middle, centre, sweep):
    found_centre, found_sweep = through((0, 0), middle, (10, 0))

    assert found_centre == pytest.approx(centre)
    assert found_sweep == pytest.approx(sweep)


def test_an_arc_that_ends_where_it_began_is_a_circle():
    assert through((0, 0), (10, 0), (0, 0)) == ((5, 0), 2 * math.pi)


def test_nothing_is_filled_on_the_layer_of_the_edge():
    artwork = drawn(f"gr_poly {SQUARE} {PEN} (fill solid)")

    assert (len(artwork.regions), len(artwork.draws)) == (0, 4)


@pytest.mark.parametrize(
    ("shape", "fill", "mm2"),
    [
        (f"gr_poly {SQUARE} (width 0)", "(fill solid)", 100),
        (f"gr_poly {SQUARE} (width 0)", "(fill yes)", 100),
        (f"gr_poly {SQUARE} (width 0.2)", "(fill none)", 7.99),
        (f"gr_poly {SQUARE} (width 0.2)", "(fill no)", 7.99),
        ("gr_rect (start 0 0) (end 10 10) (width 0)", "(fill solid)", 100),
        ("gr_rect (start 0 0) (end 10 10) (width 0.2)", "", 7.99),
        ("gr_circle (center 0 0) (end 10 0) (width 0)", "(fill yes)", 314.159),
    ],
)
def test_a_shape_is_filled_where_it_says_so(shape, fill, mm2):
    artwork = copper(read(f"({shape} {fill} (layer F.Cu))"))

    assert area_mm2(artwork) == pytest.approx(mm2, rel=0.004)


@pytest.mark.parametrize(("version", "regions"), [(KICAD_4, 1), (KICAD_5, 1), (KICAD_7, 0)])
def test_up_to_5_a_polygon_was_always_filled(version, regions):
    artwork = copper(read(f"(gr_poly {SQUARE} (width 0.2) (layer F.Cu))", version=version))

    assert len(artwork.regions) == regions


def test_a_filled_shape_without_width_has_no_pen_around_it():
    artwork = copper(read(f"(gr_poly {SQUARE} (width 0) (fill solid) (layer F.Cu))"))

    assert box(artwork) == (0.0, -10.0, 10.0, 0.0)
    assert len(artwork.draws) == 0


def test_a_circle_of_no_size_is_not_drawn():
    assert drawn("gr_circle (center 5 5) (end 5 5) (width 0.2)").is_empty


@pytest.mark.parametrize(
    ("at", "extent"),
    [
        ("100 50 0", (100, -50.1, 110, -49.9)),
        ("100 50 90", (99.9, -50, 100.1, -40)),  # counter-clockwise: east becomes north
        ("100 50 180", (90, -50.1, 100, -49.9)),
        ("100 50 270", (99.9, -60, 100.1, -50)),
        ("100 50 -90", (99.9, -60, 100.1, -50)),
    ],
)
def test_a_footprint_turns_its_lines_counter_clockwise(at, extent):
    line = "(fp_line (start 0.1 0) (end 9.9 0) (width 0.2) (layer F.SilkS))"
    board = read(footprint(line, at=at))

    assert box(film(board, FileRole.LEGEND, Side.TOP)) == extent


def test_an_edge_may_be_drawn_inside_of_a_footprint():
    arc = f"(fp_arc (start -5 0) (mid 0 -5) (end 5 0) {PEN} (layer Edge.Cuts))"
    board = read(footprint(arc, at="100 50"))

    assert box(edge(board)) == (94.9, -50.1, 105.1, -44.9)


def test_what_lies_on_drawings_and_courtyards_is_on_no_film():
    lines = [f"(gr_line (start 0 0) (end 9 9) {PEN} (layer {layer}))" for layer in ("Dwgs.User", "F.CrtYd", "Margin")]

    assert all(layer.artwork.is_empty for layer in read(*lines).stack.layers)


def test_a_line_may_lie_on_several_layers():
    board = read(f'(gr_line (start 0 0) (end 9 0) {PEN} (layers "F.Cu" "F.Mask"))', version=KICAD_9)

    assert not copper(board).is_empty
    assert not film(board, FileRole.MASK, Side.TOP).is_empty


def test_a_polygon_may_have_arcs_between_its_points():
    node = read_s_expression("(gr_poly (pts (xy 0 0) (arc (start 10 0) (mid 15 5) (end 10 10)) (xy 0 10)))")
    ring = ring_of(node)

    assert ring.max(axis=0).tolist() == pytest.approx([15, 10], abs=0.01)
    assert len(ring) > 10


def test_a_polygon_without_points_draws_nothing():
    board = read("(gr_poly (pts) (width 0.2) (layer F.Cu))", "(gr_poly (width 0.2) (layer F.Cu))")

    assert copper(board).is_empty


def test_a_curve_needs_its_four_points():
    assert len(curve_of(read_s_expression("(gr_curve (pts (xy 0 0) (xy 1 1)))"))) == 0
    assert len(curve_of(read_s_expression("(gr_curve (pts (xy 0 0) (xy 1 1) (xy 2 2) (xy 3 3)))"))) > 8


def test_texts_dimensions_and_pictures_are_no_lines():
    others = ('(gr_text "X" (at 1 1) (layer F.Cu))', "(dimension 5 (width 0.1) (layer F.Cu))", "(image (at 1 1))")

    assert copper(read(*others)).is_empty
