"""The smallest gap between two nets: each kind of neighbours, and all that is no gap."""

import numpy as np
import pytest
from boards import at_level, between, codes, made, pad, together, track, with_nets, zone
from stacks import drilled, flashes, square_pad

from portal.board.artwork import Artwork
from portal.board.capsules import Kind
from portal.board.clearance import Around, gaps_of_layer
from portal.board.clearance_nets import gaps_between_nets
from portal.board.nets import NamedPoints
from portal.board.shapes import Aperture, obround
from portal.board.spots import Feature

VIA = drilled((5, 10, 0.3), plated=True)

NEIGHBOURS = {
    "track to track": (track(2, 10, 12, 10), track(2, 10.3, 12, 10.3), 0.1),
    "pad to pad": (pad(5, 10), pad(6.12, 10), 0.12),
    "track to pad": (pad(5, 10), track(5.72, 5, 5.72, 15), 0.12),
    "area to track": (zone(2, 2, 8, 8), track(2, 8.25, 8, 8.25), 0.15),
    "area to pad": (zone(2, 2, 8, 8), pad(5, 8.6), 0.1),
    "area to area": (zone(2, 2, 8, 8), zone(8.2, 2, 12, 8), 0.2),
}


@pytest.mark.parametrize("kind", NEIGHBOURS)
def test_each_kind_of_neighbours_is_measured_and_named(kind):
    one, other, gap = NEIGHBOURS[kind]

    assert between(made(together(one, other))) == {kind: pytest.approx(gap, abs=1e-6)}


@pytest.mark.parametrize(("one", "other", "gap"), NEIGHBOURS.values())
def test_the_order_of_drawing_does_not_matter(one, other, gap):
    assert made(together(other, one)).min_clearance_mm == made(together(one, other)).min_clearance_mm == round(gap, 4)


def test_both_points_of_the_gap_are_shown():
    [found] = made(together(pad(5, 10), pad(6.12, 10))).measured[Feature.CLEARANCE].box.tolist()

    assert found == pytest.approx([5.5, 10, 5.62, 10])


def test_the_smallest_of_all_layers_counts():
    wide = together(track(2, 10, 12, 10), track(2, 10.5, 12, 10.5))
    narrow = together(track(2, 10, 12, 10), track(2, 10.31, 12, 10.31))

    assert made(wide, narrow).min_clearance_mm == 0.11


def test_a_square_pad_is_measured_from_its_corner():
    corner = flashes(square_pad(1), (5, 5))

    assert made(together(corner, pad(6.2, 6.2, 0.8))).min_clearance_mm == pytest.approx(0.7 * 2**0.5 - 0.4, abs=1e-4)


def test_an_oblong_pad_is_round_at_its_ends():
    oblong = flashes(Aperture("obround", (obround(3, 1),)), (5, 5))

    assert made(together(oblong, pad(7.2, 5.0, 1))).min_clearance_mm == pytest.approx(0.2, abs=1e-6)


def test_tracks_that_cross_are_one_net():
    board = made(together(track(2, 10, 12, 10), track(7, 5, 7, 15)))

    assert (board.min_clearance_mm, board.searched_mm) == (None, 2.0)


def test_a_teardrop_and_its_track_are_one_net():
    drop = Artwork(regions=zone(5, 9.8, 6, 10.2).regions)

    assert made(together(pad(5, 10), drop, track(5, 10, 12, 10))).min_clearance_mm is None


def test_pads_with_thermal_spokes_are_one_net_with_their_plane():
    """Four gaps of 0.2 mm around the pad, and a spoke that joins it to the plane."""
    plane, gap = zone(2, 2, 18, 18), at_level(pad(10, 10, 1.4), 1)
    inner, spoke = at_level(pad(10, 10, 1), 2), at_level(track(9, 10, 11, 10, 0.3), 2)

    assert made(together(plane, gap, inner, spoke)).min_clearance_mm is None


def test_a_pad_in_its_antipad_is_another_net_than_the_plane():
    plane, gap = zone(2, 2, 18, 18), at_level(pad(10, 10, 1.5), 1)

    assert made(together(plane, gap, at_level(pad(10, 10, 1), 2))).min_clearance_mm == pytest.approx(0.25, abs=0.001)


def test_a_track_wholly_inside_of_a_zone_is_part_of_it():
    assert made(together(zone(2, 2, 18, 18), track(5, 5, 6, 6))).min_clearance_mm is None


def test_a_plane_that_is_cut_in_two_is_two_nets():
    assert made(together(zone(2, 2, 18, 18), at_level(track(1, 10, 19, 10, 0.25), 1))).min_clearance_mm == 0.25


def test_layers_that_a_via_joins_are_one_net():
    """Two tracks 0.1 mm apart on top: each ends on a via, and the vias meet on the bottom."""
    top = together(pad(5, 10, 0.6), pad(8, 10, 0.6), track(5, 10, 7.3, 10), track(8, 10, 7.6, 10))
    bottom = track(5, 10, 8, 10)

    joined = drilled((5, 10, 0.3), (8, 10, 0.3), plated=True)

    assert made(top, bottom, drills=[joined]).min_clearance_mm is None
    assert made(top, bottom, drills=[drilled((5, 10, 0.3), (8, 10, 0.3), plated=False)]).min_clearance_mm == 0.1


def test_without_a_drill_file_pads_on_one_spot_of_two_layers_are_joined():
    top = together(pad(5, 10, 0.6), pad(8, 10, 0.6), track(5, 10, 7.3, 10), track(8, 10, 7.6, 10))
    bottom = together(pad(5, 10, 0.6), pad(8, 10, 0.6), track(5, 10, 8, 10))

    assert made(top, bottom).min_clearance_mm is None


def test_the_same_net_by_name_is_no_gap():
    pair = together(pad(5, 10), pad(6.12, 10))

    assert made(with_nets(pair, "GND", "GND")).min_clearance_mm is None
    assert made(with_nets(pair, "GND", "+3V3")).min_clearance_mm == 0.12


@pytest.mark.parametrize("nothing", ["", "N/C", "no_net", "unconnected-(U1-Pad3)"])
def test_pads_without_a_net_are_not_one_net(nothing):
    assert made(with_nets(together(pad(5, 10), pad(6.12, 10)), nothing, nothing)).min_clearance_mm == 0.12


@pytest.mark.parametrize(("names", "gap"), [(("GND", "GND"), None), (("GND", "VCC"), 0.12)])
def test_a_netlist_names_what_lies_at_its_points(names, gap):
    points = NamedPoints(np.array([5.0, 6.12]), np.array([10.0, 10.0]), np.array([0, 1]), names)

    assert made(together(pad(5, 10), pad(6.12, 10)), points=points).min_clearance_mm == gap


def test_a_netlist_in_another_frame_is_not_believed():
    """Its points hit the copper by chance: one of four."""
    points = NamedPoints(np.array([5.0, 1, 2, 3]), np.full(4, 10.0), np.zeros(4, dtype=int), ("GND",) * 4)
    board = together(pad(5, 10), pad(6.12, 10))

    assert made(board, points=points).min_clearance_mm == 0.12


def test_letters_may_stand_close_to_each_other_but_not_to_a_track():
    letters = together(track(5, 5, 5, 6, 0.1), track(5.2, 5, 5.2, 6, 0.1))

    assert made(letters).min_clearance_mm is None
    assert made(together(letters, track(4.7, 2, 4.7, 12))).min_clearance_mm == 0.15


def test_gaps_down_to_the_rounding_of_a_file_are_none():
    assert made(together(pad(5, 10), pad(6.001, 10))).min_clearance_mm is None


def test_what_nearly_touches_is_asked_about():
    [finding] = made(together(pad(5, 10), pad(6.01, 10))).findings

    assert (finding.code, finding.place.box_mm) == ("copper-almost-touches", (5.5, 10, 5.51, 10))


def test_sparse_boards_are_searched_further():
    assert made(together(pad(5, 10), pad(7.5, 10))).min_clearance_mm == 1.5
    assert made(together(pad(5, 10), pad(15, 10))).searched_mm == 2.0


def smallest(board, feature):
    return board.measured[feature].smallest


def test_copper_to_the_edge():
    assert smallest(made(track(0.3, 2, 0.3, 18)), Feature.EDGE) == 0.2


def test_copper_that_the_edge_cuts_is_counted_and_not_measured():
    board = made(together(pad(0, 10), pad(20, 10)))

    assert (board.over_edge, smallest(board, Feature.EDGE)) == (2, None)


def test_an_outline_plotted_on_the_copper_layer_is_no_copper():
    outline = together(track(0, 0, 20, 0), track(20, 0, 20, 20), track(20, 20, 0, 20), track(0, 20, 0, 0))

    board = made(together(outline, track(0.3, 2, 0.3, 18)))

    assert (board.min_clearance_mm, board.over_edge) == (None, 0)


def test_notes_beside_the_board_are_not_near_its_edge():
    assert smallest(made(together(pad(10, 10), track(20.3, 2, 20.3, 18))), Feature.EDGE) is None


def test_copper_to_a_hole_that_is_not_plated():
    hole = drilled((10, 10, 3.0), plated=False)

    assert smallest(made(track(11.7, 2, 11.7, 18), drills=[hole]), Feature.HOLE_TO_COPPER) == 0.1


def test_a_foreign_plated_hole_is_measured_from_its_wall():
    """The via's own pad on top; below, a track passes 0.15 mm from the wall."""
    board = made(pad(5, 10, 0.6), track(5.4, 2, 5.4, 18), drills=[VIA])

    assert smallest(board, Feature.HOLE_TO_COPPER) == 0.15


@pytest.mark.parametrize(
    "own", [pad(5, 10, 0.6), zone(4.7, 9.7, 5.3, 10.3), together(pad(5, 10, 0.6), zone(4, 9, 5, 12))]
)
def test_a_hole_and_its_own_pad_are_no_gap(own):
    assert smallest(made(own, drills=[VIA]), Feature.HOLE_TO_COPPER) is None


def test_holes_that_lie_beside_the_copper_are_not_measured():
    """Nine of ten plated holes miss all pads: the drill file lies elsewhere."""
    shifted = drilled(*((x + 0.8, 10, 0.3) for x in range(3, 13)), plated=True)

    assert (
        smallest(made(flashes(square_pad(0.5), *((x, 10) for x in range(3, 13))), drills=[shifted]), Feature.EDGE)
        is None
    )
    assert made(pad(3, 10), drills=[shifted]).measured[Feature.HOLE_TO_COPPER].smallest is None


def test_holes_of_several_depths_are_not_measured():
    """Blind and buried vias: through which layers each goes is not known."""
    inner = drilled((5.1, 10, 0.1), plated=True)
    board = made(pad(5, 10, 0.6), track(5.4, 2, 5.4, 18), pad(15, 5), pad(15, 8), drills=[VIA, inner])

    assert smallest(board, Feature.HOLE_TO_COPPER) is None


def test_one_layer_can_be_looked_at_alone():
    gaps = gaps_of_layer("top.gbr", together(pad(5, 10), pad(6.12, 10)), Around(), number=1, within_mm=0.2)

    assert (gaps.islands, gaps.between.kinds.tolist()) == (2, [4 * Kind.PAD + Kind.PAD])
    assert gaps_between_nets([gaps], Around()).all_nets.smallest == 0.12


def test_a_clean_board_has_no_findings():
    board = made(together(pad(5, 10), track(5, 10, 12, 10)), together(pad(5, 10)), drills=[VIA])

    assert codes(board) == []
