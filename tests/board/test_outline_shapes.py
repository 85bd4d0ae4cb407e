"""The edges that real boards have: whatever their form, the size is that of the milled board and nothing else."""

from itertools import pairwise

import numpy as np
import pytest
import shapely
from edges import QUARTER, capsule, circle, curves, halves, path, straight
from hypothesis import given, settings
from hypothesis import strategies as st
from moved import MIRRORED, moved, turned
from stacks import copper_layer, filled_box, flashes, frame, outline_layer, ring, round_pad, stack, strokes

from portal.board.design import OutlineKind, Severity
from portal.board.measure import measure
from portal.board.outline import outline
from portal.board.rings import GAP_MM

COPPER = copper_layer(filled_box(1, 1, 39, 29))
BOX = (0, 0, 40, 30)
NOTCHED = path((0, 0), (15, 0), (15, 4), (25, 4), (25, 0), (40, 0), (40, 30), (0, 30))
FORMS = {
    "a notch for a connector": (NOTCHED, 1200 - 40),
    "one corner cut off": (path((0, 0), (40, 0), (40, 20), (30, 30), (0, 30)), 1200 - 50),
    "an L": (path((0, 0), (40, 0), (40, 10), (10, 10), (10, 30), (0, 30)), 400 + 200),
    "a T": (path((15, 0), (25, 0), (25, 20), (40, 20), (40, 30), (0, 30), (0, 20), (15, 20)), 400 + 200),
    "a U": (path((0, 0), (40, 0), (40, 30), (30, 30), (30, 10), (10, 10), (10, 30), (0, 30)), 1200 - 400),
    "a plus": (
        path(
            (10, 0),
            (30, 0),
            (30, 10),
            (40, 10),
            (40, 20),
            (30, 20),
            (30, 30),
            (10, 30),
            (10, 20),
            (0, 20),
            (0, 10),
            (10, 10),
        ),
        1200 - 400,
    ),
    "a triangle": (path((0, 0), (40, 0), (20, 30)), 600),
    "an edge connector": (path((0, 3), (5, 3), (5, 0), (35, 0), (35, 3), (40, 3), (40, 30), (0, 30)), 40 * 27 + 90),
}


def edge_of(*layers):
    found = outline(stack(*layers))
    assert found is not None
    return found


def drawn(artwork, *others):
    return edge_of(outline_layer(artwork), *others)


def area_of(edge):
    """What is left of the board after its cut-outs."""
    board, *holes = (shapely.Polygon(ring_) for ring_ in edge.rings)
    return board.area - sum(hole.area for hole in holes)


def codes(edge):
    return {finding.code for finding in edge.findings}


@pytest.mark.parametrize("form", FORMS)
def test_a_board_of_any_form_has_its_own_area_and_the_size_of_its_box(form):
    lines, area_mm2 = FORMS[form]
    edge = drawn(strokes(*lines))

    assert (edge.kind, edge.box, codes(edge)) == (OutlineKind.CLOSED, BOX, set())
    assert area_of(edge) == pytest.approx(area_mm2)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("pen_mm", [0.001, 0.15, 1.0, 3.0])
def test_the_edge_is_the_middle_of_the_pen_however_thick(form, pen_mm):
    assert drawn(strokes(*FORMS[form][0], pen=round_pad(pen_mm))).box == BOX


@pytest.mark.parametrize("form", FORMS)
def test_lines_that_lie_on_each_other_are_one_edge(form):
    lines = FORMS[form][0]
    twice = [*lines, *lines[::2], *(line[2:] + line[:2] for line in lines)]

    assert area_of(drawn(strokes(*twice))) == pytest.approx(FORMS[form][1])


@pytest.mark.parametrize("pieces", [2, 3, 7])
def test_an_edge_in_pieces_is_the_same_edge(pieces):
    steps = np.linspace(0, 1, pieces + 1)
    lines = [
        (x0 + (x1 - x0) * a, y0 + (y1 - y0) * a, x0 + (x1 - x0) * b, y0 + (y1 - y0) * b)
        for x0, y0, x1, y1 in NOTCHED
        for a, b in pairwise(steps)
    ]

    assert area_of(drawn(strokes(*lines))) == pytest.approx(1160)


def test_a_capsule_has_half_round_ends():
    edge = drawn(capsule(40, 30))

    assert edge.box == pytest.approx(BOX, abs=0.01)
    assert area_of(edge) == pytest.approx(10 * 30 + np.pi * 225, rel=2e-3)


@pytest.mark.parametrize("rows", [(circle(20, 20, 20),), halves(20, 20, 20)], ids=["one turn", "two halves"])
def test_a_round_board_is_as_large_as_its_diameter(rows):
    edge = drawn(curves(*rows))

    assert edge.box == pytest.approx((0, 0, 40, 40), abs=0.01)
    assert area_of(edge) == pytest.approx(np.pi * 400, rel=2e-3)


def test_an_arc_that_bulges_out_makes_the_board_larger_than_its_corners():
    bulge = (40, 0, 40, 30, 40, 15, np.pi)
    edge = drawn(curves(*straight((0, 0, 40, 0), (40, 30, 0, 30), (0, 30, 0, 0)), bulge))

    assert edge.box == pytest.approx((0, 0, 55, 30), abs=0.01)


def test_an_arc_that_bites_in_leaves_the_size_and_takes_the_area():
    bite = (40, 0, 40, 30, 40, 15, -np.pi)
    edge = drawn(curves(*straight((0, 0, 40, 0), (40, 30, 0, 30), (0, 30, 0, 0)), bite))

    assert edge.box == pytest.approx(BOX, abs=0.01)
    assert area_of(edge) == pytest.approx(1200 - np.pi * 225 / 2, rel=2e-3)


def test_a_corner_rounded_inward_is_no_corner_rounded_outward():
    lines = straight((3, 0, 40, 0), (40, 0, 40, 30), (40, 30, 0, 30), (0, 30, 0, 3))
    outward, inward = (0, 3, 3, 0, 3, 3, QUARTER), (0, 3, 3, 0, 0, 0, -QUARTER)
    [one, other] = (area_of(drawn(curves(*lines, corner))) for corner in (outward, inward))

    assert (1200 - one, 1200 - other) == pytest.approx((9 - np.pi * 9 / 4, np.pi * 9 / 4), abs=0.05)


@pytest.mark.parametrize("gap_mm", [0.0, 0.004, 0.02, 0.06, GAP_MM * 0.99])
def test_a_gap_up_to_the_limit_is_closed_on_every_form(gap_mm):
    *lines, (x0, y0, x1, y1) = NOTCHED
    edge = drawn(strokes(*lines, (x0, y0, x1, y1 + gap_mm)))

    assert (edge.kind, edge.box) == (OutlineKind.CLOSED, BOX)
    assert codes(edge) == ({"outline-gap"} if gap_mm > 0.005 else set())


@pytest.mark.parametrize("gap_mm", [GAP_MM * 1.2, 0.3, 1.0, 5.0])
def test_a_gap_beyond_the_limit_is_a_question_and_the_size_stays(gap_mm):
    *lines, (x0, y0, x1, y1) = NOTCHED
    edge = drawn(strokes(*lines, (x0, y0, x1, y1 + gap_mm)), COPPER)

    assert (edge.kind, edge.box, codes(edge)) == (OutlineKind.OPEN, BOX, {"outline-open"})
    assert all(finding.severity is Severity.ASK for finding in edge.findings)


def test_a_missing_side_is_never_called_closed():
    assert drawn(strokes(*ring(*BOX)[:3]), COPPER).kind is OutlineKind.OPEN


@pytest.mark.parametrize(
    ("inner", "lost_mm2"),
    [
        (straight(*ring(10, 10, 20, 20)), 100),
        ((circle(20, 15, 5),), np.pi * 25),
        (halves(20, 15, 5), np.pi * 25),
        ((*straight(*ring(5, 5, 9, 25)), circle(30, 15, 4)), 80 + np.pi * 16),
        (tuple(row for x in (5, 15, 25) for row in straight(*ring(x, 5, x + 5, 25))), 300),
    ],
    ids=["a window", "a round hole", "two halves", "one of each", "three slots"],
)
def test_what_is_milled_out_inside_is_no_board(inner, lost_mm2):
    edge = drawn(curves(*straight(*ring(*BOX)), *inner))

    assert edge.box == BOX
    assert area_of(edge) == pytest.approx(1200 - lost_mm2, rel=2e-3)


def test_a_drawing_frame_with_a_title_block_is_not_the_board():
    sheet = (*ring(-60, -60, 237, 150), *ring(150, -60, 237, -20), (150, -40, 237, -40))

    assert drawn(strokes(*sheet, *ring(*BOX)), COPPER).box == BOX


def test_dimension_arrows_beside_the_board_do_not_make_it_larger():
    arrows = (
        (0, -8, 40, -8),
        (0, -8, 1.5, -7.5),
        (40, -8, 38.5, -7.5),
        (-8, 0, -8, 30),
        (0, -2, 0, -10),
        (40, -2, 40, -10),
    )
    edge = drawn(strokes(*ring(*BOX), *arrows), COPPER)

    assert (edge.kind, edge.box) == (OutlineKind.CLOSED, BOX)


def test_an_extension_line_that_touches_a_corner_does_not_open_the_board():
    touching = (0, 0, 0, -10), (40, 0, 40, -10), (0, -8, 40, -8)
    edge = drawn(strokes(*ring(*BOX), *touching), COPPER)

    assert edge.kind is OutlineKind.CLOSED
    assert edge.box[2] - edge.box[0] == 40


def test_a_v_score_across_does_not_make_two_boards():
    edge = drawn(strokes(*ring(*BOX), (20, 0, 20, 30)), COPPER)

    assert (edge.box, len(edge.rings)) == (BOX, 1)


def test_a_v_score_that_runs_out_over_the_edge_does_not_either():
    edge = drawn(strokes(*ring(*BOX), (20, -5, 20, 35)), COPPER)

    assert (edge.kind, edge.box) == (OutlineKind.CLOSED, BOX)


def test_two_boards_side_by_side_are_asked_about():
    two = strokes(*ring(*BOX), *ring(45, 0, 85, 30))
    edge = drawn(two, copper_layer(filled_box(1, 1, 84, 29)))

    assert (edge.box, codes(edge)) == ((0, 0, 85, 30), {"outline-several"})


def test_a_small_coupon_beside_the_board_is_no_second_board():
    edge = drawn(strokes(*ring(*BOX), *ring(45, 0, 50, 10)), COPPER)

    assert (edge.box, "outline-several" in codes(edge)) == (BOX, False)


@pytest.mark.parametrize("degrees", [0, 7, 30, 45, 90, 180, 233])
def test_a_turned_board_keeps_its_area(degrees):
    board = moved(stack(outline_layer(strokes(*NOTCHED)), COPPER), turned(degrees))

    assert area_of(outline(board)) == pytest.approx(1160, rel=1e-6)


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_board_turned_by_quarters_keeps_its_two_sides(degrees):
    board, _ = measure(moved(stack(outline_layer(frame(*BOX)), COPPER), turned(degrees)))

    assert sorted((board.width_mm, board.height_mm)) == [30, 40]


far = st.floats(-400, 400).map(lambda value: round(value, 3))


@settings(max_examples=30)
@given(x=far, y=far, form=st.sampled_from(sorted(FORMS)))
def test_moving_a_board_moves_nothing_else(x, y, form):
    board = stack(outline_layer(strokes(*FORMS[form][0])))
    edge = outline(moved(board, by=(x, y)))

    assert (edge.box[2] - edge.box[0], edge.box[3] - edge.box[1]) == pytest.approx((40, 30), abs=0.005)
    assert area_of(edge) == pytest.approx(FORMS[form][1], rel=1e-3)


@settings(max_examples=20)
@given(form=st.sampled_from(sorted(FORMS)), by=far)
def test_a_mirrored_board_has_the_same_size_and_area(form, by):
    edge = outline(moved(stack(outline_layer(strokes(*FORMS[form][0]))), MIRRORED, (by, 0)))

    assert (edge.box[2] - edge.box[0], area_of(edge)) == pytest.approx((40, FORMS[form][1]), rel=1e-3)


@settings(max_examples=30)
@given(form=st.sampled_from(sorted(FORMS)), data=st.data())
def test_strokes_in_any_order_and_direction_are_the_same_board(form, data):
    lines = data.draw(st.permutations(FORMS[form][0]))
    flips = data.draw(st.lists(st.booleans(), min_size=len(lines), max_size=len(lines)))
    mixed = [line[2:] + line[:2] if flip else line for line, flip in zip(lines, flips, strict=True)]

    assert area_of(drawn(strokes(*mixed))) == pytest.approx(FORMS[form][1])


@settings(max_examples=30)
@given(scale=st.floats(0.2, 12))
def test_a_board_twice_as_large_has_four_times_the_area(scale):
    edge = outline(moved(stack(outline_layer(strokes(*NOTCHED))), np.eye(2) * scale))

    assert area_of(edge) == pytest.approx(1160 * scale**2, rel=1e-3)


@settings(max_examples=30)
@given(pads=st.lists(st.tuples(st.floats(1, 39), st.floats(5, 29)), min_size=4, max_size=30))
def test_where_the_pads_lie_inside_does_not_change_a_clean_edge(pads):
    edge = drawn(strokes(*NOTCHED), copper_layer(flashes(round_pad(0.6), *pads)))

    assert (edge.kind, edge.box) == (OutlineKind.CLOSED, BOX)
