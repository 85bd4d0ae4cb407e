"""Holes as the driller sees them."""

from dataclasses import replace

import numpy as np
import pytest
from boards import made, pad, together, track
from hypothesis import given
from hypothesis import strategies as st
from stacks import drilled

from portal.board.drilling import aspect_ratios, bored, drill_sizes, hole_to_hole, supposed_holes
from portal.board.spots import Feature


def measured(*holes, feature, **options):
    return made(pad(10, 10), drills=[drilled(*holes, **options)]).measured[feature]


def test_the_deepest_hole_for_its_width():
    found = aspect_ratios(bored((drilled((5, 5, 0.2), (9, 9, 0.8), plated=True),)), 1.6)

    assert found.value.round(6).tolist() == [2, 8]


def test_holes_without_plating_have_no_aspect_ratio_to_keep():
    assert len(aspect_ratios(bored((drilled((5, 5, 0.2), plated=False),)), 1.6)) == 0


def test_slots_have_their_width():
    found = drill_sizes(bored((drilled((5, 5, 0.8), slots=[(1, 1, 3, 1, 0.6)]),)))

    assert (found.value.tolist(), found.box[0].tolist()) == ([0.6, 0.8], [0.7, 0.7, 3.3, 1.3])


def test_the_wall_between_two_holes():
    assert measured((5, 5, 0.5), (5.7, 5, 0.5), feature=Feature.HOLE_TO_HOLE).smallest == 0.2


@pytest.mark.parametrize("step", [0.3, 0.5])
def test_holes_drilled_in_a_row_as_a_slot_have_no_wall(step):
    assert len(measured((5, 5, 0.5), (5 + step, 5, 0.5), feature=Feature.HOLE_TO_HOLE)) == 0


def test_holes_of_several_depths_may_lie_above_each_other():
    blind, buried = drilled((5, 5, 0.2), plated=True), drilled((5.25, 5, 0.2), plated=True)

    assert len(hole_to_hole(bored((blind, buried)))) == 0
    assert len(hole_to_hole(bored((blind, drilled((5.25, 5, 0.2), plated=False))))) == 1


def of_layers(first, last, *holes):
    return replace(drilled(*holes, plated=True), span=(first, last))


def test_holes_that_share_no_layer_have_no_wall_between_them():
    upper, lower = of_layers(1, 2, (5, 5, 0.2)), of_layers(3, 4, (5.25, 5, 0.2))
    middle = of_layers(2, 3, (5.25, 5, 0.2))

    assert len(hole_to_hole(bored((upper, lower)))) == 0
    assert hole_to_hole(bored((upper, middle))).smallest == 0.05


def test_only_holes_through_the_board_have_its_depth():
    files = of_layers(1, 2, (5, 5, 0.1)), of_layers(1, 4, (9, 9, 0.4))

    assert aspect_ratios(bored(files), 1.6, layers=4).value.tolist() == [4]


def test_a_blind_via_joins_only_the_layers_it_reaches():
    """Two pads on a blind via each, and a track on the bottom below both."""
    pads, bottom = together(pad(5, 10), pad(6.1, 10)), track(5, 10, 6.1, 10)
    blind, deep = (of_layers(1, last, (5, 10, 0.2), (6.1, 10, 0.2)) for last in (2, 4))

    assert made(pads, pads, track(2, 2, 9, 2), bottom, drills=[blind]).min_clearance_mm == 0.1
    assert made(pads, pads, track(2, 2, 9, 2), bottom, drills=[deep]).min_clearance_mm is None


def test_copper_below_a_blind_via_is_not_near_it():
    blind = of_layers(1, 2, (5, 10, 0.3))
    board = made(pad(5, 10), pad(5, 10), track(5.3, 2, 5.3, 18), drills=[blind])

    assert board.measured[Feature.HOLE_TO_COPPER].smallest is None


def test_the_wall_to_the_edge():
    assert measured((0.5, 10, 0.6), feature=Feature.HOLE_TO_EDGE).smallest == 0.2


def test_half_holes_are_counted():
    board = made(pad(10, 10), drills=[drilled((0, 5, 0.6), (0, 7, 0.6), (3, 3, 0.6), plated=True)])

    assert (board.half_holes, board.measured[Feature.HOLE_TO_EDGE].smallest) == (2, None)


def test_a_hole_of_unknown_size_is_not_measured():
    unknown = drilled((5, 5, np.nan), (8, 8, 0.5), plated=True)

    assert drill_sizes(bored((unknown,))).value.tolist() == [0.5]
    assert len(bored((unknown,)).unsized[0]) == 1


def test_but_it_joins_what_lies_around_it():
    """Two pads 0.1 mm apart, joined below through holes of unknown size."""
    top, bottom = together(pad(5, 10), pad(6.1, 10)), together(pad(5, 10), pad(6.1, 10), pad(5.5, 10))

    assert made(top, bottom, drills=[drilled((5, 10, np.nan), (6.1, 10, np.nan), plated=True)]).min_clearance_mm is None


def test_supposed_holes_lie_where_two_layers_have_pads():
    from stacks import copper_layer

    layers = tuple(copper_layer(together(*pads), n) for n, pads in enumerate([(pad(1, 1), pad(2, 2)), (pad(2, 2),)], 1))

    assert supposed_holes(layers)[0].ends.tolist() == [[2, 2, 2, 2]]


def test_a_drill_file_that_lies_elsewhere_is_not_believed():
    """As without one: the pads on one spot of two layers are joined, whatever the shifted holes touch."""
    top, bottom = together(pad(5, 10), pad(6.1, 10)), together(pad(5, 10), pad(6.1, 10), pad(5.5, 10))
    shifted = drilled((15, 15, 0.3), (16.1, 15, 0.3), plated=True)

    assert made(top, bottom, drills=[shifted]).min_clearance_mm is None
    assert made(top, bottom, drills=[drilled((5, 10, 0.3), plated=True)]).min_clearance_mm == 0.1


def test_a_routed_edge_is_no_hole_in_the_copper():
    """Some drill files hold the milling of the board's edge."""
    routed = drilled(plated=None, slots=[(0, 0, 20, 0, 1.0), (20, 0, 20, 20, 1.0)])

    assert made(track(1, 0.6, 19, 0.6), drills=[routed]).measured[Feature.HOLE_TO_COPPER].smallest is None


@given(st.lists(st.tuples(st.floats(1, 19), st.floats(1, 19), st.floats(0.1, 2)), min_size=1, max_size=8, unique=True))
def test_a_thicker_board_never_has_lower_ratios(holes):
    found = bored((drilled(*holes, plated=True),))

    assert (aspect_ratios(found, 3.2).value >= aspect_ratios(found, 1.6).value).all()


def walls(*files, layers):
    return hole_to_hole(bored(files, layers=layers)).value.round(6).tolist()


def test_a_board_of_two_layers_has_no_blind_holes_however_many_files_it_has():
    vias, pins = drilled((5, 5, 0.2), plated=True), drilled((5.3, 5, 0.2), plated=True)

    assert walls(vias, pins, layers=2) == [0.1]
    assert walls(vias, pins, layers=4) == walls(vias, pins, layers=0) == []


def test_a_file_that_repeats_another_is_no_other_depth():
    """The same drilling as Excellon and as Gerber."""
    once = drilled((5, 5, 0.2), (5.3, 5, 0.2), plated=True)

    assert walls(once, once, layers=4) == [0.1]
