"""Holes against holes, the edge, the copper and the board's thickness: each wall and ratio as it was drawn."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
import shapely
from boards import EDGE, made, pad, together, track
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from moved import judged
from stacks import copper_layer, drilled, flashes, frame, outline_layer, round_pad, square_pad, stack

from portal.board.drilling import aspect_ratios, bored, drill_sizes, hole_to_edge, hole_to_hole
from portal.board.shapes import Aperture, obround, rectangle
from portal.board.spots import Feature

FEW = settings(max_examples=20)
AT = st.floats(2, 18).map(lambda value: round(value, 3))
DRILL = st.sampled_from([0.2, 0.3, 0.5, 0.8, 1.0])
HOLES = st.lists(st.tuples(AT, AT, DRILL), min_size=1, max_size=8, unique=True)
MIDDLE = pad(10, 10, 3)


def of_layers(first, last, *holes):
    return replace(drilled(*holes, plated=True), span=(first, last))


def walls(*files, layers=2):
    return hole_to_hole(bored(files, layers=layers))


@FEW
@given(HOLES)
def test_each_wall_between_two_round_holes(holes):
    gaps = [np.hypot(a[0] - b[0], a[1] - b[1]) - (a[2] + b[2]) / 2 for a, b in combinations(holes, 2)]
    assume(min(gaps, default=1) > 0.002)  # holes that meet are another claim
    truth = sorted(gap for gap in gaps if gap <= 0.5)

    assert walls(drilled(*holes)).value.tolist() == pytest.approx(truth, abs=1e-9)


@FEW
@given(st.tuples(AT, AT, AT, AT), st.tuples(AT, AT, AT, AT), st.sampled_from([0.5, 0.8, 1.2]))
def test_the_wall_between_two_slots(one, other, width):
    lines = [shapely.LineString([row[:2], row[2:]]) for row in (one, other)]
    truth = lines[0].distance(lines[1]) - width
    found = walls(drilled(slots=[(*one, width), (*other, width)])).value

    assert np.unique(found.round(9)).tolist() == (pytest.approx([truth], abs=1e-9) if 0.002 < truth <= 0.5 else [])


@pytest.mark.parametrize("plating", [(True, True), (True, False), (False, False), (None, None)])
def test_walls_stand_between_holes_of_all_kinds(plating):
    files = [drilled((5 + 0.7 * n, 5, 0.5), plated=plated) for n, plated in enumerate(plating)]

    assert walls(*files).smallest == 0.2


SPANS = [(1, 2), (1, 4), (2, 3), (3, 4)]


@pytest.mark.parametrize("one", SPANS)
@pytest.mark.parametrize("other", SPANS)
def test_a_wall_stands_where_two_holes_share_a_layer(one, other):
    files = of_layers(*one, (5, 5, 0.2)), of_layers(*other, (5.3, 5, 0.2))

    assert len(walls(*files, layers=4)) == (one[0] <= other[1] and other[0] <= one[1])


def test_a_microvia_in_the_pad_of_a_through_hole_is_measured_from_it():
    """A hole whose file says no layers goes through all of them."""
    assert walls(of_layers(1, 2, (5, 5, 0.1)), drilled((5.25, 5, 0.2), plated=True), layers=4).smallest == 0.1


@pytest.mark.parametrize("count", [2, 5, 12])
def test_a_slot_drilled_as_a_row_of_holes_has_no_walls(count):
    assert len(walls(drilled(*((5 + 0.4 * n, 5, 0.6) for n in range(count))))) == 0


@pytest.mark.parametrize("count", [2, 5, 12])
def test_mouse_bites_have_a_wall_between_each_two(count):
    assert walls(drilled(*((5 + 0.75 * n, 5, 0.5) for n in range(count)))).value.tolist() == pytest.approx(
        [0.25] * (count - 1)
    )


@pytest.mark.parametrize("again", [0.0, 0.001, 0.004])
def test_the_same_hole_in_two_files_is_no_pair(again):
    pth, vias = drilled((5, 5, 0.3), plated=True), drilled((5 + again, 5, 0.3), plated=True)

    assert len(walls(pth, vias)) == 0


@FEW
@given(HOLES, st.sampled_from([0.8, 1.6, 2.4]))
def test_the_ratio_is_depth_by_diameter(holes, thickness_mm):
    found = aspect_ratios(bored((drilled(*holes, plated=True),)), thickness_mm)

    assert found.value.tolist() == pytest.approx(sorted(thickness_mm / diameter for _, _, diameter in holes))


@pytest.mark.parametrize(("plated", "count"), [(True, 1), (None, 1), (False, 0)])
def test_only_what_may_be_plated_has_a_ratio(plated, count):
    assert len(aspect_ratios(bored((drilled((5, 5, 0.3), plated=plated),)), 1.6)) == count


@pytest.mark.parametrize(("span", "layers", "count"), [((1, 4), 4, 1), ((1, 2), 4, 0), ((2, 3), 4, 0), ((1, 2), 2, 1)])
def test_only_holes_through_all_layers_are_as_deep_as_the_board(span, layers, count):
    assert len(aspect_ratios(bored((of_layers(*span, (5, 5, 0.2)),)), 1.6, layers=layers)) == count


def test_a_plated_slot_is_as_deep_as_its_width():
    slot = drilled(plated=True, slots=[(5, 5, 8, 5, 0.8)])

    assert aspect_ratios(bored((slot,)), 1.6).value.tolist() == [2]


@FEW
@given(HOLES)
def test_each_hole_has_its_size_and_its_place(holes):
    found = drill_sizes(bored((drilled(*holes),)))

    assert found.value.tolist() == pytest.approx(sorted(diameter for _, _, diameter in holes))
    assert (found.box[:, 2] - found.box[:, 0]).tolist() == pytest.approx(found.value.tolist())


SIDES = {"left": (1, 0), "right": (-1, 0), "lower": (0, 1), "upper": (0, -1)}


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("wall", [0.05, 0.2, 0.45])
def test_the_wall_to_each_edge(side, wall):
    dx, dy = SIDES[side]
    x, y = 10 - dx * (9.5 - wall), 10 - dy * (9.5 - wall)

    board = made(MIDDLE, drills=[drilled((x, y, 1.0), plated=True)])
    assert board.measured[Feature.HOLE_TO_EDGE].smallest == pytest.approx(wall)


def test_a_hole_beside_a_cut_out_has_a_wall_to_it():
    layers = EDGE, outline_layer(frame(5, 5, 9, 9)), copper_layer(MIDDLE)
    board = stack(*layers, drills=(drilled((9.7, 7, 1.0), plated=True),))

    assert judged(board).measured[Feature.HOLE_TO_EDGE].smallest == pytest.approx(0.2)


@pytest.mark.parametrize("count", [1, 4, 9])
@pytest.mark.parametrize("offset", [-0.2, 0.0, 0.2])
def test_half_holes_along_an_edge_are_counted_and_have_no_wall(count, offset):
    """Cut through their middle, or a little beside it."""
    holes = drilled(*((offset, 2 + 2 * n, 0.8) for n in range(count)), plated=True)
    board = made(MIDDLE, drills=[holes])

    assert (board.half_holes, board.measured[Feature.HOLE_TO_EDGE].smallest) == (count, None)


def test_a_slot_that_the_edge_cuts_is_a_half_hole():
    assert made(MIDDLE, drills=[drilled(plated=True, slots=[(-1, 5, 1, 5, 0.8)])]).half_holes == 1


def test_holes_are_not_measured_to_an_edge_that_is_not_certain():
    board = stack(copper_layer(MIDDLE), drills=(drilled((9, 10, 0.5), plated=True),))

    found = judged(board)
    assert (found.half_holes, len(found.measured[Feature.HOLE_TO_EDGE])) == (None, 0)


@pytest.mark.parametrize("gap", [0.05, 0.1, 0.2, 0.29])
@pytest.mark.parametrize("diameter", [0.6, 1.0, 3.2])
def test_a_track_beside_a_bare_hole(gap, diameter):
    hole = drilled((10, 10, diameter), plated=False)
    beside = track(10 + diameter / 2 + gap + 0.1, 5, 10 + diameter / 2 + gap + 0.1, 15)

    assert made(beside, drills=[hole]).measured[Feature.HOLE_TO_COPPER].smallest == pytest.approx(gap)


@pytest.mark.parametrize("gap", [0.05, 0.15])
def test_a_track_beside_a_bare_slot(gap):
    slot = drilled(plated=False, slots=[(8, 10, 12, 10, 1.0)])

    found = made(track(8, 10.6 + gap, 12, 10.6 + gap), drills=[slot]).measured
    assert found[Feature.HOLE_TO_COPPER].smallest == pytest.approx(gap)


@FEW
@given(st.floats(0.06, 0.25), st.floats(0.2, 0.6))
def test_a_vias_own_copper_is_never_near_its_hole(ring, diameter):
    via = together(pad(5, 10, diameter + 2 * ring), track(5, 10, 12, 10))
    board = made(via, via, drills=[drilled((5, 10, diameter), plated=True)])

    assert board.measured[Feature.HOLE_TO_COPPER].smallest is None


PADS = {
    "round": (round_pad(1.0), 0.2),
    "square": (square_pad(1.0), 0.2),
    "oblong": (Aperture("obround", (obround(2.0, 1.0),)), 0.2),
    "narrow": (Aperture("rectangle", (rectangle(2.0, 0.9),)), 0.15),
}


@pytest.mark.parametrize("what", PADS)
def test_the_ring_is_the_pads_narrowest_side(what):
    aperture, ring = PADS[what]
    board = made(flashes(aperture, (5, 10)), drills=[drilled((5, 10, 0.6), plated=True)])

    assert board.measured[Feature.RING].smallest == pytest.approx(ring)


@FEW
@given(st.lists(st.tuples(st.floats(0.02, 0.5), DRILL), min_size=1, max_size=6))
def test_each_hole_has_its_ring_and_the_thinnest_counts(rings):
    holes = [(2 + 2.5 * n, 10, diameter) for n, (_, diameter) in enumerate(rings)]
    pads = together(*(pad(x, y, d + 2 * ring) for (x, y, d), (ring, _) in zip(holes, rings, strict=True)))
    found = made(pads, drills=[drilled(*holes, plated=True)]).measured[Feature.RING]

    assert found.value.tolist() == pytest.approx(sorted(ring for ring, _ in rings), abs=1e-6)


def test_each_layer_has_its_own_ring():
    board = made(pad(5, 10, 1.0), pad(5, 10, 0.8), pad(5, 10, 0.9), drills=[drilled((5, 10, 0.5), plated=True)])

    rings = board.measured[Feature.RING]
    assert (rings.value.round(3).tolist(), rings.file_of_worst()) == ([0.15, 0.2, 0.25], "L2.gbr")


def test_the_largest_of_several_pads_on_one_spot_is_the_ring():
    both = together(pad(5, 10, 0.7), pad(5, 10, 1.0))

    assert made(both, drills=[drilled((5, 10, 0.5), plated=True)]).measured[Feature.RING].smallest == 0.25


def test_a_bare_hole_has_no_ring_to_keep():
    holes = [drilled((5, 10, 0.5), plated=False), drilled((8, 10, 0.5), plated=True)]
    pads = together(pad(5, 10, 0.55), pad(8, 10, 0.9))

    assert made(pads, drills=holes).measured[Feature.RING].value.tolist() == pytest.approx([0.2])


def test_edges_have_no_holes_where_there_are_none():
    found, cut = hole_to_edge(bored(()), bored((drilled((5, 5, 1)),)).things)

    assert (len(found), len(cut)) == (0, 0)
