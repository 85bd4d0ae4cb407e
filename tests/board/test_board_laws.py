"""Laws of a whole board: moved, turned, mirrored or scaled, it is the same board."""

import numpy as np
import pytest
from boards import EDGE, between, mask, pad, together, track, zone
from hypothesis import given, settings
from hypothesis import strategies as st
from moved import MIRRORED, SAME, judged, moved, turned
from stacks import copper_layer, drilled, flashes, stack

from portal.board.design import Side
from portal.board.shapes import Aperture, obround, rectangle
from portal.board.spots import Feature
from portal.board.stack import Stack

FEW = settings(max_examples=10)
STEP = st.integers(4, 36).map(lambda half: half / 2)  # places half a millimetre apart, 2 mm from the edge
WIDTH = st.sampled_from([0.1, 0.15, 0.2, 0.25])
TRACKS = st.builds(track, STEP, STEP, STEP, STEP, WIDTH)
PADS = st.builds(pad, STEP, STEP, st.sampled_from([0.3, 0.4, 0.6, 0.8]))
LONG = Aperture("obround", (obround(1.4, 0.3),))
WIDE = Aperture("rectangle", (rectangle(0.9, 0.4),))
STAMPS = st.builds(lambda aperture, x, y: flashes(aperture, (x, y)), st.sampled_from([LONG, WIDE]), STEP, STEP)
SIDES = st.tuples(STEP, STEP).filter(lambda pair: pair[0] < pair[1])
ZONES = st.builds(lambda x, y: zone(x[0], y[0], x[1], y[1]), SIDES, SIDES)
COPPER = st.lists(st.one_of(TRACKS, PADS, STAMPS), min_size=2, max_size=10).map(lambda parts: together(*parts))
HOLES = st.lists(st.tuples(STEP, STEP, st.sampled_from([0.2, 0.25, 0.5])), min_size=1, max_size=5, unique=True)
FIGURES = (Feature.CLEARANCE, Feature.EDGE, Feature.RING, Feature.HOLE_TO_COPPER, Feature.HOLE_TO_HOLE)


@st.composite
def boards(draw) -> Stack:
    """Two layers of copper, a mask, and holes that are plated or not."""
    top, bottom, holes = draw(COPPER), draw(COPPER), draw(HOLES)
    layers = copper_layer(top, 1), copper_layer(bottom, 2), mask(top)
    return stack(EDGE, *layers, drills=(drilled(*holes, plated=draw(st.booleans())),))


def figures(board: Stack) -> dict[str, float | None]:
    found = judged(board)
    return {feature: found.measured[feature].smallest for feature in FIGURES} | {
        "track": found.min_track_mm,
        "web": found.min_mask_web_mm,
    }


def same(one, other, scale=1.0) -> bool:
    """Unknown stays unknown; what is known agrees within 2 µm and the rounding of the figures."""
    unknown = {name for name, value in one.items() if value is None}
    known = [(value * scale, other[name]) for name, value in one.items() if value is not None]
    return unknown == {name for name, value in other.items() if value is None} and all(
        there is not None and abs(here - there) <= 0.002 for here, there in known
    )


@FEW
@given(boards(), st.floats(-300, 300), st.floats(-300, 300))
def test_where_the_origin_lies_does_not_matter(board, x, y):
    assert same(figures(board), figures(moved(board, SAME, (x, y))))


@pytest.mark.parametrize("degrees", [90, 180, 270])
@settings(max_examples=6)
@given(boards())
def test_a_board_turned_by_right_angles_is_the_same(degrees, board):
    assert same(figures(board), figures(moved(board, turned(degrees))))


@FEW
@given(boards())
def test_a_board_seen_from_below_is_the_same(board):
    assert same(figures(board), figures(moved(board, MIRRORED)))


@FEW
@given(boards())
def test_a_board_turned_askew_is_the_same(board):
    assert same(figures(board), figures(moved(board, turned(17.3), (5, 5))))


@FEW
@given(boards())
def test_judging_twice_says_the_same(board):
    assert figures(board) == figures(board)


@FEW
@given(boards())
def test_the_order_of_the_layers_does_not_matter(board):
    assert figures(board) == figures(Stack(board.layers[::-1], board.drills))


@pytest.mark.parametrize("matrix", [turned(90), turned(180), MIRRORED, turned(45)], ids=["90", "180", "mirror", "45"])
@settings(max_examples=5)
@given(parts=st.lists(st.one_of(TRACKS, PADS, STAMPS, ZONES), min_size=1, max_size=6))
def test_the_area_of_copper_stays(matrix, parts):
    board = stack(EDGE, copper_layer(together(*parts)))
    [one], [other] = judged(board).copper_areas, judged(moved(board, matrix)).copper_areas

    assert other.area_mm2 == pytest.approx(one.area_mm2, rel=0.005, abs=0.05)


@pytest.mark.parametrize("scale", [0.5, 2, 5])
@settings(max_examples=5)
@given(parts=st.lists(st.one_of(TRACKS, PADS, ZONES), min_size=1, max_size=6))
def test_the_area_grows_with_the_square_of_the_scale(scale, parts):
    board = stack(EDGE, copper_layer(together(*parts)))
    [one], [other] = judged(board).copper_areas, judged(moved(board, scale * np.eye(2))).copper_areas

    assert other.area_mm2 == pytest.approx(one.area_mm2 * scale**2, rel=0.005, abs=0.05 * scale**2)
    assert other.share == pytest.approx(one.share, abs=0.002)


@pytest.mark.parametrize("scale", [0.5, 2])
@pytest.mark.parametrize("gap", [0.12, 0.2, 0.3])
def test_a_gap_grows_with_the_board(scale, gap):
    board = stack(EDGE, copper_layer(together(track(2, 10, 12, 10), track(2, 10.2 + gap, 12, 10.2 + gap))))

    assert judged(moved(board, scale * np.eye(2))).min_clearance_mm == pytest.approx(gap * scale, abs=0.001)


@pytest.mark.parametrize("scale", [0.5, 2, 3])
def test_rings_tracks_and_walls_grow_with_the_board(scale):
    copper = together(pad(5, 10, 0.8), track(5, 10, 12, 10, 0.2))
    board = stack(EDGE, copper_layer(copper), drills=(drilled((5, 10, 0.4), (5, 10.5, 0.4), plated=True),))
    found = judged(moved(board, scale * np.eye(2))).measured

    assert found[Feature.RING].smallest == pytest.approx(0.2 * scale)
    assert found[Feature.TRACK].smallest == pytest.approx(0.2 * scale)
    assert found[Feature.HOLE_TO_HOLE].smallest == pytest.approx(0.1 * scale, abs=1e-4)


@FEW
@given(COPPER)
def test_drawing_a_thing_twice_changes_nothing(copper):
    board, again = (stack(EDGE, copper_layer(artwork)) for artwork in (copper, together(copper, copper)))

    assert same(figures(board), figures(again))


@FEW
@given(COPPER)
def test_a_layer_more_never_makes_the_clearance_wider(copper):
    """Layers without holes between them say nothing of each other."""
    pair = copper_layer(together(track(3, 3, 9, 3), track(3, 3.35, 9, 3.35)), 2)
    both, alone = (judged(stack(EDGE, *layers)) for layers in ((copper_layer(copper), pair), (pair,)))

    assert both.min_clearance_mm <= alone.min_clearance_mm == 0.15


@FEW
@given(st.lists(st.floats(4, 16), min_size=1, max_size=5), st.floats(0.1, 0.3))
def test_more_copper_of_one_net_never_narrows_the_gap_to_another(places, width):
    """Spurs along and away from a track; its neighbour lies 0.15 mm on the other side."""
    pair = together(track(2, 10, 18, 10), track(2, 9.65, 18, 9.65))
    spurs = together(*(track(x, 10, x, 14, width) for x in places))
    found = judged(stack(EDGE, copper_layer(together(pair, spurs))))

    assert found.min_clearance_mm <= 0.15
    assert between(found)["track to track"] == pytest.approx(0.15 if width <= 0.2 else 0.25 - width / 2, abs=1e-4)


@FEW
@given(st.floats(0.11, 0.4), st.floats(0, 0.3))
def test_the_clearance_grows_as_two_nets_move_apart(gap, more):
    near, far = (
        judged(stack(EDGE, copper_layer(together(pad(5, 10, 1), pad(6 + apart, 10, 1))))) for apart in (gap, gap + more)
    )

    assert near.min_clearance_mm <= far.min_clearance_mm


@pytest.mark.parametrize("side", list(Side))
def test_the_mask_of_each_side_is_moved_with_its_pads(side):
    pads = flashes(WIDE, (9, 10), (9, 10.5))
    board = stack(EDGE, copper_layer(pads, 1), copper_layer(pads, 2), mask(pads, side))

    assert judged(moved(board, turned(45), (50, 50))).min_mask_web_mm == pytest.approx(0.1, abs=1e-4)
