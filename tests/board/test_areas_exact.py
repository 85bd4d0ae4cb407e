"""Copper areas against the same shapes united exactly, and what paints them: grey pictures of layers."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
import shapely
from boards import at_level, pad, together, track, zone
from hypothesis import given, settings
from hypothesis import strategies as st
from stacks import flashes, region, ring, round_pad, strokes

from portal.board.areas import covered_mm2
from portal.board.artwork import Artwork, Draws
from portal.board.capsules import drawn as things_of
from portal.board.capsules_cleared import left_on_film, shapes_of
from portal.board.raster import Canvas, View, drawn, pixels, polygons, polylines, repeated, simpler
from portal.board.shapes import Aperture, disc, hole, obround, rectangle, regular_polygon

BOX = (0.0, 0.0, 20.0, 20.0)
SHEET = shapely.box(*BOX)
SHARE = (
    0.005  # of the area; and where edges lie on each other a quarter of a pixel along them, a thousandth of the sheet
)
FEW = settings(max_examples=20)
AT = st.floats(0, 20).map(lambda value: round(value, 3))
WIDTH = st.floats(0.15, 2).map(lambda value: round(value, 3))
SIDES = st.tuples(AT, AT).filter(lambda pair: pair[1] - pair[0] > 0.2)


def disc_shape(x, y, diameter):
    return pad(x, y, diameter), shapely.Point(x, y).buffer(diameter / 2, quad_segs=64)


def stroke_shape(x, y, x1, y1, width):
    return track(x, y, x1, y1, width), shapely.LineString([(x, y), (x1, y1)]).buffer(width / 2, quad_segs=64)


def box_shape(x, y):
    return zone(x[0], y[0], x[1], y[1]), shapely.box(x[0], y[0], x[1], y[1])


def three_corners(points):
    return region(*points), shapely.Polygon(points)


TRIANGLES = st.lists(st.tuples(AT, AT), min_size=3, max_size=3, unique=True).filter(
    lambda points: shapely.Polygon(points).area > 0.1
)
SHAPES = {
    "discs": st.builds(disc_shape, AT, AT, WIDTH),
    "strokes": st.builds(stroke_shape, AT, AT, AT, AT, WIDTH),
    "boxes": st.builds(box_shape, SIDES, SIDES),
    "triangles": st.builds(three_corners, TRIANGLES),
}
ANY = st.lists(st.one_of(*SHAPES.values()), min_size=1, max_size=8)


def about(area):
    return pytest.approx(area, rel=SHARE, abs=1e-3 * SHEET.area)


@pytest.mark.parametrize("kind", SHAPES)
def test_many_of_a_kind_are_counted_as_their_union(kind):
    @FEW
    @given(st.lists(SHAPES[kind], min_size=1, max_size=8))
    def agrees(parts):
        truth = shapely.union_all([shape for _, shape in parts]).intersection(SHEET).area
        assert covered_mm2(together(*(artwork for artwork, _ in parts)), BOX) == about(truth)

    agrees()


@FEW
@given(ANY, ANY)
def test_what_is_taken_away_is_not_counted(parts, cuts):
    dark, clear = (shapely.union_all([shape for _, shape in some]) for some in (parts, cuts))
    layer = together(*(a for a, _ in parts), *(at_level(a, 1) for a, _ in cuts))

    assert covered_mm2(layer, BOX) == about(dark.difference(clear).intersection(SHEET).area)


@FEW
@given(ANY, ANY, ANY)
def test_what_is_drawn_after_a_cut_counts_again(parts, cuts, later):
    first, clear, last = (shapely.union_all([shape for _, shape in some]) for some in (parts, cuts, later))
    layer = together(*(at_level(a, level) for level, some in enumerate((parts, cuts, later)) for a, _ in some))

    assert covered_mm2(layer, BOX) == about(first.difference(clear).union(last).intersection(SHEET).area)


@FEW
@given(ANY)
def test_a_negative_plot_covers_the_rest_of_the_sheet(parts):
    layer = together(*(artwork for artwork, _ in parts))
    both = covered_mm2(layer, BOX) + covered_mm2(replace(layer, negative=True), BOX)

    assert both == pytest.approx(SHEET.area, rel=0.002)


@FEW
@given(ANY, ANY)
def test_the_exact_way_and_the_painted_way_agree_on_what_is_left(parts, cuts):
    """Clearances are measured on the exact shapes, areas on the painted ones."""
    layer = together(*(a for a, _ in parts), *(at_level(a, 1) for a, _ in cuts))
    left = left_on_film(layer)
    exact = shapely.union_all(shapes_of(left, np.arange(len(left)))) if len(left) else shapely.Polygon()

    assert covered_mm2(layer, BOX) == about(exact.intersection(SHEET).area)


@FEW
@given(ANY, ANY)
def test_more_copper_never_covers_less(parts, more):
    less, all_of_it = (together(*(artwork for artwork, _ in some)) for some in (parts, [*parts, *more]))

    assert covered_mm2(all_of_it, BOX) >= covered_mm2(less, BOX) - 0.01


STAMPS = {
    "an oblong": (Aperture("obround", (obround(6, 2),)), 4 * 2 + np.pi),
    "a rectangle": (Aperture("rectangle", (rectangle(6, 2),)), 12),
    "six corners": (Aperture("polygon", (regular_polygon(6, 4),)), 6 * 3**0.5),
    "a drilled disc": (Aperture("circle", (disc(6), hole(disc(2)))), np.pi * 8),
    "a frame": (Aperture("macro", (rectangle(6, 6), hole(rectangle(4, 4)))), 20),
    "two in one": (Aperture("macro", (rectangle(2, 2, (-2, 0)), rectangle(2, 2, (2, 0)))), 8),
}


@pytest.mark.parametrize("what", STAMPS)
def test_the_area_of_a_flash_of(what):
    aperture, area = STAMPS[what]

    assert covered_mm2(flashes(aperture, (10, 10)), BOX) == pytest.approx(area, rel=SHARE)


@pytest.mark.parametrize("sweep", [90, 180, 300, -120])
def test_the_area_of_an_arc(sweep):
    nothing, turn = np.zeros(1, dtype=np.int64), np.radians(sweep)
    ends = np.array([[15, 10, 10 + 5 * np.cos(turn), 10 + 5 * np.sin(turn)]])
    arc = Artwork((round_pad(1),), draws=Draws(ends, np.array([[10.0, 10]]), np.array([turn]), nothing, nothing))

    assert covered_mm2(arc, BOX) == pytest.approx(5 * abs(turn) + np.pi / 4, rel=SHARE)


@pytest.mark.parametrize("length_mm", [50, 200, 500, 1200])
def test_fine_tracks_of_a_large_board_are_not_painted_wider_than_they_are(length_mm):
    """A hundred tracks of 0.1 mm along a panel: at this size a pixel is wider than a track."""
    box = (0.0, 0.0, float(length_mm), float(length_mm))
    rows = [(1, y, length_mm - 1, y) for y in np.linspace(2, length_mm - 2, 100)]

    area = covered_mm2(strokes(*rows, pen=round_pad(0.1)), box)
    assert area == pytest.approx(100 * 0.1 * (length_mm - 2), rel=0.01)


@pytest.mark.parametrize("size", [(500, 20), (20, 500), (2, 900), (900, 2)])
def test_long_boards_are_as_right_as_square_ones(size):
    width, height = size
    plane = zone(width * 0.1, height * 0.1, width * 0.9, height * 0.9)

    assert covered_mm2(plane, (0, 0, width, height)) == pytest.approx(0.64 * width * height, rel=SHARE)


@pytest.mark.parametrize("pitch", [0.1, 0.15, 0.2])
def test_a_plane_filled_with_strokes_is_a_plane(pitch):
    """Older tools paint: strokes of 0.2 mm, beside or over each other."""
    rows = [(5, y, 15, y) for y in np.arange(5, 15.0001, pitch)]
    high = (len(rows) - 1) * pitch + 0.2

    assert covered_mm2(strokes(*rows), BOX) == pytest.approx(10.17 * high, rel=0.01)


@pytest.mark.parametrize("pieces", [2, 5, 20])
def test_a_plane_in_pieces_side_by_side_is_whole(pieces):
    edges = np.linspace(2, 18, pieces + 1).tolist()
    stripes = together(*(zone(x0, 2, x1, 18) for x0, x1 in pairwise(edges)))

    assert covered_mm2(stripes, BOX) == pytest.approx(256, rel=SHARE)


RING = (np.array([(0, 0), (20, 0), (20, 20), (0, 20.0)]), np.array([(5, 5), (15, 5), (15, 15), (5, 15.0)]))


@FEW
@given(ANY)
def test_only_what_lies_on_the_board_and_beside_its_cut_outs_counts(parts):
    board = shapely.Polygon(RING[0], [RING[1]])
    truth = shapely.union_all([shape for _, shape in parts]).intersection(board).area

    assert covered_mm2(together(*(artwork for artwork, _ in parts)), BOX, RING) == about(truth)


@pytest.mark.parametrize("box", [(0, 0, 0, 5), (0, 0, 5, 0), (3, 3, 2, 2)])
def test_a_box_without_extent_holds_nothing(box):
    assert covered_mm2(zone(0, 0, 10, 10), box) == 0


def picture(artwork, width_px=40, box=BOX, **view):
    return pixels(drawn(artwork, Canvas(View(box, width_px, **view))))


def test_a_picture_has_its_top_row_where_y_is_largest():
    rows = picture(zone(0, 15, 20, 20))

    assert rows[:10].min() == 255
    assert rows[10:].max() == 0


def test_the_bottom_is_seen_mirrored():
    left = zone(0, 0, 5, 20)

    assert (picture(left, is_mirrored=True) == picture(left)[:, ::-1]).all()


@pytest.mark.parametrize("size", [(20, 5), (20, 20), (20, 80)])
def test_a_picture_is_as_high_as_its_box(size):
    assert View((0, 0, *size), 40).size == (40, 2 * size[1])


def test_a_pixel_half_covered_is_half_grey():
    assert picture(zone(0, 0, 10.25, 20))[20, 20] == pytest.approx(128, abs=2)


def test_a_contour_that_runs_either_way_is_filled():
    corners = [(5, 5), (15, 5), (15, 15), (5, 15)]

    assert (picture(region(*corners)) == picture(region(*corners[::-1]))).all()


def test_contours_that_overlap_are_united_whichever_way_they_run():
    one, other = [(2, 2), (12, 2), (12, 12), (2, 12)], [(8, 8), (8, 18), (18, 18), (18, 8)]

    assert covered_mm2(together(region(*one), region(*other)), BOX) == pytest.approx(184, rel=SHARE)


def test_nothing_to_repeat_draws_nothing():
    assert len(repeated([], np.zeros((3, 2)))) == len(repeated([disc(1)], np.empty((0, 2)))) == 0


@pytest.mark.parametrize("count", [1, 3, 50])
def test_a_path_has_a_header_for_each_point_and_a_close_for_each_contour(count):
    rings = [disc(1)] * count
    starts = np.cumsum([0, *map(len, rings)], dtype=np.int64)

    assert len(polygons(np.concatenate(rings), starts)) == (2 * 48 + 1) * count


def test_a_line_is_a_path_without_a_close():
    points = np.array([(0, 0), (1, 0), (1, 1.0)])

    assert len(polylines(points, np.array([True, False, False]))) == 6


@FEW
@given(st.floats(0.001, 1), st.floats(0.5, 20))
def test_a_simpler_circle_stays_within_its_tolerance(tolerance_mm, diameter):
    kept = shapely.Polygon(simpler(disc(diameter), tolerance_mm))

    assert kept.hausdorff_distance(shapely.Polygon(disc(diameter))) <= tolerance_mm + diameter / 100


@pytest.mark.parametrize("tolerance_mm", [1, 100])
def test_no_ring_is_simplified_away(tolerance_mm):
    assert len(simpler(disc(0.1), tolerance_mm)) >= 3


def test_the_frame_of_a_drawing_covers_its_lines_only():
    lines = strokes(*ring(2, 2, 18, 18), pen=round_pad(0.5))

    assert covered_mm2(lines, BOX) == pytest.approx(4 * 16 * 0.5 - 4 * 0.25 * 0.75 + np.pi / 16 + 0.36, rel=0.02)
    assert len(things_of(lines)) == 4
