"""Layers as segments with a radius: what becomes of each kind of thing, and that the distances are right."""

from dataclasses import replace

import numpy as np
import pytest
import shapely
from boards import at_level, pad, together, track, zone
from hypothesis import given
from hypothesis import strategies as st
from stacks import flashes, round_pad, square_pad, strokes

from portal.board.artwork import Artwork, Draws
from portal.board.capsules import Capsules, Kind, drawn, edges_of, joined
from portal.board.capsules_near import held, near, near_each_other, nearest_points, segment_gaps
from portal.board.shapes import Aperture, hole, obround, rectangle

BOX = st.floats(-5, 5).map(lambda value: round(value, 3))
SEGMENT = st.tuples(BOX, BOX, BOX, BOX)


def capsules(*rows) -> Capsules:
    """x0, y0, x1, y1, radius of one thing each."""
    table = np.array(rows, dtype=float).reshape(-1, 5)
    number = np.arange(len(table))
    return Capsules(table[:, :4], table[:, 4], number, kind=number * 0, source=number, level=number * 0)


def body(row):
    return shapely.LineString([row[:2], row[2:4]]).buffer(row[4], quad_segs=64)


def test_a_disc_is_a_segment_of_no_length():
    found = drawn(pad(3, 4, 1.5))

    assert (found.ends.tolist(), found.radius.tolist()) == ([[3, 4, 3, 4]], [0.75])


def test_an_oblong_pad_is_a_segment_whichever_way_it_lies():
    upright = drawn(flashes(Aperture("obround", (obround(1, 3),)), (5, 5)))

    assert upright.radius.tolist() == [0.5]
    assert sorted(upright.ends.reshape(2, 2).round(6).tolist()) == [[5, 4], [5, 6]]


def test_a_square_pad_is_its_four_edges_and_holds_its_middle():
    found = drawn(flashes(square_pad(1), (5, 5), (8, 5)))

    assert (len(found), len(found.ends), found.radius.max()) == (2, 8, 0)
    assert held(found, np.array([[8.0, 5.0]]))[0].tolist() == [1]


def test_the_hole_of_a_pad_holds_nothing():
    ring = Aperture("macro", (rectangle(2, 2), hole(rectangle(1, 1))))
    found = drawn(flashes(ring, (5, 5)))

    assert held(found, np.array([[5.0, 5.0], [5.8, 5.0]]))[1].tolist() == [1]


def test_a_stroke_keeps_its_pen():
    found = drawn(track(0, 0, 10, 0, 0.2))

    assert (found.radius.tolist(), found.kind.tolist()) == ([0.1], [Kind.TRACK])


def test_an_arc_is_chords_of_one_thing_that_stay_within_a_micrometre():
    nothing = np.zeros(1, dtype=np.int64)
    half = Draws(np.array([[1.0, 0, -1, 0]]), np.zeros((1, 2)), np.array([np.pi]), nothing, nothing)
    found = drawn(Artwork((round_pad(0.2),), draws=half))

    middles = (found.ends[:, :2] + found.ends[:, 2:]) / 2
    assert (len(found), set(found.thing.tolist())) == (1, {0})
    assert np.hypot(*middles.T).min() > 0.999


def test_a_square_pen_sweeps_a_band():
    found = drawn(strokes((0, 0, 10, 0), pen=square_pad(0.4)))

    assert [area.bounds for area in found.filled] == [(-0.2, -0.2, 10.2, 0.2)]


def test_a_pen_without_width_draws_nothing():
    assert len(drawn(track(0, 0, 10, 0, 0.0))) == 0


def test_a_region_is_its_edges_and_its_inside():
    found = drawn(zone(0, 0, 4, 3))

    assert (len(found.ends), found.filled[0].area, found.kind.tolist()) == (4, 12, [Kind.AREA])


def test_a_region_of_two_points_is_nothing():
    from stacks import region

    assert len(drawn(together(region((0, 0), (1, 1)), zone(0, 0, 1, 1)))) == 1


def test_things_keep_their_level_and_their_number_in_the_file():
    found = drawn(together(pad(1, 1), at_level(pad(2, 2), 1), track(0, 0, 5, 0)))

    assert (found.level.tolist(), found.source.tolist()) == ([0, 1, 0], [0, 1, 0])


def test_chosen_things_are_numbered_anew():
    found = drawn(together(zone(0, 0, 1, 1), zone(5, 5, 6, 6)))
    second = found.chosen(np.array([False, True]))

    assert (second.thing.tolist(), second.filled_thing.tolist(), second.source.tolist()) == ([0] * 4, [0], [1])


def test_nothing_joined_is_nothing():
    assert len(joined([])) == 0


def test_boxes_reach_as_far_as_the_pen():
    assert drawn(track(0, 0, 10, 0, 0.2)).thing_boxes().tolist() == [[-0.1, -0.1, 10.1, 0.1]]


def test_the_edges_of_a_hole_are_edges_too():
    ends, of = edges_of(np.array([shapely.box(0, 0, 4, 4).difference(shapely.box(1, 1, 2, 2))]))

    assert (len(ends), set(of.tolist())) == (8, {0})


@given(SEGMENT, SEGMENT)
def test_the_gap_of_two_segments_is_that_of_geos(one, other):
    lines = [shapely.LineString([row[:2], row[2:]]) for row in (one, other)]

    assert segment_gaps(np.array([one]), np.array([other]))[0] == pytest.approx(lines[0].distance(lines[1]), abs=1e-9)


@given(SEGMENT, SEGMENT, st.sampled_from([(True, False), (False, True), (True, True)]))
def test_the_gap_to_a_flash_is_that_of_geos(one, other, is_flash):
    ends = [(*row[:2], *row[:2]) if flashed else row for row, flashed in zip((one, other), is_flash, strict=True)]
    drawn = [shapely.Point(row[:2]) if row[:2] == row[2:] else shapely.LineString([row[:2], row[2:]]) for row in ends]

    assert segment_gaps(np.array(ends[:1]), np.array(ends[1:]))[0] == pytest.approx(
        drawn[0].distance(drawn[1]), abs=1e-9
    )


@given(st.lists(st.tuples(SEGMENT, st.floats(0.01, 1)), min_size=2, max_size=12))
def test_all_pairs_are_found_and_none_extra(rows):
    rows = [(*ends, radius) for ends, radius in rows]
    found = near_each_other(capsules(*rows), within_mm=0.5)

    gaps = {(i, j): body(rows[i]).distance(body(rows[j])) for i in range(len(rows)) for j in range(i)}
    wanted = {pair for pair, gap in gaps.items() if gap < 0.49}
    allowed = {pair for pair, gap in gaps.items() if gap < 0.51}
    pairs = {(max(i, j), min(i, j)) for i, j in zip(found.first.tolist(), found.second.tolist(), strict=True)}
    assert wanted <= pairs <= allowed


@given(SEGMENT, SEGMENT, st.floats(0.01, 0.3), st.floats(0.01, 0.3))
def test_the_nearest_points_are_as_far_apart_as_the_gap(one, other, r, s):
    a, b = capsules((*one, r)), capsules((*other, s))
    pairs = near(a, b, within_mm=20)
    pairs = pairs.kept(pairs.gap_mm > 0)

    for row, gap in zip(nearest_points(a, b, pairs), pairs.gap_mm, strict=True):
        assert np.hypot(*(row[:2] - row[2:])) == pytest.approx(gap, abs=1e-9)


def test_a_long_slanting_stroke_is_found_all_along():
    found = near(capsules((0, 0, 100, 100, 0.1)), capsules((70, 70.3, 71, 71.3, 0.1)), within_mm=0.1)

    assert found.gap_mm.min() == pytest.approx(0.3 / 2**0.5 - 0.2)


def test_more_than_one_chunk_is_searched():
    grid = [(x, y, x, y, 0.1) for x in range(160) for y in range(160)]

    assert len(near_each_other(capsules(*grid), within_mm=0.9)) == 2 * 160 * 159


def test_a_thing_is_not_near_itself():
    bent = replace(capsules((0, 0, 1, 0, 0.1), (1, 0, 1, 1, 0.1)), thing=np.zeros(2, dtype=np.int64))

    assert len(near_each_other(bent, within_mm=1)) == 0
