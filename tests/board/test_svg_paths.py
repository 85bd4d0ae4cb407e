"""Path data is the artwork: whoever follows the numbers gets the same square millimetres."""

import re

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from scenes import APERTURES, areas, artworks, pads, tracks
from stacks import filled_box, flashes, region, round_pad, square_pad, strokes

from portal.board.solid import solid
from portal.board.svg_paths import circles_path, filled_path, layer_elements, ring_path, shape_path

SHEET = (-100.0, -100.0, 140.0, 130.0)
TOKENS = re.compile(r"[A-Za-z]|-?\d+")
STEPS = 24  # of a half circle


def half_circle(start, end, sweep):
    """Every arc of a filled path is one."""
    middle, spoke = (start + end) / 2, start - (start + end) / 2
    angles = np.linspace(0, np.pi if sweep else -np.pi, STEPS)[1:]
    turns = np.stack((np.cos(angles), -np.sin(angles), np.sin(angles), np.cos(angles)), axis=1).reshape(-1, 2, 2)
    return list(middle + turns @ spoke)


def rings_of(path):
    """The closed rings that a pen would draw, in millimetres."""
    tokens, at, mode, rings = iter(TOKENS.findall(path)), np.zeros(2), "", []
    for token in tokens:
        if token.isalpha():
            mode = token
            if mode == "z":
                at = rings[-1][0]
            continue
        numbers = [float(token), *(float(next(tokens)) for _ in range(6 if mode == "a" else 1))]
        step = np.array(numbers[-2:])
        end = step if mode == "M" else at + step
        if mode in "Mm":
            rings.append([end])
        else:
            rings[-1] += half_circle(at, end, numbers[4]) if mode == "a" else [end]
        at = end
    return [np.array(ring) / 1000 for ring in rings if len(ring) > 2]


def area_of(path):
    """By the non-zero rule: where more rings run around one way than the other."""
    rings = [shapely.LinearRing(ring) for ring in rings_of(path)]
    faces = shapely.get_parts(shapely.polygonize([shapely.union_all(rings)]))
    middles = shapely.point_on_surface(faces)
    turns = [
        (1 if ring.is_ccw else -1) * shapely.covers(shapely.make_valid(shapely.Polygon(ring)), middles)
        for ring in rings
    ]
    return shapely.area(faces[np.sum(turns, axis=0) != 0]).sum()


def solid_area(artwork):
    return solid(artwork, SHEET).area


@pytest.mark.parametrize("aperture", APERTURES, ids=lambda aperture: f"{aperture.kind} {aperture.box[2]:.2f}")
def test_a_flash_covers_what_its_aperture_covers(aperture):
    flash = flashes(aperture, (10, 10))

    assert area_of(filled_path(flash)) == pytest.approx(solid_area(flash), rel=0.02)


@pytest.mark.parametrize("aperture", APERTURES, ids=lambda aperture: f"{aperture.kind} {aperture.box[2]:.2f}")
def test_flashes_apart_cover_one_each(aperture):
    one, many = (filled_path(flashes(aperture, *spots)) for spots in ([(0, 0)], [(0, 0), (9, 0), (0, 9), (9, 9)]))

    assert area_of(many) == pytest.approx(4 * area_of(one))


@pytest.mark.parametrize(("length", "width"), [(0, 1), (5, 0.2), (5, 1), (0.1, 3), (30, 0.1)])
def test_a_stroke_is_a_rectangle_and_a_circle(length, width):
    stroke = strokes((3, 3, 3 + length, 3), pen=round_pad(width))

    assert area_of(filled_path(stroke)) == pytest.approx(length * width + np.pi * width**2 / 4, rel=0.01)


@pytest.mark.parametrize("degrees", range(0, 360, 30))
def test_a_stroke_is_as_large_in_every_direction(degrees):
    x, y = 10 * np.cos(np.radians(degrees)), 10 * np.sin(np.radians(degrees))

    assert area_of(filled_path(strokes((0, 0, x, y), pen=round_pad(1)))) == pytest.approx(10 + np.pi / 4, rel=0.01)


def test_a_pad_over_the_hole_of_another_covers_it():
    pads_in_touch = flashes(APERTURES[5], (8.113, 1), (6.95, 1))

    assert area_of(filled_path(pads_in_touch)) == pytest.approx(2.75)


@settings(max_examples=40)
@given(st.one_of(pads, tracks, areas))
def test_the_path_of_any_artwork_covers_what_the_artwork_covers(artwork):
    assert area_of(filled_path(artwork)) == pytest.approx(solid_area(artwork), rel=0.03, abs=0.01)


@settings(max_examples=40)
@given(artworks)
def test_a_path_is_whole_numbers_and_few_letters(artwork):
    assert re.fullmatch(r"(?:[MmLlaz ]|-?\d+)*", filled_path(artwork))


@settings(max_examples=40)
@given(artworks)
def test_every_ring_of_a_path_is_closed(artwork):
    path = filled_path(artwork)

    assert len(re.findall(r"[Mm]-?\d+ -?\d+(?=[la])", path)) == path.count("z")


@settings(max_examples=40)
@given(artworks)
def test_elements_are_as_many_as_pens_and_shapes(artwork):
    used = {*artwork.flashes.aperture.tolist()}, {*artwork.draws.aperture.tolist()}
    most = len(used[0]) + len(used[1]) + bool(len(artwork.regions))

    assert len(list(layer_elements(artwork))) <= most


@settings(max_examples=40)
@given(artworks)
def test_strokes_are_stroked_and_areas_are_filled(artwork):
    for element in layer_elements(artwork):
        assert element.is_stroke == ("stroke-width" in element.svg)
        assert element.adds


@pytest.mark.parametrize("clockwise", [False, True])
def test_a_contour_adds_whichever_way_it_runs(clockwise):
    corners = [(0, 0), (4, 0), (4, 3), (0, 3)]

    assert area_of(filled_path(region(*corners[:: -1 if clockwise else 1]))) == pytest.approx(12)


@settings(max_examples=40)
@given(st.floats(0.1, 50), st.floats(0.1, 50))
def test_a_ring_is_its_corners_and_closed(width, height):
    ring = np.array([(0, 0), (width, 0), (width, height), (0, height)])
    [back] = rings_of(ring_path(ring))

    assert back[:4] == pytest.approx(ring, abs=0.001)


@settings(max_examples=40)
@given(st.lists(st.tuples(st.floats(0, 40), st.floats(0, 30), st.floats(0.2, 5)), min_size=1, max_size=9))
def test_circles_are_as_large_as_they_are_and_holes_run_the_other_way(circles):
    x, y, diameter = np.array(circles).T
    added, taken = (rings_of(circles_path(x, y, diameter, is_hole=hole)) for hole in (False, True))

    assert all(shapely.LinearRing(ring).is_ccw for ring in added)
    assert not any(shapely.LinearRing(ring).is_ccw for ring in taken)
    assert [np.ptp(ring[:, 0]) for ring in added] == pytest.approx(diameter.tolist(), abs=0.003)


@pytest.mark.parametrize(
    ("shape", "area_mm2"),
    [
        (shapely.box(0, 0, 4, 3), 12),
        (shapely.box(0, 0, 4, 3).difference(shapely.box(1, 1, 2, 2)), 11),
        (shapely.MultiPolygon([shapely.box(0, 0, 1, 1), shapely.box(5, 5, 7, 7)]), 5),
        (shapely.Point(0, 0).buffer(2, quad_segs=32), np.pi * 4),
        (shapely.Polygon(), 0),
    ],
    ids=["a box", "a box with a hole", "two boxes", "a disc", "nothing"],
)
def test_a_shape_is_drawn_with_its_holes_left_out(shape, area_mm2):
    assert area_of(shape_path(shape)) == pytest.approx(area_mm2, rel=0.01)


def test_an_empty_layer_is_an_empty_path():
    nothing = strokes((0, 0, 1, 0))
    empty = type(nothing)()

    assert (filled_path(empty), list(layer_elements(empty))) == ("", [])


def test_the_smallest_pen_is_still_drawn():
    [element] = layer_elements(strokes((0, 0, 5, 0), pen=round_pad(0.0001)))

    assert 'stroke-width="1"' in element.svg


def test_pads_and_their_plane_unite():
    plane, pad = filled_box(0, 0, 10, 10), flashes(square_pad(2), (5, 5))

    assert area_of(filled_path(plane) + filled_path(pad)) == pytest.approx(100)
