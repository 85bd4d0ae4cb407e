"""The numbers of a board and the questions they leave."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stacks import (
    copper_layer,
    drilled,
    filled_box,
    flashes,
    frame,
    outline_layer,
    region,
    ring,
    round_pad,
    square_pad,
    stack,
    strokes,
)

from portal.board.artwork import Artwork, DrillHits
from portal.board.design import FileRole, Finding, OutlineKind, Severity, Side
from portal.board.measure import measure
from portal.board.stack import Layer, Stack

COPPER = filled_box(1, 1, 39, 29)


def codes(*layers, drills=()) -> set[str]:
    return {finding.code for finding in measure(stack(*layers, drills=drills))[1]}


def board(*layers, drills=()):
    return measure(stack(*layers, drills=drills))[0]


def size(*layers) -> tuple[float | None, float | None]:
    measured = board(*layers)
    return measured.width_mm, measured.height_mm


def test_the_size_is_taken_on_the_centre_line_of_the_outline():
    measured = board(outline_layer(frame(0, 0, 40, 30)), copper_layer(COPPER))

    assert (measured.width_mm, measured.height_mm, measured.outline) == (40, 30, OutlineKind.CLOSED)


def test_a_board_that_fits_leaves_no_question():
    assert not codes(outline_layer(frame(0, 0, 40, 30)), copper_layer(COPPER))


def test_a_small_gap_in_the_outline_is_closed_and_said():
    lines = [*ring(0, 0, 40, 30)[:3], (0, 30, 0, 0.02)]

    assert size(outline_layer(strokes(*lines)), copper_layer(COPPER)) == (40, 30)
    assert codes(outline_layer(strokes(*lines)), copper_layer(COPPER)) == {"outline-gap"}


def test_ends_that_differ_by_rounding_are_no_gap():
    lines = [*ring(0, 0, 40, 30)[:3], (0, 30, 0, 0.003)]

    assert not codes(outline_layer(strokes(*lines)), copper_layer(COPPER))


def test_a_missing_side_leaves_the_outline_open():
    lines = outline_layer(strokes(*ring(0, 0, 40, 30)[:3]))

    assert board(lines, copper_layer(COPPER)).outline is OutlineKind.OPEN
    assert size(lines, copper_layer(COPPER)) == (40, 30)


def test_an_open_outline_is_a_question():
    assert codes(outline_layer(strokes(*ring(0, 0, 40, 30)[:3]))) == {"outline-open"}


def test_strokes_in_any_order_and_direction_close():
    lines = [(40, 0, 0, 0), (0, 30, 0, 0), (40, 30, 0, 30), (40, 0, 40, 30)]

    assert board(outline_layer(strokes(*lines))).outline is OutlineKind.CLOSED


def test_a_filled_region_is_an_outline_too():
    assert size(outline_layer(filled_box(0, 0, 40, 30)), copper_layer(COPPER)) == (40, 30)


def test_a_score_line_across_the_board_does_not_halve_it():
    lines = (*ring(0, 0, 40, 30), (20, 0, 20, 30))

    assert size(outline_layer(strokes(*lines)), copper_layer(COPPER)) == (40, 30)


def test_a_drawing_frame_around_the_board_is_not_the_board():
    lines = (*ring(-100, -70, 197, 140), *ring(0, 0, 40, 30))

    assert size(outline_layer(strokes(*lines)), copper_layer(COPPER)) == (40, 30)


def test_a_drawing_frame_is_told_from_the_board_without_copper():
    lines = outline_layer(strokes(*ring(-100, -70, 197, 140), *ring(0, 0, 40, 30)))

    assert size(lines) == (40, 30)
    assert codes(lines) == {"outline-frame"}


def test_a_keep_out_inside_of_the_edge_is_not_the_edge():
    edge, keep_out = outline_layer(frame(0, 0, 40, 30)), outline_layer(frame(0.5, 0.5, 39.5, 29.5))

    assert size(keep_out, edge, copper_layer(COPPER)) == (40, 30)


def test_a_keep_out_far_smaller_than_the_copper_is_no_outline():
    small = outline_layer(filled_box(10, 10, 26, 12))

    assert size(small, copper_layer(COPPER)) == (38, 28)
    assert codes(small, copper_layer(COPPER)) == {"outline-misfit"}


def test_without_outline_the_copper_stands_in_and_that_is_a_question():
    measured, [finding] = measure(stack(copper_layer(COPPER)))

    assert (measured.width_mm, measured.outline) == (38, OutlineKind.ASSUMED)
    assert (finding.code, finding.severity) == ("outline-missing", Severity.ASK)


def test_without_anything_the_size_is_unknown():
    assert size() == (None, None)
    assert codes() == {"no-size"}


def test_two_boards_side_by_side_are_a_question():
    lines = outline_layer(strokes(*ring(0, 0, 40, 30), *ring(50, 0, 90, 30)))

    assert size(lines) == (90, 30)
    assert codes(lines) == {"outline-several"}


def test_copper_beyond_the_edge_is_a_question():
    wide = copper_layer(filled_box(-2, 1, 39, 29))

    assert codes(outline_layer(frame(0, 0, 40, 30)), wide) == {"copper-outside-outline"}


def test_an_outline_much_larger_than_the_copper_is_a_question():
    small = copper_layer(filled_box(5, 5, 15, 15))

    assert codes(outline_layer(frame(0, 0, 40, 30)), small) == {"outline-larger"}


def test_copper_layers_are_those_with_copper():
    layers = [copper_layer(COPPER, number) for number in (1, 2, 3)]

    assert board(*layers, copper_layer(Artwork(), 4)).copper_layers == 3
    assert "copper-empty" in codes(*layers, copper_layer(Artwork(), 4))


def test_two_files_of_one_layer_count_once():
    assert board(copper_layer(COPPER, 1), copper_layer(COPPER, 1)).copper_layers == 1


def test_no_copper_is_unknown_not_zero():
    assert board(outline_layer(frame(0, 0, 40, 30))).copper_layers is None


def test_the_narrowest_track_is_found():
    tracks = strokes((0, 0, 10, 0), pen=round_pad(0.15))

    assert board(copper_layer(tracks), copper_layer(strokes((0, 1, 5, 1)), 2)).min_track_mm == 0.15


def test_a_stroke_along_the_edge_of_a_filled_area_is_no_track():
    zone = filled_box(0, 0, 10, 10)
    edge = strokes(*ring(0, 0, 10, 10), pen=round_pad(0.1))
    both = Artwork(edge.apertures, draws=edge.draws, regions=zone.regions)

    assert board(copper_layer(both)).min_track_mm is None


def test_where_the_file_names_conductors_only_those_are_tracks():
    text = strokes((0, 0, 1, 0), pen=round_pad(0.1, ("NonConductor",)))
    track = strokes((0, 0, 1, 0), pen=round_pad(0.3, ("Conductor",)))

    assert board(copper_layer(text), copper_layer(track, 2)).min_track_mm == 0.3


def test_without_strokes_the_track_is_unknown():
    assert board(copper_layer(COPPER)).min_track_mm is None


def test_the_ring_is_half_of_what_the_pad_is_wider_than_its_hole():
    pads = copper_layer(flashes(round_pad(0.6), (5, 5)))

    assert board(pads, drills=(drilled((5, 5, 0.3), plated=True),)).min_annular_ring_mm == 0.15


def test_the_ring_of_a_square_pad_is_that_of_its_side():
    pads = copper_layer(flashes(square_pad(1.6), (5, 5)))

    assert board(pads, drills=(drilled((5, 5, 1.0), plated=True),)).min_annular_ring_mm == pytest.approx(0.3)


def test_an_unplated_hole_has_no_ring():
    pads = copper_layer(flashes(round_pad(3.0), (5, 5)))

    assert board(pads, drills=(drilled((5, 5, 2.9), plated=False),)).min_annular_ring_mm is None


def test_a_hole_without_a_pad_has_no_ring():
    pads = copper_layer(flashes(round_pad(1), (50, 5)))

    assert board(pads, drills=(drilled((5, 5, 0.3), plated=True),)).min_annular_ring_mm is None


def test_the_larger_of_two_pads_on_one_spot_counts():
    pads = flashes(round_pad(0.6), (5, 5)), flashes(round_pad(1.0), (5, 5))
    both = Artwork(
        (round_pad(0.6), round_pad(1.0)),
        flashes=type(pads[0].flashes)(*(np.array(v) for v in ([5.0, 5.0], [5.0, 5.0], [0, 1], [0, 0]))),
    )

    assert board(copper_layer(both), drills=(drilled((5, 5, 0.3), plated=True),)).min_annular_ring_mm == 0.35


def test_holes_are_counted_with_their_sizes():
    found = board(drills=(drilled((1, 1, 0.3), (2, 2, 0.3), (3, 3, 1.0), plated=True),)).drills

    assert (found.hits, found.plated, found.sizes, found.smallest_mm) == (3, 3, 2, 0.3)


def test_the_same_hole_in_two_files_is_drilled_once():
    one = drilled((1, 1, 0.3), (2, 2, 0.3))

    assert board(drills=(one, one)).drills.hits == 2


def test_of_two_files_the_one_that_says_something_about_plating_is_believed():
    found = board(drills=(drilled((1, 1, 0.3)), drilled((1, 1, 0.3), plated=True))).drills

    assert (found.hits, found.plated) == (1, 1)


def test_one_hole_of_unknown_plating_makes_the_count_unknown():
    assert board(drills=(drilled((1, 1, 0.3), plated=True), drilled((2, 2, 0.3)))).drills.plated is None


def test_a_slot_is_one_hit():
    found = board(drills=(drilled((1, 1, 0.3), slots=[(0, 0, 3, 0, 1.0)]),)).drills

    assert (found.hits, found.slots) == (2, 1)


def test_a_slot_cut_forth_and_back_is_one_slot():
    assert board(drills=(drilled(slots=[(0, 0, 3, 0, 1.0), (3, 0, 0, 0, 1.0)]),)).drills.slots == 1


def test_an_unknown_size_is_no_size():
    found = board(drills=(drilled((1, 1, np.nan)),)).drills

    assert (found.hits, found.sizes, found.smallest_mm) == (1, 0, None)


def test_no_drill_file_is_unknown_and_an_empty_one_is_zero():
    assert board().drills is None
    assert board(drills=(DrillHits(),)).drills.hits == 0


def test_holes_far_outside_are_a_question():
    edge = outline_layer(frame(0, 0, 40, 30))

    assert "drill-outside-board" in codes(edge, drills=(drilled((889, 254, 20)),))


def test_paste_openings_are_counted_by_side():
    pads = Layer(FileRole.PASTE, flashes(square_pad(1), (1, 1), (2, 2)), "F_Paste.gbr", Side.TOP)
    free_form = Layer(FileRole.PASTE, region((0, 0), (1, 0), (0, 1)), "B_Paste.gbr", Side.BOTTOM)

    assert board(pads, free_form).paste.top == 2
    assert board(pads, free_form).paste.bottom == 1


def test_an_empty_paste_layer_is_zero_and_a_missing_one_unknown():
    empty = Layer(FileRole.PASTE, Artwork(), "B_Paste.gbr", Side.BOTTOM)

    assert (board(empty).paste.bottom, board(empty).paste.top) == (0, None)


def test_clearance_is_unknown_for_now():
    assert board(copper_layer(COPPER)).min_clearance_mm is None


def test_a_finding_of_a_layer_names_its_file():
    odd = Artwork(findings=(Finding(Severity.ASK, "gerber-arc", "", "has 3 odd arcs.", "Look at it."),))

    assert "L1.gbr" in {finding.where for finding in measure(stack(copper_layer(odd)))[1]}


@given(st.floats(3, 500), st.floats(3, 500), st.floats(-300, 300), st.floats(-300, 300))
def test_a_closed_rectangle_has_its_size_wherever_it_lies(width, height, x, y):
    measured = board(outline_layer(frame(x, y, x + width, y + height)))

    assert (measured.width_mm, measured.height_mm) == pytest.approx((width, height), abs=0.002)


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), min_size=1, max_size=40))
def test_hits_are_counted_as_the_file_lists_them_and_those_listed_again_are_said(points):
    hits = drilled(*((float(x), float(y), 0.3) for x, y in points))
    measured, findings = measure(Stack((), (hits,)))
    said = [finding.message.split()[0] for finding in findings if finding.code == "drill-twice"]

    assert measured.drills.hits == len(points)
    assert said == ([str(len(points) - len(set(points)))] if len(set(points)) < len(points) else [])


def test_a_knot_of_crossing_lines_is_measured_in_time():
    angle = np.linspace(0, 2 * np.pi, 4000, endpoint=False)
    knot = region(*np.column_stack((20 + 20 * np.cos(angle * 1999), 15 + 15 * np.sin(angle * 1999))).tolist())
    lines = strokes(*np.random.default_rng(1).uniform(0, 40, (4000, 4)).tolist())

    assert size(outline_layer(knot)) == pytest.approx((40, 30), abs=0.1)
    assert board(outline_layer(lines), copper_layer(COPPER)).width_mm is not None
