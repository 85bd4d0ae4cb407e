"""Clear polarity: what is taken away, and what stands in the hole again, for clearances as for areas."""

from dataclasses import replace

import numpy as np
import pytest
import shapely
from boards import at_level, between, made, pad, together, track, zone
from hypothesis import given, settings
from hypothesis import strategies as st
from stacks import drilled, flashes, region, square_pad

from portal.board.capsules import Kind, drawn
from portal.board.capsules_cleared import CUT_LEVEL, left_on_film, shapes_of
from portal.board.shapes import Aperture, obround, rectangle

PLANE = zone(2, 2, 18, 18)
FEW = settings(max_examples=15)
MOATS = st.floats(0.06, 0.6).map(lambda value: round(value, 3))


def area(things) -> float:
    return float(shapely.area(shapes_of(things, np.arange(len(things)))).sum())


def antipad(moat, shape=None):
    """A plane, a clear disc, and in it a pad of 1 mm again."""
    inner = pad(10, 10, 1) if shape is None else shape
    return together(PLANE, at_level(pad(10, 10, 1 + 2 * moat), 1), at_level(inner, 2))


@FEW
@given(MOATS)
def test_the_moat_around_a_pad_is_its_clearance(moat):
    assert made(antipad(moat)).min_clearance_mm == pytest.approx(moat, abs=0.0015)


@pytest.mark.parametrize("moat", [0.1, 0.2, 0.4])
@pytest.mark.parametrize("kind", ["square", "oblong", "stroke"])
def test_moats_of_any_shape(kind, moat):
    grown = 2 * moat
    pair = {
        "square": (flashes(square_pad(1 + grown), (10, 10)), flashes(square_pad(1), (10, 10))),
        "oblong": [flashes(Aperture("obround", (obround(3 + more, 1 + more),)), (10, 10)) for more in (grown, 0)],
        "stroke": (track(6, 8, 14, 12, 0.3 + grown), track(6, 8, 14, 12, 0.3)),
    }[kind]

    found = made(together(PLANE, at_level(pair[0], 1), at_level(pair[1], 2))).min_clearance_mm
    assert found == pytest.approx(moat, abs=0.0015)


@pytest.mark.parametrize("count", [1, 3, 8])
def test_each_antipad_of_a_row_is_an_island_of_its_own(count):
    places = [(3 + 1.8 * n, 10) for n in range(count)]
    moats = at_level(together(*(pad(x, y, 1.4) for x, y in places)), 1)
    pads = at_level(together(*(pad(x, y, 1.4 - 0.2 - 0.02 * n) for n, (x, y) in enumerate(places))), 2)
    found = made(together(PLANE, moats, pads))

    assert found.min_clearance_mm == pytest.approx(0.1, abs=0.0015)


def test_two_antipads_that_meet_leave_one_island_each():
    pair = together(pad(9, 10, 1.6), pad(10.2, 10, 1.6)), together(pad(9, 10, 1), pad(10.2, 10, 1))

    found = made(together(PLANE, at_level(pair[0], 1), at_level(pair[1], 2)))
    assert between(found)["pad to pad"] == pytest.approx(0.2, abs=1e-4)
    assert between(found)["area to pad"] == pytest.approx(0.3, abs=0.0015)


@pytest.mark.parametrize("levels", [(0, 1), (2, 3), (0, 3)])
def test_only_the_order_of_dark_and_clear_counts(levels):
    dark, clear = (at_level(artwork, n) for artwork, n in zip((PLANE, pad(10, 10, 2)), levels, strict=True))

    assert area(left_on_film(together(dark, clear))) == pytest.approx(256 - np.pi, abs=0.01)


def test_what_is_cleared_before_it_is_drawn_stays():
    clear_first = together(at_level(pad(10, 10, 2), 1), at_level(PLANE, 2))

    assert area(left_on_film(clear_first)) == 256


@FEW
@given(st.lists(st.tuples(st.floats(3, 17), st.floats(3, 17), st.floats(0.2, 3)), min_size=1, max_size=6))
def test_discs_cut_from_a_plane_leave_what_geos_leaves(discs):
    knives = [shapely.Point(x, y).buffer(d / 2, quad_segs=128) for x, y, d in discs]
    truth = shapely.box(2, 2, 18, 18).difference(shapely.union_all(knives)).area
    layer = together(PLANE, *(at_level(pad(*disc), 1) for disc in discs))

    assert area(left_on_film(layer)) == pytest.approx(truth, abs=0.02)


@FEW
@given(st.lists(st.tuples(*[st.floats(3, 17)] * 4), min_size=1, max_size=5), st.sampled_from([0.1, 0.25, 0.5]))
def test_strokes_cut_from_a_plane_leave_what_geos_leaves(lines, width):
    knives = [shapely.LineString([row[:2], row[2:]]).buffer(width / 2, quad_segs=128) for row in lines]
    truth = shapely.box(2, 2, 18, 18).difference(shapely.union_all(knives)).area
    layer = together(PLANE, *(at_level(track(*row, width), 1) for row in lines))

    assert area(left_on_film(layer)) == pytest.approx(truth, abs=0.02)


@FEW
@given(st.floats(0.1, 1.0))
def test_a_plane_cut_in_two_has_the_knife_as_its_clearance(width):
    cut = at_level(track(1, 10, 19, 10, width), 1)

    assert made(together(PLANE, cut)).min_clearance_mm == pytest.approx(width, abs=1e-4)


def test_planes_cut_into_four_are_nearest_where_the_knives_are_thin():
    knives = together(track(1, 10, 19, 10, 0.4), track(10, 1, 10, 19, 0.15))

    assert made(together(PLANE, at_level(knives, 1))).min_clearance_mm == 0.15


def test_a_cut_that_does_not_go_through_makes_no_second_net():
    assert made(together(PLANE, at_level(track(1, 10, 17, 10, 0.15), 1))).min_clearance_mm is None


def test_what_is_left_remembers_what_it_was():
    left = left_on_film(together(pad(5, 5), track(8, 5, 12, 5), PLANE, at_level(zone(4, 4, 11, 5), 1)))

    assert set(left.level.tolist()) == {CUT_LEVEL}
    assert set(left.kind.tolist()) == {Kind.PAD, Kind.TRACK, Kind.AREA}


def test_a_cut_beside_everything_changes_nothing():
    layer = together(pad(5, 5), track(8, 5, 12, 5))

    assert left_on_film(together(layer, at_level(pad(15, 15), 1))).radius.tolist() == drawn(layer).radius.tolist()


def test_text_cut_into_copper_is_no_gap():
    """Letters of 0.15 mm, cleared out of the plane: their islands are slivers of the same copper."""
    letter_o = at_level(pad(10, 10, 1.3), 1), at_level(pad(10, 10, 1.0), 2), at_level(track(10, 9, 10, 11, 0.2), 2)

    assert made(together(PLANE, *letter_o)).min_clearance_mm is None


def test_copper_text_beside_copper_text_is_lettering():
    """An H and an I: strokes without pad, hole or name."""
    letters = together(
        track(5, 5, 5, 6, 0.15),
        track(5.5, 5, 5.5, 6, 0.15),
        track(5, 5.5, 5.5, 5.5, 0.15),
        track(5.75, 5, 5.75, 6, 0.15),
    )

    assert made(letters).min_clearance_mm is None


@pytest.mark.parametrize("gap", [0.1, 0.13])
def test_copper_text_that_comes_near_a_track_is_a_gap(gap):
    assert made(together(track(5, 5, 5, 6, 0.2), track(2, 4.8 - gap, 12, 4.8 - gap, 0.2))).min_clearance_mm == gap


def test_a_fiducial_in_its_window_is_as_far_from_the_plane_as_it_looks():
    window = together(PLANE, at_level(pad(10, 10, 2), 1), at_level(pad(10, 10, 1), 2))

    assert made(window).min_clearance_mm == pytest.approx(0.5, abs=0.002)


@pytest.mark.parametrize("moat", [0.15, 0.3])
def test_a_negative_plane_has_the_moats_that_it_draws(moat):
    """A thermal drawn as rings: on a negative plot the dark ring is where copper is away."""
    moats = together(flashes(square_pad(1 + 2 * moat), (10, 10)), at_level(flashes(square_pad(1), (10, 10)), 1))

    assert made(replace(moats, negative=True)).min_clearance_mm == pytest.approx(moat, abs=0.001)


def test_a_pin_in_a_negative_plane_joins_where_nothing_is_drawn_around_it():
    """Two pads on top, 0.1 mm apart; below a plane that has an antipad around neither, or around one."""
    pads = together(pad(5, 10), pad(6.1, 10))
    one, none = (replace(flashes(square_pad(0.9), at), negative=True) for at in ((6.1, 10), (15, 15)))
    vias = [drilled((5, 10, 0.3), (6.1, 10, 0.3), plated=True)]
    assert made(pads, none, drills=vias).min_clearance_mm is None
    assert between(made(pads, one, drills=vias))["pad to pad"] == pytest.approx(0.1)


@pytest.mark.parametrize("turn", [1, -1])
def test_a_contour_that_touches_itself_can_be_cut(turn):
    """A plane with a hole, drawn as one line that goes in and out again."""
    loop = [(2, 2), (18, 2), (18, 18), (2, 18), (2, 2), (6, 6), (6, 14), (14, 14), (14, 6), (6, 6)][::turn]
    left = left_on_film(together(region(*loop), at_level(zone(2, 2, 4, 18), 1)))

    assert area(left) == pytest.approx(256 - 64 - 32, abs=0.01)


def test_a_pad_inside_the_hole_of_such_a_contour_is_another_net():
    loop = [(2, 2), (18, 2), (18, 18), (2, 18), (2, 2), (9, 9), (9, 11), (11, 11), (11, 9), (9, 9)]

    assert made(together(region(*loop), pad(10, 10, 1.8))).min_clearance_mm == pytest.approx(0.1)


def test_wide_pads_of_a_part_in_a_plane():
    pads = [flashes(Aperture("rectangle", (rectangle(1, 2),)), (x, 10)) for x in (9, 11)]
    moats = [at_level(flashes(Aperture("rectangle", (rectangle(1.4, 2.4),)), (x, 10)), 1) for x in (9, 11)]
    board = made(together(PLANE, *moats, *(at_level(each, 2) for each in pads)))

    assert board.min_clearance_mm == pytest.approx(0.2)
