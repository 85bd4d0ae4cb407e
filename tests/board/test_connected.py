"""What is one net: through plated holes, by touching, by name. And what only looks like it."""

from dataclasses import replace

import numpy as np
import pytest
from boards import at_level, between, made, pad, together, track, with_nets, zone
from hypothesis import given, settings
from hypothesis import strategies as st
from stacks import drilled, flashes, region, square_pad

from portal.board.clearance import Around, gaps_of_layer
from portal.board.clearance_nets import gaps_between_nets
from portal.board.nets import NamedPoints

LEFT, RIGHT = (5, 10), (6.1, 10)
PADS = together(pad(*LEFT), pad(*RIGHT))  # 0.1 mm apart
BRIDGE = track(*LEFT, *RIGHT)
FAR = track(2, 2, 9, 2)


def of_layers(first, last, *places, plated=True):
    return replace(drilled(*((x, y, 0.3) for x, y in places), plated=plated), span=(first, last))


def points(*rows) -> NamedPoints:
    """x, y, layer, net as a netlist file has them."""
    x, y, layer, nets = zip(*rows, strict=True)
    return NamedPoints(np.array(x, dtype=float), np.array(y, dtype=float), np.array(layer), nets)


@pytest.mark.parametrize(("plated", "gap"), [(True, None), (None, None), (False, 0.1)])
def test_a_hole_joins_layers_unless_it_is_said_to_be_bare(plated, gap):
    """Where no file says whether a hole is plated, a short is not claimed."""
    assert made(PADS, BRIDGE, drills=[drilled((*LEFT, 0.3), (*RIGHT, 0.3), plated=plated)]).min_clearance_mm == gap


def test_holes_of_one_file_may_be_plated_or_not_one_by_one():
    mixed = replace(drilled((*LEFT, 0.3), (*RIGHT, 0.3)), plating=np.array([1, 0]))

    assert made(PADS, BRIDGE, drills=[mixed]).min_clearance_mm == 0.1
    assert made(PADS, BRIDGE, drills=[replace(mixed, plating=np.array([1, 1]))]).min_clearance_mm is None


def test_a_plated_slot_joins_along_its_whole_length():
    """Both pads lie over one slot."""
    slot = drilled(plated=True, slots=[(*LEFT, *RIGHT, 0.4)])

    assert made(PADS, FAR, drills=[slot]).min_clearance_mm is None


def test_a_hole_that_misses_the_track_below_joins_nothing():
    beside = track(5, 10.4, 6.1, 10.4)
    vias = drilled((*LEFT, 0.3), (*RIGHT, 0.3), plated=True)

    assert made(PADS, beside, drills=[vias]).min_clearance_mm == 0.1


SPANS = [(first, last) for first in range(1, 5) for last in range(first + 1, 5)]


@pytest.mark.parametrize(("first", "last"), SPANS)
@pytest.mark.parametrize("below", [2, 3, 4])
def test_a_blind_via_reaches_its_own_layers_and_no_further(first, last, below):
    """Two pads on top, a bridge on one layer below: joined where the vias go from the one to the other."""
    layers = [PADS, *(BRIDGE if number == below else FAR for number in (2, 3, 4))]
    board = made(*layers, drills=[of_layers(first, last, LEFT, RIGHT)])

    assert board.min_clearance_mm == (None if first == 1 and last >= below else 0.1)


def test_blind_and_buried_vias_make_a_staircase():
    """Layer 1 to 2 at the left, 2 to 3 further on, 3 to 4 at the right: one net from top to bottom."""
    top = together(pad(3, 10), pad(4.1, 10))
    second, third = track(3, 10, 3, 14), track(3, 14, 8, 14)
    steps = [of_layers(1, 2, (3, 10)), of_layers(2, 3, (3, 14)), of_layers(3, 4, (8, 14))]
    bottom, back = track(8, 14, 4.1, 10), of_layers(1, 4, (4.1, 10))

    assert made(top, second, third, bottom, drills=[*steps, back]).min_clearance_mm is None
    assert made(top, second, third, bottom, drills=[*steps[:2], back]).min_clearance_mm == 0.1


def test_three_layers_can_lead_around():
    first, second = of_layers(1, 2, LEFT), of_layers(2, 3, (5, 14))
    third = of_layers(1, 3, RIGHT)
    inner, bottom = track(*LEFT, 5, 14), track(5, 14, *RIGHT)

    assert made(PADS, inner, bottom, drills=[first, second, third]).min_clearance_mm is None
    assert made(PADS, inner, bottom, drills=[first, third]).min_clearance_mm == 0.1


@pytest.mark.parametrize("count", [2, 3, 5])
def test_a_plane_joins_all_pads_that_drop_into_it(count):
    row = together(*(pad(3 + 1.1 * n, 10) for n in range(count)))
    vias = drilled(*((3 + 1.1 * n, 10, 0.3) for n in range(count)), plated=True)

    assert made(row, zone(1, 1, 19, 19), drills=[vias]).min_clearance_mm is None


def test_an_antipad_keeps_a_via_out_of_the_plane():
    """The right via has a clear disc around it: what joins the left one does not join it."""
    plane = together(zone(1, 1, 19, 19), at_level(pad(*RIGHT, 0.8), 1))
    vias = drilled((*LEFT, 0.3), (*RIGHT, 0.3), plated=True)

    assert between(made(PADS, plane, drills=[vias]))["pad to pad"] == pytest.approx(0.1)


def test_a_net_tie_makes_two_names_one_net():
    """Analogue and digital ground meet in one place on purpose: elsewhere their copper may touch as well."""
    tie = track(5, 5, 7, 5)
    named = with_nets(together(pad(5, 5), pad(7, 5), pad(5, 10), pad(6.1, 10), tie), "A", "D", "A", "D", "A")

    assert made(named).min_clearance_mm is None


def test_names_join_across_layers_without_a_hole():
    """A connector that is pressed in later; X2 says that it is one net."""
    top, bottom = with_nets(PADS, "GND", "VCC"), with_nets(pad(5, 15), "GND")

    assert made(top, bottom).min_clearance_mm == 0.1
    assert made(with_nets(PADS, "GND", "GND"), bottom).min_clearance_mm is None


def test_a_name_on_one_end_names_the_whole_island():
    """Only the pads carry a net; the tracks that leave them come close to each other."""
    arms = together(pad(4, 10, 0.6), pad(8, 10, 0.6), track(4, 10, 5.9, 10), track(8, 10, 6.2, 10))
    nets = ("GND", "GND", "", "")

    assert made(with_nets(arms, *nets)).min_clearance_mm is None
    assert made(with_nets(arms, "GND", "VCC", "", "")).min_clearance_mm == 0.1


ROUTED = together(PADS, track(5, 10, 5, 14), track(6.1, 10, 6.1, 13), track(5, 14, 9, 14), pad(9, 14, 0.6))


@pytest.mark.parametrize("bridged", [True, False])
def test_names_and_touching_agree_on_a_board_that_is_right(bridged):
    """Where the copper already joins two pads, naming them the same changes nothing."""
    copper = together(ROUTED, track(6.1, 13, 9, 14)) if bridged else ROUTED
    right = ("A", "A" if bridged else "B", "A")
    said = points((5, 10, 1, right[0]), (6.1, 10, 1, right[1]), (9, 14, 1, right[2]))

    assert made(copper, points=said).min_clearance_mm == made(copper).min_clearance_mm


@settings(max_examples=15)
@given(st.lists(st.sampled_from("ABC"), min_size=6, max_size=6))
def test_x2_and_a_netlist_say_the_same(names):
    """Six pads in a row, 0.2 to 0.6 mm apart, named in any way."""
    places = [(2 + 1.1 * n + 0.05 * n * (n + 1), 10) for n in range(6)]
    row = together(*(pad(x, y) for x, y in places))
    said = points(*((x, y, 1, name) for (x, y), name in zip(places, names, strict=True)))

    assert made(row, points=said).min_clearance_mm == made(with_nets(row, *names)).min_clearance_mm


@settings(max_examples=15)
@given(st.lists(st.sampled_from("ABC"), min_size=6, max_size=6))
def test_the_nearest_pair_of_two_names_is_the_clearance(names):
    places = [2 + 1.1 * n + 0.05 * n * (n + 1) for n in range(6)]
    gaps = [0.2 + 0.1 * n for n in range(5)]
    foreign = [gap for gap, one, other in zip(gaps, names, names[1:], strict=False) if one != other]
    found = made(with_nets(together(*(pad(x, 10) for x in places)), *names)).min_clearance_mm

    assert found == (pytest.approx(min(foreign)) if foreign else None)


@pytest.mark.parametrize(("layer", "gap"), [(1, None), (2, 0.1), (0, None)])
def test_a_netlist_point_counts_on_its_own_layer_or_on_all(layer, gap):
    said = points((*LEFT, layer, "GND"), (*RIGHT, layer, "GND"))

    assert made(PADS, FAR, points=said).min_clearance_mm == gap


def test_a_point_beside_the_copper_names_nothing():
    said = points((*LEFT, 1, "GND"), (*RIGHT, 1, "GND"), (15, 15, 1, "GND"), (15, 16, 1, "GND"))

    assert made(PADS, points=said).min_clearance_mm == 0.1


def test_four_of_five_points_on_copper_are_enough():
    row = together(*(pad(2 + 1.1 * n, 10) for n in range(4)))
    said = points(*((2 + 1.1 * n, 10, 1, "GND") for n in range(4)), (15, 15, 1, "GND"))

    assert made(row, points=said).min_clearance_mm is None


@pytest.mark.parametrize("shape", [zone(4.5, 9.5, 5.5, 10.5), flashes(square_pad(1), LEFT), pad(*LEFT)])
def test_a_point_inside_of_any_copper_names_it(shape):
    said = points((5.2, 10.1, 1, "GND"), (*RIGHT, 1, "GND"))

    assert made(together(shape, flashes(square_pad(1), RIGHT)), points=said).min_clearance_mm is None


TOUCHING = {
    "a teardrop": together(pad(5, 10), region((5, 10.5), (5, 9.5), (7, 10)), track(7, 10, 12, 10)),
    "a track that ends on a pad's rim": together(pad(5, 10), track(5.6, 10, 12, 10)),
    "two zones that share a side": together(zone(2, 2, 5, 5), zone(5, 2, 8, 5)),
    "a pad within a zone": together(zone(2, 2, 8, 8), pad(5, 5)),
    "a cross": together(track(2, 5, 8, 5), track(5, 2, 5, 8)),
    "ends that meet": together(track(2, 5, 8, 5), track(8, 5, 8, 9)),
    "a fill of overlapping strokes": together(*(track(2, 5 + 0.15 * n, 8, 5 + 0.15 * n) for n in range(20))),
    "a zone filled beside its edge": together(zone(2, 2, 8, 8), track(2, 2, 8, 2), track(8, 2, 8, 8)),
}


@pytest.mark.parametrize("what", TOUCHING)
def test_no_gap_is_seen_in(what):
    board = made(TOUCHING[what])

    assert (board.min_clearance_mm, board.searched_mm) == (None, 2.0)


@pytest.mark.parametrize("spokes", [1, 2, 4])
def test_a_thermal_relief_is_one_net_with_one_spoke_or_four(spokes):
    """A moat of 0.2 mm around a pad, and spokes across it."""
    moat, inner = at_level(pad(10, 10, 1.4), 1), at_level(pad(10, 10, 1), 2)
    ways = [(9, 10), (11, 10), (10, 9), (10, 11)][:spokes]
    legs = [at_level(track(10, 10, x, y, 0.3), 2) for x, y in ways]

    assert made(together(zone(2, 2, 18, 18), moat, inner, *legs)).min_clearance_mm is None


def test_a_spoke_that_ends_short_of_the_plane_joins_nothing():
    moat, inner = at_level(pad(10, 10, 1.6), 1), at_level(pad(10, 10, 1), 2)
    stub = at_level(track(10, 10, 10.5, 10, 0.3), 2)
    board = made(together(zone(2, 2, 18, 18), moat, inner, stub))

    assert board.min_clearance_mm == pytest.approx(0.15, abs=0.001)


def test_gaps_within_one_net_are_not_told():
    """A meander: the same track comes back 0.1 mm beside itself."""
    meander = together(track(2, 10, 12, 10), track(12, 10, 12, 10.3), track(12, 10.3, 2, 10.3))

    assert made(meander).min_clearance_mm is None


def test_a_slot_in_a_plane_is_no_gap_between_nets():
    assert made(together(zone(2, 2, 18, 18), at_level(zone(4, 10, 16, 10.1), 1))).min_clearance_mm is None


@settings(max_examples=15)
@given(st.integers(1, 4), st.integers(0, 3))
def test_islands_are_counted_as_they_are_drawn(apart, chained):
    """Pads 2 mm apart stand alone; tracks from one to the next make them one."""
    pads = [pad(2 + 2 * n, 5) for n in range(apart + chained + 1)]
    links = [track(2 + 2 * n, 5, 4 + 2 * n, 5) for n in range(chained)]

    gaps = gaps_of_layer("L1.gbr", together(*pads, *links), Around(), number=1, within_mm=0.2)
    assert gaps.islands == apart + 1


def test_no_layers_have_no_gaps():
    found = gaps_between_nets([], Around())

    assert (len(found.all_nets), found.to_edge, len(found.over_edge)) == (0, None, 0)
