"""Every kind of copper against every other: as far apart as GEOS says of the same shapes, within a micrometre."""

from itertools import combinations_with_replacement

import numpy as np
import pytest
import shapely
from boards import made, together
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from moved import moved_artwork, turned
from stacks import flashes, region, round_pad, square_pad, strokes

from portal.board.artwork import Artwork, Draws
from portal.board.capsules import drawn
from portal.board.capsules_near import TOUCH_MM, held, near, nearest_points
from portal.board.shapes import Aperture, hole, obround, rectangle, regular_polygon

MICROMETRE = 0.001  # an arc's chords lie as much inside of it
FAR_MM = 60.0
PLACE = st.floats(-8, 8).map(lambda value: round(value, 4))
SIZE = st.floats(0.1, 4).map(lambda value: round(value, 3))
ANGLE = st.floats(0, 360).map(lambda value: round(value, 1))
FEW = settings(max_examples=20)


def bent(x, y, radius, start, sweep, pen) -> tuple[Artwork, object, float]:
    """An arc stroke, and 2,000 points of its middle line."""
    angles = np.radians(start + np.linspace(0, sweep, 2000))
    line = np.column_stack((x + radius * np.cos(angles), y + radius * np.sin(angles)))
    nothing = np.zeros(1, dtype=np.int64)
    centre, turn = np.array([[x, y]]), np.array([np.radians(sweep)])
    draws = Draws(np.array([[*line[0], *line[-1]]]), centre, turn, nothing, nothing)
    return Artwork((round_pad(pen),), draws=draws), shapely.LineString(line), pen / 2


def stamped(aperture, ring_or_core, x, y, angle, radius=0.0):
    """A flash turned about its own middle; what GEOS gets is turned by GEOS's own affinity."""
    artwork = flashes(aperture.turned(turned(angle)), (x, y))
    shape = shapely.affinity.rotate(ring_or_core, angle, origin=(0, 0))
    return artwork, shapely.affinity.translate(shape, x, y), radius


def oblong(x, y, long, short, angle):
    long, short = max(long, short) + 0.1, min(long, short)
    core = shapely.LineString([(-(long - short) / 2, 0), ((long - short) / 2, 0)])
    return stamped(Aperture("obround", (obround(long, short),)), core, x, y, angle, short / 2)


def rectangular(x, y, width, height, angle):
    aperture = Aperture("rectangle", (rectangle(width, height),))
    return stamped(aperture, shapely.box(-width / 2, -height / 2, width / 2, height / 2), x, y, angle)


def eight_sided(x, y, diameter, angle):
    ring = regular_polygon(8, diameter)
    return stamped(Aperture("polygon", (ring,)), shapely.Polygon(ring), x, y, angle)


def framed(x, y, outer, angle):
    """A macro with a square hole: what lies inside of the hole lies outside of the copper."""
    rings = rectangle(outer, outer), hole(rectangle(outer / 2, outer / 2))
    shape = shapely.Polygon(rings[0], [rings[1]])
    return stamped(Aperture("macro", rings), shape, x, y, angle)


def star(x, y, reaches):
    """A contour that goes once around a place, near and far in turn."""
    angles = np.linspace(0, 2 * np.pi, len(reaches), endpoint=False)
    points = np.column_stack((x + np.array(reaches) * np.cos(angles), y + np.array(reaches) * np.sin(angles)))
    return region(*points.tolist()), shapely.Polygon(points), 0.0


def stroke(x, y, dx, dy, pen):
    line = shapely.LineString([(x, y), (x + dx, y + dy)])
    return strokes((x, y, x + dx, y + dy), pen=round_pad(pen)), line, pen / 2


def disc_at(x, y, diameter):
    return flashes(round_pad(diameter), (x, y)), shapely.Point(x, y), diameter / 2


SHAPES = {
    "disc": st.builds(disc_at, PLACE, PLACE, SIZE),
    "stroke": st.builds(stroke, PLACE, PLACE, PLACE, PLACE, SIZE.map(lambda size: size / 4)),
    "arc": st.builds(bent, PLACE, PLACE, SIZE, ANGLE, st.integers(20, 340), SIZE.map(lambda size: size / 8)),
    "oblong pad": st.builds(oblong, PLACE, PLACE, SIZE, SIZE, ANGLE),
    "rectangular pad": st.builds(rectangular, PLACE, PLACE, SIZE, SIZE, ANGLE),
    "eight-sided pad": st.builds(eight_sided, PLACE, PLACE, SIZE, ANGLE),
    "pad with a hole": st.builds(framed, PLACE, PLACE, SIZE, ANGLE),
    "contour": st.builds(star, PLACE, PLACE, st.lists(SIZE, min_size=3, max_size=9)),
}
PAIRS = list(combinations_with_replacement(SHAPES, 2))


def allowed(kinds) -> float:
    return MICROMETRE * max(kinds.count("arc"), 1) * 1.01


def gap_between(one: Artwork, other: Artwork) -> float:
    """As the checks work: the nearest edges, and 0 where one lies within the other."""
    a, b = drawn(one), drawn(other)
    if len(held(a, b.spots)[0]) or len(held(b, a.spots)[0]):
        return 0.0
    return float(near(a, b, within_mm=FAR_MM).gap_mm.min())


def true_gap(one, other) -> float:
    return max(float(shapely.distance(one[1], other[1])) - one[2] - other[2], 0.0)


@pytest.mark.parametrize("kinds", PAIRS, ids=" and ".join)
def test_the_gap_between(kinds):
    @FEW
    @given(SHAPES[kinds[0]], SHAPES[kinds[1]])
    def agrees(one, other):
        assert gap_between(one[0], other[0]) == pytest.approx(true_gap(one, other), abs=allowed(kinds))

    agrees()


@pytest.mark.parametrize("kind", SHAPES)
def test_the_gap_is_the_same_both_ways(kind):
    @FEW
    @given(SHAPES[kind], SHAPES["stroke"])
    def agrees(one, other):
        assert gap_between(one[0], other[0]) == pytest.approx(gap_between(other[0], one[0]), abs=1e-9)

    agrees()


@pytest.mark.parametrize("kind", SHAPES)
def test_what_is_drawn_twice_is_no_gap(kind):
    @FEW
    @given(SHAPES[kind])
    def is_one(shape):
        assert gap_between(shape[0], shape[0]) == 0

    is_one()


@pytest.mark.parametrize("kinds", PAIRS, ids=" and ".join)
def test_the_marked_points_lie_on_the_copper(kinds):
    @settings(max_examples=8)
    @given(SHAPES[kinds[0]], SHAPES[kinds[1]])
    def agrees(one, other):
        a, b = drawn(one[0]), drawn(other[0])
        assume(true_gap(one, other) > 0.01)
        pairs = near(a, b, within_mm=FAR_MM)
        x0, y0, x1, y1 = nearest_points(a, b, pairs)[pairs.gap_mm.argmin()]
        assert one[1].distance(shapely.Point(x0, y0)) == pytest.approx(one[2], abs=allowed(kinds))
        assert other[1].distance(shapely.Point(x1, y1)) == pytest.approx(other[2], abs=allowed(kinds))

    agrees()


@FEW
@given(SHAPES["stroke"], SHAPES["contour"], st.floats(0, 3))
def test_what_lies_farther_than_asked_is_not_told(one, other, within_mm):
    found = near(drawn(one[0]), drawn(other[0]), within_mm=within_mm)

    assert (found.gap_mm <= within_mm).all()


@FEW
@given(SHAPES["stroke"], SHAPES["contour"], st.floats(0, 3), st.floats(0, 3))
def test_a_wider_search_finds_no_fewer(one, other, within_mm, more):
    a, b = drawn(one[0]), drawn(other[0])

    assert len(near(a, b, within_mm=within_mm + more)) >= len(near(a, b, within_mm=within_mm))


@pytest.mark.parametrize("kind", SHAPES)
def test_the_gap_does_not_change_when_both_are_turned(kind):
    @FEW
    @given(SHAPES[kind], SHAPES["oblong pad"], ANGLE)
    def agrees(one, other, angle):
        both = [moved_artwork(shape[0], turned(angle)) for shape in (one, other)]
        assert gap_between(*both) == pytest.approx(gap_between(one[0], other[0]), abs=1.01 * MICROMETRE)

    agrees()


@pytest.mark.parametrize("gap", [0.003, 0.05, 0.1, 0.127, 0.2, 0.4])
@pytest.mark.parametrize("angle", [0, 15, 45, 60, 90])
def test_two_turned_pads_on_a_board(gap, angle):
    """A pad and its neighbour across their long sides, wherever they look."""
    pads = flashes(square_pad(1), (0, 0), (1 + gap, 0))

    assert made(moved_artwork(pads, turned(angle), (10, 10))).min_clearance_mm == pytest.approx(gap, abs=1e-4)


@pytest.mark.parametrize("gap", [0.0, 0.001, 0.0019])
def test_less_than_a_files_own_rounding_is_touching(gap):
    pads = flashes(square_pad(1), (10, 10), (11 + gap, 10))

    assert gap < TOUCH_MM
    assert made(pads).min_clearance_mm is None


@pytest.mark.parametrize("sweep", [90, 180, 270, -90, -180])
def test_an_arc_and_the_track_it_bends_around(sweep):
    """Radius 3 about the middle of the board, a pen of 0.2, and a round pad of 5.6 inside: 0.1 is left."""
    arc = bent(10, 10, 3, 30, sweep, 0.2)[0]

    assert made(together(arc, flashes(round_pad(5.6), (10, 10)))).min_clearance_mm == pytest.approx(0.1, abs=0.0011)
