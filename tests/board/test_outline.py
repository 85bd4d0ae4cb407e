"""Which contour is the board, among all that people draw on an outline layer."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stacks import copper_layer, filled_box, flashes, frame, outline_layer, ring, round_pad, stack, strokes

from portal.board.artwork import Artwork, Draws, Regions
from portal.board.design import OutlineKind, Severity
from portal.board.outline import Outline, likeness, outline
from portal.board.rings import centre_line_box, contours
from portal.board.shapes import signed_area
from portal.board.stack import extent

COPPER = copper_layer(filled_box(1, 1, 39, 29))
BOX = (0, 0, 40, 30)


def found(*layers) -> Outline:
    edge = outline(stack(*layers))
    assert edge is not None
    return edge


def drawn(*lines) -> Outline:
    return found(outline_layer(strokes(*lines)), COPPER)


def codes(edge: Outline) -> set[str]:
    return {finding.code for finding in edge.findings}


def arcs(*rows: tuple[float, ...]) -> Artwork:
    """Each row: x0, y0, x1, y1, centre x, centre y, sweep (0 is a line)."""
    table = np.array(rows, dtype=float)
    nothing = np.zeros(len(rows), dtype=np.int64)
    return Artwork((round_pad(0.1),), draws=Draws(table[:, :4], table[:, 4:6], table[:, 6], nothing, nothing))


def rounded(width: float, height: float, radius: float) -> Artwork:
    """A board with round corners, as one outline of four lines and four arcs."""
    w, h, r, quarter = width, height, radius, np.pi / 2
    return arcs(
        (r, 0, w - r, 0, 0, 0, 0),
        (w - r, 0, w, r, w - r, r, quarter),
        (w, r, w, h - r, 0, 0, 0),
        (w, h - r, w - r, h, w - r, h - r, quarter),
        (w - r, h, r, h, 0, 0, 0),
        (r, h, 0, h - r, r, h - r, quarter),
        (0, h - r, 0, r, 0, 0, 0),
        (0, r, r, 0, r, r, quarter),
    )


def test_round_corners_belong_to_the_edge():
    assert found(outline_layer(rounded(40, 30, 3)), COPPER).box == pytest.approx(BOX)


def test_the_area_of_a_board_with_round_corners_lacks_its_corners():
    [edge] = found(outline_layer(rounded(40, 30, 3)), COPPER).rings

    assert abs(signed_area(edge)) == pytest.approx(1200 - 9 * (4 - np.pi), abs=0.02)


def test_a_round_board_is_a_circle():
    circle = arcs((40, 20, 40, 20, 20, 20, 2 * np.pi))
    [edge] = found(outline_layer(circle), copper_layer(filled_box(10, 10, 30, 30))).rings

    assert abs(signed_area(edge)) == pytest.approx(np.pi * 400, rel=1e-3)


def test_an_edge_drawn_twice_is_one_edge():
    edge = drawn(*ring(*BOX), *ring(*BOX))

    assert (edge.kind, edge.box, len(edge.rings)) == (OutlineKind.CLOSED, BOX, 1)


def test_an_edge_drawn_on_two_layers_is_one_edge():
    edge = found(outline_layer(frame(*BOX)), outline_layer(frame(*BOX)), COPPER)

    assert (edge.box, len(edge.rings)) == (BOX, 1)


def test_an_edge_of_many_short_strokes_closes():
    x = np.linspace(0, 40, 81)
    lower = [(a, 0, b, 0) for a, b in pairwise(x)]
    upper = [(b, 30, a, 30) for a, b in pairwise(x)]

    assert drawn(*lower, *upper, (0, 30, 0, 0), (40, 0, 40, 30)).kind is OutlineKind.CLOSED


@pytest.mark.parametrize(("gap_mm", "said"), [(0.001, set()), (0.02, {"outline-gap"}), (0.08, {"outline-gap"})])
def test_ends_that_were_meant_to_meet_are_joined(gap_mm, said):
    edge = drawn(*ring(*BOX)[:3], (0, 30, 0, gap_mm))

    assert (edge.kind, codes(edge)) == (OutlineKind.CLOSED, said)


def test_a_gap_that_is_wider_than_a_slip_stays_open():
    edge = drawn(*ring(*BOX)[:3], (0, 30, 0, 0.5))

    assert (edge.kind, edge.box) == (OutlineKind.OPEN, BOX)


def test_a_finding_says_how_wide_the_gap_was():
    [finding] = drawn(*ring(*BOX)[:3], (0, 30, 0, 0.05)).findings

    assert (finding.severity, finding.where) == (Severity.NOTE, "board-Edge_Cuts.gbr")
    assert "0.050 mm" in finding.message


def test_lines_that_cross_at_the_corners_still_enclose_the_board():
    edge = drawn((-2, 0, 42, 0), (40, -2, 40, 32), (42, 30, -2, 30), (0, 32, 0, -2))

    assert edge.box == BOX


def test_dots_and_stray_strokes_do_not_matter():
    edge = drawn(*ring(*BOX), (50, 50, 50, 50), (60, 60, 61, 60))

    assert edge.box == BOX


@pytest.mark.parametrize(
    "inner", [ring(10, 10, 20, 20), ring(10, 10, 15, 15) + ring(25, 10, 30, 15)], ids=["one", "two"]
)
def test_contours_without_pads_inside_are_cut_out(inner):
    edge = found(outline_layer(strokes(*ring(*BOX), *inner)), COPPER)

    assert len(edge.rings) == 1 + len(inner) // 4


def test_a_contour_around_pads_is_no_cut_out():
    pads = copper_layer(flashes(round_pad(1), (15, 15), (2, 2), (38, 28)))
    edge = found(outline_layer(strokes(*ring(*BOX), *ring(10, 10, 20, 20))), pads)

    assert len(edge.rings) == 1


def test_a_hole_in_the_outline_layer_too_small_to_mill_is_no_contour():
    assert len(drawn(*ring(*BOX), *ring(10, 10, 11, 11)).rings) == 1


def test_a_region_with_a_board_of_the_same_size_is_that_board():
    assert found(outline_layer(filled_box(*BOX)), outline_layer(frame(*BOX)), COPPER).box == BOX


@pytest.mark.parametrize(("width", "height"), [(297, 210), (420, 297), (279, 216)])
def test_a_sheet_of_paper_around_the_board_is_a_frame(width, height):
    edge = found(outline_layer(strokes(*ring(-50, -50, width - 50, height - 50), *ring(*BOX))))

    assert (edge.box, codes(edge)) == (BOX, {"outline-frame"})


def test_a_frame_is_only_a_note_where_the_copper_fits_the_board():
    edge = found(outline_layer(strokes(*ring(-50, -50, 247, 160), *ring(*BOX))), COPPER)

    assert [finding.severity for finding in edge.findings] == [Severity.NOTE]


def test_of_the_contours_around_the_copper_the_smallest_is_the_board():
    edge = drawn(*ring(-20, -20, 60, 50), *ring(*BOX))

    assert edge.box == BOX


def test_three_boards_in_a_row_are_all_of_them():
    rows = [ring(x, 0, x + 20, 30) for x in (0, 25, 50)]
    edge = found(outline_layer(strokes(*(line for row in rows for line in row))))

    assert (edge.box, len(edge.rings), codes(edge)) == ((0, 0, 70, 30), 3, {"outline-several"})


def test_a_panel_with_its_boards_inside_is_as_large_as_its_frame():
    boards = [line for x in (5, 50) for line in ring(x, 5, x + 40, 35)]
    copper = copper_layer(strokes((6, 6, 89, 34)))
    edge = found(outline_layer(strokes(*ring(0, 0, 95, 40), *boards)), copper)

    assert edge.box == (0, 0, 95, 40)


def test_a_few_letters_are_no_outline():
    edge = drawn((0, 0, 3, 0), (0, 0, 0, 5), (4, 0, 4, 5))

    assert (edge.kind, codes(edge)) == (OutlineKind.ASSUMED, {"outline-misfit"})


def test_an_outline_somewhere_else_is_not_that_of_this_copper():
    edge = found(outline_layer(frame(1000, 1000, 1040, 1030)), COPPER)

    assert (edge.kind, edge.box) == (OutlineKind.ASSUMED, (1, 1, 39, 29))


def test_an_empty_outline_layer_is_none():
    edge = found(outline_layer(Artwork()), COPPER)

    assert (edge.kind, codes(edge)) == (OutlineKind.ASSUMED, {"outline-missing"})


def test_nothing_has_no_outline():
    assert outline(stack()) is None


def test_every_question_says_what_to_do():
    edges = [drawn(*ring(*BOX)[:3]), found(COPPER), drawn((0, 0, 3, 0)), drawn(*ring(-9, -9, 200, 100))]

    assert all(finding.remedy.endswith(".") for edge in edges for finding in edge.findings)


@pytest.mark.parametrize(
    ("one", "other", "like"),
    [
        ((0, 0, 2, 2), (0, 0, 2, 2), 1),
        ((0, 0, 2, 2), (5, 5, 7, 7), 0),
        ((0, 0, 2, 2), (1, 0, 3, 2), 1 / 3),
        ((0, 0, 4, 4), (0, 0, 2, 2), 1 / 4),
        ((0, 0, 0, 0), (0, 0, 0, 0), 0),
    ],
)
def test_boxes_are_alike_by_what_they_share(one, other, like):
    assert likeness(one, other) == pytest.approx(like)


def test_an_extent_is_around_all_boxes():
    assert extent([(0, 0, 1, 1), (-1, 5, 0, 6)]) == (-1, 0, 1, 6)
    assert extent([]) is None


def test_the_centre_line_leaves_out_the_width_of_the_pen():
    assert centre_line_box(strokes((0, 0, 10, 5), pen=round_pad(2))) == (0, 0, 10, 5)
    assert centre_line_box(Artwork()) is None


def test_a_contour_that_crosses_itself_is_taken_apart():
    bow_tie = Regions(np.array([(0, 0), (10, 10), (10, 0), (0, 10)], float), np.array([0, 4]), np.zeros(1, int))

    assert sorted(round(contour.shape.area, 3) for contour in contours(Artwork(regions=bow_tie))) == [25, 25]


def test_of_hundreds_of_contours_the_largest_are_kept():
    squares = [line for n in range(100) for line in ring(n * 10, 0, n * 10 + 3 + n / 50, 3)]

    kept = contours(strokes(*squares))
    assert len(kept) == 40
    assert min(contour.box[0] for contour in kept) == 600


corner = st.floats(0.1, 0.9)


@given(st.floats(5, 300), st.floats(5, 300), corner, corner)
def test_an_l_shaped_board_is_as_large_as_both_of_its_arms(width, height, across, up):
    x, y = width * across, height * up
    corners = [(0, 0), (width, 0), (width, y), (x, y), (x, height), (0, height)]
    lines = [(*a, *b) for a, b in zip(corners, [*corners[1:], corners[0]], strict=True)]
    edge = found(outline_layer(strokes(*lines)))

    assert edge.box == pytest.approx((0, 0, width, height))
    assert abs(signed_area(edge.rings[0])) == pytest.approx(width * y + x * (height - y), rel=1e-6)


@given(st.permutations(range(8)), st.lists(st.booleans(), min_size=8, max_size=8))
def test_the_order_and_direction_of_strokes_do_not_matter(order, turned):
    lines = [*ring(*BOX), *ring(10, 10, 20, 20)]
    mixed = [lines[n][2:] + lines[n][:2] if turned[n] else lines[n] for n in order]
    edge = drawn(*mixed)

    assert (edge.box, len(edge.rings)) == (BOX, 2)


@given(st.floats(-500, 500), st.floats(-500, 500))
def test_a_board_is_the_same_wherever_it_lies(x, y):
    edge = found(outline_layer(rounded(40, 30, 3)))
    rows = rounded(40, 30, 3).draws
    there = Artwork(
        (round_pad(0.1),),
        draws=replace(rows, ends=np.add(rows.ends, (x, y, x, y)), centres=np.add(rows.centres, (x, y))),
    )
    moved = found(outline_layer(there))

    assert moved.box == pytest.approx(np.add(edge.box, (x, y, x, y)), abs=0.005)
    assert signed_area(moved.rings[0]) == pytest.approx(signed_area(edge.rings[0]), rel=1e-3)
