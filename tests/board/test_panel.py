"""A panel is told from its artwork: equal contours with copper in each, or all repeated with free lines between."""

from dataclasses import replace
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stacks import copper_layer, drilled, flashes, frame, outline_layer, ring, round_pad, stack, strokes

from portal.board.artwork import Artwork
from portal.board.design import FileRole
from portal.board.measure import measure
from portal.board.outline import outline
from portal.board.panel import panel
from portal.board.stack import Layer, Stack

RNG = np.random.default_rng(7)
PADS = RNG.uniform(2, 18, (30, 2)).round(2)
INK = RNG.uniform(1, 17, (60, 2)).round(2)


def joined(one: Artwork, other: Artwork) -> Artwork:
    """Flashes of the one, strokes of the other."""
    apertures = (*one.apertures, *other.apertures)
    draws = replace(other.draws, aperture=other.draws.aperture + len(one.apertures))
    return Artwork(apertures, flashes=one.flashes, draws=draws)


def places(columns, rows, pitch):
    return [(x * pitch, y * pitch) for x, y in product(range(columns), range(rows))]


def copper(at, pads=PADS):
    points = [(x + dx, y + dy) for dx, dy in at for x, y in pads]
    tracks = [(x0 + dx, y0 + dy, x1 + dx, y1 + dy) for dx, dy in at for (x0, y0), (x1, y1) in pairwise(pads)]
    return copper_layer(joined(flashes(round_pad(1.0), *map(tuple, points)), strokes(*tracks)))


def legend(at, numbered=False):
    moved = [(x + dx + (k * 0.3 if numbered else 0), y + dy) for k, (dx, dy) in enumerate(at) for x, y in INK]
    return Layer(FileRole.LEGEND, strokes(*((x, y, x + 0.5, y) for x, y in moved)), "silk.gto")


def edges(at, size=20, outer=None):
    lines = [line for x, y in at for line in ring(x, y, x + size, y + size)]
    return outline_layer(strokes(*lines, *(ring(*outer) if outer else ())))


def found(*layers, drills=()):
    made = Stack(layers, tuple(drills))
    edge = outline(made)
    return panel(made, edge.box if edge else None)


AT = places(3, 2, 22)
OUTER = (-5, -5, 69, 47)


def test_equal_contours_with_copper_in_each_are_a_panel():
    of_six = found(copper(AT), edges(AT, outer=OUTER))

    assert (of_six.boards, of_six.columns, of_six.rows) == (6, 3, 2)
    assert (of_six.board_width_mm, of_six.board_height_mm, of_six.pitch_x_mm) == (20, 20, 22)
    assert of_six.has_rails


def test_boards_without_rails_are_a_panel_too():
    side_by_side = found(copper(AT), edges(AT))

    assert (side_by_side.boards, side_by_side.has_rails) == (6, False)


def test_a_place_that_is_not_taken_is_not_counted():
    assert found(copper(AT[:5]), edges(AT[:5], outer=OUTER)).boards == 5


def test_equal_openings_without_copper_are_no_boards():
    openings = [(5, 22), (10, 22), (15, 22)]

    assert found(copper([(0, 0)]), edges(openings, size=3, outer=(0, 0, 20, 30))) is None


def test_two_different_boards_are_no_panel():
    sizes = strokes(*ring(0, 0, 20, 20), *ring(25, 0, 55, 20))

    assert found(copper([(0, 0), (25, 0)]), outline_layer(sizes)) is None


def test_one_board_in_a_frame_is_no_panel():
    assert found(copper([(0, 0)]), edges([(0, 0)], outer=(-8, -8, 28, 28))) is None


@pytest.mark.parametrize(("columns", "rows"), [(2, 1), (1, 3), (4, 1), (3, 2)])
def test_copper_and_legend_that_repeat_with_free_lines_are_a_panel(columns, rows):
    at = places(columns, rows, 20)
    whole = outline_layer(frame(0, 0, 20 * columns, 20 * rows))
    repeated = found(copper(at), legend(at), whole)

    assert (repeated.columns, repeated.rows) == (columns, rows)
    assert {repeated.pitch_x_mm, repeated.pitch_y_mm} <= {20, None}


def test_the_score_lines_between_are_counted():
    at = places(3, 1, 20)
    scored = outline_layer(strokes(*ring(0, 0, 60, 20), (20, 0, 20, 20), (40, 0, 40, 20)))

    assert found(copper(at), legend(at), scored).v_scores == 2


def test_channels_that_count_their_designators_on_are_one_board():
    at = places(4, 1, 20)

    assert found(copper(at), legend(at, numbered=True), outline_layer(frame(0, 0, 80, 20))) is None


def test_channels_with_a_track_across_are_one_board():
    at = places(4, 1, 20)
    bus = copper_layer(strokes((1, 10, 79, 10)), 2)

    assert found(copper(at), bus, legend(at), outline_layer(frame(0, 0, 80, 20))) is None


def test_channels_whose_holes_differ_are_one_board():
    at = places(2, 1, 20)
    holes = drilled(*((float(x), 3.0, 3.0) for x in (3, 7, 12, 31, 36)))

    assert found(copper(at), legend(at), outline_layer(frame(0, 0, 40, 20)), drills=[holes]) is None


def test_a_repeat_without_a_legend_is_not_sure():
    at = places(4, 1, 20)

    assert found(copper(at), outline_layer(frame(0, 0, 80, 20))) is None


def test_what_stands_on_the_rails_is_counted():
    bites = [(21.0, y, 0.5) for y in (9.0, 10.0, 11.0)]
    corners = [(-3.0, -3.0, 3.0), (67.0, 45.0, 3.0)]
    marks = copper_layer(flashes(round_pad(1.0), (-3, 20), (-3, 40), (66, -3)), 2)
    of_six = found(copper(AT), marks, edges(AT, outer=OUTER), drills=[drilled(*bites, *corners)])

    assert (of_six.tooling_holes, of_six.fiducials) == (2, 3)


def test_holes_at_the_edge_of_a_board_are_mouse_bites():
    bites = [(20.3, y, 0.5) for y in (9.0, 10.0, 11.0)]

    assert found(copper(AT), edges(AT, outer=OUTER), drills=[drilled(*bites)]).mouse_bites == 3


def test_a_panel_is_said_once_and_replaces_the_question_of_several_boards():
    board, findings = measure(stack(copper(AT), edges(AT)))
    codes = [finding.code for finding in findings]

    assert board.panel.boards == 6
    assert (codes.count("panel-of-boards"), codes.count("outline-several")) == (1, 0)


def test_without_an_outline_and_copper_nothing_is_a_panel():
    assert panel(Stack(()), None) is None


@given(columns=st.integers(1, 5), rows=st.integers(1, 4), gap=st.floats(0.5, 8))
def test_every_board_of_a_panel_is_found_whatever_the_grid(columns, rows, gap):
    at = places(columns, rows, 20 + gap)
    several = found(copper(at), edges(at))

    assert (several.boards if several else 1) == columns * rows
