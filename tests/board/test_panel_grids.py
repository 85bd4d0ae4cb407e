"""Made panels of every grid are found with their boards counted; rows of equal channels on one board are not."""

from itertools import pairwise

import numpy as np
import pytest
from boards import together
from edges import boards, curves, grid, halves, straight
from hypothesis import given, settings
from hypothesis import strategies as st
from moved import MIRRORED, moved, turned
from stacks import copper_layer, drilled, flashes, outline_layer, ring, round_pad, square_pad, stack, strokes

from portal.board.design import FileRole, Severity
from portal.board.measure import measure
from portal.board.outline import outline
from portal.board.panel import panel, panel_finding
from portal.board.stack import Layer, Stack

RNG = np.random.default_rng(11)
SIZE = (24.0, 16.0)
PADS = [tuple(map(float, spot)) for spot in (RNG.uniform(2, 14, (24, 2)) * (1.6, 1)).round(2)]
INK = [tuple(map(float, spot)) for spot in (RNG.uniform(1, 14, (50, 2)) * (1.6, 1)).round(2)]
GRIDS = [(1, 2), (2, 1), (2, 2), (3, 1), (3, 3), (4, 2), (5, 1), (5, 4)]
CHANNEL_MM = 12.0


def copper(at, pads=PADS):
    spots = [(x + dx, y + dy) for dx, dy in at for x, y in pads]
    tracks = [(a + dx, b + dy, c + dx, d + dy) for dx, dy in at for (a, b), (c, d) in pairwise(pads)]
    return copper_layer(together(flashes(round_pad(0.8), *spots), strokes(*tracks)))


def ink(at, *, counted=False):
    words = [(x + dx + 0.25 * n * counted, y + dy) for n, (dx, dy) in enumerate(at) for x, y in INK]
    return Layer(FileRole.LEGEND, strokes(*((x, y, x + 0.4, y) for x, y in words)), "amp.gto")


def around(at, rail=5.0):
    """A frame with rails on all sides."""
    last_x, last_y = max(x for x, _ in at) + SIZE[0], max(y for _, y in at) + SIZE[1]
    return ring(-rail, -rail, last_x + rail, last_y + rail)


def railed(columns, rows, gap=2.0):
    at = grid(columns, rows, size=SIZE, gap=gap)
    edge = outline_layer(together(boards(at, SIZE), strokes(*around(at))))
    return stack(copper(at), ink(at), edge)


def bare(columns, rows, gap=2.0):
    at = grid(columns, rows, size=SIZE, gap=gap)
    return stack(copper(at), ink(at), outline_layer(boards(at, SIZE)))


def found(board):
    edge = outline(board)
    return panel(board, edge.box if edge else None)


@pytest.mark.parametrize(("columns", "rows"), GRIDS)
@pytest.mark.parametrize(("make", "has_rails"), [(railed, True), (bare, False)])
def test_every_grid_is_counted_with_rails_and_without(columns, rows, make, has_rails):
    several = found(make(columns, rows))

    assert (several.columns, several.rows, several.boards) == (columns, rows, columns * rows)
    assert (several.board_width_mm, several.board_height_mm, several.has_rails) == (*SIZE, has_rails)


@pytest.mark.parametrize(("columns", "rows"), GRIDS)
def test_the_pitch_is_the_board_and_the_gap(columns, rows):
    several = found(railed(columns, rows, gap=2.5))

    assert several.pitch_x_mm == (26.5 if columns > 1 else None)
    assert several.pitch_y_mm == (18.5 if rows > 1 else None)


@pytest.mark.parametrize(("columns", "rows"), GRIDS)
def test_a_panel_is_as_large_as_all_of_it(columns, rows):
    board, _ = measure(railed(columns, rows))

    assert (board.width_mm, board.height_mm) == (26 * columns - 2 + 10, 18 * rows - 2 + 10)
    assert board.panel.boards == columns * rows


@pytest.mark.parametrize(("columns", "rows"), GRIDS)
def test_the_question_names_the_boards_and_their_grid(columns, rows):
    finding = panel_finding(found(railed(columns, rows)))

    assert f"{columns * rows} boards of 24 × 16 mm ({columns} × {rows}, with rails)" in finding.message
    assert (finding.severity, finding.remedy[-1]) == (Severity.ASK, ".")


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_turned_panel_has_as_many_boards(degrees):
    several = found(moved(railed(3, 2), turned(degrees)))

    assert (several.boards, {several.columns, several.rows}) == (6, {2, 3})


def test_a_mirrored_panel_has_as_many_boards():
    assert found(moved(railed(3, 2), MIRRORED)).boards == 6


@settings(max_examples=15)
@given(x=st.floats(-200, 200), y=st.floats(-200, 200), grid_of=st.sampled_from(GRIDS))
def test_where_the_panel_lies_does_not_matter(x, y, grid_of):
    assert found(moved(railed(*grid_of), by=(x, y))).boards == grid_of[0] * grid_of[1]


@settings(max_examples=15)
@given(gap=st.floats(0.3, 10), grid_of=st.sampled_from(GRIDS))
def test_however_far_apart_the_boards_are_all_are_counted(gap, grid_of):
    assert found(bare(*grid_of, gap=gap)).boards == grid_of[0] * grid_of[1]


def test_boards_head_to_head_are_one_panel():
    """Every second one is turned by half a turn, as for depanelling of connectors that overhang."""
    one, other = (0.0, 0.0), (26.0, 0.0)
    back = [(SIZE[0] - x, SIZE[1] - y) for x, y in PADS]
    both = together(copper([one]).artwork, copper([other], pads=back).artwork)

    assert found(stack(copper_layer(both), outline_layer(boards([one, other], SIZE)))).boards == 2


def test_round_boards_are_a_panel_too():
    centres = [(12.0 + 26 * n, 12.0) for n in range(4)]
    spots = [(x + 6 * np.cos(a), y + 6 * np.sin(a)) for x, y in centres for a in np.linspace(0, 6, 12)]
    edge = curves(*(row for x, y in centres for row in halves(x, y, 12)), *straight(*ring(-5, -5, 107, 29)))

    assert found(stack(copper_layer(flashes(round_pad(1), *spots)), outline_layer(edge))).boards == 4


@pytest.mark.parametrize("columns", [2, 3, 5])
def test_score_lines_are_counted_once_though_drawn_twice(columns):
    at = grid(columns, 1, size=SIZE, gap=0)
    scores = [(24.0 * n, -5, 24.0 * n, 21) for n in range(1, columns)]
    edge = together(strokes(*around(at)), strokes(*scores), strokes(*scores))

    assert found(stack(copper(at), ink(at), outline_layer(edge))).v_scores == columns - 1


def test_bites_tooling_and_fiducials_are_told_apart():
    at = grid(2, 1, size=SIZE, gap=2)
    marks = copper_layer(flashes(round_pad(1), (-3, -3), (53, -3), (53, 19)), 2)
    bites = [(24.3, 4.0 + n, 0.5) for n in range(5)]
    drills = drilled(*bites, (-3, 19, 3.2), (25, -3, 3.2))
    edge = outline_layer(together(boards(at, SIZE), strokes(*around(at))))
    several = found(Stack((copper(at), marks, edge), (drills,)))

    assert (several.mouse_bites, several.tooling_holes, several.fiducials) == (5, 2, 3)


class TestOneBoardWithEqualChannels:
    """An amplifier, a relay card, an LED bar: the same circuit again and again, and still one board."""

    AT = tuple((CHANNEL_MM * n, 0.0) for n in range(8))
    CHANNEL = tuple((x / 2.4, y) for x, y in PADS)
    EDGE = outline_layer(strokes(*ring(0, 0, CHANNEL_MM * 8, 16)))

    def read(self, *more):
        return found(stack(copper(self.AT, self.CHANNEL), self.EDGE, *more))

    def test_eight_channels_without_a_legend_are_no_panel(self):
        assert self.read() is None

    def test_eight_channels_whose_designators_count_on_are_no_panel(self):
        assert self.read(ink(self.AT, counted=True)) is None

    def test_a_supply_along_all_channels_makes_them_one_board(self):
        bus = copper_layer(strokes((1, 1, CHANNEL_MM * 8 - 1, 1), pen=round_pad(1.5)), 2)

        assert self.read(ink(self.AT), bus) is None

    def test_a_connector_at_one_end_makes_them_one_board(self):
        plug = copper_layer(flashes(square_pad(1.7), *((1.5 + 2.54 * n, 15.0) for n in range(20))), 2)

        assert self.read(ink(self.AT, counted=True), plug) is None

    def test_a_window_in_each_channel_is_no_board(self):
        windows = strokes(*(line for x, _ in self.AT for line in ring(x + 3, 6, x + 9, 10)))
        edge = outline_layer(together(self.EDGE.artwork, windows))

        assert found(stack(copper(self.AT, self.CHANNEL), edge)) is None

    def test_nobody_is_asked_about_a_panel(self):
        _, findings = measure(stack(copper(self.AT, self.CHANNEL), self.EDGE, ink(self.AT, counted=True)))

        assert [finding for finding in findings if finding.code == "panel-of-boards"] == []


@pytest.mark.parametrize("pitch_mm", [2.54, 5.08, 10.0])
def test_a_prototyping_board_of_equal_pads_is_no_panel(pitch_mm):
    spots = [(1.5 + pitch_mm * x, 1.5 + pitch_mm * y) for x in range(12) for y in range(8)]
    edge = strokes(*ring(0, 0, 3 + pitch_mm * 11, 3 + pitch_mm * 7))

    assert found(stack(copper_layer(flashes(round_pad(1.6), *spots)), outline_layer(edge))) is None


@settings(max_examples=20)
@given(st.lists(st.tuples(st.floats(1, 39), st.floats(1, 29)), min_size=6, max_size=60, unique=True))
def test_a_single_board_with_any_pads_is_never_a_panel(pads):
    board = stack(copper_layer(flashes(round_pad(0.8), *pads)), outline_layer(strokes(*ring(0, 0, 40, 30))))

    assert found(board) is None
