"""The whole board as its maker judges it, and that its layers can be looked at elsewhere."""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import numpy as np
import pytest
from boards import EDGE, codes, legend, made, mask, pad, paste, together, track, zone
from stacks import copper_layer, drilled, outline_layer, stack, strokes

from portal.board.design import FileRole, OutlineKind, Side
from portal.board.fabrication import fabrication
from portal.board.outline import outline
from portal.board.spots import Feature
from portal.board.stack import Layer

VIAS = drilled((5, 10, 0.3), (15, 10, 0.3), plated=True)
TOP = together(pad(5, 10, 0.6), pad(15, 10, 0.6), track(5, 10, 8, 10), track(8.3, 10, 12, 10))
BOTTOM = together(pad(5, 10, 0.6), zone(2, 2, 18, 8))
MASKS = (mask(together(pad(5, 10, 0.8), pad(15, 10, 0.8))), mask(pad(5, 10, 0.8), Side.BOTTOM))


def test_all_figures_of_a_small_board():
    board = made(TOP, BOTTOM, *MASKS, drills=[VIAS])

    assert (board.min_clearance_mm, board.min_track_mm, board.searched_mm) == (0.1, 0.2, None)
    assert board.measured[Feature.RING].smallest == 0.15
    assert board.measured[Feature.ASPECT].value.max() == pytest.approx(1.6 / 0.3)
    assert board.tented == {Side.TOP: 0, Side.BOTTOM: 1}
    assert board.copper_areas[1].share == pytest.approx(96 / 400, rel=0.01)


def test_a_board_of_nothing():
    board = fabrication(stack(), None)

    assert (board.min_clearance_mm, board.copper_areas, board.over_edge) == (None, (), None)


def test_an_outline_alone():
    board = made()

    assert (board.copper_areas, board.findings, board.searched_mm) == ((), (), None)


def test_without_a_certain_edge_nothing_is_measured_to_it():
    copper = copper_layer(track(0.1, 2, 0.1, 18))
    open_edge = outline_layer(strokes((0, 0, 20, 0), (0, 0, 0, 20)))
    board = stack(copper, open_edge)
    edge = outline(board)

    found = fabrication(board, edge)
    assert edge.kind is not OutlineKind.CLOSED
    assert (found.over_edge, found.half_holes, len(found.measured[Feature.EDGE])) == (None, None, 0)
    assert found.copper_areas[0].share is None


def test_a_cut_out_is_an_edge_too():
    from stacks import frame

    cut = outline_layer(frame(8, 8, 12, 12))
    board = stack(EDGE, cut, copper_layer(track(7.7, 2, 7.7, 18)))

    assert fabrication(board, outline(board)).measured[Feature.EDGE].smallest == 0.2


def test_other_processes_say_the_same():
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        apart = made(TOP, BOTTOM, *MASKS, drills=[VIAS], run=pool.map)

    alone = made(TOP, BOTTOM, *MASKS, drills=[VIAS])
    assert (apart.min_clearance_mm, apart.tented) == (alone.min_clearance_mm, alone.tented)
    assert apart.copper_areas == alone.copper_areas


def test_layers_without_numbers_or_sides_are_measured():
    lone = Layer(FileRole.COPPER, TOP, "copper.gbr")

    assert made(lone).min_clearance_mm == 0.1


def test_both_sides_are_checked_each_by_its_own_layers():
    bottom_legend = legend(track(5, 8, 5, 12, 0.15), Side.BOTTOM)
    board = made(TOP, BOTTOM, *MASKS, bottom_legend, drills=[VIAS])

    assert [finding.where for finding in board.findings] == ["legend-bottom.gbr"]


def test_a_side_without_mask_has_no_mask_findings():
    assert codes(made(TOP, paste(pad(8, 10, 0.2)))) == []


def test_findings_are_few_however_many_places_there_are():
    pairs = together(*(pad(x + dx, y, 0.5) for x in range(2, 18, 2) for y in range(2, 18, 2) for dx in (0, 0.51)))

    [finding] = made(pairs).findings
    assert finding.message.startswith("In 64 places")


@pytest.mark.parametrize("turn", [0, 30, 45, 90])
def test_a_turned_board_has_the_same_clearance(turn):
    """Two tracks 0.1 mm apart, at any angle."""
    angle = np.radians(turn)
    matrix = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    ends = np.array([[-4.0, 0], [4, 0], [-4, 0.3], [4, 0.3]]) @ matrix.T + 10

    assert made(strokes(*ends.reshape(2, 4).tolist())).min_clearance_mm == 0.1
